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
    entries = _entries_after(api, before["seq"])
    _show_entries(entries)
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


def show_wallet(title: str, wallet: dict[str, Any]) -> None:
    say(f"{title:14} available ₵{wallet['available']:>10}   held ₵{wallet['held']:>8}   last entry {wallet['seq']}")


def _entries_after(api: Api, seq: int) -> list[dict[str, Any]]:
    """The entries after `seq`, oldest first."""
    found: list[dict[str, Any]] = []
    cursor = ""
    while True:
        page = api.call("GET", f"/wallet/entries?limit=50{cursor}")
        found += [entry for entry in page["items"] if entry["seq"] > seq]
        if not page["next_cursor"] or any(entry["seq"] <= seq for entry in page["items"]):
            return sorted(found, key=lambda entry: entry["seq"])
        cursor = f"&cursor={page['next_cursor']}"


def _show_entries(entries: list[dict[str, Any]]) -> None:
    say(f"\n{paint('entry  kind           amount   from               to                 available       held', 'dim')}")
    for entry in entries:
        say(f"{entry['seq']:>5}  {entry['kind']:10} {entry['amount']:>10}   {entry['debit']:18} {entry['credit']:18} "
            f"{entry['available_after']:>9} {entry['held_after']:>10}")  # fmt: skip
    say()


def _check(before: dict[str, Any], after: dict[str, Any], entries: list[dict[str, Any]], order: dict[str, Any]) -> None:
    """Check that the entries have no gaps, the last one matches the wallet, and the wallet paid the order's cost."""
    if [entry["seq"] for entry in entries] != list(range(before["seq"] + 1, after["seq"] + 1)):
        raise Failure("the entries have gaps in their numbers")
    last = entries[-1]
    if (last["available_after"], last["held_after"]) != (after["available"], after["held"]):
        raise Failure("the wallet does not match its last entry")
    mine = [entry for entry in entries if entry["order_id"] == order["id"]]
    captured = sum(Decimal(entry["amount"]) for entry in mine if entry["kind"] == "capture")
    if captured != Decimal(order["cost"]):
        raise Failure(f"the order cost ₵{order['cost']}, but ₵{captured} was captured")
    if len(mine) == len(entries):
        spent = _total(before) - _total(after)
        if spent != captured:
            raise Failure(f"₵{spent} left the wallet, but ₵{captured} was captured")


def _total(wallet: dict[str, Any]) -> Decimal:
    return Decimal(wallet["available"]) + Decimal(wallet["held"])