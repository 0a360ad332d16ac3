"""`make demo-account` acts as a new customer: registers, reads the mail, proves the address, signs in, makes an API
key, and buys with it."""

import uuid

from . import outputs
from .api import Api
from .console import paint, say
from .demo import ORDER, follow, show_order
from .newcomer import Newcomer
from .settings import developers_instance
from .wallet import show_wallet

KEY = {"name": "Demo", "scopes": ["orders:read", "orders:write", "wallet:read"], "daily_spend_cap": "1", "stop_after_failures": 3}


def demo_account(_arguments: list[str]) -> None:
    """Walk through a new customer's first minutes on the running instance."""
    known = outputs.read(developers_instance())
    newcomer = Newcomer(known)

    _step("Register", newcomer.email)
    newcomer.register()

    letter = newcomer.letter()
    _step("Mail", letter["subject"])

    made = newcomer.verify(letter)
    _step("Verified", f"{made['user_id']}, plan {made['plan']}")

    tokens = newcomer.sign_in()
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
    say(f"\nSign in again with {paint(newcomer.email, 'cyan')} and the password {paint(newcomer.password, 'cyan')}.")


def _step(name: str, text: str) -> None:
    say(f"{paint(f'{name:11}', 'bold')} {text}")
