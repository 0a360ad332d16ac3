"""`make demo-pay` pays as a person does, and detects a payment that is not credited as agreed."""

import http.server
import io
import json
import os
import threading
import unittest
import urllib.parse
from collections.abc import Callable
from contextlib import redirect_stdout
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest import mock

from namaskah_dev import demo_pay, gateway_page
from namaskah_dev.console import Failure

_PAGE = """<h1>Pay</h1>
<form method="post" action="?step=2"><input type="hidden" name="session" value="a&amp;b">
<button name="button" value="card"><b>4084 0840 8408 4081</b> 4242 4242 4242 4242 Pay exactly</button></form>
<form method="post"><button>Cancel</button></form>"""


class Shop:
    """The API and the pages of all gateways. A payment that was paid is credited at once, as `credit` says."""

    def __init__(self) -> None:
        shop = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                path = urllib.parse.urlsplit(self.path).path
                if path.startswith("/page/"):
                    return self._send(200, shop.page.encode(), "text/html")
                return self._send(200, json.dumps(shop.get(path)).encode())

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                if self.path.startswith("/page/"):
                    shop.forms.append((self.path, dict(urllib.parse.parse_qsl(body))))
                    return self._sent_back(urllib.parse.urlsplit(self.path).path.removeprefix("/page/"))
                return self._send(201, json.dumps(shop.started(json.loads(body))).encode())

            def _sent_back(self, reference: str) -> None:
                if shop.alert:
                    return self._send(200, f'<p role="alert">{shop.alert}</p>'.encode(), "text/html")
                shop.paid(reference)
                self.send_response(303)
                self.send_header("Location", shop.back.format(reference))
                self.end_headers()
                return None

            def _send(self, status: int, body: bytes, kind: str = "application/json") -> None:
                self.send_response(status)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_arguments: object) -> None:
                """Say nothing."""

        self.page, self.alert, self.back, self.status = _PAGE, "", "https://shop.example/wallet?payment={}", "succeeded"
        self.credit: Callable[[str], list[str]] = lambda credits: [credits]
        self.forms: list[tuple[str, dict[str, str]]] = []
        self.payments: list[dict[str, Any]] = []
        self.invoiced, self.mailed = 100, ["NMS-2026-000042"]
        self.entries: list[dict[str, Any]] = [self._entry("500.0000", {"kind": "operator"}, 1, "500.0000")]
        self._server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    def stop(self) -> None:
        """Stop listening."""
        self._server.shutdown()
        self._server.server_close()

    def started(self, new: dict[str, Any]) -> dict[str, Any]:
        """Start a payment; a credit costs two dollars."""
        reference = f"nms-KOFI-{len(self.payments)}"
        credits = f"{float(new['amount']) / 2:.4f}"
        payment = {"reference": reference, "status": "pending", "credits": credits, "credited": "0.0000", "timeline": []}
        self.payments.insert(0, {**payment, "checkout_url": f"{self.url}/page/{reference}"})
        return self.payments[0]

    def paid(self, reference: str) -> None:
        """What the workers do when a payment was paid."""
        payment = next(payment for payment in self.payments if payment["reference"] == reference)
        payment["status"] = self.status
        for credits in self.credit(payment["credits"]):
            balance = f"{float(self.entries[-1]['available_after']) + float(credits):.4f}"
            cause = {"kind": "payment", "payment_id": f"pay_{reference.rsplit('-', 1)[1]}"}
            self.entries.append(self._entry(credits, cause, len(self.entries) + 1, balance))
            payment["credited"] = credits
            payment["timeline"].append({"event": "credited", "credits": credits, "entry": len(self.entries)})

    def get(self, path: str) -> Any:
        """The answer of the API."""
        if path == "/api/v1/payments":
            return {"items": self.payments}
        if path == "/api/v1/invoices":
            return {"items": [self._invoice(payment) for payment in self.payments[: self.invoiced]]}
        if path == "/mails":
            return [{"subject": f"Your invoice {number}"} for number in self.mailed]
        if path.startswith("/api/v1/invoices/"):
            return {"url": f"{self.url}/file", "expires_at": "2026-11-27T10:15:00.000Z"}
        if path == "/api/v1/wallet/entries":
            return {"items": self.entries[::-1], "next_cursor": None}
        last = self.entries[-1]
        return {"available": last["available_after"], "held": "0.0000", "seq": last["seq"]}

    @staticmethod
    def _invoice(payment: dict[str, Any]) -> dict[str, Any]:
        of = {"id": "inv_1", "number": "NMS-2026-000042", "payment": payment["reference"], "pdf_ready": True}
        return {**of, "total": "10.00", "currency": "USD", "taxes": [], "tax_treatment": "untaxed", "buyer": {"name": "Kofi"}}

    @staticmethod
    def _entry(amount: str, cause: dict[str, str], seq: int, available: str) -> dict[str, Any]:
        moved = {"amount": amount, "kind": "top_up", "debit": "house:gateway_clearing", "credit": "wallet:available"}
        return {**moved, "seq": seq, "cause": cause, "available_after": available, "held_after": "0.0000"}


