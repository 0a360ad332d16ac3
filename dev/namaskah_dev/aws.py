"""The AWS calls of the commands, against the local cloud only.

The local cloud identifies its root user by the access key id and checks no signature, so plain HTTP is enough.
"""

import http.client
import json
import urllib.error
import urllib.parse
import urllib.request
import xml.etree.ElementTree as ElementTree
from typing import Any

from .console import Failure
from .settings import REGION, Instance


def stack_resources(instance: Instance) -> dict[str, str]:
    """Physical ids of the stack's resources (URLs of queues) by logical id, with those of nested stacks; empty without a
    complete stack."""
    try:
        stack = _cloudformation(instance, "DescribeStacks", StackName=instance.stack)
        status = stack.findtext(".//{*}StackStatus") or ""
        if not status.endswith("_COMPLETE") or "ROLLBACK" in status or "DELETE" in status:
            return {}
        return _listed(instance, instance.stack)
    except urllib.error.HTTPError:
        return {}


def stack_outputs(instance: Instance) -> dict[str, str]:
    """The outputs of the stack."""
    members = _cloudformation(instance, "DescribeStacks", StackName=instance.stack).iterfind(".//{*}Outputs/{*}member")
    return {member.findtext("{*}OutputKey") or "": member.findtext("{*}OutputValue") or "" for member in members}


def _listed(instance: Instance, stack: str) -> dict[str, str]:
    found: dict[str, str] = {}
    nested, page = [], {"StackName": stack}
    while True:
        answer = _cloudformation(instance, "ListStackResources", **page)
        for resource in answer.iterfind(".//{*}StackResourceSummaries/{*}member"):
            name, physical = (resource.findtext(f"{{*}}{of}ResourceId") or "" for of in ("Logical", "Physical"))
            found[name] = physical
            if resource.findtext("{*}ResourceType") == "AWS::CloudFormation::Stack":
                nested.append(physical)
        token = answer.findtext(".//{*}NextToken")
        if not token:
            # The main stack's names win.
            for stack in nested:
                found = {**_listed(instance, stack), **found}
            return found
        page["NextToken"] = token


def invoke(instance: Instance, function: str, event: dict[str, Any]) -> Any:
    """Invoke a function and wait for its answer."""
    path = f"/2015-03-31/functions/{urllib.parse.quote(function)}/invocations"
    try:
        answer = _call(instance, "lambda", path, json.dumps(event).encode(), "application/json")
    except urllib.error.HTTPError as error:
        raise Failure(f"{function} could not be invoked: {error.read().decode(errors='replace')[:200]}") from error
    value = json.loads(answer or b"null")
    if isinstance(value, dict) and "errorMessage" in value:
        raise Failure(f"{function} failed: {value['errorMessage']}")
    return value


def logs(instance: Instance, operation: str, request: dict[str, Any]) -> Any:
    """Make one call to CloudWatch Logs."""
    answer = _call(instance, "logs", "/", json.dumps(request).encode(), "application/x-amz-json-1.1", f"Logs_20140328.{operation}")
    return json.loads(answer)


def secret(instance: Instance, identifier: str) -> dict[str, str]:
    """The fields of a secret, by its ARN or name."""
    request = json.dumps({"SecretId": identifier}).encode()
    answer = json.loads(_call(instance, "secretsmanager", "/", request, "application/x-amz-json-1.1", "secretsmanager.GetSecretValue"))
    fields: dict[str, str] = json.loads(answer["SecretString"])
    return fields


def assume(instance: Instance, role: str) -> dict[str, str]:
    """Assume a role, by its name; returns the variables with its credentials."""
    arn = f"arn:aws:iam::000000000000:role/{role}"
    answer = _form(instance, "sts", "2011-06-15", Action="AssumeRole", RoleArn=arn, RoleSessionName="admin")
    names = {"AWS_ACCESS_KEY_ID": "AccessKeyId", "AWS_SECRET_ACCESS_KEY": "SecretAccessKey", "AWS_SESSION_TOKEN": "SessionToken"}
    return {variable: answer.findtext(f".//{{*}}Credentials/{{*}}{name}") or "" for variable, name in names.items()}


def _cloudformation(instance: Instance, action: str, **parameters: str) -> ElementTree.Element:
    return _form(instance, "cloudformation", "2010-05-15", Action=action, **parameters)


def _form(instance: Instance, service: str, version: str, **parameters: str) -> ElementTree.Element:
    form = urllib.parse.urlencode({"Version": version, **parameters}).encode()
    return ElementTree.fromstring(_call(instance, service, "/", form, "application/x-www-form-urlencoded"))


def _call(instance: Instance, service: str, path: str, body: bytes, content_type: str, target: str = "") -> bytes:
    credential = f"Credential=test/20260101/{REGION}/{service}/aws4_request"
    request = urllib.request.Request(
        instance.cloud_url + path,
        data=body,
        headers={
            "Content-Type": content_type,
            "Authorization": f"AWS4-HMAC-SHA256 {credential}, SignedHeaders=host, Signature=0",
            **({"X-Amz-Target": target} if target else {}),
        },
    )
    try:
        with urllib.request.urlopen(request, timeout=120) as answer:
            return bytes(answer.read())
    except urllib.error.HTTPError:
        raise
    except (OSError, http.client.HTTPException) as error:
        raise Failure(f"the local cloud does not answer at {instance.cloud_url} ({error}): see make status") from error
