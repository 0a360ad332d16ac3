"""`make demo-account` acts as a new customer: registers, reads the mail, proves the address, signs in, makes an API
key, and buys with it."""

import json
import re
import secrets
import time
import urllib.parse
import urllib.request
import uuid
from typing import Any

from . import outputs
from .console import Failure, paint, say
from .demo import ORDER, Api, follow, show_order, show_wallet
from .settings import developers_instance

KEY = {"name": "Demo", "scopes": ["orders:read", "orders:write", "wallet:read"], "daily_spend_cap": "1", "stop_after_failures": 3}
_PATIENCE = 60  # seconds


def demo_account(_arguments: list[str]) -> None:
    """Walk through a new customer's first minutes on the running instance."""
    known = outputs.read(developers_instance())
    stranger = Api(known["api_url"])
    email, password = f"kofi.{secrets.token_hex(4)}@example.com", f"akwaaba {secrets.token_urlsafe(9)}"

    _step("Register", email)
    terms = stranger.call("GET", "/policy")["terms_version"]
    stranger.call("POST", "/auth/register", {"email": email, "password": password, "terms": terms})

    letter = _letter(known["mailbox"], email)
    _step("Mail", letter["subject"])
    found = re.search(r"#token=(\w+)", letter["text"])
    if found is None:
        raise Failure(f"the mail to {email} has no link")

    made = stranger.call("POST", "/auth/verify-email", {"token": found[1]})
    _step("Verified", f"{made['user_id']}, plan {made['plan']}")

    tokens = stranger.call("POST", "/auth/login", {"email": email, "password": password})
    _step("Signed in", f"{tokens['session_id']}, an access token for {tokens['expires_in'] // 60} minutes")
    person = Api(known["api_url"], {"Authorization": f"Bearer {tokens['access_token']}"})

    key = person.call("POST", "/api-keys", KEY)
    _step("API key", f"{key['name']}, ending in {key['last_four']}, for ₵{key['daily_spend_cap']} a day")
    customer = Api(known["api_url"], {"X-API-Key": key["key"]})

    show_wallet("Wallet", customer.call("GET", "/wallet"))
    order = customer.call("POST", "/verifications", ORDER, **{"Idempotency-Key": str(uuid.uuid4())})
    _step("Bought", f"{order['service_name']} in {order['country_code']} for ₵{order['cost']}")
    order = follow(customer, order)
    show_order(order)
    show_wallet("Wallet", customer.call("GET", "/wallet"))

    spent = person.call("GET", f"/api-keys/{key['id']}")["spent_today"]
    person.call("DELETE", f"/api-keys/{key['id']}")
    _step("Key deleted", f"it spent ₵{spent}, and is refused from now on")
    person.call("POST", "/auth/logout")
    _step("Signed out", "the access token has ended, too")
    say(f"\nSign in again with {paint(email, 'cyan')} and the password {paint(password, 'cyan')}.")


def _step(name: str, text: str) -> None:
    say(f"{paint(f'{name:11}', 'bold')} {text}")


def _letter(mailbox: str, email: str) -> dict[str, Any]:
    """The newest letter to an address; waits until one comes."""
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline:
        with urllib.request.urlopen(f"{mailbox}?{urllib.parse.urlencode({'to': email})}", timeout=10) as answer:
            letters: list[dict[str, Any]] = json.loads(answer.read())
        if letters:
            return letters[0]
        time.sleep(0.3)
    raise Failure(f"no mail to {email} came within {_PATIENCE} s (make logs)")
