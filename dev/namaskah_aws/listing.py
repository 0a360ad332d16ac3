"""The resources of a deployed stage, and the caller's credentials, as JSON for the process that asked."""

import json
from typing import Any

import boto3

from namaskah_dev.console import say
from namaskah_dev.stages import Stage

from . import account


def run(document: dict[str, Any]) -> int:
    """Print them. The operator's program reads no profiles, so it needs the credentials that a profile stands for."""
    stage = Stage(**document["stage"])
    session = boto3.Session(region_name=stage.region)
    account.check(stage, session.client("sts"))
    say(json.dumps({"resources": of(stage, session), "credentials": _credentials(session)}))
    return 0


def _credentials(session: Any) -> dict[str, str]:
    """The session's credentials, as environment variables."""
    found = session.get_credentials().get_frozen_credentials()
    names = {"AWS_ACCESS_KEY_ID": found.access_key, "AWS_SECRET_ACCESS_KEY": found.secret_key, "AWS_SESSION_TOKEN": found.token}
    return {name: value for name, value in names.items() if value}


def of(stage: Stage, session: Any) -> dict[str, str]:
    """Physical ids by logical id."""
    pages = session.client("cloudformation").get_paginator("list_stack_resources").paginate(StackName=stage.stack)
    return {one["LogicalResourceId"]: one.get("PhysicalResourceId", "") for page in pages for one in page["StackResourceSummaries"]}
