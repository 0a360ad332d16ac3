"""The SAM transform gets the stack's parameters, as on AWS; MiniStack passes none.

SAM fills in the parameters of a few properties itself: the kind of a gradual shift, and the hash that decides whether a function
gets a new version. Without the values it takes the defaults, and an alias would stay at the first version.
"""

from contextvars import ContextVar
from typing import Any

from ministack.services.cloudformation import changesets, engine, handlers
from samtranslator.translator import transform as sam

Template = dict[str, Any]

_parameters: ContextVar[dict[str, str]] = ContextVar("parameters", default={})


def close_gaps() -> None:
    """Pass the parameters."""
    apply, transform = engine._apply_transforms, sam.transform

    def apply_with_parameters(template: Template, provided: Any = None, previous: Any = None) -> Any:
        token = _parameters.set(engine._transform_parameters(template, provided, previous))
        try:
            return apply(template, provided, previous)
        finally:
            _parameters.reset(token)

    def transform_with_parameters(template: Template, given: dict[str, str], loader: Any) -> Any:
        return transform(template, {**_parameters.get(), **given}, loader)

    sam.transform = transform_with_parameters
    for module in (engine, changesets, handlers):
        module._apply_transforms = apply_with_parameters
