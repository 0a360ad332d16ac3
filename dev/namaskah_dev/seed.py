"""Prepares a deployment: migrations, the catalog from the supplier's simulator, and a demo customer."""

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


def seed(instance: Instance, stack: dict[str, str]) -> dict[str, Any]:
    """Seed the deployment; returns the demo customer `{email, password, api_key, user_id}`, the same at every start."""
    with step("Seeding the catalog and the demo customer"):
        _admin(instance, stack, ["migrations", "run"], "migrations could not run")
        customer = _customer(instance, stack)
        invoke(instance, stack["CatalogRefreshFunction"], {})
    return customer


def _customer(instance: Instance, stack: dict[str, str]) -> dict[str, Any]:
    kept = instance.state / "demo.json"
    known = json.loads(kept.read_text()) if kept.exists() else {}
    password = known.get("password") or secrets.token_urlsafe(12)
    given = {"NAMASKAH_DEMO_KEY": known.get("api_key", ""), "NAMASKAH_DEMO_PASSWORD": password}
    made = _admin(instance, stack, ["demo"], "the demo customer could not be created", given)
    customer = {"password": password, "email": made["email"], "user_id": made["user_id"], "api_key": made["api_key"]}
    files.write(kept, json.dumps(customer), mode=0o600)
    return customer


def _admin(
    instance: Instance, stack: dict[str, str], command: list[str], problem: str, more: dict[str, str] | None = None
) -> dict[str, Any]:
    """Run the operator's program; returns what it answers."""
    variables = {**local_environment(instance, stack, instance.fivesim_url), **(more or {})}
    line = [str(binary("admin")), "--json", "--actor", "seed", *command]
    done = subprocess.run(line, env=variables, cwd=REPO, capture_output=True, text=True, check=False)
    if done.returncode:
        reason = (done.stderr.strip() or done.stdout.strip() or "it printed nothing").splitlines()[-1]
        raise Failure(f"{problem}: {reason}")
    answer: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return answer
