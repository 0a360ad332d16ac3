"""Resources that MiniStack checks as `*` or under a wrong name, so that narrow policies deny them.

- Mail is sent from an identity (`identity/shop.example`) and, if specified, through a configuration set.
- A schedule belongs to its group (`schedule/retries/NAME`), not always to `default`.
- Parameters are checked one by one (`GetParameters`) or by their path (`GetParametersByPath`).
- Some DynamoDB calls name the table by its ARN only (`ExportTableToPointInTime`).
"""

import json
from email.utils import parseaddr
from typing import Any
from urllib.parse import unquote

from ministack.core import iam_actions, iam_evaluator
from ministack.services import ses, ses_v2

from ..mail_request import MailRequest

Fields = dict[str, Any]


class Several(str):
    """The first resource of a request with all others, because MiniStack passes only one."""

    others: list[str]


def close_gaps() -> None:
    """Name these resources as AWS does."""
    original, enforce = iam_actions.extract_resource_arn, iam_evaluator.enforce

    def resource(
        service: str, method: str, path: str, headers: Fields, body: bytes, query: Fields, region: str, account: str
    ) -> str:
        names = _NAMES[service](path, body, query) if service in _NAMES else []
        if not names:
            known: str = original(service, method, path, headers, body, query, region, account)
            return known
        arns = [name if name.startswith("arn:") else f"arn:aws:{service}:{region}:{account}:{name}" for name in names]
        several = Several(arns[0])
        several.others = arns[1:]
        return several

    def ask(access_key: str, action: str, service: str, region: str, resource_arn: str = "*", **named: Any) -> Any:
        denied = enforce(access_key, action, service, region, resource_arn=resource_arn, **named)
        for other in getattr(resource_arn, "others", []):
            denied = denied or enforce(access_key, action, service, region, resource_arn=other, **named)
        return denied

    iam_actions.extract_resource_arn, iam_evaluator.enforce = resource, ask


def _mail(path: str, body: bytes, _query: Fields) -> list[str]:
    """The verified identity that the sender's address belongs to: the address itself, its domain or a parent domain."""
    request = MailRequest(path, body)
    address = parseaddr(request.sender())[1]
    if not request.sends or not address:
        return []
    domain = address.rpartition("@")[2].lower()
    candidates = [address, *ses._domain_and_parents(domain)]
    verified = [name for name in candidates if ses._identities.get(name) or ses_v2._identities.get(name)]
    through = request.configuration_set()
    return [f"identity/{(verified or [domain])[0]}", *([f"configuration-set/{through}"] if through else [])]


def _schedule(path: str, body: bytes, query: Fields) -> list[str]:
    parts = path.split("/")
    if parts[1:2] != ["schedules"] or len(parts) < 3:
        return []
    group = _json(body).get("GroupName") or iam_actions._query_param(query, "groupName") or "default"
    return [f"schedule/{group}/{unquote(parts[2])}"]


def _parameters(_path: str, body: bytes, _query: Fields) -> list[str]:
    request = _json(body)
    names = [request["Path"]] if request.get("Path") else request.get("Names") or []
    return [name if name.startswith("arn:") else f"parameter/{name.removeprefix('/')}" for name in names]


def _table(_path: str, body: bytes, _query: Fields) -> list[str]:
    arn = _json(body).get("TableArn")
    return [arn] if arn else []


_NAMES = {"ses": _mail, "scheduler": _schedule, "ssm": _parameters, "dynamodb": _table}


def _json(body: bytes) -> Fields:
    try:
        fields = json.loads(body or b"{}")
    except ValueError:  # the service itself rejects it
        return {}
    return fields if isinstance(fields, dict) else {}
