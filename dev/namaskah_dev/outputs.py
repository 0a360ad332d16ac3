"""`outputs.json`: addresses and keys of a running instance for clients, tests and `make demo`."""

import json
import os
from pathlib import Path
from typing import Any

from . import files
from .console import Failure
from .settings import REGION, Instance, developers_instance, shown


def write(instance: Instance, stack: dict[str, str], people: dict[str, Any], webhooks: dict[str, str]) -> None:
    """Write the file, readable for this user only, because it contains a key. `webhooks` has the address for each gateway."""
    content = {
        "api_url": instance.api_url,
        "site_url": instance.site_url,
        **people,
        "simulators": instance.simulators,
        "webhooks": webhooks,
        "mailbox": instance.mailbox_url,
        "mailbox_page": instance.mailbox_page,
        "cloud_url": instance.cloud_url,
        "region": REGION,
        "local_dir": str(instance.state),
        "stack": stack,
    }
    files.write(instance.outputs, json.dumps(content, indent=2) + "\n", mode=0o600)


def read(instance: Instance) -> dict[str, Any]:
    """Read the file; fails if nothing is running."""
    return _read(instance.outputs)


def read_named() -> dict[str, Any]:
    """Read the file named by `NAMASKAH_OUTPUTS`, as in end-to-end runs, or the developer's."""
    return _read(named())


def named() -> Path:
    """The file named by `NAMASKAH_OUTPUTS`, as in end-to-end runs, or the developer's."""
    name = os.environ.get("NAMASKAH_OUTPUTS")
    return Path(name) if name else developers_instance().outputs


def _read(file: Path) -> dict[str, Any]:
    try:
        content: dict[str, Any] = json.loads(file.read_text())
    except FileNotFoundError:
        raise Failure(f"nothing is running ({shown(file)} is missing): run make up") from None
    return content
