"""The command line of a running program: from `/proc`, or from `ps` on systems without it (macOS). Slim images have no `ps`."""

import contextlib
import os
import shutil
import subprocess
from pathlib import Path

from .console import Failure

_PROC = Path("/proc")


def command_line(pid: int) -> str:
    """The command line; empty if the program has ended."""
    reap(pid)
    if (_PROC / "self/cmdline").exists():
        return _from_proc(pid)
    if shutil.which("ps"):
        return _from_ps(pid)
    raise Failure("this system has neither /proc nor the program ps, so running programs can't be found: install ps")


def reap(pid: int) -> None:
    """Take leave of an ended child, which would otherwise stay as a zombie."""
    with contextlib.suppress(ChildProcessError):
        os.waitpid(pid, os.WNOHANG)


def _from_proc(pid: int) -> str:
    try:
        return (_PROC / str(pid) / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except (FileNotFoundError, ProcessLookupError):
        return ""


def _from_ps(pid: int) -> str:
    listed = subprocess.run(["ps", "-ww", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return listed.stdout
