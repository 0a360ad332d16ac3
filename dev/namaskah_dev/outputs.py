"""`outputs.json`: what a client, a test or `make demo` needs to know about a running instance."""

import json
import os
from pathlib import Path
from typing import Any

from .console import Failure
from .settings import REGION, Instance, developers_instance, shown


def write(instance: Instance, stack: dict[str, str], customer: dict[str, Any]) -> None:
    """Write it, readable for this user only: it holds a key."""
    content = {
        "api_url": instance.api_url,
        "site_url": instance.site_url,
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
    return _read(instance.outputs)


def read_named() -> dict[str, Any]:
    """That of the instance which `NAMASKAH_OUTPUTS` names, as the end-to-end runs do; else the developer's."""
    named = os.environ.get("NAMASKAH_OUTPUTS")
    return _read(Path(named) if named else developers_instance().outputs)


def _read(file: Path) -> dict[str, Any]:
    try:
        content: dict[str, Any] = json.loads(file.read_text())
    except FileNotFoundError:
        raise Failure(f"nothing is up ({shown(file)} is missing): make up") from None
    return content
