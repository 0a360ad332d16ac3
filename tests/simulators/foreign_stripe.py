"""Tests the Stripe simulator with Stripe's own client (pinned in dev/requirements-test.txt).

`python foreign_stripe.py http://127.0.0.1:5008`. Its payments have references of their own, and the webhook's address is put back, so
other users of the simulator do not matter.
"""

import json
import queue
import re
import sys
import threading
import time
import unittest
import urllib.request
import uuid
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any
from unittest import mock

import stripe

SIMULATOR = sys.argv.pop() if __name__ == "__main__" else "http://127.0.0.1:5008"
KEY = "sk_test_local"
SECRET = "whsec_of_foreign_stripe"


def control(path: str, method: str = "POST", **body: object) -> Any:
    """Call the simulator's control API."""
    sent = None if method == "GET" else json.dumps(body).encode()
    request = urllib.request.Request(f"{SIMULATOR}/_sim/{path}", sent, {"content-type": "application/json"}, method=method)
    with urllib.request.urlopen(request, timeout=10) as answer:
        text = answer.read()
    return json.loads(text) if text else None


class ForeignStripe(unittest.TestCase):
    """The simulator accepts each call, and the client understands each answer."""

    def setUp(self) -> None:
        self.reference = f"foreign-{uuid.uuid4()}"
        self.client = self.client_with()

    def client_with(self, key: str = KEY, retries: int = 0) -> stripe.StripeClient:
        """A client of the simulator."""
        return stripe.StripeClient(key, base_addresses={"api": SIMULATOR}, max_network_retries=retries)

    def order(self, **more: Any) -> Any:
        """The parameters of a session over ten dollars."""
        price = {"currency": "usd", "unit_amount": 500, "product_data": {"name": "Credits"}}
        return {
            "mode": "payment",
            "client_reference_id": self.reference,
            "line_items": [{"price_data": price, "quantity": 2}],
            "success_url": "https://example.com/paid?session={CHECKOUT_SESSION_ID}",
            "cancel_url": "https://example.com/back",
            "metadata": {"user": "u 1&2"},
            **more,
        }

    def create(self, **more: Any) -> Any:
        """Make a session."""
        return self.client.v1.checkout.sessions.create(self.order(**more))

    def pay(self, outcome: str = "success", **more: object) -> Any:
        """Pay the session. Returns it with its intent and its charge."""
        paid = control(f"pay/{self.reference}", outcome=outcome, **more)
        return self.read(paid["session"])

    def read(self, session: str) -> Any:
        """A session with its intent and its charge."""
        expanded = ["payment_intent", "payment_intent.latest_charge"]
        return self.client.v1.checkout.sessions.retrieve(session, {"expand": expanded})

    def refuses(self, error: type[BaseException], call: Callable[[], object]) -> Any:
        """Check that the client recognises this error."""
        with self.assertRaises(error) as caught:
            call()
        return caught.exception

    def test_a_session(self) -> None:
        made = self.create(customer_email="ama@example.com", expand=["line_items"])
        self.assertEqual((made.status, made.payment_status, made.amount_total, made.currency), ("open", "unpaid", 1000, "usd"))
        self.assertEqual((made.metadata["user"], made.client_reference_id), ("u 1&2", self.reference))
        self.assertEqual(made.line_items.data[0].description, "Credits")
        with urllib.request.urlopen(made.url, timeout=10) as page:
            self.assertIn(self.reference, page.read().decode())
        self.assertEqual(self.client.v1.checkout.sessions.expire(made.id).status, "expired")
        self.refuses(stripe.InvalidRequestError, lambda: self.client.v1.checkout.sessions.expire(made.id))

    def test_a_payment(self) -> None:
        self.create(payment_intent_data={"metadata": {"user": "u1"}})
        session = self.pay()
        intent, charge = session.payment_intent, session.payment_intent.latest_charge
        self.assertEqual((session.status, session.payment_status), ("complete", "paid"))
        self.assertEqual((intent.status, intent.amount_received, intent.metadata["user"]), ("succeeded", 1000, "u1"))
        self.assertEqual((charge.status, charge.paid, charge.payment_method_details.card.last4), ("succeeded", True, "4242"))
        self.assertEqual(self.client.v1.payment_intents.retrieve(intent.id).latest_charge, charge.id)
        money = self.client.v1.balance_transactions.retrieve(charge.balance_transaction)
        self.assertEqual((money.amount, money.fee, money.net, money.type), (1000, 59, 941, "charge"))

    def test_a_declined_and_a_late_payment(self) -> None:
        self.create()
        declined = self.pay("insufficient_funds")
        self.assertEqual((declined.status, declined.payment_intent.status), ("open", "requires_payment_method"))
        self.assertEqual(declined.payment_intent.last_payment_error.decline_code, "insufficient_funds")
        late = self.pay("async_success", after_s=0)
        self.assertEqual((late.status, late.payment_status), ("complete", "paid"))
        self.assertEqual(late.payment_intent.latest_charge.payment_method_details.us_bank_account.last4, "6789")

    def test_a_saved_card(self) -> None:
        for outcome, code in (("success", None), ("success_then_authentication", "authentication_required")):
            self.setUp()
            self.create(customer_creation="always", payment_intent_data={"setup_future_usage": "off_session"})
            first = self.pay(outcome)
            later: Any = {
                "amount": 700,
                "currency": "usd",
                "customer": first.customer,
                "payment_method": first.payment_intent.payment_method,
                "off_session": True,
                "confirm": True,
            }
            if code is None:
                self.assertEqual(self.client.v1.payment_intents.create(later).status, "succeeded")
            else:
                error = self.refuses(stripe.CardError, lambda later=later: self.client.v1.payment_intents.create(later))
                self.assertEqual((error.code, error.http_status), (code, 402))
                self.assertEqual(error.error.payment_intent.status, "requires_payment_method")

    def test_refunds(self) -> None:
        self.create()
        intent = self.pay().payment_intent
        refunds = self.client.v1.refunds
        part = refunds.create({"payment_intent": intent.id, "amount": 300, "metadata": {"order": "o1"}})
        self.assertEqual((part.status, part.amount, part.metadata["order"]), ("succeeded", 300, "o1"))
        rest = refunds.create({"charge": intent.latest_charge.id})
        self.assertEqual((rest.amount, refunds.retrieve(rest.id).id), (700, rest.id))
        error = self.refuses(stripe.InvalidRequestError, lambda: refunds.create({"payment_intent": intent.id}))
        self.assertEqual(error.code, "charge_already_refunded")
        self.assertEqual([refund.id for refund in refunds.list({"payment_intent": intent.id}).data], [rest.id, part.id])
        charge = self.client.v1.charges.retrieve(intent.latest_charge.id)
        self.assertEqual((charge.refunded, charge.amount_refunded), (True, 1000))

    def test_a_failed_refund_and_a_dispute(self) -> None:
        self.create()
        intent = self.pay("success_refund_fails", after_s=0).payment_intent
        refund = self.client.v1.refunds.create({"payment_intent": intent.id, "amount": 400})
        refund = self.client.v1.refunds.retrieve(refund.id)
        self.assertEqual((refund.status, refund.failure_reason), ("failed", "expired_or_canceled_card"))
        for state, status in (("created", "needs_response"), ("lost", "lost")):
            control(f"dispute/{self.reference}", state=state)
            dispute = self.client.v1.disputes.list({"payment_intent": intent.id}).data[0]
            self.assertEqual((dispute.status, dispute.amount), (status, 1000))
        self.assertTrue(self.client.v1.charges.retrieve(intent.latest_charge.id).disputed)

    def test_lists(self) -> None:
        made = [self.create() for _ in range(3)]
        listed = self.client.v1.checkout.sessions.list({"limit": 2, "created": {"gte": made[0].created}})
        found = [session.id for session in listed.auto_paging_iter() if session.client_reference_id == self.reference]
        self.assertEqual(found, [session.id for session in reversed(made)])
        session = self.pay()
        of_intent = self.client.v1.checkout.sessions.list({"payment_intent": session.payment_intent.id})
        self.assertEqual([one.id for one in of_intent.data], [session.id])
        events = self.client.v1.events.list({"type": "checkout.session.completed", "limit": 10})
        event = next(event for event in events.data if event.data.object["id"] == session.id)
        self.assertEqual(self.client.v1.events.retrieve(event.id).type, "checkout.session.completed")

    def test_idempotency(self) -> None:
        once: Any = {"idempotency_key": str(uuid.uuid4())}
        create = self.client.v1.checkout.sessions.create
        first, second = create(self.order(), once), create(self.order(), once)
        self.assertEqual((first.id, second.last_response.headers["idempotent-replayed"]), (second.id, "true"))
        self.refuses(stripe.IdempotencyError, lambda: create(self.order(metadata={}), once))

    def test_a_lost_answer_is_asked_for_again(self) -> None:
        control("plan", fault="create_502", reference=self.reference)
        made = self.client_with(retries=1).v1.checkout.sessions.create(self.order())
        self.assertEqual(control(f"payments/{self.reference}", "GET")["session"], made.id)

    def test_errors(self) -> None:
        sessions = self.client.v1.checkout.sessions
        refused = stripe.InvalidRequestError
        self.assertEqual(self.refuses(refused, lambda: sessions.retrieve("cs_x")).code, "resource_missing")
        self.assertEqual(self.refuses(refused, lambda: self.create(colour="red")).param, "colour")
        foreign = {"currency": "ghs", "unit_amount": 500, "product_data": {"name": "Credits"}}
        error = self.refuses(refused, lambda: self.create(line_items=[{"price_data": foreign, "quantity": 1}]))
        self.assertEqual(error.param, "line_items[0][price_data][currency]")
        self.refuses(stripe.AuthenticationError, lambda: self.client_with("sk_test_foreign").v1.charges.list())
        for fault, expected in (
            ("throttled", stripe.RateLimitError),
            ("unauthorized", stripe.AuthenticationError),
            ("create_502", stripe.APIError),
        ):
            with self.subTest(fault):
                control("plan", fault=fault, reference=self.reference)
                self.refuses(expected, self.create)

    def test_webhooks(self) -> None:
        before = control("webhook", "GET")
        with Endpoint() as endpoint:
            control("webhook", url=endpoint.url, secret=SECRET)
            try:
                self.receive(endpoint)
            finally:
                control("webhook", "DELETE") if before is None else control("webhook", **before)

    def receive(self, endpoint: "Endpoint") -> None:
        """Verify the events of a payment, and of another one whose signature is not right."""
        now = time.time()

        def verified(body: bytes, signature: str, secret: str = SECRET) -> Any:
            # The simulator's clock may have been moved.
            with mock.patch("time.time", lambda: now):
                return stripe.Webhook.construct_event(body, signature, secret)

        self.create()
        session = self.pay()
        intent = session.payment_intent
        statuses = {}
        for event in endpoint.received({session.id, intent.id, intent.latest_charge.id}):
            now = float(re.match(r"t=(\d+)", event[1])[1])
            self.refuses(stripe.SignatureVerificationError, lambda event=event: verified(*event, "whsec_of_another"))
            checked = verified(*event)
            statuses[checked.type] = checked.data.object["status"]
        paid = {"charge.succeeded": "succeeded", "payment_intent.succeeded": "succeeded", "checkout.session.completed": "complete"}
        self.assertEqual(statuses, paid)
        for fault in ("webhook_wrong_signature", "webhook_old_timestamp"):
            self.setUp()
            made = self.create()
            control("plan", fault=fault, reference=self.reference)
            self.pay("expired")
            (event,) = endpoint.received({made.id})
            self.refuses(stripe.SignatureVerificationError, lambda event=event: verified(*event))


class Endpoint:
    """A merchant's endpoint. It accepts everything."""

    def __init__(self) -> None:
        self.events: queue.Queue[tuple[bytes, str]] = queue.Queue()
        events = self.events

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                events.put((body, self.headers["stripe-signature"]))
                self.send_response(200)
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/webhook"

    def __enter__(self) -> "Endpoint":
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self.server.server_close()

    def received(self, objects: set[str]) -> list[tuple[bytes, str]]:
        """Wait for one event about each object. Those about other objects are dropped."""
        found: dict[str, tuple[bytes, str]] = {}
        while found.keys() != objects:
            body, signature = self.events.get(timeout=10)
            about = json.loads(body)["data"]["object"]["id"]
            if about in objects:
                found[about] = (body, signature)
        return list(found.values())


if __name__ == "__main__":
    unittest.main(verbosity=1)
