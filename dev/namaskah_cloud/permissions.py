"""Permissions whose names differ from the calls': AWS has none for SQS's batch calls, the single call's covers them.

MiniStack asks for a permission by the call's own name, which no policy on AWS would hold.
"""

from typing import Any

from ministack.core import iam_actions

SINGLE_OF_BATCH = {
    "sqs:SendMessageBatch": "sqs:SendMessage",
    "sqs:DeleteMessageBatch": "sqs:DeleteMessage",
    "sqs:ChangeMessageVisibilityBatch": "sqs:ChangeMessageVisibility",
}


def close_gaps() -> None:
    """Ask for the single call's permission."""
    by_name = iam_actions.extract_iam_action

    def permission(*args: Any, **named: Any) -> str | None:
        action = by_name(*args, **named)
        return SINGLE_OF_BATCH.get(action, action) if action else action

    iam_actions.extract_iam_action = permission
