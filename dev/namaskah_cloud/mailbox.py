"""The mailbox of the local cloud: every message that was sent, as its recipient reads it, for programs and for people.

The page shows HTML that anyone may have put into a message. So the message is in a frame without scripts, and the policy
of the page, which holds in the frame too, loads nothing but images of this machine.
"""

from pathlib import Path
from typing import Any

from . import mail, pages

Fields = dict[str, Any]

_PAGE = Path(__file__).with_name("mailbox.html")


def items(recipient: str) -> list[Fields]:
    """The messages to an address, or all messages if it is empty, newest first; one item for each recipient."""
    # An address has no space: this one was a plus that was not encoded.
    wanted = recipient.replace(" ", "+").lower()
    return [
        {
            "id": sent.id,
            "from": sent.sender,
            "to": address,
            "subject": sent.content.subject,
            "text": sent.content.text,
            "html": sent.content.html,
            "at": sent.at,
        }
        for sent in reversed(mail.kept())
        for address in sent.recipients
        if wanted in ("", address.lower())
    ]


def page() -> tuple[bytes, str]:
    """The page, and its Content-Security-Policy."""
    return pages.read(_PAGE)
