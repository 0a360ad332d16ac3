"""Nested stacks: they are transformed by SAM as the main stack is, and they can be updated.

MiniStack leaves the transform out, and an update forgets the attributes of each resource that did not change: the next
`Fn::GetAtt` on such a resource fails, and with it the whole deploy.
"""

from typing import Any

from ministack.services import cloudformation
from ministack.services.cloudformation import engine, provisioners

# `handlers` must have taken its own reference to the parser before it is replaced, else a main stack is transformed twice.
from ministack.services.cloudformation import handlers as _handlers  # noqa: F401

Properties = dict[str, Any]


def close_gaps() -> None:
    """Transform nested stacks, and keep attributes through their updates."""
    _transform()
    _keep_attributes()


def _transform() -> None:
    """A nested stack is parsed through `engine` when it is created: apply the SAM transform there."""
    parse = engine._parse_template
    engine._parse_template = lambda body: engine._apply_transforms(parse(body))


def _keep_attributes() -> None:
    """Hand each update the attributes that the resource has: only a main stack's update does it by itself."""
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
