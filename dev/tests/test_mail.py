"""Mail is kept as it was sent, and its events reach the queue."""

import email
import email.policy
import json
import unittest
from base64 import b64encode
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from hashlib import sha256
from typing import Any
from urllib.parse import quote

from tests import running
from tests.running import ask, refused, wait_for


class Mail(unittest.TestCase):
    """Each test writes to its own addresses."""

    def setUp(self) -> None:
        self.cloud = running.cloud()

    def sent_to(self, address: str) -> dict[str, Any]:
        (found,) = self.cloud.control(f"mail?to={quote(address)}", "GET")["messages"]
        return dict(found)

    def events(self, message: str, count: int) -> list[dict[str, Any]]:
        """The events of one message; those of others may arrive in between."""
        found: list[dict[str, Any]] = []

        def enough() -> bool:
            told = [json.loads(body["Message"]) for body in self.cloud.bodies(self.cloud.outputs["MailEvents"])]
            found.extend(event for event in told if event["mail"]["messageId"] == message)
            return len(found) >= count

        wait_for(enough)
        return found

    def test_headers_and_attachments_are_kept(self) -> None:
        message = EmailMessage()
        message["From"], message["To"] = "Shop <hello@shop.example>", "raw@else.example"
        message["Subject"], message["List-Unsubscribe"] = "Grüße", "<https://shop.example/out>"
        message.set_content("Hello")
        message.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="invoice.pdf")
        for address, send in (("first@else.example", self._send_first), ("second@else.example", self._send_second)):
            send(message.as_bytes(), address)
            sent = self.sent_to(address)
            self.assertEqual((sent["from"], sent["to"]), ("hello@shop.example", [address]))
            read = email.message_from_string(sent["raw"], policy=email.policy.default)
            self.assertEqual((read["Subject"], read["List-Unsubscribe"]), ("Grüße", "<https://shop.example/out>"))
            self.assertEqual([part.get_filename() for part in read.iter_attachments()], ["invoice.pdf"])

    def _send_first(self, raw: bytes, address: str) -> None:
        self.cloud.client("ses").send_raw_email(RawMessage={"Data": raw}, Destinations=[address])

    def _send_second(self, raw: bytes, address: str) -> None:
        self.cloud.client("sesv2").send_email(
            FromEmailAddress="hello@shop.example", Destination={"ToAddresses": [address]}, Content={"Raw": {"Data": raw}}
        )

    def test_a_message_that_is_not_raw_has_its_text(self) -> None:
        body = {"Text": {"Data": "Hello"}, "Html": {"Data": "<p>Hello</p>"}}
        self.cloud.client("sesv2").send_email(
            FromEmailAddress="hello@shop.example",
            Destination={"ToAddresses": ["simple@else.example"]},
            Content={"Simple": {"Subject": {"Data": "Grüße"}, "Body": body}},
        )
        read = email.message_from_string(self.sent_to("simple@else.example")["raw"], policy=email.policy.default)
        self.assertEqual(read["Subject"], "Grüße")
        self.assertEqual([part.get_content().strip() for part in read.iter_parts()], ["Hello", "<p>Hello</p>"])

    def test_the_outcome_of_a_message_is_published(self) -> None:
        to = ["bounce+1@simulator.amazonses.com", "complaint@simulator.amazonses.com", "told@else.example"]
        raw = b"From: hello@shop.example\r\nSubject: x\r\nX-SES-MESSAGE-TAGS: kind=receipt\r\n\r\nx"
        sent = self.cloud.client("ses").send_raw_email(RawMessage={"Data": raw}, Destinations=to, ConfigurationSetName="mail")
        events = self.events(sent["MessageId"], 4)
        # No destination subscribed to the event of sending.
        self.assertEqual(sorted(event["eventType"] for event in events), ["Bounce", "Complaint", "Delivery", "Delivery"])
        bounce = next(event["bounce"] for event in events if event["eventType"] == "Bounce")
        self.assertEqual((bounce["bounceType"], bounce["bouncedRecipients"][0]["emailAddress"]), ("Permanent", to[0]))
        self.assertEqual(events[0]["mail"]["destination"], to)
        self.assertEqual(events[0]["mail"]["tags"], {"ses:configuration-set": ["mail"], "kind": ["receipt"]})

    def test_the_second_version_publishes_events(self) -> None:
        text = {"Subject": {"Data": "x"}, "Body": {"Text": {"Data": "x"}}}
        sent = self.cloud.client("sesv2").send_email(
            FromEmailAddress="hello@shop.example",
            Destination={"ToAddresses": ["complaint@simulator.amazonses.com"]},
            Content={"Simple": text},
            ConfigurationSetName="mail",
            EmailTags=[{"Name": "kind", "Value": "receipt"}],
        )
        events = self.events(sent["MessageId"], 2)
        self.assertEqual([event["eventType"] for event in events], ["Delivery", "Complaint"])
        self.assertEqual(events[0]["mail"]["tags"]["kind"], ["receipt"])

    def test_an_outage_rejects_every_message(self) -> None:
        self.cloud.control("mail?down=on")
        try:
            code = refused(self.cloud.client("ses").send_raw_email, RawMessage={"Data": b"x"}, Destinations=["down@else.example"])
        finally:
            ended = self.cloud.control("mail?down=off")
        # The client tries again by itself.
        self.assertGreaterEqual(ended["refused"], 1)
        self.assertEqual(code, "ServiceUnavailable")
        self.assertEqual(self.cloud.control("mail?to=down@else.example", "GET"), {"messages": []})

    def test_an_unknown_configuration_set_is_rejected(self) -> None:
        first, second = self.cloud.client("ses"), self.cloud.client("sesv2")
        raw = b"From: hello@shop.example\r\nTo: a@else.example\r\nSubject: x\r\n\r\nx"
        code = refused(first.send_raw_email, RawMessage={"Data": raw}, ConfigurationSetName="none")
        self.assertEqual(code, "ConfigurationSetDoesNotExist")
        code = refused(first.send_raw_email, RawMessage={"Data": b"X-SES-CONFIGURATION-SET: none\r\n" + raw})
        self.assertEqual(code, "ConfigurationSetDoesNotExist")
        self.assertEqual(
            refused(second.send_email, Content={"Raw": {"Data": raw}}, ConfigurationSetName="none"), "NotFoundException"
        )

    def test_a_message_is_read_as_its_recipient_does(self) -> None:
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = "Shop <hello@shop.example>", "read@else.example", "Grüße aus Köln"
        message.set_content("Hello — wörld", cte="quoted-printable")
        message.add_alternative("<p>Hello — <b>wörld</b></p>", subtype="html", cte="base64")
        message.add_attachment("not the text", filename="notes.txt")
        before = datetime.now(UTC)
        self._send_first(message.as_bytes(), "read@else.example")
        (item,) = self.cloud.control("mailbox?to=read@else.example", "GET")
        self.assertEqual((item["to"], item["from"], item["subject"]), ("read@else.example", "hello@shop.example", "Grüße aus Köln"))
        self.assertEqual((item["text"], item["html"]), ("Hello — wörld\n", "<p>Hello — <b>wörld</b></p>\n"))
        self.assertTrue(item["at"].endswith("Z"))
        self.assertLess(abs(datetime.fromisoformat(item["at"]) - before), timedelta(seconds=30))

    def test_the_mailbox_has_an_item_for_each_recipient_newest_first(self) -> None:
        to = ["one+a@else.example", "two@else.example"]
        for subject, addresses in (("older", to), ("newer", to[:1])):
            self.cloud.client("sesv2").send_email(
                FromEmailAddress="hello@shop.example",
                Destination={"ToAddresses": addresses},
                Content={"Simple": {"Subject": {"Data": subject}, "Body": {"Html": {"Data": "<p>x</p>"}}}},
            )
        found = [(item["to"], item["subject"]) for item in self.cloud.control("mailbox", "GET") if item["to"] in to]
        self.assertEqual(sorted(found[1:]), [(to[0], "older"), (to[1], "older")])
        self.assertEqual(found[0], (to[0], "newer"))
        for asked in ("one%2Ba@else.example", "one+a@ELSE.example"):
            items = self.cloud.control(f"mailbox?to={asked}", "GET")
            self.assertEqual([item["subject"] for item in items], ["newer", "older"], asked)
        self.assertEqual((items[0]["text"], items[0]["html"]), ("", "<p>x</p>\n"))

    def test_a_broken_message_is_still_shown(self) -> None:
        raw = "From: a@shop.example\r\nSubject: Grüße\r\nContent-Type: text/plain; charset=none\r\n\r\nschön\r\n".encode()
        self._send_first(raw, "broken@else.example")
        (item,) = self.cloud.control("mailbox?to=broken@else.example", "GET")
        self.assertEqual((item["subject"], item["text"], item["html"]), ("Grüße", "schön\n", ""))

    def test_the_page_runs_its_own_script_only(self) -> None:
        status, headers, body = ask(f"{self.cloud.url}/_namaskah/mailbox/page")
        self.assertEqual((status, headers["content-type"]), (200, "text/html; charset=utf-8"))
        page = body.decode()
        digest = sha256(page.split("<script>")[1].split("</script>")[0].encode()).digest()
        self.assertIn(f"script-src 'sha256-{b64encode(digest).decode()}'", headers["content-security-policy"])
        self.assertIn("default-src 'none'", headers["content-security-policy"])
        self.assertIn('"sandbox", "allow-popups allow-popups-to-escape-sandbox"', page)
        for outside in ("https://", "http://", "innerHTML", " onclick="):
            self.assertNotIn(outside, page)


if __name__ == "__main__":
    unittest.main()
