"""Mail: each message is kept as it was sent, and an unknown configuration set is rejected.

MiniStack keeps the subject and the texts of a message, but not its headers and attachments. A raw message or one of the second
API version may name a configuration set that does not exist. On AWS that is an error; here its events would be lost.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import getaddresses, parseaddr
from typing import Any

from ministack.services import ses, ses_v2

from . import mail_events
from .mail_content import Content, content
from .mail_request import MailRequest, parsed

Fields = dict[str, Any]
Handler = Callable[..., Awaitable[Any]]


@dataclass
class Sent:
    """A message that SES accepted: the envelope, the complete text, what a person reads of it, and the time in RFC 3339."""

    id: str
    sender: str
    recipients: list[str]
    configuration_set: str
    tags: dict[str, list[str]]
    raw: bytes
    content: Content
    at: str


_sent: dict[str, Sent] = {}


@dataclass
class Outage:
    """Whether the service answers every message with an error, and how many it refused since that began."""

    lasts: bool = False
    refused: int = 0


outage = Outage()


def set_down(down: bool) -> int:
    """Begin or end an outage; returns how many messages it has refused."""
    if down and not outage.lasts:
        outage.refused = 0
    outage.lasts = down
    return outage.refused


def close_gaps() -> None:
    """Keep each message that is accepted, and publish its events."""
    for version in (ses, ses_v2):
        version.handle_request = _keeping(version.handle_request)


def kept() -> list[Sent]:
    """All messages, in the order of sending."""
    return list(_sent.values())


def messages(recipient: str) -> list[Fields]:
    """The messages to an address, or all messages if it is empty, in the order of sending."""
    return [
        {
            "id": sent.id,
            "from": sent.sender,
            "to": sent.recipients,
            "configuration_set": sent.configuration_set,
            "raw": sent.raw.decode(errors="replace"),
        }
        for sent in kept()
        if recipient in ("", *sent.recipients)
    ]


def _keeping(original: Handler) -> Handler:
    async def handle(method: str, path: str, headers: Fields, body: bytes, query: Fields) -> Any:
        request = MailRequest(path, body)
        if request.sends and outage.lasts:
            outage.refused += 1
            return ses._error("ServiceUnavailable", "Service is temporarily unavailable", 503)
        if request.sends and (refusal := _refusal(request)):
            return refusal
        before = len(ses._sent_emails_list())
        answer = await original(method, path, headers, body, query)
        for record in ses._sent_emails_list()[before:]:
            # The first version passes on requests of the second; their message is already stored.
            if record["MessageId"] not in _sent:
                sent = _understand(record, request)
                _sent[sent.id] = sent
                mail_events.publish(sent)
        return answer

    return handle


def _refusal(request: MailRequest) -> Any:
    name = request.configuration_set()
    if not name or name in ses_v2._config_sets or name in ses._configuration_sets:
        return None
    return ses_v2._missing_config_set(name) if request.second else ses._config_set_missing(name)


def _understand(record: Fields, request: MailRequest) -> Sent:
    raw = request.raw or _composed(record)
    message = parsed(raw)
    in_headers = [str(value) for name in ("To", "Cc", "Bcc") for value in message.get_all(name, [])]
    named = request.recipients() or [*record["To"], *record["CC"], *record["BCC"]] or in_headers
    set_name = request.configuration_set()
    tags = {"ses:configuration-set": [set_name]} if set_name else {}
    return Sent(
        id=record["MessageId"],
        sender=parseaddr(record["Source"] or request.sender())[1],
        recipients=[address for _, address in getaddresses(named) if address],
        configuration_set=set_name,
        tags=tags | {name: [value] for name, value in request.tags()},
        raw=raw,
        content=content(message),
        at=datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
    )


def _composed(record: Fields) -> bytes:
    """The text of a message that SES composes from a subject and bodies."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = record["Source"], ", ".join(record["To"]), record["Subject"]
    text, html = record["BodyText"], record["BodyHtml"]
    if text or not html:
        message.set_content(text or "")
    if html:
        message.add_alternative(html, subtype="html")
    return message.as_bytes()
