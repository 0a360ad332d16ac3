"""The net under all commands: an error that nobody foresaw is one line for the user; the details go to a file."""

import errno
import time
import traceback
from pathlib import Path

from .console import Failure
from .settings import LOCAL, shown

_FULL = (errno.ENOSPC, errno.EDQUOT)
_LONGEST = 300


def as_failure(error: Exception, command: str, folder: Path = LOCAL) -> Failure:
    """The line that describes the error."""
    if isinstance(error, OSError) and error.errno in _FULL:
        where = f" ({error.filename})" if error.filename else ""
        return Failure(f"the disk is full{where}: free some space, then run it again")
    told = " ".join(f"{type(error).__name__}: {error}".split())[:_LONGEST]
    return Failure(f"{command} failed unexpectedly: {told} ({_note(error, command, folder / 'logs' / 'errors.log')})")


def _note(error: Exception, command: str, log: Path) -> str:
    """Append the traceback to a log; returns where it is."""
    lines = [time.strftime("%Y-%m-%d %H:%M:%S "), command, "\n", *traceback.format_exception(error), "\n"]
    try:
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("a") as opened:
            opened.writelines(lines)
    except OSError as second:
        return f"the details could not be written: {second}"
    return f"details: {shown(log)}"
