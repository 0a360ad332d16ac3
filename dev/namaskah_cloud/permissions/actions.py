"""Actions whose names differ from their calls. MiniStack checks the name of the call, which AWS policies do not use.

- AWS has no action for a batch call of SQS or SNS. The action of the single call covers it.
- A raw message needs `ses:SendRawEmail` in the second version of SES, too.
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
    """Check the action that AWS checks."""
    by_name = iam_actions.extract_iam_action

    def action(service: str, method: str, path: str, headers: Any, body: bytes, query: Any) -> str | None:
        name: str | None = by_name(service, method, path, headers, body, query)
        if name == "ses:SendEmail" and path == SECOND_VERSION and MailRequest(path, body).raw:
            return "ses:SendRawEmail"
        return SINGLE_OF_BATCH.get(name, name) if name else name

    iam_actions.extract_iam_action = action
