"""What a person reads of a message: its subject, its text and its HTML, decoded.

A message that breaks the rules (an unknown charset, bytes that are not of the named one) is still shown, with replacement characters. Sending must not fail here.
"""

from dataclasses import dataclass
from email.message import EmailMessage, Message


@dataclass(frozen=True)
class Content:
    """The readable parts of a message; a part that it does not have is empty."""

    subject: str
    text: str
    html: str


def content(message: Message) -> Content:
    """Decode a parsed message. Attachments are left out."""
    return Content(
        subject=_valid(" ".join(str(message.get("Subject", "")).split())), text=_body(message, "plain"), html=_body(message, "html")
    )


def _body(message: Message, kind: str) -> str:
    """The body of a kind, wherever it is among alternatives, related parts and attachments."""
    part = message.get_body((kind,)) if isinstance(message, EmailMessage) else None
    if part is None:
        return ""
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return ""
    try:
        text = data.decode(part.get_content_charset("utf-8"), errors="replace")
    except LookupError:
        text = data.decode(errors="replace")
    return text.replace("\r\n", "\n")


def _valid(text: str) -> str:
    """Bytes of a header that are not ASCII become what they mean in UTF-8; as the parser keeps them, they are not valid JSON."""
    return text.encode(errors="surrogateescape").decode(errors="replace")
