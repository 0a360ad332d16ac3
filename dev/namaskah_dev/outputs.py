"""`outputs.json`: what a client, a test or `make demo` needs to know about a running instance."""

import json
from typing import Any

from .console import Failure
from .settings import REGION, Instance, shown


def write(instance: Instance, stack: dict[str, str], customer: dict[str, Any]) -> None:
    """Write it, readable for this user only: it holds a key."""
    content = {
        "api_url": instance.api_url,
        "demo": customer,
        "simulators": {"fivesim": instance.fivesim_url},
        "cloud_url": instance.cloud_url,
        "region": REGION,
        "local_dir": str(instance.state),
        "stack": stack,
    }
    instance.outputs.touch(mode=0o600)
    instance.outputs.write_text(json.dumps(content, indent=2) + "\n")


def read(instance: Instance) -> dict[str, Any]:
    """Read it; fails in one line when nothing is up."""
    try:
        content: dict[str, Any] = json.loads(instance.outputs.read_text())
    except FileNotFoundError:
        raise Failure(f"nothing is up ({shown(instance.outputs)} is missing): make up") from None
    return content
