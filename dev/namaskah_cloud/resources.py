"""Properties of template resources that MiniStack reads past: table TTL, reserved and maximum concurrency, characters
that a generated secret must not have, and the SAM transform of nested stacks.
"""

import string
from collections.abc import Callable
from typing import Any

from ministack.services import dynamodb, lambda_svc
from ministack.services.cloudformation import engine, provisioners

# `handlers` must have taken its own reference to the parser before it is replaced, else a main stack is transformed twice.
from ministack.services.cloudformation import handlers as _handlers  # noqa: F401

Properties = dict[str, Any]


def close_gaps() -> None:
    """Make the template's word count for all resources created or updated from now on."""
    _after("AWS::DynamoDB::Table", _apply_time_to_live)
    _after("AWS::Lambda::Function", _apply_reserved_concurrency)
    _read_maximum_concurrency()
    _exclude_characters_of_secrets()
    _transform_nested_stacks()


def _after(resource_type: str, apply: Callable[[str, Properties], None]) -> None:
    """Call `apply(physical id, properties)` after each creation and update of that type."""
    handlers = provisioners._RESOURCE_HANDLERS[resource_type]
    create, update = handlers["create"], handlers.get("update")

    def create_and_apply(logical_id: str, properties: Properties, stack: str) -> tuple[str, Properties]:
        created = create(logical_id, properties, stack)
        apply(created[0], properties)
        return created

    def update_and_apply(physical_id: str, old: Properties, new: Properties, *rest: Any, **named: Any) -> Any:
        updated = update(physical_id, old, new, *rest, **named)
        apply(updated[0] if isinstance(updated, tuple) else physical_id, new)
        return updated

    handlers["create"] = create_and_apply
    if update:
        handlers["update"] = update_and_apply


def _apply_time_to_live(table: str, properties: Properties) -> None:
    specification = properties.get("TimeToLiveSpecification")
    if specification:
        enabled = str(specification.get("Enabled", False)).lower() == "true"
        dynamodb._update_ttl({"TableName": table, "TimeToLiveSpecification": {**specification, "Enabled": enabled}})


def _apply_reserved_concurrency(function: str, properties: Properties) -> None:
    reserved = properties.get("ReservedConcurrentExecutions")
    lambda_svc._functions[function]["concurrency"] = None if reserved is None else int(reserved)


def _read_maximum_concurrency() -> None:
    """A number that comes from a template parameter is kept as text, on which the SQS poller would stumble for ever."""
    original = lambda_svc._sqs_esm_concurrency

    def maximum(mapping: Properties, *rest: Any) -> int:
        most = (mapping.get("ScalingConfig") or {}).get("MaximumConcurrency")
        if most is not None:
            mapping = {**mapping, "ScalingConfig": {"MaximumConcurrency": int(most)}}
        return original(mapping, *rest)

    lambda_svc._sqs_esm_concurrency = maximum


_KINDS = {
    "ExcludePunctuation": string.punctuation,
    "ExcludeNumbers": string.digits,
    "ExcludeUppercase": string.ascii_uppercase,
    "ExcludeLowercase": string.ascii_lowercase,
}


def _exclude_characters_of_secrets() -> None:
    original = provisioners._sm_secret_string

    def secret_string(properties: Properties) -> str:
        generate = properties.get("GenerateSecretString")
        if generate:
            excluded = generate.get("ExcludeCharacters", "")
            excluded += "".join(
                characters for kind, characters in _KINDS.items() if str(generate.get(kind, False)).lower() == "true"
            )
            generate = {
                **generate,
                "ExcludeCharacters": excluded,
                "PasswordLength": int(generate.get("PasswordLength", 32)),
            }
            properties = {**properties, "GenerateSecretString": generate}
        return original(properties)

    provisioners._sm_secret_string = secret_string


def _transform_nested_stacks() -> None:
    """A nested stack is parsed through `engine` when it is created: apply the SAM transform there."""
    parse = engine._parse_template
    engine._parse_template = lambda body: engine._apply_transforms(parse(body))
