"""Seeds a fresh deployment: the catalog from the supplier's simulator, and a demo customer."""

import json
import subprocess
from typing import Any

from .aws import invoke
from .build import binary
from .console import Failure, step
from .services import aws_environment
from .settings import REPO, Instance

_TABLES = {name: f"{name.title()}Table" for name in ("accounts", "ledger", "orders", "catalog", "limits")}


def seed(instance: Instance, stack: dict[str, str]) -> dict[str, Any]:
    """Seed the deployment; returns the demo customer `{email, password, api_key, user_id}`, the same at every start."""
    with step("Seeding the catalog and the demo customer"):
        customer = _customer(instance, stack)
        invoke(instance, stack["CatalogRefreshFunction"], {})
    return customer


def _customer(instance: Instance, stack: dict[str, str]) -> dict[str, Any]:
    kept = instance.state / "demo.json"
    known = json.loads(kept.read_text()) if kept.exists() else {}
    environment = {
        **aws_environment(instance),
        **{f"TABLE_{name.upper()}": stack[table] for name, table in _TABLES.items()},
        "STAGE": "local",
        "NAMASKAH_DEMO_KEY": known.get("api_key", ""),
    }
    done = subprocess.run([str(binary("seed"))], env=environment, cwd=REPO, capture_output=True, text=True, check=False)
    if done.returncode:
        reason = (done.stderr.strip() or done.stdout.strip() or "it printed nothing").splitlines()[-1]
        raise Failure(f"the demo customer could not be created: {reason}")
    customer: dict[str, Any] = {"password": None, **json.loads(done.stdout.strip().splitlines()[-1])}
    kept.write_text(json.dumps(customer))
    kept.chmod(0o600)
    return customer
