"""Conditions of templates know pseudo parameters, such as `AWS::Region`; MiniStack compares their names."""

from typing import Any

from ministack.core.responses import get_account_id, get_region
from ministack.services.cloudformation import changesets, engine, handlers, stacks

Template = dict[str, Any]


def close_gaps() -> None:
    """Add the values of these parameters to those of the template."""
    evaluate = engine._evaluate_conditions

    def evaluate_with_pseudo_parameters(template: Template, parameters: Template) -> dict[str, bool]:
        pseudo = {"AWS::Region": get_region(), "AWS::AccountId": get_account_id(), "AWS::Partition": "aws"}
        known = {name: {"Value": value} for name, value in pseudo.items()}
        found: dict[str, bool] = evaluate(template, {**known, **parameters})
        return found

    for module in (engine, changesets, handlers, stacks):
        module._evaluate_conditions = evaluate_with_pseudo_parameters
