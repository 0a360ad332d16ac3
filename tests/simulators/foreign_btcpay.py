"""Tests the BTCPay simulator with pygreenfield, a third-party client of the real server (pinned in dev/requirements-test.txt), which
swagger-codegen made from the vendor's OpenAPI document.

`python foreign_btcpay.py http://127.0.0.1:5009`. Every test has invoices and a webhook of its own and moves no clock, so other users of
the simulator do not matter.
"""

import hashlib
import hmac
import json
import sys
import threading
import time
import unittest
import urllib.request
import uuid
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pygreenfield
from pygreenfield.rest import ApiException

SIMULATOR = sys.argv.pop() if __name__ == "__main__" else "http://127.0.0.1:5009"
STORE, SECRET = "local-store", "whisper"
_PATIENCE_S = 10


def control(path: str, **body: object) -> Any:
    """Call the simulator's control API."""
    request = urllib.request.Request(f"{SIMULATOR}/_sim/{path}", json.dumps(body).encode(), {"content-type": "application/json"})
    with urllib.request.urlopen(request, timeout=10) as answer:
        return json.loads(answer.read() or b"null")


def client(key: str = "local-token") -> pygreenfield.ApiClient:
    """A client with an API key."""
    configuration = pygreenfield.Configuration()
    configuration.host = SIMULATOR
    configuration.api_key, configuration.api_key_prefix = {"Authorization": key}, {"Authorization": "token"}
    # Otherwise an empty name and password take the place of the key.
    configuration.get_basic_auth_token = lambda: None
    made = pygreenfield.ApiClient(configuration)
    # Its threads are for asynchronous calls, and it can't stop them at the end of the program.
    made.pool.close()
    return made


def plain(call: Callable[..., Any], *arguments: object) -> Any:
    """The JSON of an answer, where the client's models lose a part of it."""
    return json.loads(call(*arguments, _preload_content=False).data)


class Receiver(ThreadingHTTPServer):
    """Receives webhooks. It refuses the first delivery, so that it is repeated."""

    def __init__(self, refused_first: int | None = None) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.refusals = [refused_first] if refused_first else []
        self.arrived: list[tuple[str, bytes]] = []
        self.url = f"http://127.0.0.1:{self.server_port}/hook"
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def bodies(self, order: str) -> list[Any]:
        """The events of an order so far."""
        bodies = [json.loads(raw) for _, raw in list(self.arrived)]
        return [body for body in bodies if body["metadata"].get("orderId") == order]


class _Handler(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self) -> None:
        raw = self.rfile.read(int(self.headers["content-length"]))
        self.server.arrived.append((self.headers["BTCPay-Sig"], raw))
        self.send_response(self.server.refusals.pop() if self.server.refusals else 200)
        self.end_headers()

    def log_message(self, *_arguments: object) -> None:
        """Write nothing."""


