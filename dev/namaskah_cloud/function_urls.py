"""Function URLs: a body arrives byte for byte.

MiniStack passes JSON and other text on as text, and replaces what is not UTF-8 in it, so no signature of such a body matches.
AWS does not document its own answer to such a body. Here it comes in base64, like every body that is not text.
"""

import base64
from typing import Any

from ministack.services import lambda_svc


def close_gaps() -> None:
    """Pass on a body that is not UTF-8 in base64."""
    original = lambda_svc._build_function_url_event

    def build(
        url_id: str, account: str, region: str, method: str, path: str, headers: Any, body: bytes, *rest: Any, **named: Any
    ) -> dict[str, Any]:
        event: dict[str, Any] = original(url_id, account, region, method, path, headers, body, *rest, **named)
        return event if _is_utf8(body) else {**event, "body": base64.b64encode(body).decode(), "isBase64Encoded": True}

    lambda_svc._build_function_url_event = build


def _is_utf8(body: bytes) -> bool:
    try:
        body.decode()
    except UnicodeDecodeError:
        return False
    return True
