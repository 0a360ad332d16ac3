"""Rehearses a restore: copies of accounts, ledger and orders from the same moment, the proof of the books on them, and their end.

The stage itself is only read. A copy costs what its storage and the proof's reads cost, and is deleted in any case.
"""

import json
import os
import re
import subprocess
import time
from datetime import UTC, datetime, timedelta
from typing import Any

import boto3
from botocore.exceptions import BotoCoreError, ClientError

from namaskah_dev import given
from namaskah_dev.console import Failure, say, step
from namaskah_dev.stages import Stage

from . import account

_TABLES = {"accounts": "AccountsTable", "ledger": "LedgerTable", "orders": "OrdersTable"}
_STAMP = "%Y%m%d%H%M%S"
_LONGEST = 6 * 3600
_ENDED = timedelta(days=1)
"""A copy that is older belongs to no drill that still runs."""


def run(document: dict[str, Any]) -> int:
    """Restore, prove, delete; returns the exit code of the proof."""
    stage = Stage(**document["stage"])
    session = boto3.Session(region_name=stage.region)
    account.check(stage, session.client("sts"))
    dynamodb = session.client("dynamodb")
    sources = {name: _physical(session, stage, logical) for name, logical in _TABLES.items()}
    moment = _moment(document["at"], [_latest(dynamodb, source) for source in sources.values()])
    _delete_left(dynamodb, stage, document["pause"])
    copies = {name: f"{_prefix(stage)}{datetime.now(UTC):{_STAMP}}-{name}" for name in sources}
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
            _delete_all(dynamodb, list(copies.values()), document["pause"])
    if code:
        raise Failure("the restored books are wrong: see the lines of the proof above")
    return 0


def _moment(wanted: str | None, latest: list[datetime]) -> datetime:
    """The wanted moment (UTC), or the newest that all tables can be restored to."""
    newest = min(latest)
    if not wanted:
        return newest
    moment = given.moment(wanted)
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


def _prefix(stage: Stage) -> str:
    return f"{stage.stack}-drill-"


def _delete_left(dynamodb: Any, stage: Stage, pause: float) -> None:
    """Delete the copies that earlier drills could not delete."""
    pages = dynamodb.get_paginator("list_tables").paginate()
    left = [name for page in pages for name in page["TableNames"] if _is_left(name, stage)]
    if left:
        with step(f"Deleting {len(left)} copies of earlier drills"):
            _delete_all(dynamodb, left, pause)


def _is_left(table: str, stage: Stage) -> bool:
    found = re.fullmatch(rf"{re.escape(_prefix(stage))}(\d{{14}})-({'|'.join(_TABLES)})", table)
    return found is not None and datetime.strptime(found[1], _STAMP).replace(tzinfo=UTC) < datetime.now(UTC) - _ENDED


def _delete_all(dynamodb: Any, copies: list[str], pause: float) -> None:
    """Delete copies; those that can't be deleted now are named."""
    left, reason = [], ""
    for copy in copies:
        try:
            _delete(dynamodb, copy, pause)
        except (BotoCoreError, ClientError) as error:
            left, reason = [*left, copy], " ".join(str(error).split())
    if left:
        raise Failure(f'{", ".join(left)} could not be deleted ({reason}): docs/runbook.md, "A table was damaged"')


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
