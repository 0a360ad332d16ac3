"""`make build`: optimised arm64 zips for AWS, in `dist/lambda`, where the template expects them."""

import os
import shutil
import subprocess
import zipfile
from pathlib import Path

from . import versions
from .build import FUNCTIONS, environment
from .console import Failure, say, step
from .settings import REPO, shown
from .tools import check_machine, release_tools

_ONLY_LOCAL = b"NAMASKAH_LOCAL_DIR"
"""A string that only binaries with the feature `local` contain (a movable clock, fail points)."""

LARGEST_ZIP = 6_000_000
"""Budget in bytes of a function's zip."""


def release_build(arguments: list[str]) -> None:
    """Build and check all functions, for arm64 or the architecture given as argument."""
    check_machine()
    tools = release_tools()
    architecture = arguments[0] if arguments else "arm64"
    folder = versions.RELEASE
    version = versions.of_working_tree()
    shutil.rmtree(folder, ignore_errors=True)
    with step(f"Building the release for {architecture} (minutes)"):
        # Jitter entropy costs 10-50 ms of full CPU at each cold start; Lambda's kernel provides good entropy.
        env = {**environment(), "PATH": tools.path(), "AWS_LC_SYS_NO_JITTER_ENTROPY": "1"}
        packages = [word for name in FUNCTIONS for word in ("-p", name)]
        command = [tools.program("cargo-lambda"), "lambda", "build", "--release", f"--{architecture.replace('_', '-')}"]
        command += ["--output-format", "zip", "--lambda-dir", str(folder), *packages]
        if subprocess.run(command, cwd=REPO, env=env, check=False).returncode:
            raise Failure("the release build failed: see the messages above")
    for name in FUNCTIONS:
        archive = folder / name / "bootstrap.zip"
        _check(archive)
        say(f"  {shown(archive)}  {os.path.getsize(archive) / 1e6:.1f} MB")
    versions.record(architecture, version)
    say(f"  version {version}")


def _check(archive: Path) -> None:
    with zipfile.ZipFile(archive) as opened:
        if _ONLY_LOCAL in opened.read("bootstrap"):
            raise Failure(f"{shown(archive)} was built with the feature `local`: it must never reach AWS")
    if archive.stat().st_size > LARGEST_ZIP:
        raise Failure(f"{shown(archive)} is larger than {LARGEST_ZIP / 1e6:.0f} MB")
