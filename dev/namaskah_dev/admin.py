"""`make admin`: the operator's program, with the environment of a stage."""

import json
import os
import shlex
import subprocess
from dataclasses import asdict
from pathlib import Path

from . import outputs, stages
from .aws import assume
from .build import binary, environment
from .console import Failure, step, write_error
from .services import aws_environment
from .settings import LOCAL, REPO, Instance, developers_instance
from .tools import cloud_tools

_TABLES = {name: f"{name.title()}Table" for name in ("accounts", "ledger", "orders", "catalog", "limits", "audit")}
_QUEUES = {
    name: f"{name.title()}Queue"
    for name in ("polls", "checks", "letters", "feedback", "erasures", "exports", "payments", "invoices", "reconciliation", "parked", "dead")
}
"""All queues: the program sends a dead letter back only to a queue that it knows."""
_STAGES = ("local", "dev", "prod")


def admin(arguments: list[str]) -> int:
    """Run the program for the stage that is the first argument; its own arguments follow, or are in `ARGS`."""
    stage, *command = arguments
    command = command or _words(os.environ.get("ARGS", ""))
    if stage not in _STAGES:
        raise Failure(f"STAGE must be one of {', '.join(_STAGES)}, not {stage}")
    write_error(f"stage: {stage}\n")
    if stage == "local":
        known = outputs.read_named()
        instance, stack = instance_of(known), known["stack"]
        program = binary("admin")
        variables = {**local_environment(instance, stack, known["simulators"]["fivesim"]), **assume(instance, stack["AdminRole"])}
        if not program.exists():
            raise Failure("the operator's program is not built: run make up")
    else:
        variables, program = environment_of(stage, role="AdminRole"), released()
    return subprocess.run([str(program), *command], env=variables, cwd=REPO, check=False).returncode


def _words(line: str) -> list[str]:
    try:
        return shlex.split(line)
    except ValueError as error:
        raise Failure(f"ARGS can't be read: {error}") from error


def local_environment(instance: Instance, stack: dict[str, str], fivesim_url: str) -> dict[str, str]:
    """The environment of the program on the local stage, as the root user."""
    return {**aws_environment(instance), **_resources(stack), "STAGE": "local", "FIVESIM_BASE_URL": f"{fivesim_url}/v1"}


def instance_of(known: dict[str, object]) -> Instance:
    """The instance that wrote these outputs, as far as programs need it."""
    port = int(str(known["cloud_url"]).rsplit(":", 1)[1])
    home = Path(str(known["local_dir"])).parent
    return Instance(home, {**developers_instance().ports, "cloud": port}, keeps_state=True)


def _resources(stack: dict[str, str]) -> dict[str, str]:
    return {
        **{f"TABLE_{name.upper()}": stack[table] for name, table in _TABLES.items()},
        **{f"QUEUE_{name.upper()}_URL": stack[queue] for name, queue in _QUEUES.items()},
        "SECRET_SUPPLIERS_ARN": stack["SuppliersSecret"],
    }


def released() -> Path:
    """The program without the features of the local stage."""
    with step("Building the operator's program (minutes the first time)"):
        target = LOCAL / "admin"
        command = ["cargo", "build", "--quiet", "--package", "admin", "--target-dir", str(target)]
        if subprocess.run(command, cwd=REPO, env=environment(), check=False).returncode:
            raise Failure("the build failed: see cargo's messages above")
    return target / "debug/admin"


def environment_of(stage: str, role: str | None) -> dict[str, str]:
    """The resources, and the credentials of the stack's role of that logical id, or (without a role) the operator's own."""
    known = stages.read(stage)
    command = [cloud_tools().program("python"), str(REPO / "dev/aws.py"), "resources", json.dumps({"stage": asdict(known), "role": role})]
    done = subprocess.run(command, cwd=REPO, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Failure((done.stderr.strip() or "the resources could not be listed").splitlines()[-1].removeprefix("✗ "))
    answer = json.loads(done.stdout)
    own = {name: value for name, value in os.environ.items() if name not in ("AWS_PROFILE", "AWS_SESSION_TOKEN")}
    return {**own, **answer["credentials"], **_resources(answer["resources"]), "STAGE": stage, "AWS_REGION": known.region}
