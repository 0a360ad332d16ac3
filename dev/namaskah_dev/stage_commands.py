"""`make smoke` and `make restore-drill`: work on a deployed stage, local or on AWS."""

import json
import os
import subprocess
from dataclasses import asdict
from typing import Any

from . import admin, given, outputs, stages
from .build import binary
from .console import Failure
from .deploy import local_stage
from .services import aws_environment
from .settings import REPO
from .tools import cloud_tools


def smoke(arguments: list[str]) -> int:
    """Check the stage that is the first argument, with the key of `SMOKE_KEY` (locally the demo customer's)."""
    name = _known(arguments[0])
    key = os.environ.get("SMOKE_KEY") or None
    if name != "local":
        return _run("smoke", {"stage": asdict(stages.read(name)), "api": None, "gateway": None, "key": key}, dict(os.environ))
    known = outputs.read_named()
    instance = admin.instance_of(known)
    # Through the distribution, as on AWS.
    addresses = {"api": known["site_url"], "gateway": known["api_url"]}
    document = {"stage": asdict(local_stage(instance)), **addresses, "key": key or known["demo"]["api_key"]}
    return _run("smoke", document, aws_environment(instance))


def restore_drill(arguments: list[str]) -> int:
    """Restore copies of a stage's tables, prove their books, and delete them; `AT=…` names the moment."""
    name, at = _known(arguments[0]), given.at()
    if name != "local":
        # Credentials are checked before the build of minutes. They stay the caller's: AdminRole can't read copies.
        environment, program = admin.environment_of(name, role=None), admin.released()
        return _run("drill", {"stage": asdict(stages.read(name)), "at": at, "program": str(program), "pause": 5.0}, environment)
    known = outputs.read_named()
    instance = admin.instance_of(known)
    environment = admin.local_environment(instance, known["stack"], known["simulators"]["fivesim"])
    document = {"stage": asdict(local_stage(instance)), "at": at, "program": str(binary("admin")), "pause": 0.1}
    return _run("drill", document, environment)


def _known(name: str) -> str:
    if name not in ("local", *stages.NAMES):
        raise Failure(f"STAGE must be one of local, {', '.join(stages.NAMES)}, not {name}")
    return name


def _run(command: str, document: dict[str, Any], environment: dict[str, str]) -> int:
    program = [cloud_tools().program("python"), str(REPO / "dev/aws.py"), command, json.dumps(document)]
    return subprocess.run(program, cwd=REPO, env=environment, check=False).returncode
