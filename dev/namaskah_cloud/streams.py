"""DynamoDB streams to functions, as on AWS: one consumer per mapping, partial batch responses, limited retries, bisecting,
failure destinations, and streams that survive a restart.

MiniStack polls all streams in one thread (a slow consumer delays the others), retries a failed batch forever, treats a
partial batch response as success, and keeps the consumers' positions across restarts, but not the records.
"""

import json
import logging
import threading
import time
from dataclasses import dataclass
from typing import Any

from ministack.core.responses import _request_account_id, _request_region
from ministack.services import dynamodb, lambda_svc

Mapping = dict[str, Any]
Record = dict[str, Any]

_log = logging.getLogger("streams")

_FIRST_PAUSE = 0.2
_LONGEST_PAUSE = 10.0


def close_gaps() -> None:
    """Replace MiniStack's consumers with these, and keep the records with the tables."""
    lambda_svc._poll_dynamodb_streams = _start_consumers
    _keep_records_over_restarts()


@dataclass
class _Attempt:
    """The attempts of the batch that starts at `position`, and how much of it is sent next."""

    position: int = -1
    failures: int = 0
    limit: int | None = None
    not_before: float = 0.0


_attempts: dict[str, _Attempt] = {}
_busy: set[str] = set()


def _start_consumers() -> bool:
    """Called by MiniStack's poll loop at each wake: let each idle consumer drain its stream in its own thread."""
    for account, region, mapping in lambda_svc._iter_all_esms():
        name = mapping["UUID"]
        if ":dynamodb:" in mapping.get("EventSourceArn", "") and name not in _busy:
            _busy.add(name)
            threading.Thread(target=_drain, args=(account, region, mapping), name=f"stream-{name}", daemon=True).start()
    return False


def _drain(account: str, region: str, mapping: Mapping) -> None:
    _request_account_id.set(account)
    _request_region.set(region)
    delivered = False
    try:
        while _deliver_one_batch(mapping):
            delivered = True
    except Exception:
        _log.exception("stream consumer of %s", mapping.get("FunctionName"))
    finally:
        _busy.discard(mapping["UUID"])
        if delivered:
            # Records that arrived since the last read found this consumer busy.
            lambda_svc._esm_wake.set()


def _deliver_one_batch(mapping: Mapping) -> bool:
    """Send the next records to the function. Returns whether another batch may follow at once."""
    table = _table_of(mapping)
    function, _ = lambda_svc._get_func_record_for_qualifier(mapping["FunctionName"], mapping.get("Qualifier"))
    if table is None or function is None or not mapping.get("Enabled", True):
        return False
    attempt = _attempts.setdefault(mapping["UUID"], _Attempt())
    if attempt.not_before > time.monotonic():
        return False

    position = _position(mapping, table)
    if attempt.position != position:
        attempt.position, attempt.failures, attempt.limit = position, 0, None
    size = attempt.limit or int(mapping.get("BatchSize", 100))
    batch = dynamodb.stream_records_since(table, position, size)
    wanted = [(at, record) for at, record in enumerate(batch) if lambda_svc._apply_filter_criteria([record], mapping)]
    if not wanted:
        _move_to(mapping, position + len(batch))
        return bool(batch)

    result = lambda_svc._execute_function(function, {"Records": [record for _, record in wanted]})
    failed = _first_failed(result, mapping, wanted)
    if failed is None:
        mapping["LastProcessingResult"] = f"OK - {len(wanted)} records"
        _move_to(mapping, position + len(batch))
        return True
    return _after_failure(mapping, function, attempt, position, batch, wanted, failed, result)


