"""Processes in the background: each has a log, a file with its pid, and ends when it is told to."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from .console import Failure
from .settings import Instance, shown


@dataclass(frozen=True)
class Process:
    """A background process of an instance; `name` names its files, `marker` its command line."""

    instance: Instance
    name: str
    marker: str

    @property
    def log(self) -> Path:
        """All that it prints."""
        return self.instance.logs / f"{self.name}.log"

    @property
    def _file(self) -> Path:
        return self.instance.home / "run" / f"{self.name}.json"

    def start(self, command: list[str], env: dict[str, str], port: int) -> None:
        """Start it and wait until it listens."""
        self.log.parent.mkdir(parents=True, exist_ok=True)
        self._file.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("w") as output:
            # In a session of its own: Ctrl-C reaches only us, and we stop everything in order.
            child = subprocess.Popen(
                command, stdout=output, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, env=env, start_new_session=True
            )
        self._file.write_text(json.dumps({"pid": child.pid, "port": port}))
        deadline = time.monotonic() + 60
        while not listens(port):
            if child.poll() is not None:
                self._file.unlink(missing_ok=True)
                raise Failure(f"{self.name} ended at its start: {_last_line(self.log)} (all of it: {shown(self.log)})")
            if time.monotonic() > deadline:
                self.stop()
                raise Failure(f"{self.name} did not start within a minute: see {shown(self.log)}")
            time.sleep(0.05)

    def pid(self) -> int | None:
        """Its pid while it runs."""
        try:
            pid = int(json.loads(self._file.read_text())["pid"])
        except (OSError, ValueError, KeyError):
            return None
        with contextlib.suppress(ChildProcessError):
            os.waitpid(pid, os.WNOHANG)  # ours and ended: else it would stay in the list as a zombie
        # The pid may have been given to somebody else since: look at what runs there.
        listed = subprocess.run(["ps", "-ww", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, check=False)
        return pid if self.marker in listed.stdout else None

    def stop(self, patience: float = 20) -> bool:
        """End it, gently at first. Returns whether it was running."""
        pid = self.pid()
        if pid is not None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGTERM)
                deadline = time.monotonic() + patience
                while self.pid() is not None:
                    if time.monotonic() > deadline:
                        os.killpg(pid, signal.SIGKILL)
                    time.sleep(0.05)
        self._file.unlink(missing_ok=True)
        return pid is not None


def listens(port: int) -> bool:
    """Whether something accepts connections on this port of this machine."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def check_ports(instance: Instance) -> None:
    """Fail in one line if a port is taken."""
    for purpose, (port, variable) in instance.ports().items():
        if listens(port):
            raise Failure(f"port {port}, for {purpose}, is in use: stop what uses it, or choose another with {variable}={port + 1000}")


def _last_line(log: Path) -> str:
    lines = log.read_text(errors="replace").strip().splitlines()
    return lines[-1] if lines else "it printed nothing"
