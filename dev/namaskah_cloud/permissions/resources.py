"""Resources that MiniStack asks about as `*` or by a wrong name, so that a narrow policy is refused.

- Mail is sent from an identity (`identity/shop.example`).
- A schedule belongs to its group (`schedule/retries/NAME`), not always to `default`.
- Parameters under a path are asked for by that path.
- Some DynamoDB calls name the table by its ARN only (`ExportTableToPointInTime`).
"""

import json
from email.utils import parseaddr
from typing import Any
from urllib.parse import unquote

from ministack.core import iam_actions
from ministack.services import ses, ses_v2

Fields = dict[str, Any]

_MAIL_PATHS = ("/", "/v2/email/outbound-emails")


def close_gaps() -> None:
    """Name the resource as AWS does, where MiniStack does not."""
    original = iam_actions.extract_resource_arn

    def resource(
        service: str, method: str, path: str, headers: Fields, body: bytes, query: Fields, region: str, account: str
    ) -> str:
        name = _NAMES[service](path, _json(body), query) if service in _NAMES else None
        if not name:
            known: str = original(service, method, path, headers, body, query, region, account)
            return known
        return name if name.startswith("arn:") else f"arn:aws:{service}:{region}:{account}:{name}"

    iam_actions.extract_resource_arn = resource


def _identity(path: str, body: Fields, query: Fields) -> str | None:
    """The verified identity that the sender's address belongs to: the address itself, its domain or a parent domain."""
    if path not in _MAIL_PATHS:
        return None
    raw = _one(query, "RawMessage.Data") or ((body.get("Content") or {}).get("Raw") or {}).get("Data")
    sender = _one(query, "Source") or body.get("FromEmailAddress") or (ses._parse_raw_mime(raw).get("From") if raw else "")
    address = parseaddr(str(sender))[1]
    if not address:
        return None
    domain = address.rpartition("@")[2].lower()
    candidates = [address, *ses._domain_and_parents(domain)]
    verified = [name for name in candidates if ses._identities.get(name) or ses_v2._identities.get(name)]
    return f"identity/{(verified or [domain])[0]}"


def _schedule(path: str, body: Fields, query: Fields) -> str | None:
    parts = path.split("/")
    if parts[1:2] != ["schedules"] or len(parts) < 3:
        return None
    group = body.get("GroupName") or _one(query, "groupName") or "default"
    return f"schedule/{group}/{unquote(parts[2])}"


def _parameters(_path: str, body: Fields, _query: Fields) -> str | None:
    return f"parameter{body['Path']}" if body.get("Path") else None


def _table(_path: str, body: Fields, _query: Fields) -> str | None:
    return body.get("TableArn")


_NAMES = {"ses": _identity, "scheduler": _schedule, "ssm": _parameters, "dynamodb": _table}


def _json(body: bytes) -> Fields:
    try:
        fields = json.loads(body or b"{}")
    except ValueError:  # a form, or nonsense that the service itself refuses
        return {}
    return fields if isinstance(fields, dict) else {}


def _one(query: Fields, name: str) -> str:
    return str(iam_actions._query_param(query, name))
