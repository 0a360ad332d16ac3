"""`dynamodb:LeadingKeys`: the partition keys of a request, so that a policy can limit a function to its own rows.

MiniStack never sets the key, and `ForAllValues` allows a request without it. Transactions and batches may access several
tables, and a transaction needs one action per item, so the keys are kept by action and table until the check.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from ministack.core import iam_actions, iam_evaluator
from ministack.services import dynamodb

Fields = dict[str, Any]
Keys = dict[tuple[str, str], list[str]]

_KEY = "dynamodb:LeadingKeys"
_ANY_ACTION = ""
_EQUALITY = re.compile(r"(#?[\w.-]+)\s*=\s*(:\w+)")


def close_gaps() -> None:
    """Set the key for every DynamoDB request."""
    context_of, enforce = iam_actions.dynamodb_service_context, iam_evaluator.enforce

    def context(body: bytes) -> Fields:
        return {**context_of(body), _KEY: _keys(body)}

    def ask(access_key: str, action: str, service: str, region: str, resource_arn: str = "*", **named: Any) -> Any:
        given = named.get("service_context") or {}
        if isinstance(given.get(_KEY), dict):
            named["service_context"] = _narrowed(given, action, _table_name(resource_arn))
        return enforce(access_key, action, service, region, resource_arn=resource_arn, **named)

    iam_actions.dynamodb_service_context, iam_evaluator.enforce = context, ask


def _narrowed(context: Fields, action: str, table: str) -> Fields:
    """The context with the keys of this action on this table only. A single key is a string, as `StringEquals` requires."""
    by_table: Keys = context[_KEY]
    rest = {name: value for name, value in context.items() if name != _KEY}
    keys = by_table.get((action, table)) or by_table.get((_ANY_ACTION, table))
    return {**rest, _KEY: keys if len(keys) > 1 else keys[0]} if keys else rest


def _keys(body: bytes) -> Keys:
    try:
        request = json.loads(body or b"{}")
    except ValueError:
        return {}
    found: Keys = defaultdict(list)
    if isinstance(request, dict):
        for action, table, value in _touched(request):
            found[action, _table_name(table)].append(str(next(iter(value.values()))))
    return found


def _touched(request: Fields) -> Iterator[tuple[str, str, Fields]]:
    """Action, table and partition key of each item in a request."""
    yield from _item(_ANY_ACTION, request)
    yield from _queried(request)
    for item in request.get("TransactItems") or []:
        for member, detail in item.items():
            yield from _item(iam_actions._DYNAMODB_TRANSACT_ITEM_ACTIONS.get(member, _ANY_ACTION), detail)
    for table, work in (request.get("RequestItems") or {}).items():
        for detail in _batched(work):
            yield from _item(_ANY_ACTION, {**detail, "TableName": table})


def _batched(work: Any) -> Iterator[Fields]:
    """The items of one table in a `BatchGetItem` (a list of keys) or a `BatchWriteItem` (a list of requests)."""
    if isinstance(work, dict):
        yield from ({"Key": key} for key in work.get("Keys") or [])
    else:
        yield from (detail for write in work for detail in write.values())


def _item(action: str, detail: Fields) -> Iterator[tuple[str, str, Fields]]:
    table, item = detail.get("TableName"), detail.get("Key") or detail.get("Item")
    name = _partition_key(table)
    if table and item and name in item:
        yield action, table, item[name]


def _queried(request: Fields) -> Iterator[tuple[str, str, Fields]]:
    """The partition key of a query on the table itself. Queries of an index are not supported."""
    table, condition = request.get("TableName"), request.get("KeyConditionExpression")
    if not table or not condition or request.get("IndexName"):
        return
    names, values = request.get("ExpressionAttributeNames") or {}, request.get("ExpressionAttributeValues") or {}
    for name, value in _EQUALITY.findall(condition):
        if names.get(name, name) == _partition_key(table) and value in values:
            yield _ANY_ACTION, table, values[value]


def _partition_key(table: str | None) -> str | None:
    name: str | None = (dynamodb._tables.get(_table_name(table or "")) or {}).get("pk_name")
    return name


def _table_name(name_or_arn: str) -> str:
    """The table of a name, of an ARN, or of the ARN of an index."""
    return name_or_arn.split(":table/", 1)[-1].split("/", 1)[0]
