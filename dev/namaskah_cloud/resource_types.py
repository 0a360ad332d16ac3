"""Resource types that MiniStack does not know and SAM writes by itself: remembered, so that the deploy passes.

A `DeploymentPreference` makes CodeDeploy's types. Here the alias moves to the new version at once; nothing shifts the
traffic step by step. Types that a template names itself get a `Condition` there instead: a type that is only remembered
hides that nothing happens.
"""

from typing import Any

from ministack.services.cloudformation import provisioners

Properties = dict[str, Any]

REMEMBERED = ("AWS::CodeDeploy::Application", "AWS::CodeDeploy::DeploymentGroup")


def close_gaps() -> None:
    """Accept these types."""
    for resource_type in REMEMBERED:
        provisioners._RESOURCE_HANDLERS[resource_type] = {"create": _create, "update": _update, "delete": _delete}


def _create(logical_id: str, _properties: Properties, stack: str) -> tuple[str, Properties]:
    return f"{stack}-{logical_id}", {}


def _update(physical_id: str, _old: Properties, _new: Properties, _stack: str) -> tuple[str, Properties]:
    return physical_id, {}


def _delete(_physical_id: str, _properties: Properties) -> None:
    """Nothing was made."""
