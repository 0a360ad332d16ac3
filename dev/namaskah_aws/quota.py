"""The account's quota of concurrent executions: whether a stage's reservations fit into it."""

from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from namaskah_dev.console import Failure, paint, say
from namaskah_dev.stages import Stage

_UNRESERVED = 100
"""What Lambda keeps for functions without a reservation."""

_CHECKERS = 5
"""Executions that the template reserves for VerificationsCheckFunction."""


def check(stage: Stage, functions: Any) -> None:
    """Fail if the quota is too small; print a note if the caller may not read it."""
    needed = reserved(stage.parameters)
    if not needed:
        return
    try:
        limit = int(functions.get_account_settings()["AccountLimit"]["ConcurrentExecutions"])
    except (BotoCoreError, ClientError) as error:
        say(paint(f"  the quota of concurrent executions is not checked: {' '.join(str(error).split())}", "yellow"))
        return
    if needed + _UNRESERVED > limit:
        told = f"{stage.name} reserves {needed} executions and Lambda keeps {_UNRESERVED}, and the account may have {limit}"
        raise Failure(f'{told}: request a higher quota (docs/deploy.md, "Quotas first")')


def reserved(parameters: dict[str, str]) -> int:
    """The executions that the template reserves with these values."""
    value = lambda name: int(parameters.get(name) or 0)  # noqa: E731
    each, waiting = value("ReservedConcurrency"), value("WaitingConcurrency")
    return (2 * each + value("PollConcurrency") + _CHECKERS if each else 0) + waiting
