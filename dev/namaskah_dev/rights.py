"""`rights`: checks that the functions use what their roles grant, on a local cloud that has run all end-to-end suites.

IAM is enforced, so the suites show that no right is missing. This check shows that none is superfluous. Each right of a grant
(managed policy) must be used by some role that has the grant, and each such role must use some right of the grant. A role must
use all rights of its own policies.
"""

import json
import urllib.request
from collections import defaultdict
from typing import Any

from . import outputs
from .console import Failure, say

_NOT_SEEN = {
    "TelemetryGrant": "Lambda writes logs and traces; the local cloud does so without a check",
    "source": "Lambda reads the function's queue or stream; the local cloud does so without a check",
    "start": "EventBridge starts functions; the local cloud does so without a check",
    "ParkGrant": "no suite sends a message that no worker can read",
}
"""Policies whose use can't be observed, and why they are granted."""

_RARE = {
    ("LettersSendRole", "sqs:ChangeMessageVisibility", "LettersQueue"): "only a letter that can't be sent yet is repeated",
    ("AuthDeleteRole", "dynamodb:GetItem", "table/AccountsTable"): "only after an unknown outcome, or when two deletions meet",
    ("AccountEraseRole", "sqs:ChangeMessageVisibility", "ErasuresQueue"): "only a deleted account with an open order is looked at again",
    ("ExportsCollectRole", "sqs:ChangeMessageVisibility", "ExportsQueue"): "only an export that failed is repeated",
    ("LettersFeedbackRole", "sqs:ChangeMessageVisibility", "FeedbackQueue"): "only a report that can't be noted yet is repeated",
    ("AdminRole", "sqs:SendMessage", "FeedbackQueue"): "only a report that was received a thousand times is redriven",
    ("AdminRole", "sqs:SendMessage", "ErasuresQueue"): "only an erasure that was received a hundred times is redriven",
    ("AdminRole", "sqs:SendMessage", "ExportsQueue"): "only an export that failed ten times is redriven",
    ("AdminRole", "sqs:SendMessage", "PaymentsQueue"): "only an event that failed for eight hours is redriven",
    ("PaymentsRole", "dynamodb:PutItem", "table/OrdersTable"): "only a customer who asks before the worker does finds money that was not agreed",
    ("PaymentsSettleRole", "dynamodb:DeleteItem", "table/LedgerTable"): "only a refund that nobody approved, and that the gateway has, leaves the list",
    ("PaymentsReconcileRole", "sqs:ChangeMessageVisibility", "ReconciliationQueue"): "only a part that failed is repeated",
    ("VerificationsCheckRole", "sqs:ChangeMessageVisibility", "ChecksQueue"): "only failed checks are repeated",
    ("AdminRole", "sqs:SendMessage", "PollsQueue"): "only a poll that was received a thousand times is redriven",
}
"""Rights that are used only after a failure that no suite causes, and the failure."""

Right = dict[str, Any]


def rights(_arguments: list[str]) -> None:
    """Fail with a list of all unused rights."""
    known = outputs.read_named()
    held = _held(known["cloud_url"])
    logical = {physical: name for name, physical in known["stack"].items()}
    held = [_in_the_templates_words(right, logical) for right in held if right["role"] in logical]
    unused = find_unused(held)
    if unused:
        raise Failure("granted in template.yaml, but not used by any suite:\n  " + "\n  ".join(unused))
    say(f"all {len(held)} rights were used, except {len(_RARE)} rare ones and those of {', '.join(_NOT_SEEN)}")


def _held(cloud_url: str) -> list[Right]:
    try:
        with urllib.request.urlopen(f"{cloud_url}/_namaskah/rights", timeout=60) as answer:
            held: list[Right] = json.load(answer)["rights"]
    except OSError as error:
        raise Failure(f"the local cloud does not answer at {cloud_url} ({error}): see make status") from error
    return held


def find_unused(held: list[Right]) -> list[str]:
    """A line for each unused right, and for each role that uses no right of one of its policies."""
    by_right, by_holder = defaultdict(list), defaultdict(list)
    for right in held:
        if right["policy"] not in _NOT_SEEN:
            owner = right["role"] if right["policy"] == "own" else right["policy"]
            by_right[owner, right["action"], right["resource"]].append(right["used"])
            by_holder[right["role"], right["policy"]].append(right["used"])
    unused = [right for right, used in by_right.items() if not any(used) and right not in _RARE]
    lines = [f"{owner}: {action} on {resource}" for owner, action, resource in unused]
    return sorted(lines + [f"{role}: all of {policy}" for (role, policy), used in by_holder.items() if not any(used)])


def _in_the_templates_words(right: Right, logical: dict[str, str]) -> Right:
    """The right with logical ids in place of physical names."""
    resource = right["resource"]
    for physical, name in logical.items():
        resource = resource.replace(physical.rsplit("/", 1)[-1], name)
    role, policy = logical[right["role"]], logical.get(right["policy"], right["policy"])
    return {**right, "role": role, "policy": policy, "resource": resource.rsplit(":", 1)[-1]}
