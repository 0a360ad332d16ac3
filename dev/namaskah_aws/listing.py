"""The resources of a deployed stage, and credentials for it, as JSON for the process that asked."""

import json
import re
from typing import Any

import boto3
from botocore.exceptions import ClientError

from namaskah_dev.console import Failure, say
from namaskah_dev.stages import Stage

from . import account


def run(document: dict[str, Any]) -> int:
    """Print them: the credentials of a role of the stack, or those that the caller's profile stands for.

    The operator's program reads no profiles. Its role may not list the stack, so the caller does.
    """
    stage = Stage(**document["stage"])
    session = boto3.Session(region_name=stage.region)
    caller = account.check(stage, session.client("sts"))
    resources = of(stage, session)
    role = document["role"]
    credentials = _assumed(stage, session.client("sts"), caller, resources, role) if role else _own(session)
    say(json.dumps({"resources": resources, "credentials": credentials}))
    return 0


def _own(session: Any) -> dict[str, str]:
    """The caller's credentials, as environment variables."""
    found = session.get_credentials().get_frozen_credentials()
    return _variables(found.access_key, found.secret_key, found.token)


def _assumed(stage: Stage, sts: Any, caller: str, resources: dict[str, str], role: str) -> dict[str, str]:
    """The credentials of a role, in a session that has the caller's name."""
    if role not in resources:
        raise Failure(f"{stage.stack} has no {role}: deploy it first")
    arn = f"arn:{caller.split(':')[1]}:iam::{stage.account}:role/{resources[role]}"
    try:
        found = sts.assume_role(RoleArn=arn, RoleSessionName=session_name(caller))["Credentials"]
    except ClientError as error:
        if error.response["Error"]["Code"] != "AccessDenied":
            raise
        raise Failure(f'{caller} may not assume {arn}: it needs sts:AssumeRole (docs/deploy.md, "The first customer")') from error
    return _variables(found["AccessKeyId"], found["SecretAccessKey"], found["SessionToken"])


def session_name(caller: str) -> str:
    """The name of a caller by its ARN, in the characters and the length of a session's name."""
    name = re.sub(r"[^0-9A-Za-z_+=,.@-]", "-", re.split(r"[:/]", caller)[-1])[:64]
    return name if len(name) > 1 else f"operator-{name}"


def _variables(access_key: str, secret_key: str, token: str | None) -> dict[str, str]:
    names = {"AWS_ACCESS_KEY_ID": access_key, "AWS_SECRET_ACCESS_KEY": secret_key, "AWS_SESSION_TOKEN": token}
    return {name: value for name, value in names.items() if value}


def of(stage: Stage, session: Any) -> dict[str, str]:
    """Physical ids by logical id."""
    return {one["LogicalResourceId"]: one.get("PhysicalResourceId", "") for one in _listed(stage.stack, session)}


def with_nested(stage: Stage, session: Any) -> dict[str, str]:
    """The same, with the resources of nested stacks, whose names differ from those of the main one."""
    found, stacks = {}, [stage.stack]
    while stacks:
        for one in _listed(stacks.pop(), session):
            found[one["LogicalResourceId"]] = one.get("PhysicalResourceId", "")
            if one["ResourceType"] == "AWS::CloudFormation::Stack" and one.get("PhysicalResourceId"):
                stacks.append(one["PhysicalResourceId"])
    return found


def _listed(stack: str, session: Any) -> list[dict[str, Any]]:
    pages = session.client("cloudformation").get_paginator("list_stack_resources").paginate(StackName=stack)
    return [one for page in pages for one in page["StackResourceSummaries"]]
