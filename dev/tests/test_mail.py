"""Mail is kept as it was sent, and its events reach the queue."""

import email
import email.policy
import json
import unittest
from email.message import EmailMessage
from typing import Any
from urllib.parse import quote

from tests import running
from tests.running import refused, wait_for


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


if __name__ == "__main__":
    unittest.main()
