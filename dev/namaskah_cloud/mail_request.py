"""Requests to send mail, parsed for both versions of SES: the first uses forms, the second JSON."""

import base64
import json
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import Message
from typing import Any
from urllib.parse import parse_qs

from ministack.services import ses

SECOND_VERSION = "/v2/email/outbound-emails"

_CONFIGURATION_SET, _TAGS = "X-SES-CONFIGURATION-SET", "X-SES-MESSAGE-TAGS"


class MailRequest:
    """A request. If it sends nothing, `sends` is false and the other attributes have no meaning."""

    def __init__(self, path: str, body: bytes) -> None:
        self.second = path == SECOND_VERSION
        self._json: dict[str, Any] = json.loads(body or b"{}") if self.second else {}
        self._form: dict[str, list[str]] = parse_qs(body.decode(errors="replace")) if path == "/" else {}
        self.sends = self.second or self._one("Action").startswith("Send")
        text = self._one("RawMessage.Data") or (self._json.get("Content", {}).get("Raw") or {}).get("Data")
        # The raw message, if the request has one.
        self.raw = base64.b64decode(text) if text else None
        self._message = parsed(self.raw or b"")

    def sender(self) -> str:
        """The sender of the request, or else of the message."""
        return self._one("Source") or self._json.get("FromEmailAddress") or str(self._message.get("From", ""))

    def recipients(self) -> list[str]:
        """The envelope recipients, if the request has any."""
        named = ses._collect_list(self._form, "Destinations.member")
        return named or [address for group in self._json.get("Destination", {}).values() for address in group]

    def configuration_set(self) -> str:
        """Its name, or an empty string."""
        named = self._one("ConfigurationSetName") or self._json.get("ConfigurationSetName")
        return named or str(self._message.get(_CONFIGURATION_SET, ""))

    def tags(self) -> Iterator[tuple[str, str]]:
        """The tags of the request and of the message's header, as name and value."""
        for tag in self._json.get("EmailTags") or []:
            yield tag["Name"], tag["Value"]
        at = 1
        while name := self._one(f"Tags.member.{at}.Name"):
            yield name, self._one(f"Tags.member.{at}.Value")
            at += 1
        for pair in str(self._message.get(_TAGS, "")).split(","):
            name, found, value = pair.partition("=")
            if found:
                yield name.strip(), value.strip()

    def _one(self, name: str) -> str:
        return self._form.get(name, [""])[0]


def parsed(raw: bytes) -> Message:
    """Parse a raw message."""
    return message_from_bytes(raw, policy=policy.default)
