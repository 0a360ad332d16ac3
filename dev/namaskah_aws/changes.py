"""A change set as CloudFormation describes it: the lines to review, and what must not happen."""

from collections.abc import Iterable
from typing import Any

Change = dict[str, Any]

KEPT = ("AWS::DynamoDB::Table", "AWS::SecretsManager::Secret", "AWS::Backup::BackupVault")
"""Types with data that no deploy may replace or remove."""

_MARKS = {"Add": "+", "Modify": "~", "Remove": "-"}


def resources(described: Iterable[Change]) -> list[Change]:
    """The changes of resources."""
    return [change["ResourceChange"] for change in described if change.get("Type", "Resource") == "Resource"]


def dangers(changes: Iterable[Change], accepted: Iterable[str] = ()) -> list[str]:
    """A line for each table, secret or vault that would be removed or replaced, unless it is named in `accepted`."""
    found = []
    for change in changes:
        name = change["LogicalResourceId"]
        what = _loss(change)
        if what and change["ResourceType"] in KEPT and name not in accepted:
            found.append(f"{name} would be {what}")
    return found


def _loss(change: Change) -> str | None:
    if change["Action"] == "Remove":
        return "removed"
    if change["Action"] == "Dynamic":
        return "changed in an unknown way"
    return {"True": "replaced", "Conditional": "replaced, perhaps"}.get(change.get("Replacement", "False"))


def lines(changes: Iterable[Change]) -> list[str]:
    """A line for each change, replacements marked; those that every new version makes to functions are one line."""
    shown, versions = [], 0
    for change in sorted(changes, key=lambda change: (change["Action"], change["LogicalResourceId"])):
        scope = set(change.get("Scope") or [])
        if change["ResourceType"] == "AWS::Lambda::Function" and change["Action"] == "Modify" and change.get("Replacement") != "True":
            versions += 1
            continue
        loss = _loss(change)
        of = f" ({', '.join(sorted(scope))})" if scope else ""
        mark = _MARKS.get(change["Action"], "?")
        shown.append(f"{mark} {change['LogicalResourceId']}  {change['ResourceType']}{of}{f'  {loss.upper()}' if loss else ''}")
    return [*([f"~ {versions} functions"] if versions else []), *shown]


def parameters(before: dict[str, str], after: dict[str, str]) -> list[str]:
    """A line for each parameter whose value changes; names that are new or gone are not values that anybody set."""
    both = sorted(before.keys() & after.keys())
    return [f"{name}: {before[name] or '(empty)'} → {after[name] or '(empty)'}" for name in both if before[name] != after[name]]