class ForeignClient(unittest.TestCase):
    """The simulator accepts each call, and each answer is valid for the client's models."""

    def setUp(self) -> None:
        self.order = str(uuid.uuid4())
        self.invoices = pygreenfield.InvoicesApi(client())
        self.webhooks = pygreenfield.WebhooksApi(client())

    def create(self, **asked: Any) -> Any:
        """Create an invoice of five dollars."""
        body = {"amount": "5.00", "currency": "USD", "metadata": {"orderId": self.order}, **asked}
        return self.invoices.invoices_create_invoice(body, STORE)

    def pay(self, outcome: str, **more: object) -> None:
        control(f"pay/{self.order}", outcome=outcome, after_s=0, **more)

    def read(self, invoice: Any) -> tuple[str, str]:
        """The status and what is unusual about it."""
        read = self.invoices.invoices_get_invoice(STORE, invoice.id)
        return read.status, read.additional_status

    def methods(self, invoice: Any) -> list[Any]:
        return self.invoices.invoices_get_invoice_payment_methods(STORE, invoice.id)

    def receive(self, receiver: Receiver) -> str:
        """Register a webhook that ends with the test; returns its identifier."""
        webhook = plain(self.webhooks.api_v1_stores_store_id_webhooks_post, {"url": receiver.url, "secret": SECRET}, STORE)
        self.addCleanup(receiver.server_close)
        self.addCleanup(receiver.shutdown)
        self.addCleanup(self.webhooks.api_v1_stores_store_id_webhooks_webhook_id_delete, STORE, webhook["id"])
        return str(webhook["id"])

    def wait(self, arrived: Callable[[], list[Any]], count: int) -> list[Any]:
        """Wait until so many events arrived."""
        end = time.monotonic() + _PATIENCE_S
        while len(arrived()) < count and time.monotonic() < end:
            time.sleep(0.05)
        self.assertEqual(len(arrived()), count)
        return arrived()

    def refuses(self, status: int, call: Callable[[], object]) -> Any:
        """Check that a call is refused; returns the body."""
        with self.assertRaises(ApiException) as refused:
            call()
        self.assertEqual(refused.exception.status, status)
        return json.loads(refused.exception.body)

    def test_the_server(self) -> None:
        self.assertTrue(pygreenfield.HealthApi(client()).health_get_health().synchronized)
        info = pygreenfield.ServerInfoApi(client()).server_info_get_server_info()
        self.assertTrue(info.fully_synched and "BTC-CHAIN" in info.supported_payment_methods)
        methods = pygreenfield.StorePaymentMethodsApi(client()).store_payment_methods_get_store_payment_methods(STORE)
        self.assertTrue(methods)

    def test_an_invoice(self) -> None:
        invoice = self.create(checkout={"expirationMinutes": 30, "speedPolicy": "HighSpeed", "paymentMethods": ["BTC-CHAIN", "BTC-LN"]})
        self.assertEqual((invoice.store_id, invoice.amount, invoice.currency, invoice.type), (STORE, "5.00", "USD", "Standard"))
        self.assertEqual(invoice.expiration_time - invoice.created_time, 30 * 60)
        self.assertEqual((invoice.checkout.expiration_minutes, invoice.checkout.speed_policy), (30, "HighSpeed"))
        self.assertEqual(self.read(invoice), ("New", "None"))
        chain, lightning = self.methods(invoice)
        self.assertTrue(chain.activated and chain.destination in chain.payment_link and lightning.destination.startswith("ln"))
        self.assertGreaterEqual(float(chain.rate) * float(chain.amount), 5)
        with urllib.request.urlopen(invoice.checkout_link, timeout=10) as page:
            self.assertIn(chain.destination, page.read().decode())

    def test_payments(self) -> None:
        for outcome, expected, paid in (
            ("success", ("Settled", "None"), 5),
            ("lightning", ("Settled", "None"), 5),
            ("partial", ("New", "PaidPartial"), 2.5),
            ("over", ("Settled", "PaidOver"), 7.5),
            ("late", ("Expired", "PaidLate"), 5),
            ("unconfirmed", ("Processing", "None"), 5),
            ("invalid", ("Invalid", "None"), 0),
            ("double_spent", ("New", "None"), 0),
            ("expired", ("Expired", "None"), 0),
        ):
            with self.subTest(outcome):
                self.order = str(uuid.uuid4())
                invoice = self.create()
                self.pay(outcome)
                self.assertEqual(self.read(invoice), expected)
                methods = self.methods(invoice)
                payments = [payment for method in methods for payment in method.payments]
                self.assertAlmostEqual(sum(float(payment.value) for payment in payments) * float(methods[0].rate), paid, places=2)

    def test_payments_of_one_invoice_have_their_own_identifiers(self) -> None:
        invoice = self.create()
        self.pay("success")
        self.pay("second")
        payments = self.methods(invoice)[0].payments
        self.assertEqual([payment.status for payment in payments], ["Settled", "Settled"])
        self.assertEqual(len({payment.id for payment in payments}), 2)

    def test_lists(self) -> None:
        first, second = self.create(), self.create()
        for asked in ({"order_id": [self.order]}, {"text_search": self.order}):
            found = self.invoices.invoices_get_invoices(STORE, **asked)
            self.assertEqual([invoice["id"] for invoice in found], [second.id, first.id])
        page = self.invoices.invoices_get_invoices(STORE, order_id=[self.order], skip=1, take=1)
        self.assertEqual([invoice["id"] for invoice in page], [first.id])

    def test_changes_of_an_invoice(self) -> None:
        invoice = self.create()
        changed = self.invoices.invoices_update_invoice({"metadata": {"orderId": "changed"}}, STORE, invoice.id)
        self.assertEqual(changed.metadata, {"orderId": "changed"})
        marked = self.invoices.invoices_mark_invoice_status({"status": "Settled"}, STORE, invoice.id)
        self.assertEqual((marked.status, marked.additional_status), ("Settled", "Marked"))
        self.invoices.invoices_archive_invoice(STORE, invoice.id)
        self.assertTrue(self.invoices.invoices_get_invoice(STORE, invoice.id).archived)
        self.assertFalse(self.invoices.invoices_unarchive_invoice(STORE, invoice.id).archived)

    def test_webhooks(self) -> None:
        receiver = Receiver()
        webhook = self.receive(receiver)
        self.assertEqual(plain(self.webhooks.webhokks_get_webhook, STORE, webhook)["url"], receiver.url)
        self.assertIn(webhook, [listed["id"] for listed in self.webhooks.webhokks_get_webhooks(STORE)])
        self.create()
        self.pay("success", share=200)
        kinds = ("InvoiceCreated", "InvoicePaymentSettled", "InvoiceReceivedPayment", "InvoiceProcessing", "InvoiceSettled")
        bodies = self.wait(lambda: receiver.bodies(self.order), len(kinds))
        self.assertEqual(tuple(body["type"] for body in bodies), kinds)
        self.assertTrue(bodies[4]["overPaid"] and not bodies[4]["manuallyMarked"])
        for signature, raw in receiver.arrived:
            self.assertEqual(signature, f"sha256={hmac.new(SECRET.encode(), raw, hashlib.sha256).hexdigest()}")

    def test_redelivery(self) -> None:
        receiver = Receiver(refused_first=410)
        webhook = self.receive(receiver)
        self.create()
        (refused,) = self.wait(lambda: receiver.bodies(self.order), 1)

        def noted() -> list[Any]:
            deliveries = self.webhooks.api_v1_stores_store_id_webhooks_webhook_id_deliveries_get(STORE, webhook)
            return [delivery for delivery in deliveries if delivery["id"] == refused["deliveryId"]]

        (delivery,) = self.wait(noted, 1)
        self.assertEqual((delivery["httpCode"], delivery["status"]), (410, "HttpError"))
        redeliver = self.webhooks.api_v1_stores_store_id_webhooks_webhook_id_deliveries_delivery_id_redeliver_post
        redelivered = plain(redeliver, STORE, webhook, refused["deliveryId"])
        again = self.wait(lambda: receiver.bodies(self.order), 2)[1]
        self.assertEqual((again["deliveryId"], again["originalDeliveryId"]), (redelivered, refused["deliveryId"]))
        self.assertTrue(again["isRedelivery"])

    def test_errors(self) -> None:
        wrong = pygreenfield.InvoicesApi(client("other"))
        self.assertEqual(self.refuses(401, lambda: wrong.invoices_get_invoices(STORE))["code"], "unauthenticated")
        self.assertEqual(self.refuses(403, lambda: self.invoices.invoices_get_invoices("other"))["code"], "missing-permission")
        unknown = self.refuses(404, lambda: self.invoices.invoices_get_invoice(STORE, "unknown"))
        self.assertEqual(unknown["code"], "invoice-not-found")
        self.assertEqual(self.refuses(422, lambda: self.create(amount="-1"))[0]["path"], "Amount")
        self.assertEqual(self.refuses(400, lambda: self.create(currency="XYZ"))["code"], "generic-error")


if __name__ == "__main__":
    unittest.main(verbosity=1)
