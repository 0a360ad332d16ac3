"""Builds the binaries for this machine and zips those of the functions for Lambda."""

import hashlib
import io
import json
import os
import shutil
import subprocess
import zipfile
from pathlib import Path

from . import files
from .console import Failure, step
from .settings import DEPLOY, NESTED, REPO, TEMPLATE, target_dir

FUNCTIONS = sorted(path.parent.name for path in (REPO / "functions").glob("*/Cargo.toml"))
"""The deployed binaries: one for each domain."""

OTHERS = ["simulators", "admin"]


def build() -> None:
    """Build functions, simulators and the operator's program; put zips and templates into `.local/deploy`."""
    with step("Building (minutes the first time, seconds after)"):
        # The whole workspace with the same features as clippy and the tests, so that no dependency is built twice.
        _cargo("build", "--workspace", "--bins", "--features", "local")
        for name in FUNCTIONS:
            _pack(binary(name), DEPLOY / "dist/lambda" / name / "bootstrap.zip")
        for template in (TEMPLATE, *NESTED):
            _to_deploy(template).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(template, _to_deploy(template))


def _to_deploy(template: Path) -> Path:
    """Where a template is deployed from: beside the zips of the build."""
    return DEPLOY / template.relative_to(REPO)


def binary(name: str) -> Path:
    """Path of a built program."""
    return target_dir() / "debug" / name


def environment() -> dict[str, str]:
    """The environment of cargo, with the shared target folder."""
    return {**os.environ, "CARGO_TARGET_DIR": str(target_dir())}


def build_device() -> None:
    """Build the other side of passkeys, for the tests. It has libraries that would change features of the product's."""
    with step("Building the tests' device with passkeys (minutes the first time)"):
        _cargo("build", "--manifest-path", "tests/authenticator/Cargo.toml", "--locked")


def _cargo(*arguments: str) -> None:
    if subprocess.run(["cargo", *arguments], cwd=REPO, env=environment(), check=False).returncode:
        raise Failure("the build failed: see cargo's messages above")


def _pack(program: Path, archive: Path) -> None:
    """Zip `program` as `bootstrap` if it changed: the hash of the archive decides whether it is deployed."""
    content = program.read_bytes()
    stamp, digest = archive.with_suffix(".sha256"), hashlib.sha256(content).hexdigest()
    if archive.exists() and stamp.exists() and stamp.read_text() == digest:
        return
    stamp.unlink(missing_ok=True)
    files.write(archive, _zipped(content))
    files.write(stamp, digest)


def _zipped(content: bytes) -> bytes:
    entry = zipfile.ZipInfo("bootstrap")  # without a date, so that the same program gives the same archive
    entry.external_attr = 0o755 << 16
    entry.compress_type = zipfile.ZIP_DEFLATED
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", compresslevel=1) as opened:
        opened.writestr(entry, content)
    return archive.getvalue()


def fingerprint(parameters: dict[str, str]) -> str:
    """A hash of everything that is deployed."""
    whole = hashlib.sha256(json.dumps(parameters, sort_keys=True).encode())
    for template in (TEMPLATE, *NESTED):
        whole.update(_to_deploy(template).read_bytes())
    for name in FUNCTIONS:
        whole.update((DEPLOY / "dist/lambda" / name / "bootstrap.sha256").read_bytes())
    return whole.hexdigest()
