"""Resource types that SAM generates and MiniStack does not support. They are stored without effect, so that the deploy succeeds.

A `DeploymentPreference` generates the types of CodeDeploy. Here the alias moves to the new version at once, without a gradual
shift. Types that the template itself uses need a `Condition` there instead, because a type without effect would hide errors.
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
    """There is nothing to delete."""
