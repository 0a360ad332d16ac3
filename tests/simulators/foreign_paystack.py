"""Tests the Paystack simulator with pypaystack2, a third-party client of the real Paystack (pinned in dev/requirements-test.txt).

`python foreign_paystack.py http://127.0.0.1:5007`. It uses references of its own and leaves the clock alone, so other users of the
simulator do not matter. Their webhooks go astray for a moment.
"""

import json
import sys
import threading
import unittest
import urllib.request
import uuid
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any, ClassVar

from pypaystack2 import PaystackClient
from pypaystack2.base_clients import AbstractAPIClient
from pypaystack2.enums import Channel, Currency, DisputeStatus, TransactionStatus
from pypaystack2.models.payload_models import RefundAccount
from pypaystack2.models.response_models import Authorization, Customer

SIMULATOR = sys.argv.pop() if __name__ == "__main__" else "http://127.0.0.1:5007"
KEY = "sk_test_local"
EMAIL = "foreign@example.com"
# All clients that PaystackClient is made of read it from here.
AbstractAPIClient._BASE_URL = SIMULATOR


def control(path: str, method: str = "POST", **body: object) -> Any:
    """Call the simulator's control API."""
    data = json.dumps(body).encode() if method == "POST" else None
    request = urllib.request.Request(f"{SIMULATOR}/_sim/{path}", data, {"content-type": "application/json"}, method=method)
    with urllib.request.urlopen(request, timeout=10) as answer:
        return json.loads(answer.read() or b"null")


class Receiver(BaseHTTPRequestHandler):
    """Keeps the webhooks that arrive."""

    arrived: ClassVar[list[tuple[bytes, str]]] = []
    enough = threading.Event()

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        self.arrived.append((body, self.headers["x-paystack-signature"]))
        self.send_response(200)
        self.end_headers()
        self.enough.set()

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""


