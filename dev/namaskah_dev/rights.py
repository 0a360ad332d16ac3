"""`rights`: whether the functions use what their roles grant, asked of a local cloud after all end-to-end suites ran on it.

The suites show that no right is missing, for IAM is enforced; this shows that none is there for nothing. A grant (managed
policy) is a capability: each of its rights is used by a role that holds it, and each role that holds it uses some of it. What
a role has of its own it uses itself.
"""

import json
import urllib.request
from collections import defaultdict
from typing import Any

from . import outputs
from .console import Failure, say

_NOT_SEEN = {
    "TelemetryGrant": "Lambda writes logs and traces; the local cloud does it without asking",
    "source": "Lambda reads the function's queue or stream; the local cloud does it without asking",
    "start": "EventBridge starts functions; the local cloud does it without asking",
    "ParkGrant": "no suite needs something that no worker can read",
}
"""Policies whose rights are not seen to be used, and why they are granted."""

Right = dict[str, Any]


def rights(_arguments: list[str]) -> None:
    """Fail with every right that nothing used."""
    known = outputs.read_named()
    with urllib.request.urlopen(f"{known['cloud_url']}/_namaskah/rights", timeout=60) as answer:
        held: list[Right] = json.load(answer)["rights"]
    logical = {physical: name for name, physical in known["stack"].items()}
    held = [_in_the_templates_words(right, logical) for right in held if right["role"] in logical]
    unused = find_unused(held)
    if unused:
        raise Failure("granted in template.yaml, and used by no end-to-end suite:\n  " + "\n  ".join(unused))
    say(f"each of {len(held)} rights was used, but for those of {', '.join(_NOT_SEEN)}")


def find_unused(held: list[Right]) -> list[str]:
    """A line for each right that nobody used, and for each role that uses nothing of a policy that it holds."""
    by_right, by_holder = defaultdict(list), defaultdict(list)
    for right in held:
        if right["policy"] not in _NOT_SEEN:
            owner = right["role"] if right["policy"] == "own" else right["policy"]
            by_right[owner, right["action"], right["resource"]].append(right["used"])
            by_holder[right["role"], right["policy"]].append(right["used"])
    lines = [f"{owner}: {action} on {resource}" for (owner, action, resource), used in by_right.items() if not any(used)]
    return sorted(lines + [f"{role}: all of {policy}" for (role, policy), used in by_holder.items() if not any(used)])


def _in_the_templates_words(right: Right, logical: dict[str, str]) -> Right:
    """With logical ids in place of the names that CloudFormation gave."""
    resource = right["resource"]
    for physical, name in logical.items():
        resource = resource.replace(physical.rsplit("/", 1)[-1], name)
    role, policy = logical[right["role"]], logical.get(right["policy"], right["policy"])
    return {**right, "role": role, "policy": policy, "resource": resource.rsplit(":", 1)[-1]}
