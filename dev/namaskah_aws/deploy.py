"""Deploys a stage: packages the template or takes a kept one, shows the changes, refuses those that lose data, executes them."""

import hashlib
import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import boto3
from samtranslator.yaml_helper import yaml_parse

from namaskah_dev import stages
from namaskah_dev.console import Failure, paint, say, step
from namaskah_dev.stages import Stage

from . import account, changes, quota
from .kept import Kept
from .stack import ChangeSet, Stack

_MANAGED = "aws-sam-cli-managed-default"
"""The stack of the bucket for zips, which the SAM CLI creates."""

_SHOWN = 40


@dataclass(frozen=True)
class Order:
    """What to deploy, and how."""

    stage: Stage
    version: str | None
    """A kept version, the version of the build if there is a `template`, or the one before the last."""
    template: str | None
    asks: bool = True
    accepted: list[str] = field(default_factory=list)
    pause: float = 3.0

    @staticmethod
    def of(document: dict[str, Any]) -> "Order":
        """The order of a document."""
        return Order(**{**document, "stage": Stage(**document["stage"])})


def run(document: dict[str, Any]) -> int:
    """Deploy."""
    order = Order.of(document)
    stage = order.stage
    if order.template and stage.name in stages.NAMES:
        stages.check_parameters(stage, set(yaml_parse(Path(order.template).read_text())["Parameters"]))
    session = boto3.Session(region_name=stage.region)
    account.check(stage, session.client("sts"))
    if stage.name in stages.NAMES:
        quota.check(stage, session.client("lambda"))
    cloudformation, stack = session.client("cloudformation"), Stack(stage, session.client("cloudformation"), order.pause)
    existing = stack.ready()
    version, url, text = _packaged(order, session) if order.template else _kept(order, session)
    declared = set(yaml_parse(text)["Parameters"])
    wanted = parameters(stage, declared, version, text)
    with step(f"Planning {version} for {stage.stack}"):
        plan = stack.plan(url, wanted, new=existing is None)
    if plan is None:
        say("nothing changes")
    else:
        _show(plan, {} if existing is None else _values(existing), wanted)
        _check(plan, order)
        if not _agreed(order):
            plan.discard()
            say("Nothing was changed.")
            return 1
        with step(f"Deploying {version} to {stage.stack}"):
            plan.execute()
    Kept(session.client("s3"), _bucket(cloudformation), stage.stack).note(version)
    return 0


def _packaged(order: Order, session: Any) -> tuple[str, str, str]:
    """Upload zips that are not there yet; keep the packaged template."""
    version = str(order.version)
    with tempfile.TemporaryDirectory() as folder:
        packaged = Path(folder, "packaged.yaml")
        command = [
            str(Path(sys.executable).with_name("sam")), "package",
            "--template-file", str(order.template), "--output-template-file", str(packaged),
            "--resolve-s3", "--s3-prefix", order.stage.stack, "--region", order.stage.region, "--no-progressbar",
        ]  # fmt: skip
        with step("Packaging with the SAM CLI"):
            # From a folder without samconfig.toml, whose environments are for the stages.
            done = subprocess.run(command, cwd=folder, env={**os.environ, "SAM_CLI_TELEMETRY": "0"}, capture_output=True, text=True, check=False)
        if done.returncode:
            raise Failure(f"the packaging failed: {_last_line(done.stderr or done.stdout)}")
        text = packaged.read_text()
    kept = Kept(session.client("s3"), _bucket(session.client("cloudformation")), order.stage.stack)
    return version, kept.keep(version, text), text


def _kept(order: Order, session: Any) -> tuple[str, str, str]:
    kept = Kept(session.client("s3"), _bucket(session.client("cloudformation")), order.stage.stack)
    version = order.version or kept.before_the_last()
    return version, *kept.find(version)


def _bucket(cloudformation: Any) -> str:
    outputs = cloudformation.describe_stacks(StackName=_MANAGED)["Stacks"][0]["Outputs"]
    return str(next(output["OutputValue"] for output in outputs if output["OutputKey"] == "SourceBucket"))


def parameters(stage: Stage, declared: set[str], version: str, template: str) -> dict[str, str]:
    """The stage's values as far as the template knows them (a kept one may be older than a parameter), and the version."""
    unknown = sorted(stage.parameters.keys() - declared)
    if unknown:
        say(paint(f"  this version has no {', '.join(unknown)}", "yellow"))
    given = {**{name: value for name, value in stage.parameters.items() if name in declared}, "AppVersion": version}
    whole = hashlib.sha256(json.dumps([template, given], sort_keys=True).encode()).hexdigest()
    return {**given, "Deployment": whole} if "Deployment" in declared else given


def _values(existing: dict[str, Any]) -> dict[str, str]:
    return {one["ParameterKey"]: one.get("ParameterValue", "") for one in existing.get("Parameters", [])}


def _show(plan: ChangeSet, before: dict[str, str], after: dict[str, str]) -> None:
    for line in changes.parameters(before, {name: value for name, value in after.items() if name != "Deployment"}):
        say(f"  {paint(line, 'yellow')}")
    lines = changes.lines(changes.resources(plan.changes))
    for line in lines[:_SHOWN]:
        say(f"  {line}")
    if len(lines) > _SHOWN:
        say(paint(f"  … and {len(lines) - _SHOWN} more", "dim"))


def _check(plan: ChangeSet, order: Order) -> None:
    """Refuse a plan that loses data."""
    found = changes.dangers(changes.resources(plan.changes), order.accepted)
    if found:
        plan.discard()
        raise Failure(f"refused, nothing was changed: {'; '.join(found)} (docs/deploy.md, \"Changes that are refused\")")


def _agreed(order: Order) -> bool:
    if not order.asks:
        return True
    if not sys.stdin.isatty():
        raise Failure("nobody can be asked here: YES=1 deploys without a question")
    return input(f"Deploy this to {order.stage.name}? [y/N] ").strip().lower() in ("y", "yes")


def _last_line(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    telling = [line for line in lines if line.startswith("Error:")]
    return (telling or lines or ["SAM printed nothing"])[-1][:300]