def _after_failure(
    mapping: Mapping,
    function: Mapping,
    attempt: _Attempt,
    position: int,
    batch: list[Record],
    wanted: list[tuple[int, Record]],
    failed: int,
    result: Mapping,
) -> bool:
    """Move to the first failed record; retry from there, in halves if configured, or give up and report the rest."""
    mapping["LastProcessingResult"] = "FAILED"
    progress = failed > wanted[0][0]
    _move_to(mapping, position + failed)
    attempt.position = position + failed
    attempt.failures = 1 if progress else attempt.failures + 1
    rest = [record for at, record in wanted if at >= failed]
    body = result.get("body")
    _log.warning("%s failed on %d records: %s", mapping["FunctionName"], len(rest), body if result.get("error") else "partly")

    if not progress and mapping.get("BisectBatchOnFunctionError") and len(rest) > 1:
        # A split does not count as a retry.
        attempt.limit, attempt.failures = max(1, len(batch) // 2), attempt.failures - 1
        return True
    condition = _given_up(mapping, attempt, rest)
    if condition:
        lambda_svc._send_ddb_stream_failure_record(mapping, function, rest, mapping["EventSourceArn"], result, condition)
        _move_to(mapping, position + len(batch))
        return True
    attempt.not_before = time.monotonic() + min(_LONGEST_PAUSE, _FIRST_PAUSE * 2 ** (attempt.failures - 1))
    return False


def _given_up(mapping: Mapping, attempt: _Attempt, rest: list[Record]) -> str | None:
    """Why the rest of the batch is not retried, as in the failure record; `None` if it is retried."""
    retries = int(mapping.get("MaximumRetryAttempts", -1))
    if 0 <= retries < attempt.failures:
        return "RetryAttemptsExhausted"
    oldest = int(mapping.get("MaximumRecordAgeInSeconds", -1))
    created = float(rest[0]["dynamodb"].get("ApproximateCreationDateTime", time.time()))
    return "RecordAgeExceeded" if 0 < oldest < time.time() - created else None


def _first_failed(result: Mapping, mapping: Mapping, wanted: list[tuple[int, Record]]) -> int | None:
    """Index in the batch of the first record that was not processed, `None` if all were."""
    if result.get("error"):
        return wanted[0][0]
    if "ReportBatchItemFailures" not in (mapping.get("FunctionResponseTypes") or []):
        return None
    body = result.get("body")
    if isinstance(body, str | bytes):
        body = json.loads(body or "null")
    failures = (body or {}).get("batchItemFailures") or []
    index_of = {record["dynamodb"]["SequenceNumber"]: at for at, record in wanted}
    # An unknown identifier fails the whole batch.
    return min((index_of.get(failure.get("itemIdentifier"), wanted[0][0]) for failure in failures), default=None)


def _table_of(mapping: Mapping) -> str | None:
    """The table whose current stream feeds this mapping."""
    stream = mapping["EventSourceArn"]
    name = stream.split(":table/", 1)[-1].split("/stream/", 1)[0]
    table = dynamodb._tables.get(name)
    return name if table and table.get("LatestStreamArn") == stream else None


def _position(mapping: Mapping, table: str) -> int:
    """The position at which this consumer reads next."""
    with lambda_svc._dynamodb_stream_positions_lock:
        positions = lambda_svc._dynamodb_stream_positions
        start, end = dynamodb.stream_start_position(table), dynamodb.stream_end_position(table)
        if mapping["UUID"] not in positions:
            positions[mapping["UUID"]] = start if mapping.get("StartingPosition") == "TRIM_HORIZON" else end
        # Never past the end, because a position without its records would wait for as many new ones.
        positions[mapping["UUID"]] = min(max(positions[mapping["UUID"]], start), end)
        return positions[mapping["UUID"]]


def _move_to(mapping: Mapping, position: int) -> None:
    with lambda_svc._dynamodb_stream_positions_lock:
        lambda_svc._dynamodb_stream_positions[mapping["UUID"]] = position


def _keep_records_over_restarts() -> None:
    get_state, load_state = dynamodb.get_state, dynamodb.load_persisted_state

    def get_state_with_streams() -> Mapping:
        return {
            **get_state(),
            "stream_records": dynamodb._stream_records,
            "stream_trimmed": dynamodb._stream_trimmed,
        }

    def load_state_with_streams(state: Mapping) -> None:
        load_state(state)
        dynamodb._stream_records.update(state.get("stream_records") or {})
        dynamodb._stream_trimmed.update(state.get("stream_trimmed") or {})

    dynamodb.get_state, dynamodb.load_persisted_state = get_state_with_streams, load_state_with_streams
