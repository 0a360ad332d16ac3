"""Rehearses a restore: copies of accounts, ledger and orders from the same moment, the proof of the books on them, and their end.

The stage itself is only read. A copy costs what its storage and the proof's reads cost, and is deleted in any case.
"""

import json
import os
import subprocess
import time
from datetime import UTC, datetime
from typing import Any

import boto3

from namaskah_dev.console import Failure, say, step
from namaskah_dev.stages import Stage

from . import account

_TABLES = {"accounts": "AccountsTable", "ledger": "LedgerTable", "orders": "OrdersTable"}
_LONGEST = 6 * 3600


def run(document: dict[str, Any]) -> int:
    """Restore, prove, delete; returns the exit code of the proof."""
    stage = Stage(**document["stage"])
    session = boto3.Session(region_name=stage.region)
    account.check(stage, session.client("sts"))
    dynamodb = session.client("dynamodb")
    sources = {name: _physical(session, stage, logical) for name, logical in _TABLES.items()}
    moment = _moment(document["at"], [_latest(dynamodb, source) for source in sources.values()])
    copies = {name: f"{stage.stack}-drill-{datetime.now(UTC):%Y%m%d%H%M%S}-{name}" for name in sources}
    started = time.monotonic()
    try:
        with step(f"Restoring {', '.join(sources)} as of {moment:%Y-%m-%d %H:%M:%S} UTC"):
            for name, source in sources.items():
                dynamodb.restore_table_to_point_in_time(SourceTableName=source, TargetTableName=copies[name], RestoreDateTime=moment)
            for copy in copies.values():
                _wait_until_active(dynamodb, copy, document["pause"])
        restored = time.monotonic() - started
        with step("Proving the books of the copies"):
            code = _prove(document["program"], copies)
        say(f"restored in {restored:.1f} s, proven in {time.monotonic() - started - restored:.1f} s")
    finally:
        with step("Deleting the copies"):
            for copy in copies.values():
                _delete(dynamodb, copy, document["pause"])
    if code:
        raise Failure("the restored books are wrong: see the lines of the proof above")
    return 0


def _moment(wanted: str | None, latest: list[datetime]) -> datetime:
    """The wanted moment (UTC), or the newest that all tables can be restored to."""
    newest = min(latest)
    if not wanted:
        return newest
    moment = datetime.fromisoformat(wanted)
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    if moment > newest:
        raise Failure(f"AT={wanted} is later than {newest:%Y-%m-%dT%H:%M:%SZ}, the newest moment that can be restored")
    return moment


def _physical(session: Any, stage: Stage, logical: str) -> str:
    found = session.client("cloudformation").describe_stack_resource(StackName=stage.stack, LogicalResourceId=logical)
    return str(found["StackResourceDetail"]["PhysicalResourceId"])


def _latest(dynamodb: Any, table: str) -> datetime:
    found = dynamodb.describe_continuous_backups(TableName=table)["ContinuousBackupsDescription"]
    newest: datetime | None = found.get("PointInTimeRecoveryDescription", {}).get("LatestRestorableDateTime")
    if newest is None:
        raise Failure(f"{table} has no point-in-time recovery")
    return newest


def _wait_until_active(dynamodb: Any, table: str, pause: float) -> None:
    deadline = time.monotonic() + _LONGEST
    while dynamodb.describe_table(TableName=table)["Table"]["TableStatus"] != "ACTIVE":
        if time.monotonic() > deadline:
            raise Failure(f"{table} is not restored after {_LONGEST // 3600} hours")
        time.sleep(pause)


def _prove(program: str, copies: dict[str, str]) -> int:
    """Run the operator's program on the copies; the caller has set its other variables."""
    tables = {f"TABLE_{name.upper()}": copy for name, copy in copies.items()}
    command = [program, "--json", "ledger", "proof"]
    done = subprocess.run(command, env={**os.environ, **tables}, capture_output=True, text=True, check=False)
    lines = done.stdout.strip().splitlines()
    try:
        proven = json.loads(lines[-1])
        say(f"  {proven['wallets']} wallets, {proven['entries']} entries, {len(proven['wrong'])} wrong")
    except (IndexError, ValueError, KeyError):
        say(f"  {done.stdout.strip() or done.stderr.strip()}")
    return done.returncode


def _delete(dynamodb: Any, table: str, pause: float) -> None:
    """Delete a copy, once it may be deleted; one that was never made is gone already."""
    gone = dynamodb.exceptions.ResourceNotFoundException
    deadline = time.monotonic() + _LONGEST
    while time.monotonic() < deadline:
        try:
            dynamodb.delete_table(TableName=table)
            return
        except gone:
            return
        except dynamodb.exceptions.ResourceInUseException:
            time.sleep(pause)
