"""A customer's wallet, as the demos show it: its entries, and whether they add up."""

from decimal import Decimal
from typing import Any

from .api import Api
from .console import Failure, paint, say


def show_wallet(title: str, wallet: dict[str, Any]) -> None:
    """Print what is available and held."""
    say(f"{title:14} available ₵{wallet['available']:>10}   held ₵{wallet['held']:>8}   last entry {wallet['seq']}")


def entries_between(api: Api, before: dict[str, Any], after: dict[str, Any]) -> list[dict[str, Any]]:
    """The entries between two looks at the wallet, oldest first."""
    found: list[dict[str, Any]] = []
    cursor = ""
    while True:
        page = api.call("GET", f"/wallet/entries?limit=50{cursor}")
        found += [entry for entry in page["items"] if before["seq"] < entry["seq"] <= after["seq"]]
        if not page["next_cursor"] or any(entry["seq"] <= before["seq"] for entry in page["items"]):
            return sorted(found, key=lambda entry: entry["seq"])
        cursor = f"&cursor={page['next_cursor']}"


def show_entries(entries: list[dict[str, Any]]) -> None:
    """Print a table of entries."""
    say(f"\n{paint('entry  kind           amount   from                    to                 available       held', 'dim')}")
    for entry in entries:
        say(f"{entry['seq']:>5}  {entry['kind']:10} {entry['amount']:>10}   {entry['debit']:23} {entry['credit']:18} "
            f"{entry['available_after']:>9} {entry['held_after']:>10}")  # fmt: skip
    say()


def check_entries(before: dict[str, Any], after: dict[str, Any], entries: list[dict[str, Any]]) -> None:
    """Check that the entries have no gaps, and that the last one matches the wallet."""
    if [entry["seq"] for entry in entries] != list(range(before["seq"] + 1, after["seq"] + 1)):
        raise Failure("the entries have gaps in their numbers")
    if not entries:
        raise Failure("the wallet has no new entry")
    last = entries[-1]
    if (last["available_after"], last["held_after"]) != (after["available"], after["held"]):
        raise Failure("the wallet does not match its last entry")


def sum_of(entries: list[dict[str, Any]]) -> Decimal:
    """The credits that these entries moved together."""
    return sum((Decimal(entry["amount"]) for entry in entries), Decimal(0))


def total(wallet: dict[str, Any]) -> Decimal:
    """Everything in a wallet."""
    return Decimal(wallet["available"]) + Decimal(wallet["held"])
