"""Actions whose names differ from the calls'. MiniStack asks by the call's own name, which no policy on AWS would hold.

- AWS has no action for a batch call of SQS or SNS: the single call's action covers it.
- A raw message sent by the second version of SES needs `ses:SendRawEmail`, as by the first.
"""

from typing import Any

from ministack.core import iam_actions

from ..mail_request import SECOND_VERSION, MailRequest

SINGLE_OF_BATCH = {
    "sns:PublishBatch": "sns:Publish",
    "sqs:SendMessageBatch": "sqs:SendMessage",
    "sqs:DeleteMessageBatch": "sqs:DeleteMessage",
    "sqs:ChangeMessageVisibilityBatch": "sqs:ChangeMessageVisibility",
}


def close_gaps() -> None:
    """Ask for the action that AWS asks for."""
    by_name = iam_actions.extract_iam_action

    def action(service: str, method: str, path: str, headers: Any, body: bytes, query: Any) -> str | None:
        name: str | None = by_name(service, method, path, headers, body, query)
        if name == "ses:SendEmail" and path == SECOND_VERSION and MailRequest(path, body).raw:
            return "ses:SendRawEmail"
        return SINGLE_OF_BATCH.get(name, name) if name else name

    iam_actions.extract_iam_action = action
