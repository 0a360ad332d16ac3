"""The site's port serves the stack's CloudFront distribution to browsers."""

import json
import socket
import unittest
from collections.abc import Iterator

from wsproto import ConnectionType, WSConnection
from wsproto.events import AcceptConnection, CloseConnection, Event, RejectConnection, Request, TextMessage

from tests import running
from tests.running import ask


class Site(unittest.TestCase):
    """Pages, API and WebSocket behind one address."""

    def setUp(self) -> None:
        self.cloud = running.cloud()
        self.site = self.cloud.site

    def test_a_missing_distribution_is_reported(self) -> None:
        status, body = self.cloud.before_the_deploy["site"]
        self.assertEqual(status, 503)
        self.assertIn("no CloudFront distribution (output Site)", body)
        self.assertEqual(self.cloud.before_the_deploy["api"][0], 503)

    def test_the_api_has_a_page_to_sign_in_with_google(self) -> None:
        status, headers, body = ask(f"{self.cloud.api}/sign-in/google?state=s&code=c")
        self.assertEqual((status, headers["content-type"]), (200, "text/html; charset=utf-8"))
        self.assertIn("connect-src 'self'", headers["content-security-policy"])
        for outside in ("https://", "http://", "innerHTML", " onclick="):
            self.assertNotIn(outside, body.decode())

    def test_pages_come_from_the_bucket(self) -> None:
        s3, bucket = self.cloud.client("s3"), self.cloud.outputs["Pages"]
        s3.put_object(Bucket=bucket, Key="index.html", Body=b"<h1>Shop</h1>", ContentType="text/html")
        s3.put_object(Bucket=bucket, Key="health", Body=b"a page")
        status, headers, body = ask(self.site + "/")
        # The distribution redirects to HTTPS, which the port simulates.
        self.assertEqual((status, headers["content-type"], body), (200, "text/html", b"<h1>Shop</h1>"))
        self.assertEqual(ask(self.site + "/", "HEAD")[::2], (200, b""))
        # The cloud's own paths do not shadow the site's.
        self.assertEqual(ask(self.site + "/health")[::2], (200, b"a page"))
        self.assertEqual(ask(self.site + "/missing")[0], 403)

    def test_the_api_is_an_origin_by_its_own_name(self) -> None:
        text = json.dumps({"name": "Äma ✓"}).encode()
        headers = {"Content-Type": "application/json", "Cookie": "a=1; b=2", "X-Origin-Secret": "guessed"}
        headers["X-Forwarded-For"] = "10.0.0.1"
        status, _, body = ask(self.site + "/api/v1/things/a%20b/cancel?x=1&y=%26", "POST", text, headers)
        self.assertEqual(status, 200, body)
        got = json.loads(body)["event"]
        self.assertEqual(got["routeKey"], "POST /api/v1/things/{id}/cancel")
        self.assertEqual((got["pathParameters"], got["rawQueryString"]), ({"id": "a b"}, "x=1&y=%26"))
        self.assertEqual(got["body"], text.decode())
        self.assertRegex(got["headers"]["host"], r"^\w+\.execute-api\.us-east-1\.amazonaws\.com$")
        self.assertEqual(got["headers"]["x-origin-secret"], "s3cret")
        self.assertEqual(got["headers"]["cookie"], "a=1; b=2")
        # The viewer's own values, the viewer's address and the edge's address: the second from the right is used.
        self.assertEqual(got["headers"]["x-forwarded-for"], "10.0.0.1, 127.0.0.1, 127.0.0.1")

    def test_the_api_rejects_a_viewers_host(self) -> None:
        self.assertEqual(ask(self.site + "/host/x")[0], 403)

    def test_a_websocket_passes_through(self) -> None:
        with Socket(self.cloud.site_port, "/live?ticket=t") as live:
            self.assertIsInstance(live.opened, AcceptConnection)
            live.send('{"action": "hello"}')
            event = json.loads(live.text())["event"]
        self.assertEqual((event["body"], event["requestContext"]["stage"]), ('{"action": "hello"}', "live"))

    def test_a_websocket_to_another_path_is_rejected(self) -> None:
        for path in ("/", "/live/else"):
            with Socket(self.cloud.site_port, path) as live:
                self.assertIsInstance(live.opened, RejectConnection)


class Socket:
    """A WebSocket client for a few frames."""

    def __init__(self, port: int, path: str) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=20)
        self._protocol = WSConnection(ConnectionType.CLIENT)
        self._socket.sendall(self._protocol.send(Request(host=f"127.0.0.1:{port}", target=path)))
        self._events = self._receive()
        self.opened = next(self._events)

    def __enter__(self) -> "Socket":
        return self

    def __exit__(self, *_: object) -> None:
        if isinstance(self.opened, AcceptConnection):
            self._socket.sendall(self._protocol.send(CloseConnection(code=1000)))
        self._socket.close()

    def send(self, text: str) -> None:
        self._socket.sendall(self._protocol.send(TextMessage(data=text)))

    def text(self) -> str:
        """The next message, which may consist of several frames."""
        parts = []
        for event in self._events:
            if isinstance(event, TextMessage):
                parts.append(event.data)
                if event.message_finished:
                    break
        return "".join(parts)

    def _receive(self) -> Iterator[Event]:
        while True:
            self._protocol.receive_data(self._socket.recv(65536) or None)
            yield from self._protocol.events()


if __name__ == "__main__":
    unittest.main()
