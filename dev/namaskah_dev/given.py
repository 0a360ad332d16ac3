"""What `make NAME=value` gives to a command: read from the environment, so that no shell reads it, and checked before its use."""

import os
import re
from datetime import UTC, datetime

from .console import Failure

_VERSION = r"[0-9A-Za-z][0-9A-Za-z.+-]{0,63}"
_LOGICAL_IDS = r"[0-9A-Za-z]{1,255}(,[0-9A-Za-z]{1,255})*"


def version() -> str | None:
    """`VERSION`: a version as the parameter AppVersion takes it."""
    return _value("VERSION", _VERSION, "a version, as v1.2.3") or None


def accepted() -> list[str]:
    """`ACCEPT`: the logical ids of tables, secrets and vaults that may be lost."""
    found = _value("ACCEPT", _LOGICAL_IDS, "names of resources with commas between them, as OrdersTable,LimitsTable")
    return found.split(",") if found else []


def flag(name: str, default: bool) -> bool:
    """A flag that is 0 or 1."""
    found = _value(name, "[01]", "0 or 1")
    return found == "1" if found else default


def moment(text: str) -> datetime:
    """The moment of an ISO 8601 text; UTC if it names no zone."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise Failure(f"AT must be a moment like 2026-11-21T10:00:00Z, not {text!r}") from error
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def at() -> str | None:
    """`AT`: a moment."""
    found = os.environ.get("AT", "")
    return moment(found).isoformat() if found else None


def _value(name: str, pattern: str, what: str) -> str:
    found = os.environ.get(name, "")
    if found and not re.fullmatch(pattern, found):
        raise Failure(f"{name} must be {what}, not {found!r}")
    return found
