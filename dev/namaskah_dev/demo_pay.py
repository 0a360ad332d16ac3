"""`make demo-pay` acts as a customer who fills the wallet: pays on the page of each gateway, and waits for credits and invoices.

Nothing here asks a gateway. The payment is read from the list of payments, so it moves only when our workers move it.
"""

import json
import time
import urllib.parse
import urllib.request
import uuid
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from . import outputs
from .api import Api
from .console import Failure, paint, say
from .gateway_page import press
from .wallet import check_entries, entries_between, show_entries, show_wallet, sum_of, total

_PATIENCE = 60.0  # seconds


@dataclass(frozen=True)
class _Way:
    """A way to pay: the gateway's name, the request, and a part of the text on the button that pays."""

    name: str
    gateway: str
    method: str
    amount: str
    button: str


_WAYS = (
    _Way("Paystack", "paystack", "card", "10.00", "4084 0840 8408 4081"),
    _Way("Stripe", "stripe", "card", "20.00", "4242 4242 4242 4242"),
    _Way("BTCPay", "btcpay", "bitcoin", "50.00", "Pay exactly"),
)


def demo_pay(_arguments: list[str]) -> None:
    """Pay through each gateway on the running instance, then show the ledger entries and check that they add up."""
    known = outputs.read_named()
    api = Api(known["api_url"], {"X-API-Key": known["demo"]["api_key"]})

    before = api.call("GET", "/wallet")
    show_wallet("Wallet before", before)
    payments = []
    for way in _WAYS:
        payments.append(_pay(api, way))
        _show_invoice(api, known["mailbox"], payments[-1]["reference"])

    after = api.call("GET", "/wallet")
    entries = entries_between(api, before, after)
    show_entries(entries)
    show_wallet("Wallet after", after)
    _check(before, after, entries, payments)
    say(paint("✓ each payment was credited once, and the entries add up", "green"))


def _pay(api: Api, way: _Way) -> dict[str, Any]:
    """Start a payment, pay it on its page, and wait until it is credited."""
    new = {"gateway": way.gateway, "method": way.method, "amount": way.amount, "currency": "USD"}
    payment = api.call("POST", "/payments", new, **{"Idempotency-Key": str(uuid.uuid4())})
    reference, page = payment["reference"], payment["checkout_url"]
    say(f"\n{paint(way.name, 'bold')}  {way.amount} USD for ₵{payment['credits']}   {paint(reference, 'dim')}")
    if not page:
        raise Failure(f"the payment {reference} has no page: it is {payment['status']}")
    _step("Page", paint(page, "cyan"))

    back = press(page, way.button)
    if reference not in urllib.parse.unquote(back):
        raise Failure(f"the page of {reference} sent the person to {back}, which does not name the payment")
    _step("Paid", f"sent back to {back}")

    pressed = time.monotonic()
    payment = _credited(api, reference)
    _step("Credited", f"₵{payment['credited']} by the workers, {time.monotonic() - pressed:.1f} s later")
    for line in payment["timeline"]:
        if line["event"] == "credited":
            _step("Entry", f"{line['entry']} of the wallet, ₵{line['credits']}")
    return payment


def _show_invoice(api: Api, mailbox: str, reference: str) -> None:
    """Wait for the invoice of a payment and for its mail, and show both with the address of the file."""
    invoice = _invoiced(api, reference)
    file = api.call("GET", f"/invoices/{invoice['id']}/pdf")
    taxes = ", ".join(f"{tax['name']} {tax['rate']} %: {tax['amount']}" for tax in invoice["taxes"]) or invoice["tax_treatment"]
    _step("Invoice", f"{invoice['number']}, {invoice['total']} {invoice['currency']} ({taxes}), to {invoice['buyer']['name']}")
    _step("PDF", paint(file["url"], "cyan"))
    _step("Mail", _mailed(mailbox, invoice["number"]))


def _invoiced(api: Api, reference: str) -> dict[str, Any]:
    """The invoice of a payment, once its file is ready."""
    deadline = time.monotonic() + _PATIENCE
    while True:
        listed = api.call("GET", "/invoices?limit=20")["items"]
        found: list[dict[str, Any]] = [invoice for invoice in listed if invoice["payment"] == reference and invoice["pdf_ready"]]
        if found:
            return found[0]
        if time.monotonic() > deadline:
            raise Failure(f"the payment {reference} has no invoice after {_PATIENCE:.0f} s (make logs)")
        time.sleep(0.2)


def _credited(api: Api, reference: str) -> dict[str, Any]:
    """The payment once it ended."""
    deadline = time.monotonic() + _PATIENCE
    while True:
        listed = api.call("GET", "/payments?limit=20")["items"]
        found = [payment for payment in listed if payment["reference"] == reference]
        if not found:
            raise Failure(f"the payment {reference} is not listed")
        payment: dict[str, Any] = found[0]
        if payment["status"] == "succeeded":
            return payment
        if payment["status"] != "pending":
            raise Failure(f"the payment {reference} ended as {payment['status']} ({payment.get('reason', 'no reason')})")
        if time.monotonic() > deadline:
            raise Failure(f"nothing was credited within {_PATIENCE:.0f} s: the payment {reference} is still pending (make logs)")
        time.sleep(0.2)


def _mailed(mailbox: str, number: str) -> str:
    """The subject of the mail with this number."""
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline:
        with urllib.request.urlopen(mailbox, timeout=10) as answer:
            subjects = [str(letter["subject"]) for letter in json.loads(answer.read())]
        for subject in subjects:
            if number in subject:
                return subject
        time.sleep(0.2)
    raise Failure(f"no mail about the invoice {number} came within {_PATIENCE:.0f} s (make logs)")


def _check(before: dict[str, Any], after: dict[str, Any], entries: list[dict[str, Any]], payments: list[dict[str, Any]]) -> None:
    """Check that the entries add up, and that each payment was credited once, with the credits that were agreed."""
    check_entries(before, after, entries)
    mine: list[dict[str, Any]] = []
    for payment in payments:
        identifier = f"pay_{payment['reference'].rsplit('-', 1)[1]}"
        own = [entry for entry in entries if entry["cause"].get("payment_id") == identifier]
        credited = [Decimal(entry["amount"]) for entry in own]
        if credited != [Decimal(payment["credits"])]:
            found = ", ".join(f"₵{amount}" for amount in credited) or "nothing"
            raise Failure(f"the payment {payment['reference']} is worth ₵{payment['credits']}, but the wallet got {found}")
        mine += own
    if len(mine) == len(entries):
        gained = total(after) - total(before)
        if gained != sum_of(mine):
            raise Failure(f"the wallet has ₵{gained} more, but ₵{sum_of(mine)} was credited")


def _step(name: str, text: str) -> None:
    say(f"  {paint(f'{name:9}', 'bold')} {text}")
