"""`make demo` acts as a customer's program: it buys a number, waits for the code and shows the cost."""

import time
import uuid
from datetime import datetime
from decimal import Decimal
from typing import Any

from . import outputs
from .api import Api
from .console import Failure, is_terminal, paint, say, write
from .settings import developers_instance
from .wallet import check_entries, entries_between, show_entries, show_wallet, sum_of, total

ORDER = {"service_name": "whatsapp", "country_code": "GH"}
_OPEN = ("requesting", "waiting")
_PATIENCE = 120  # seconds


def demo(_arguments: list[str]) -> None:
    """Buy a number, show it live, then show the ledger entries and check that they add up."""
    known = outputs.read(developers_instance())
    api = Api(known["api_url"], {"X-API-Key": known["demo"]["api_key"]})

    before = api.call("GET", "/wallet")
    show_wallet("Wallet before", before)
    order = api.call("POST", "/verifications", ORDER, **{"Idempotency-Key": str(uuid.uuid4())})
    say(f"\n{paint('Bought', 'bold')}  {order['service_name']} in {order['country_code']} for ₵{order['cost']}   {paint(order['id'], 'dim')}")
    order = follow(api, order)
    show_order(order)

    after = api.call("GET", "/wallet")
    entries = entries_between(api, before, after)
    show_entries(entries)
    show_wallet("Wallet after", after)
    _check(before, after, entries, order)
    say(paint("✓ the entries add up", "green"))
    if order["status"] != "completed" or not order["code"]:
        raise Failure(f"the order ended as {order['status']}, without a code")


def follow(api: Api, order: dict[str, Any]) -> dict[str, Any]:
    """Follow the order until it is settled, with a countdown."""
    shown_number, deadline = False, time.monotonic() + _PATIENCE
    while True:
        if order["phone_number"] and not shown_number:
            say(f"{paint('Number', 'bold')}  {paint(order['phone_number'], 'cyan')}   from {order['provider']}" + (f", {order['operator']}" if order.get("operator") else ""))
            shown_number = True
        if order["status"] not in _OPEN:
            _overwrite("")
            return order
        if time.monotonic() > deadline:
            raise Failure(f"no code within {_PATIENCE} s: the order {order['id']} is still {order['status']}")
        _overwrite(f"{paint('Code', 'bold')}    waiting, {_countdown(order)} left …")
        # Short waits on a terminal, so that the countdown moves; each ends as soon as the code arrives.
        order = api.call("GET", f"/verifications/{order['id']}?wait={1 if is_terminal() else 20}")


def _countdown(order: dict[str, Any]) -> str:
    if not order.get("expires_at"):
        return "some time"
    left = datetime.fromisoformat(order["expires_at"]).timestamp() - time.time()
    return f"{max(0, int(left)) // 60}:{max(0, int(left)) % 60:02d}"


def _overwrite(text: str) -> None:
    if is_terminal():
        write(f"\r\033[K{text}")


def show_order(order: dict[str, Any]) -> None:
    for message in order["messages"]:
        say(f"{paint('SMS', 'bold')}     {message['from']}: {message['text']}")
    say(f"{paint('Code', 'bold')}    {paint(order['code'] or 'none', 'green' if order['code'] else 'yellow')}   ({order['status']}, cost ₵{order['cost']})")


def _check(before: dict[str, Any], after: dict[str, Any], entries: list[dict[str, Any]], order: dict[str, Any]) -> None:
    """Check that the entries add up, and that the wallet paid the order's cost."""
    check_entries(before, after, entries)
    mine = [entry for entry in entries if entry["order_id"] == order["id"]]
    captured = sum_of([entry for entry in mine if entry["kind"] == "capture"])
    if captured != Decimal(order["cost"]):
        raise Failure(f"the order cost ₵{order['cost']}, but ₵{captured} was captured")
    if len(mine) == len(entries):
        spent = total(before) - total(after)
        if spent != captured:
            raise Failure(f"₵{spent} left the wallet, but ₵{captured} was captured")
