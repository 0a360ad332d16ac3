"""Deploys: the local stage if something changed, and the stages on AWS. Both run `dev/aws.py` in the tools' environment."""

import json
import os
import subprocess
from dataclasses import asdict
from typing import Any

from . import files, given, stages, versions
from .admin import admin
from .aws import stack_resources
from .build import fingerprint
from .console import Failure, say, step
from .services import aws_environment
from .settings import DEPLOY, LOCAL, REGION, REPO, TEMPLATE, Instance, architecture, shown
from .stages import Stage
from .tools import Environment, cloud_tools, run_logged

_LOCAL_ACCOUNT = "000000000000"


def deploy(instance: Instance, tools: Environment) -> dict[str, str]:
    """Update the local stack; returns the physical ids of its resources by logical id."""
    stage = local_stage(instance)
    stamp, wanted = instance.deployed, fingerprint(stage.parameters)
    resources = stack_resources(instance)
    if resources and stamp.exists() and stamp.read_text() == wanted:
        return resources
    with step("Deploying the template with the SAM CLI"):
        stamp.unlink(missing_ok=True)
        _deploy_locally(instance, tools, stage)
        files.write(stamp, wanted)
    resources = stack_resources(instance)
    if not resources:
        raise Failure(f"the stack {instance.stack} is not complete after the deploy: see {shown(instance.logs / 'deploy.log')}")
    return resources


def local_stage(instance: Instance) -> Stage:
    """The stage of an instance: what differs from the template's defaults."""
    simulators = instance.simulators
    fivesim, identity = simulators["fivesim"], simulators["identity"]
    parameters = {
        "Stage": "local",
        "Architecture": architecture(),
        "PublicUrl": instance.api_url,
        "FiveSimBaseUrl": f"{fivesim}/v1",
        "PaystackBaseUrl": simulators["paystack"],
        # Its simulator sends from this machine.
        "PaystackNetworks": "127.0.0.1/32",
        "StripeBaseUrl": simulators["stripe"],
        "BtcpayBaseUrl": simulators["btcpay"],
        "BtcpayStore": "local-store",
        "GoogleClientId": "namaskah-local",
        "GoogleIssuer": identity,
        "GoogleAuthorizeUrl": f"{identity}/authorize",
        "GoogleTokenUrl": f"{identity}/token",
        "GoogleKeysUrl": f"{identity}/jwks",
        "MailDomain": "namaskah.example",
        # The addresses of RFC 2544, which the contract tests pretend to come from: they send more than one client may.
        "TrustedNetworks": "198.18.0.0/15",
        "MailPerSecond": "100",
        # The API's port answers, too: clients of `make demo` and most tests need no edge.
        "Edge": "on",
    }
    return Stage("local", instance.stack, REGION, _LOCAL_ACCOUNT, parameters, {})


def _deploy_locally(instance: Instance, tools: Environment, stage: Stage) -> None:
    order = {
        "stage": asdict(stage),
        "version": versions.of_working_tree(),
        "template": str(DEPLOY / TEMPLATE.name),
        "asks": False,
        # A stopped cloud may have lost a part of the stack, and there is no data that can't be made again.
        "accepted": [],
        "pause": 0.2,
    }
    log = instance.logs / "deploy.log"
    environment = {**aws_environment(instance), "__SAM_CLI_APP_DIR": str(LOCAL / "sam")}
    if run_logged([tools.program("python"), str(REPO / "dev/aws.py"), "deploy", json.dumps(order)], log, environment):
        raise Failure(f"the deploy failed: {_reason(log.read_text(errors='replace'))} (complete log: {shown(log)})")


def _reason(text: str) -> str:
    """The line of the output that gives the reason."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    telling = [line.removeprefix("✗ ") for line in lines if line.startswith("✗")]
    return (telling or lines[-1:] or ["it printed nothing"])[0][:300]


def release(arguments: list[str]) -> int:
    """`make deploy STAGE=… [VERSION=…] [YES=1] [ACCEPT=…] [MIGRATE=0]`, and `make rollback`: deploy to AWS.

    A new version then runs the migrations that have not run yet, unless they are left to an operator.
    """
    name, rolls_back = arguments[0], arguments[1:] == ["rollback"]
    if arguments[1:] and not rolls_back:
        raise Failure(f"deploy takes a stage and perhaps rollback, not {' '.join(arguments[1:])}")
    stage, migrates = stages.read(name), given.flag("MIGRATE", default=True)
    order: dict[str, Any] = {
        "stage": asdict(stage),
        "version": None if rolls_back else given.version(),
        "template": None,
        "asks": not given.flag("YES", default=False),
        "accepted": given.accepted(),
    }
    if not rolls_back and order["version"] is None:
        build, current = versions.built(), versions.of_working_tree()
        versions.check_deployable(build, current, name, stage.parameters.get("Architecture", ""))
        order |= {"version": build.version, "template": str(TEMPLATE)}
    code = on_aws("deploy", order)
    if code or not order["template"]:
        return code
    if not migrates:
        say(f"migrations did not run; an operator runs: make admin STAGE={name} ARGS='migrations run'")
        return 0
    return admin([name, "--yes", "migrations", "run"])


def on_aws(command: str, document: dict[str, Any]) -> int:
    """Run a command of `dev/aws.py` with the credentials of the caller."""
    environment = {**os.environ, "SAM_CLI_TELEMETRY": "0"}
    program = [cloud_tools().program("python"), str(REPO / "dev/aws.py"), command, json.dumps(document)]
    return subprocess.run(program, cwd=REPO, env=environment, check=False).returncode
