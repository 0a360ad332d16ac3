"""Which rights are used: each time a role's policies allow a call, its action and resource are recorded.

`GET /_namaskah/rights` lists each right of each role, one action on one resource, and whether the role used it since the start.
"""

from collections.abc import Iterator
from typing import Any

from ministack.core import iam_evaluator
from ministack.services import iam

_ACCOUNT = "000000000000"
_used: set[tuple[str, str, str]] = set()
"""Role, action, resource."""


def close_gaps() -> None:
    """Record allowed calls."""
    decide = iam_evaluator.evaluate

    def evaluate(call: Any, *policies: Any) -> Any:
        decision = decide(call, *policies)
        if decision.decision == "Allow":
            role = iam_evaluator._role_name_from_assumed_arn(call.principal_arn)
            _used.add((role, call.action, call.resource_arn))
        return decision

    iam_evaluator.evaluate = evaluate


def rights() -> list[dict[str, Any]]:
    """Each right that a role holds: its role, its policy (an ARN, or a name within the role), its action, its resource."""
    found = []
    for role, record in list(iam._roles.items()):
        calls = [(action, resource) for name, action, resource in list(_used) if name == role]
        for policy, document in _policies(record):
            for statement in iam_evaluator.parse_policy_document(document):
                for action in statement.actions:
                    for resource in statement.resources:
                        used = any(_covers(action, resource, *call) for call in calls)
                        found.append({"role": role, "policy": policy, "action": action, "resource": resource, "used": used})
    return found


def _policies(role: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    yield from (role.get("InlinePolicies") or {}).items()
    for arn in role.get("AttachedPolicies", []):
        document = iam_evaluator._resolve_managed_policy_document(arn, _ACCOUNT)
        if document:
            yield arn, document


def _covers(action: str, resource: str, called: str, on: str) -> bool:
    return iam_evaluator.fnmatch_iam(called, action) and iam_evaluator.fnmatch_iam_cs(on, resource)
