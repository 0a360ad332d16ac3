"""Background processes, each with a log and a pid file."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from . import files, interrupts
from .command_lines import command_line
from .console import Failure
from .listeners import LISTENERS
from .settings import Instance, shown


@dataclass(frozen=True)
class Process:
    """A background process of an instance. `name` is the name of its files; `marker` identifies its command line."""

    instance: Instance
    name: str
    marker: str

    @property
    def log(self) -> Path:
        """The file with its output."""
        return self.instance.logs / f"{self.name}.log"

    @property
    def _file(self) -> Path:
        return self.instance.home / "run" / f"{self.name}.json"

    def start(self, command: list[str], env: dict[str, str], *ports: int) -> None:
        """Start it and wait until it listens on all of these ports."""
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with interrupts.held():
            child = self._spawn(command, env)
        deadline = time.monotonic() + 60
        while not all(map(listens, ports)):
            if child.poll() is not None:
                self._file.unlink(missing_ok=True)
                raise Failure(f"{self.name} ended at its start: {_last_line(self.log)} (complete log: {shown(self.log)})")
            if time.monotonic() > deadline:
                self.stop()
                raise Failure(f"{self.name} did not start within a minute: see {shown(self.log)}")
            time.sleep(0.05)

    def _spawn(self, command: list[str], env: dict[str, str]) -> "subprocess.Popen[bytes]":
        """Start it and note its pid; without the note nobody could stop it."""
        with self.log.open("w") as output:
            # In its own session, so that Ctrl-C reaches only this program, which stops everything in order.
            child = subprocess.Popen(
                command, stdout=output, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, env=env, start_new_session=True
            )
        try:
            files.write(self._file, json.dumps({"pid": child.pid, "ports": self.instance.ports}))
        except OSError:
            child.kill()
            child.wait()
            raise
        while child.poll() is None and not command_line(child.pid):
            time.sleep(0.001)  # for an instant it has no command line, so `stop` would not find it
        return child

    def pid(self) -> int | None:
        """The pid, if it is running."""
        pid = self._note().get("pid")
        if not isinstance(pid, int):
            return None
        # The pid may belong to another program by now, so compare its command line.
        return pid if self.marker in command_line(pid) else None

    def ports(self) -> dict[str, int]:
        """The ports of the instance, by name, at the time of its start."""
        return dict(self._note().get("ports", {}))

    def _note(self) -> dict[str, Any]:
        """What was noted at its start; empty if it was never started."""
        try:
            note = json.loads(self._file.read_text())
        except (OSError, ValueError):
            return {}
        return note if isinstance(note, dict) else {}

    def was_stopped(self) -> bool:
        """Whether a command stopped it, so that it did not end by itself."""
        note = self._note()
        return not note or bool(note.get("stopped"))

    def stop(self, patience: float = 20) -> bool:
        """Terminate it, and kill it after `patience` seconds. Returns whether it was running."""
        pid = self.pid()
        if pid is not None:
            files.write(self._file, json.dumps({**self._note(), "stopped": True}))
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
    """Whether something accepts connections on this port of loopback."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def check_ports(instance: Instance) -> None:
    """Fail if a port is in use."""
    for one in LISTENERS:
        port = instance.ports[one.name]
        if listens(port):
            other = f"{one.variable}={port + 1000}"
            raise Failure(f"port {port}, for {one.purpose}, is in use: stop what uses it, or choose another with {other}")


def _last_line(log: Path) -> str:
    lines = log.read_text(errors="replace").strip().splitlines()
    return lines[-1] if lines else "it printed nothing"
