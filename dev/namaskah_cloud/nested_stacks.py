"""Nested stacks: SAM transforms them like the main stack, they can be updated, and their secrets are filled in.

MiniStack skips the transform, and an update drops the attributes of each unchanged resource. The next `Fn::GetAtt` on such
a resource then fails, and with it the whole deploy. It also leaves `{{resolve:secretsmanager:...}}` as it is. Here each update
of a nested stack reads the secret again; AWS does so only if the resource changes.
"""

from typing import Any

from ministack.services import cloudformation
from ministack.services.cloudformation import engine, provisioners

# `handlers` must import the parser before it is replaced, otherwise a main stack is transformed twice.
from ministack.services.cloudformation import handlers as _handlers  # noqa: F401

Properties = dict[str, Any]


def close_gaps() -> None:
    """Transform nested stacks, keep attributes through their updates, and resolve dynamic references."""
    _transform()
    _keep_attributes()
    _resolve_dynamic_references()


def _transform() -> None:
    """Apply the SAM transform in `engine`, which parses a nested stack when it is created."""
    parse = engine._parse_template
    engine._parse_template = lambda body: engine._apply_transforms(parse(body))


def _keep_attributes() -> None:
    """Pass the current attributes of a resource to each update; MiniStack does so only for main stacks."""
    update = provisioners._update_resource

    def update_knowing_attributes(
        resource_type: str,
        physical_id: str,
        old: Properties,
        new: Properties,
        stack: str,
        logical_id: str | None = None,
        attributes: Properties | None = None,
    ) -> Any:
        if attributes is None:
            record = cloudformation._stacks[stack]["_resources"].get(logical_id) or {}
            attributes = record.get("Attributes")
        return update(resource_type, physical_id, old, new, stack, logical_id, attributes)

    provisioners._update_resource = update_knowing_attributes


def _resolve_dynamic_references() -> None:
    """Resolve them before a resource is created or updated. In main stacks, MiniStack has done so before."""
    provision, update = provisioners._provision_resource, provisioners._update_resource

    def provision_resolved(resource_type: str, logical_id: str, properties: Properties, *rest: Any) -> Any:
        return provision(resource_type, logical_id, _resolved(properties), *rest)

    def update_resolved(resource_type: str, physical_id: str, old: Properties, new: Properties, *rest: Any, **named: Any) -> Any:
        return update(resource_type, physical_id, old, _resolved(new), *rest, **named)

    provisioners._provision_resource, provisioners._update_resource = provision_resolved, update_resolved


def _resolved(properties: Properties) -> Properties:
    resolved: Properties = engine._resolve_dynamic_references(properties)[0]
    return resolved
