"""A person who is new here: registers, reads the mail, proves the address and signs in."""

import json
import re
import secrets
import time
import urllib.parse
import urllib.request
from typing import Any

from .api import Api
from .console import Failure

_PATIENCE = 60  # seconds


class Newcomer:
    """A person without an account, at the API of these outputs; `headers` are sent with every request."""

    def __init__(self, known: dict[str, Any], headers: dict[str, str] | None = None) -> None:
        self.email = f"kofi.{secrets.token_hex(4)}@example.com"
        self.password = f"akwaaba {secrets.token_urlsafe(9)}"
        self._known, self._headers = known, headers or {}
        self._stranger = Api(known["api_url"], self._headers)

    def register(self) -> None:
        """Register with the current terms."""
        terms = self._stranger.call("GET", "/policy")["terms_version"]
        self._stranger.call("POST", "/auth/register", {"email": self.email, "password": self.password, "terms": terms})

    def letter(self) -> dict[str, Any]:
        """The newest letter to the person; waits until one comes."""
        address = f"{self._known['mailbox']}?{urllib.parse.urlencode({'to': self.email})}"
        deadline = time.monotonic() + _PATIENCE
        while time.monotonic() < deadline:
            with urllib.request.urlopen(address, timeout=10) as answer:
                letters: list[dict[str, Any]] = json.loads(answer.read())
            if letters:
                return letters[0]
            time.sleep(0.3)
        raise Failure(f"no mail to {self.email} came within {_PATIENCE} s (make logs)")

    def verify(self, letter: dict[str, Any]) -> dict[str, Any]:
        """Open the link of a letter; returns the new account."""
        found = re.search(r"#token=(\w+)", letter["text"])
        if found is None:
            raise Failure(f"the mail to {self.email} has no link")
        account: dict[str, Any] = self._stranger.call("POST", "/auth/verify-email", {"token": found[1]})
        return account

    def sign_in(self) -> dict[str, Any]:
        """Start a session; returns its tokens."""
        tokens: dict[str, Any] = self._stranger.call("POST", "/auth/login", {"email": self.email, "password": self.password})
        return tokens
