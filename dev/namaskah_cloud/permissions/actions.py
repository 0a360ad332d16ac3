"""Actions whose names differ from the calls': AWS has none for batch calls, the single call's action covers them.

MiniStack asks for an action by the call's own name, which no policy on AWS would hold.
"""

from typing import Any

from ministack.core import iam_actions

SINGLE_OF_BATCH = {
    "sns:PublishBatch": "sns:Publish",
    "sqs:SendMessageBatch": "sqs:SendMessage",
    "sqs:DeleteMessageBatch": "sqs:DeleteMessage",
    "sqs:ChangeMessageVisibilityBatch": "sqs:ChangeMessageVisibility",
}


def close_gaps() -> None:
    """Ask for the single call's action."""
    by_name = iam_actions.extract_iam_action

    def action(*args: Any, **named: Any) -> str | None:
        name = by_name(*args, **named)
        return SINGLE_OF_BATCH.get(name, name) if name else name

    iam_actions.extract_iam_action = action
