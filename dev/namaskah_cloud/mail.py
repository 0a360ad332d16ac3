"""Mail: each message is kept as it was sent, and an unknown configuration set is refused.

MiniStack keeps subject and texts of a message, but no headers and no attachments. A raw message or one of the second
API version may name a configuration set that does not exist: on AWS that is an error, and its events would be lost.
"""

import base64
import json
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage, Message
from email.utils import getaddresses, parseaddr
from typing import Any
from urllib.parse import parse_qs

from ministack.services import ses, ses_v2

from . import mail_events

Fields = dict[str, Any]
Handler = Callable[..., Awaitable[Any]]

_SEND_PATH = "/v2/email/outbound-emails"
_CONFIGURATION_SET, _TAGS = "X-SES-CONFIGURATION-SET", "X-SES-MESSAGE-TAGS"


@dataclass
class Sent:
    """A message that SES accepted: the envelope and the whole text."""

    id: str
    sender: str
    recipients: list[str]
    configuration_set: str
    tags: dict[str, list[str]]
    raw: bytes


_sent: dict[str, Sent] = {}


def close_gaps() -> None:
    """Keep each message that is accepted, and publish its events."""
    for version in (ses, ses_v2):
        version.handle_request = _keeping(version.handle_request)


def messages(recipient: str) -> list[Fields]:
    """Messages to an address, or to anybody, in the order of sending."""
    return [
        {
            "id": sent.id,
            "from": sent.sender,
            "to": sent.recipients,
            "configuration_set": sent.configuration_set,
            "raw": sent.raw.decode(errors="replace"),
        }
        for sent in list(_sent.values())
        if recipient in ("", *sent.recipients)
    ]


def _keeping(original: Handler) -> Handler:
    async def handle(method: str, path: str, headers: Fields, body: bytes, query: Fields) -> Any:
        request = _Request(path, body)
        if request.sends and (refusal := _refusal(request)):
            return refusal
        before = len(ses._sent_emails_list())
        answer = await original(method, path, headers, body, query)
        for record in ses._sent_emails_list()[before:]:
            # The first version hands requests of the second on: the message is known then.
            if record["MessageId"] not in _sent:
                sent = _understand(record, request)
                _sent[sent.id] = sent
                mail_events.publish(sent)
        return answer

    return handle


class _Request:
    """What a request of either API version says; the first sends a form, the second JSON."""

    def __init__(self, path: str, body: bytes) -> None:
        self.second = path.startswith("/v2/")
        self._form: dict[str, list[str]] = {} if self.second else parse_qs(body.decode(errors="replace"))
        self._json: Fields = json.loads(body or b"{}") if path == _SEND_PATH else {}
        self.sends = path == _SEND_PATH or self._one("Action").startswith("Send")
        text = self._one("RawMessage.Data") or (self._json.get("Content", {}).get("Raw") or {}).get("Data")
        # The text that the caller wrote, if it wrote all of it.
        self.raw = base64.b64decode(text) if text else None

    def recipients(self) -> list[str]:
        """The envelope of a raw message, if the request names one."""
        named = ses._collect_list(self._form, "Destinations.member")
        return named or [address for group in self._json.get("Destination", {}).values() for address in group]

    def configuration_set(self) -> str:
        """Its name, or nothing."""
        named = self._one("ConfigurationSetName") or self._json.get("ConfigurationSetName")
        return named or str(_parsed(self.raw or b"").get(_CONFIGURATION_SET, ""))

    def tags(self) -> Iterator[tuple[str, str]]:
        """Name and value of each, from the request and from the message's header."""
        for tag in self._json.get("EmailTags") or []:
            yield tag["Name"], tag["Value"]
        at = 1
        while name := self._one(f"Tags.member.{at}.Name"):
            yield name, self._one(f"Tags.member.{at}.Value")
            at += 1
        for pair in str(_parsed(self.raw or b"").get(_TAGS, "")).split(","):
            name, found, value = pair.partition("=")
            if found:
                yield name.strip(), value.strip()

    def _one(self, name: str) -> str:
        return self._form.get(name, [""])[0]


def _refusal(request: _Request) -> Any:
    name = request.configuration_set()
    if not name or name in ses_v2._config_sets or name in ses._configuration_sets:
        return None
    return ses_v2._missing_config_set(name) if request.second else ses._config_set_missing(name)


def _understand(record: Fields, request: _Request) -> Sent:
    raw = request.raw or _composed(record)
    message = _parsed(raw)
    in_headers = [str(value) for name in ("To", "Cc", "Bcc") for value in message.get_all(name, [])]
    named = request.recipients() or [*record["To"], *record["CC"], *record["BCC"]] or in_headers
    set_name = request.configuration_set()
    tags = {"ses:configuration-set": [set_name]} if set_name else {}
    return Sent(
        id=record["MessageId"],
        sender=parseaddr(record["Source"] or str(message.get("From", "")))[1],
        recipients=[address for _, address in getaddresses(named) if address],
        configuration_set=set_name,
        tags=tags | {name: [value] for name, value in request.tags()},
        raw=raw,
    )


def _composed(record: Fields) -> bytes:
    """The text of a message that SES composes from a subject and bodies."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = record["Source"], ", ".join(record["To"]), record["Subject"]
    message.set_content(record["BodyText"] or "")
    if record["BodyHtml"]:
        message.add_alternative(record["BodyHtml"], subtype="html")
    return message.as_bytes()


def _parsed(raw: bytes) -> Message:
    return message_from_bytes(raw, policy=policy.default)
