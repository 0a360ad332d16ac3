"""Function URLs of nested stacks: a request arrives as it was sent, and the function's answer comes back."""

import base64
import json
import unittest
from typing import Any

from tests import running
from tests.running import ask

JSON = {"Content-Type": "application/json"}


class FunctionUrls(unittest.TestCase):
    """A function without authentication, under IAM. It answers with the event that it got."""

    def setUp(self) -> None:
        self.cloud = running.cloud()
        self.url = self.cloud.function_url("Hook")

    def send(self, body: bytes, headers: dict[str, str]) -> dict[str, Any]:
        """Send a body; returns the event."""
        event: dict[str, Any] = json.loads(ask(self.url, "POST", body, headers)[2])
        return event

    def body(self, event: dict[str, Any]) -> bytes:
        return base64.b64decode(event["body"]) if event["isBase64Encoded"] else event["body"].encode()

    def test_the_stack_names_the_address_as_aws_writes_it(self) -> None:
        self.assertRegex(self.cloud.outputs["Hook"], r"^https://[a-z0-9]{32}\.lambda-url\.us-east-1\.on\.aws/$")

    def test_the_answer_comes_back(self) -> None:
        status, headers, _ = ask(self.url, "POST", b"{}", JSON)
        self.assertEqual((status, headers["X-Seen-By"]), (401, "hook"))

    def test_a_request_arrives_as_an_event_of_format_2(self) -> None:
        event = self.send(b'{"a": 1}', {**JSON, "X-Paystack-Signature": "AbC", "User-Agent": "Paystack"})
        self.assertEqual((event["version"], event["routeKey"], event["rawPath"]), ("2.0", "$default", "/"))
        self.assertEqual(event["headers"]["x-paystack-signature"], "AbC")
        self.assertEqual([name for name in event["headers"] if name != name.lower()], [])
        http = event["requestContext"]["http"]
        self.assertEqual((http["method"], http["sourceIp"], http["userAgent"]), ("POST", "127.0.0.1", "Paystack"))
        self.assertEqual(event["requestContext"]["accountId"], "anonymous")

    def test_text_arrives_byte_for_byte(self) -> None:
        sent = '{ "name" :\t"Ämä ✓ \\u00e4 \U0001f4b0",\r\n"last": 1.50}\n'.encode()
        event = self.send(sent, {"Content-Type": "application/json; charset=utf-8"})
        self.assertEqual((event["isBase64Encoded"], self.body(event)), (False, sent))

    def test_bytes_that_are_no_text_arrive_in_base64(self) -> None:
        sent = b'{"name": "\xff\xfe\x80"}'
        for kind in ("application/json", "text/plain", "application/octet-stream"):
            event = self.send(sent, {"Content-Type": kind})
            self.assertEqual((event["isBase64Encoded"], self.body(event)), (True, sent), kind)

    def test_other_types_arrive_in_base64(self) -> None:
        event = self.send(b"a=1", {"Content-Type": "application/x-www-form-urlencoded"})
        self.assertEqual((event["isBase64Encoded"], self.body(event)), (True, b"a=1"))

    def test_a_request_without_a_body_has_none(self) -> None:
        event = json.loads(ask(self.url)[2])
        self.assertEqual((event.get("body"), event["isBase64Encoded"]), (None, False))

    def test_a_body_that_aws_rejects_arrives(self) -> None:
        """Nothing limits the size here. If this fails, MiniStack has a limit now: correct the list of differences."""
        sent = b'"' + b"x" * 7_000_000 + b'"'
        self.assertEqual(self.body(self.send(sent, JSON)), sent)

    def test_a_test_may_say_where_the_client_is(self) -> None:
        event = self.send(b"{}", {**JSON, "X-Local-Client-Address": "52.31.139.75"})
        self.assertEqual(event["requestContext"]["http"]["sourceIp"], "52.31.139.75")
        self.assertNotIn("x-local-client-address", event["headers"])

    def test_a_function_that_fails_is_a_bad_gateway(self) -> None:
        self.assertEqual(ask(self.url, "POST", b"explode", {"Content-Type": "text/plain"})[0], 502)

    def test_an_unknown_address_is_not_found(self) -> None:
        self.assertEqual(ask(f"{self.cloud.url}/_aws/lambda-url/{'a' * 32}/", "POST", b"{}", JSON)[0], 404)


if __name__ == "__main__":
    unittest.main()
