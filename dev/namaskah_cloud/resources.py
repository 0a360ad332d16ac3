"""Properties of template resources that MiniStack ignores: TTL and point-in-time recovery of tables, reserved and maximum
concurrency, excluded characters of generated secrets, the Object Lock of buckets.
"""

import string
from collections.abc import Callable
from typing import Any

from ministack.services import dynamodb, lambda_svc, s3
from ministack.services.cloudformation import provisioners

Properties = dict[str, Any]


def close_gaps() -> None:
    """Apply these properties to all resources created or updated from now on."""
    _after("AWS::DynamoDB::Table", _apply_time_to_live)
    _after("AWS::DynamoDB::Table", _apply_recovery)
    _after("AWS::Lambda::Function", _apply_reserved_concurrency)
    _after("AWS::S3::Bucket", _apply_object_lock)
    _read_maximum_concurrency()
    _exclude_characters_of_secrets()
    _keep_object_locks_over_restarts()


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
        enabled = _is_true(specification.get("Enabled"))
        dynamodb._update_ttl({"TableName": table, "TimeToLiveSpecification": {**specification, "Enabled": enabled}})


def _apply_recovery(table: str, properties: Properties) -> None:
    specification = properties.get("PointInTimeRecoverySpecification")
    if specification:
        enabled = _is_true(specification.get("PointInTimeRecoveryEnabled"))
        dynamodb._update_continuous_backups({
            "TableName": table, "PointInTimeRecoverySpecification": {"PointInTimeRecoveryEnabled": enabled},
        })  # fmt: skip


def _apply_reserved_concurrency(function: str, properties: Properties) -> None:
    reserved = properties.get("ReservedConcurrentExecutions")
    lambda_svc._functions[function]["concurrency"] = None if reserved is None else int(reserved)


def _read_maximum_concurrency() -> None:
    """Convert a number from a template parameter, which is a string; the SQS poller would fail on it forever."""
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
                characters for kind, characters in _KINDS.items() if _is_true(generate.get(kind))
            )
            generate = {
                **generate,
                "ExcludeCharacters": excluded,
                "PasswordLength": int(generate.get("PasswordLength", 32)),
            }
            properties = {**properties, "GenerateSecretString": generate}
        return original(properties)

    provisioners._sm_secret_string = secret_string


def _apply_object_lock(bucket: str, properties: Properties) -> None:
    """Apply Object Lock, which turns on versioning, as on AWS. Numbers from parameters are strings."""
    if not _is_true(properties.get("ObjectLockEnabled")):
        return
    rule = (properties.get("ObjectLockConfiguration") or {}).get("Rule") or {}
    retention = dict(rule.get("DefaultRetention") or {})
    for unit in retention.keys() & {"Days", "Years"}:
        retention[unit] = int(retention[unit])
    s3._bucket_object_lock[bucket] = {"enabled": True, "default_retention": retention or None}
    s3._bucket_versioning[bucket] = "Enabled"


def _keep_object_locks_over_restarts() -> None:
    """Keep the retention and the legal hold of each version, in addition to the buckets' settings."""
    s3._PERSISTED_BUCKET_DICTS.update(object_retention=s3._object_retention, object_legal_hold=s3._object_legal_hold)


def _is_true(value: Any) -> bool:
    """The value of a flag in a template, which may be a string."""
    return str(value).lower() == "true"
