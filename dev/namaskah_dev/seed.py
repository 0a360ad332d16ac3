"""Prepares a deployment: migrations, the catalog from the supplier's simulator, a demo customer and a demo owner."""

import base64
import json
import secrets
import subprocess
from typing import Any

from . import files
from .admin import local_environment
from .aws import invoke
from .build import binary
from .console import Failure, step
from .settings import REPO, Instance

_OWNER = "owner@namaskah.example"
"""The address of the demo owner, as in the operator's program."""


def seed(instance: Instance, stack: dict[str, str]) -> dict[str, Any]:
    """Seed the deployment. Returns `demo`, a customer `{email, password, api_key, user_id}`, and `staff`, an owner
    `{email, password, totp_secret}`; both are the same at every start."""
    with step("Seeding the catalog, the demo customer and the demo owner"):
        _admin(instance, stack, ["migrations", "run"], "migrations could not run")
        people = _people(instance, stack)
        invoke(instance, stack["CatalogRefreshFunction"], {})
    return people


def _people(instance: Instance, stack: dict[str, str]) -> dict[str, Any]:
    kept = instance.state / "demo.json"
    known = json.loads(kept.read_text()) if kept.exists() else {}
    # A file of an earlier version has the customer only.
    demo, staff = known.get("demo") or known, known.get("staff", {})
    password = demo.get("password") or secrets.token_urlsafe(12)
    staff = {
        "email": _OWNER,
        "password": staff.get("password") or secrets.token_urlsafe(12),
        "totp_secret": staff.get("totp_secret") or base64.b32encode(secrets.token_bytes(20)).decode(),
    }
    given = {
        "NAMASKAH_DEMO_KEY": demo.get("api_key", ""),
        "NAMASKAH_DEMO_PASSWORD": password,
        "NAMASKAH_STAFF_PASSWORD": staff["password"],
        "NAMASKAH_STAFF_TOTP_SECRET": staff["totp_secret"],
    }
    made = _admin(instance, stack, ["demo"], "the demo customer could not be created", given)
    customer = {"password": password, "email": made["email"], "user_id": made["user_id"], "api_key": made["api_key"]}
    people = {"demo": customer, "staff": staff}
    files.write(kept, json.dumps(people), mode=0o600)
    return people


def _admin(
    instance: Instance, stack: dict[str, str], command: list[str], problem: str, more: dict[str, str] | None = None
) -> dict[str, Any]:
    """Run the operator's program; returns what it answers."""
    variables = {**local_environment(instance, stack, instance.simulators["fivesim"]), **(more or {})}
    line = [str(binary("admin")), "--json", "--actor", "seed", *command]
    done = subprocess.run(line, env=variables, cwd=REPO, capture_output=True, text=True, check=False)
    if done.returncode:
        reason = (done.stderr.strip() or done.stdout.strip() or "it printed nothing").splitlines()[-1]
        raise Failure(f"{problem}: {reason}")
    answer: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return answer