class DemoPay(unittest.TestCase):
    """The command against a shop of our own."""

    def setUp(self) -> None:
        self.shop = Shop()
        self.addCleanup(self.shop.stop)
        folder = TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        outputs = Path(folder.name, "outputs.json")
        outputs.write_text(json.dumps({"api_url": self.shop.url, "mailbox": f"{self.shop.url}/mails", "demo": {"api_key": "nsk_live_1"}}))
        for patch in (mock.patch.dict(os.environ, NAMASKAH_OUTPUTS=str(outputs)), mock.patch.object(demo_pay, "_PATIENCE", 0.5)):
            patch.start()
            self.addCleanup(patch.stop)

    def run_it(self) -> str:
        said = io.StringIO()
        with redirect_stdout(said):
            demo_pay.demo_pay([])
        return said.getvalue()

    def fails(self, reason: str) -> None:
        self.assertRaisesRegex(Failure, reason, self.run_it)

    def test_a_person_pays_on_the_page_of_each_gateway(self) -> None:
        said = self.run_it()
        self.assertEqual(len(self.shop.payments), 3)
        sent = {"session": "a&b", "button": "card"}
        self.assertEqual(self.shop.forms, [(f"/page/nms-KOFI-{n}?step=2", sent) for n in range(3)])
        for line in ("5.0000 by the workers", "10.0000 by the workers", "25.0000 by the workers", "540.0000", "NMS-2026-000042", "the entries add up"):
            self.assertIn(line, said)

    def test_a_page_without_the_button_is_not_paid_otherwise(self) -> None:
        self.shop.page = _PAGE.replace("4084 0840", "4084 0800")
        self.fails("has no button '4084 0840 8408 4081'")
        self.assertEqual(self.shop.forms, [])

    def test_a_declined_card_is_a_failure(self) -> None:
        self.shop.alert = "The card was declined."
        self.fails("did not send the person back after .*: The card was declined")

    def test_a_person_who_is_sent_elsewhere_is_a_failure(self) -> None:
        self.shop.back = "https://elsewhere.example/"
        self.fails("which does not name the payment")

    def test_a_payment_that_stays_pending_is_a_failure(self) -> None:
        self.shop.status = "pending"
        self.fails("nothing was credited within")

    def test_a_payment_that_failed_is_a_failure(self) -> None:
        self.shop.status = "failed"
        self.fails("ended as failed")

    def test_less_or_more_than_agreed_is_detected(self) -> None:
        for credits in ([], ["4.9999"], ["5.0000", "5.0000"]):
            with self.subTest(credits=credits):
                self.shop.credit = lambda _agreed, credits=credits: credits
                self.fails("but the wallet got|no new entry")

    def test_a_payment_without_an_invoice_is_a_failure(self) -> None:
        self.shop.invoiced = 0
        self.fails("has no invoice after")

    def test_an_invoice_without_a_mail_is_a_failure(self) -> None:
        self.shop.mailed = ["NMS-2026-000041"]
        self.fails("no mail about the invoice NMS-2026-000042")

    def test_a_gap_is_detected(self) -> None:
        def credit_and_lose_one(credits: str) -> list[str]:
            if len(self.shop.entries) == 3:
                del self.shop.entries[1]
            return [credits]

        self.shop.credit = credit_and_lose_one
        self.fails("gaps")


class Pages(unittest.TestCase):
    """Forms are read as a browser reads them."""

    def test_forms_have_their_fields_and_buttons(self) -> None:
        first, second = gateway_page.forms(_PAGE)
        self.assertEqual((first.method, first.action, first.fields), ("post", "?step=2", {"session": "a&b"}))
        self.assertEqual(first.buttons[0].sends, {"button": "card"})
        self.assertEqual((second.buttons[0].text, second.buttons[0].sends), ("Cancel", {}))

    def test_an_address_where_nobody_listens_is_one_line(self) -> None:
        self.assertRaisesRegex(Failure, "does not answer", gateway_page.press, "http://127.0.0.1:9/pay", "Pay")


if __name__ == "__main__":
    unittest.main()
