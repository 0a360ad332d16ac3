"""Time to live: an item that expires leaves a record in the table's stream, marked as DynamoDB's own delete.

MiniStack's sweep deletes without a record, so it is replaced here. `expire` sweeps immediately, by any clock. Tests use it
after they moved the clock of the functions.
"""

import threading
import time
from typing import Any

from ministack.core.responses import _request_account_id, _request_region
from ministack.services import dynamodb

_SECONDS_BETWEEN_SWEEPS = 60
_THEIR_SWEEP = "dynamodb-ttl-reaper"
_BY_DYNAMODB = {"type": "Service", "principalId": "dynamodb.amazonaws.com"}

_remove, _change_record = dynamodb._remove_item, dynamodb._build_change_record
_expiring = threading.local()


def close_gaps() -> None:
    """Sweep here, and disable the sweep of MiniStack."""

    def remove(table: Any, partition: Any, sort: Any) -> Any:
        return None if threading.current_thread().name == _THEIR_SWEEP else _remove(table, partition, sort)

    def change_record(*args: Any, **named: Any) -> Any:
        record = _change_record(*args, **named)
        return {**record, "userIdentity": _BY_DYNAMODB} if getattr(_expiring, "now", False) else record

    dynamodb._remove_item, dynamodb._build_change_record = remove, change_record
    threading.Thread(target=_sweep_for_ever, name="expiry", daemon=True).start()


def expire(moment: float, only: str | None = None) -> int:
    """Delete the items that have expired at `moment` (seconds since 1970), in one table or in all; returns how many items."""
    deleted = 0
    for (account, region, name), setting in list(dynamodb._ttl_settings.all_items()):
        table = dynamodb._tables.get_scoped(account, region, name)
        if table and setting.get("TimeToLiveStatus") == "ENABLED" and only in (None, name):
            _request_account_id.set(account)
            _request_region.set(region)
            deleted += _sweep(table, setting["AttributeName"], moment)
    return deleted


def _sweep(table: Any, attribute: str, moment: float) -> int:
    with dynamodb._lock:
        expired = [
            (partition, sort)
            for partition, items in list(table["items"].items())
            for sort, item in list(items.items())
            if 0 < _expires_at(item, attribute) <= moment
        ]
        _expiring.now = True
        try:
            for partition, sort in expired:
                dynamodb._emit_stream_event(table["TableName"], "REMOVE", _remove(table, partition, sort), None)
        finally:
            _expiring.now = False
    return len(expired)


def _expires_at(item: Any, attribute: str) -> float:
    """The time in the attribute; 0 without a number, which never expires (as on AWS)."""
    value = item.get(attribute) or {}
    return float(value.get("N", 0))


def _sweep_for_ever() -> None:
    while True:
        time.sleep(_SECONDS_BETWEEN_SWEEPS)
        expire(time.time())
