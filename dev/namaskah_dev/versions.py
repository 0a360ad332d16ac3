"""Versions: what git calls the working tree, and what `make build` has built."""

import hashlib
import json
import re
import subprocess
from dataclasses import asdict, dataclass
from pathlib import Path

from . import files
from .build import FUNCTIONS
from .console import Failure
from .settings import REPO, shown

RELEASE = REPO / "dist/lambda"
UNKNOWN = "0.0.0-unknown"


@dataclass(frozen=True)
class Build:
    """What the zips in a folder are made of."""

    version: str
    architecture: str
    zips: dict[str, str]
    """The SHA-256 of each zip by function crate."""


def of_working_tree() -> str:
    """`git describe`, in the characters of the parameter AppVersion; `UNKNOWN` outside of a repository."""
    command = ["git", "describe", "--tags", "--always", "--dirty", "--abbrev=12"]
    try:
        done = subprocess.run(command, cwd=REPO, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        return UNKNOWN
    return sanitised(done.stdout.strip()) if done.returncode == 0 else UNKNOWN


def sanitised(described: str) -> str:
    """A version of at most 64 characters that starts with a letter or a digit."""
    dirty = "-dirty" if described.endswith("-dirty") else ""
    plain = re.sub(r"[^0-9A-Za-z.+-]", "-", described.removesuffix("-dirty")).lstrip(".+-")
    return (plain[: 64 - len(dirty)] + dirty) or UNKNOWN


def record(architecture: str, version: str, folder: Path = RELEASE) -> None:
    """Write down what was built."""
    build = Build(version, architecture, _hashes(folder))
    files.write(folder / "build.json", json.dumps(asdict(build), indent=2) + "\n")


def built(folder: Path = RELEASE) -> Build:
    """What was built; fails if nothing was, or if a zip is another one now."""
    note = folder / "build.json"
    try:
        build = Build(**json.loads(note.read_text()))
        actual = _hashes(folder)
    except (FileNotFoundError, ValueError, TypeError) as error:
        raise Failure(f"nothing is built ({shown(note)}): run make build") from error
    if build.zips != actual:
        changed = sorted(name for name in actual if build.zips.get(name) != actual[name])
        raise Failure(f"{', '.join(changed)} in {shown(folder)} changed after the build: run make build")
    return build


def check_deployable(build: Build, current: str, stage: str, architecture: str) -> None:
    """Fail if the zips do not belong to the working tree, whose template is deployed with them."""
    if UNKNOWN in (build.version, current):
        raise Failure("the version is unknown: deploy from a git clone")
    if stage == "prod" and current.endswith("-dirty"):
        raise Failure("prod is deployed from commits only, and the working tree has changes: commit them, then make build")
    if build.version != current:
        raise Failure(f"the zips are of {build.version}, and the working tree is {current}: run make build")
    if build.architecture != architecture:
        raise Failure(f"the zips are for {build.architecture}, and {stage} has Architecture={architecture}: run make build")


def _hashes(folder: Path) -> dict[str, str]:
    return {name: hashlib.sha256((folder / name / "bootstrap.zip").read_bytes()).hexdigest() for name in FUNCTIONS}
