"""The resources of a deployed stage, as JSON: physical ids by logical id."""

import json
from typing import Any

import boto3

from namaskah_dev.console import say
from namaskah_dev.stages import Stage

from . import account


def run(document: dict[str, Any]) -> int:
    """Print them."""
    stage = Stage(**document["stage"])
    session = boto3.Session(region_name=stage.region)
    account.check(stage, session.client("sts"))
    say(json.dumps(of(stage, session)))
    return 0


def of(stage: Stage, session: Any) -> dict[str, str]:
    """Physical ids by logical id."""
    pages = session.client("cloudformation").get_paginator("list_stack_resources").paginate(StackName=stage.stack)
    return {one["LogicalResourceId"]: one.get("PhysicalResourceId", "") for page in pages for one in page["StackResourceSummaries"]}