class ForeignPaystack(unittest.TestCase):
    """The simulator accepts each call, and each answer is valid for the client's models."""

    def setUp(self) -> None:
        self.client = PaystackClient(KEY)

    def accepted(self, response: Any) -> Any:
        """The data of a call that succeeded. The client has none if an answer does not fit its model."""
        self.assertEqual((response.status_code, response.status), (200, True), response.raw)
        self.assertIsNotNone(response.data, response.raw)
        return response.data

    # The client's model leaves these two as they came.
    def customer(self, transaction: Any) -> Customer:
        return Customer.model_validate(transaction.customer)

    def card(self, transaction: Any) -> Authorization:
        return Authorization.model_validate(transaction.authorization)

    def refused(self, response: Any, status: int, message: str) -> None:
        self.assertEqual((response.status_code, response.status, response.message), (status, False, message))

    def start(self, **more: Any) -> str:
        """Start a payment whose webhooks nobody gets."""
        reference = f"foreign-{uuid.uuid4()}"
        control("plan", fault="webhook_never", reference=reference, times=99)
        asked = {"currency": Currency.GHS, "reference": reference, "callback_url": "https://example.com/back", **more}
        started = self.accepted(self.client.transactions.initialize(5_000, EMAIL, **asked))
        self.assertEqual(started.reference, reference)
        self.assertTrue(started.authorization_url.endswith(started.access_code))
        return reference

    def paid(self, **payment: Any) -> Any:
        """The verification of a new payment."""
        reference = self.start()
        control(f"pay/{reference}", **payment)
        return self.accepted(self.client.transactions.verify(reference))

    def test_a_payment(self) -> None:
        reference = self.start(metadata={"cart": 7}, channels=[Channel.CARD])
        before = self.accepted(self.client.transactions.verify(reference))
        self.assertEqual((before.status, before.paid_at, before.fees), ("abandoned", None, None))
        control(f"pay/{reference}")
        after = self.accepted(self.client.transactions.verify(reference))
        self.assertEqual((after.id, after.status, after.amount, after.currency), (before.id, "success", 5_000, Currency.GHS))
        self.assertEqual((after.metadata, self.customer(after).email, self.card(after).last4), ({"cart": 7}, EMAIL, "4081"))
        self.assertEqual(self.accepted(self.client.transactions.get_transaction(after.id)).reference, reference)

    def test_other_outcomes(self) -> None:
        self.assertEqual(self.paid(outcome="failed").status, "failed")
        self.assertEqual(self.paid(outcome="pending", after_s=99).status, "pending")
        wallet = self.paid(channel="mobile_money")
        self.assertEqual((wallet.status, wallet.channel, self.card(wallet).reusable), ("success", "mobile_money", False))
        self.assertEqual(self.paid(outcome="wrong_amount", amount=4_900).amount, 4_900)
        self.assertEqual(self.paid(outcome="wrong_currency").currency, Currency.USD)

    def test_lists_of_transactions(self) -> None:
        first, second = self.paid(), self.paid()
        listed = self.accepted(self.client.transactions.get_transactions(status=TransactionStatus.SUCCESS, pagination=2))
        self.assertEqual([one.reference for one in listed], [second.reference, first.reference])
        self.accepted(self.client.transactions.get_transactions(start_date="2016-09-21", customer=self.customer(first).id))

    def test_a_saved_card(self) -> None:
        code = self.card(self.paid()).authorization_code
        reference = f"foreign-{uuid.uuid4()}"
        control("plan", fault="webhook_never", reference=reference, times=99)
        charged = self.accepted(self.client.transactions.charge(2_000, EMAIL, code, reference, Currency.GHS))
        self.assertEqual((charged.status, charged.amount, charged.reference), ("success", 2_000, reference))
        foreign = self.client.transactions.charge(2_000, "other@example.com", code)
        self.assertTrue(foreign.message.startswith("Email does not match Authorization code."))

    def test_refunds(self) -> None:
        payment = self.paid()
        part = self.accepted(self.client.refunds.create(payment.reference, 2_000, Currency.GHS, "for the customer"))
        self.assertEqual((part.status, part.amount, part.transaction.id), ("pending", 2_000, payment.id))
        self.accepted(self.client.refunds.create(payment.id, 3_000))
        refused = self.client.refunds.create(payment.reference, 100)
        self.refused(refused, 400, "Total refund amount cannot exceed original transaction amount")
        control(f"refunds/{part.id}", status="processed")
        read = self.accepted(self.client.refunds.get_refund(str(part.id)))
        self.assertEqual((read.status, read.transaction, read.customer.email), ("processed", payment.id, EMAIL))
        listed = self.accepted(self.client.refunds.get_refunds(transaction=str(payment.id)))
        self.assertEqual([refund.amount for refund in listed], [3_000, 2_000])

    def test_a_refund_that_needs_attention(self) -> None:
        refund = self.accepted(self.client.refunds.create(self.paid().reference))
        account = RefundAccount(currency=Currency.GHS, account_number="0123456789", bank_id="9")
        self.assertEqual(self.client.refunds.retry_refund(refund.id, account).status_code, 422)
        control(f"refunds/{refund.id}", status="needs-attention")
        self.assertEqual(self.accepted(self.client.refunds.retry_refund(refund.id, account)).status, "processing")

    def test_disputes(self) -> None:
        payment = self.paid()
        identifier = control(f"dispute/{payment.reference}", state="create")["disputes"][0]["id"]
        dispute = self.accepted(self.client.disputes.get_dispute(identifier))
        self.assertEqual((dispute.status, dispute.refund_amount), (DisputeStatus.AWAITING_MERCHANT_FEEDBACK, 5_000))
        self.assertEqual((dispute.transaction.id, dispute.customer.email), (payment.id, EMAIL))
        listed = self.accepted(self.client.disputes.get_disputes("2016-09-21", "2100-01-01", transaction=str(payment.id)))
        self.assertEqual([one.id for one in listed], [identifier])
        control(f"dispute/{payment.reference}", state="lost")
        self.assertEqual(self.accepted(self.client.disputes.get_dispute(identifier)).resolution, "merchant-accepted")
        self.assertEqual(self.accepted(self.client.transactions.verify(payment.reference)).status, "reversed")

    def test_customers(self) -> None:
        self.assertEqual(self.accepted(self.client.customers.create(EMAIL)).email, EMAIL)
        self.accepted(self.client.customers.get_customers(pagination=1))

    def test_errors(self) -> None:
        reference = self.start()
        again = self.client.transactions.initialize(5_000, EMAIL, reference=reference)
        self.refused(again, 400, "Duplicate Transaction Reference")
        self.assertEqual((again.code, again.type), ("duplicate_reference", "validation_error"))
        self.refused(self.client.transactions.verify("nothing"), 400, "Transaction reference not found.")
        self.refused(self.client.transactions.initialize(1, EMAIL), 400, "Invalid Amount Sent")
        self.refused(self.client.transactions.initialize(5_000, "nobody"), 400, "Invalid Email Address Passed")
        self.refused(PaystackClient("sk_test_foreign").transactions.verify(reference), 401, "Invalid key")
        control("plan", fault="verify_502", reference=reference)
        self.assertEqual(self.client.transactions.verify(reference).status_code, 502)

    def test_a_webhook(self) -> None:
        server = HTTPServer(("127.0.0.1", 0), Receiver)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        before = control("webhook", "GET")
        control("webhook", url=f"http://127.0.0.1:{server.server_port}/")
        reference = f"foreign-{uuid.uuid4()}"
        try:
            self.accepted(self.client.transactions.initialize(5_000, EMAIL, reference=reference))
            control(f"pay/{reference}")
            self.assertTrue(Receiver.enough.wait(10))
        finally:
            control("webhook", **before) if before else control("webhook", "DELETE")
            server.shutdown()
            server.server_close()
        [(body, signature)] = [one for one in Receiver.arrived if reference.encode() in one[0]]
        self.assertTrue(self.client.is_verified_webhook_payload(body, signature))
        self.assertFalse(self.client.is_verified_webhook_payload(body + b" ", signature))
        self.assertEqual(json.loads(body)["event"], "charge.success")


if __name__ == "__main__":
    unittest.main(verbosity=1)
