"""What the local cloud saved last, and what is lost because it could not save at its end (see `namaskah_cloud/saves.py`)."""

import json
import shutil
import time
from dataclasses import dataclass

from .settings import Instance, shown

_SMALL = 1_000_000  # bytes


@dataclass(frozen=True)
class Save:
    """The moment of a save (seconds since 1970), and whether it is the last one of its run."""

    at: float
    final: bool


def last_save(instance: Instance) -> Save | None:
    """The last save, `None` if nothing was ever started here."""
    try:
        note = json.loads((instance.saves / "saved.json").read_text())
        return Save(float(note["at"]), bool(note["final"]))
    except (OSError, ValueError, KeyError):
        return None


def lost(instance: Instance) -> str | None:
    """What a stopped cloud has lost, in words; `None` if nothing."""
    save = last_save(instance)
    if not instance.keeps_state or save is None or save.final:
        return None
    return f"what happened after {_shown(save.at)} is gone; everything before is kept"


def reason(instance: Instance) -> str:
    """Why the last save failed."""
    if shutil.disk_usage(instance.state).free < _SMALL:
        return f"the disk with {shown(instance.state)} is full"
    log = instance.logs / "cloud.log"
    lines = log.read_text(errors="replace").splitlines() if log.exists() else []
    told = [line.split("could not be saved", 1)[1].lstrip(" :") for line in lines if "could not be saved" in line]
    return told[-1] if told else f"see {shown(log)}"


def _shown(at: float) -> str:
    today = time.strftime("%Y-%m-%d") == time.strftime("%Y-%m-%d", time.localtime(at))
    return time.strftime("%H:%M:%S" if today else "%Y-%m-%d %H:%M:%S", time.localtime(at))
