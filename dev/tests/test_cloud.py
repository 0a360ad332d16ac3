"""Requests, functions, queues and streams work as on AWS, and a restart keeps everything."""

import concurrent.futures
import json
import socket
import subprocess
import time
import unittest
from typing import Any
from unittest import mock

from namaskah_cloud import server

from tests import running
from tests.running import ask, refused


class Gaps(unittest.TestCase):
    """Run in the order of their names; the last one restarts the cloud."""

    def setUp(self) -> None:
        self.cloud = running.cloud()
        self.outputs = self.cloud.outputs

    def test_a_request_arrives_as_it_was_sent(self) -> None:
        text = json.dumps({"name": "Äma ✓"}).encode()
        headers = {"Content-Type": "application/json", "Authorization": "Bearer nsk_live_x", "Idempotency-Key": "k1"}
        status, _, body = ask(self.cloud.api + "/api/v1/things/a%20b/cancel?x=1&x=2&y=%26", "POST", text, headers)
        got = json.loads(body)["event"]
        self.assertEqual(status, 200)
        self.assertEqual(got["routeKey"], "POST /api/v1/things/{id}/cancel")
        self.assertEqual(got["pathParameters"], {"id": "a b"})
        self.assertEqual(got["rawQueryString"], "x=1&x=2&y=%26")
        self.assertEqual(got["body"], text.decode())
        self.assertEqual(got["headers"]["authorization"], "Bearer nsk_live_x")
        self.assertEqual(got["headers"]["idempotency-key"], "k1")
        self.assertEqual(got["headers"]["host"], f"127.0.0.1:{self.cloud.api_port}")

    def test_paths_without_a_route_go_to_the_default(self) -> None:
        status, _, body = ask(self.cloud.api + "/no/such/thing")
        self.assertEqual((status, json.loads(body)["event"]["routeKey"]), (200, "$default"))

    def test_a_preflight_is_answered_by_the_gateway(self) -> None:
        asked = {"Origin": "https://a.example", "Access-Control-Request-Method": "GET"}
        status, headers, _ = ask(self.cloud.api + "/api/v1/things", "OPTIONS", headers=asked)
        self.assertEqual((status, headers.get("Access-Control-Allow-Headers")), (204, "x-api-key"))

    def test_a_preflight_goes_to_its_route_if_the_api_has_no_cors(self) -> None:
        asked = {"Origin": "https://a.example", "Access-Control-Request-Method": "POST"}
        for path, route in (("/plain", "ANY /plain"), ("/else", "$default")):
            url = f"{self.cloud.url}/_aws/execute-api/{self.cloud.outputs['Plain']}/$default{path}"
            status, _, body = ask(url, "OPTIONS", headers=asked)
            event = json.loads(body)["event"]
            self.assertEqual((status, event["routeKey"], event["requestContext"]["http"]["method"]), (200, route, "OPTIONS"))

    def test_functions_call_this_cloud(self) -> None:
        _, _, body = ask(self.cloud.api + "/")
        self.assertEqual(json.loads(body)["endpoint"], self.cloud.url)

    def test_the_cloud_listens_on_loopback_only(self) -> None:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as outside:
            try:
                outside.connect(("192.0.2.1", 9))  # sends nothing, only determines the local address
            except OSError:
                self.skipTest("this machine has no other address")
            address = outside.getsockname()[0]
        for port in (self.cloud.port, self.cloud.api_port):
            with self.assertRaises(OSError):
                socket.create_connection((address, port), timeout=2)

    def test_concurrent_requests(self) -> None:
        self.cloud.control(f"warm?function={self.outputs['Echo']}&environments=6")
        with concurrent.futures.ThreadPoolExecutor(6) as pool:
            statuses = list(pool.map(lambda _: ask(self.cloud.api + "/?sleep=0.5")[0], range(6)))
        self.assertEqual(statuses, [200] * 6)

    def test_invisible_messages_can_be_made_visible(self) -> None:
        sqs, queue = self.cloud.client("sqs"), self.outputs["Queue"]
        sqs.send_message(QueueUrl=queue, MessageBody="later", DelaySeconds=600)
        self.assertNotIn("Messages", sqs.receive_message(QueueUrl=queue))
        self.assertEqual(self.cloud.control(f"wake?queue={queue.rsplit('/', 1)[-1]}")["messages"], 1)
        self.assertEqual(sqs.receive_message(QueueUrl=queue)["Messages"][0]["Body"], "later")

    def test_streams_retry_failed_records_and_then_report_them(self) -> None:
        started = time.monotonic()
        self._put("good", "poison-1", "behind")
        dead = self._dead_letter()
        # The slow consumer of the same stream takes three seconds for each record: it must not delay this one.
        self.assertLess(time.monotonic() - started, 6)
        self.assertEqual(dead["requestContext"]["condition"], "RetryAttemptsExhausted")
        batches = [line["keys"] for line in self.cloud.seen("quick")]
        tries = [keys for keys in batches if "poison-1" in keys]
        # The size of the first batch depends on when the consumer polled.
        self.assertEqual((len(tries), tries[-1]), (2, ["poison-1", "behind"]))
        self.assertEqual(sum(keys.count("good") for keys in batches), 1)
        self._put("explode-1")
        self.assertEqual(self._dead_letter()["DDBStreamBatchInfo"]["batchSize"], 1)

    def test_z_a_restart_keeps_everything_and_ends_all_functions(self) -> None:
        self._put("before")
        s3, locked = self.cloud.client("s3"), {"Bucket": self.outputs["Locked"], "Key": "before"}
        locked["VersionId"] = s3.put_object(**locked, Body=b"1")["VersionId"]
        with concurrent.futures.ThreadPoolExecutor(1) as pool:
            long = pool.submit(ask, self.cloud.api + "/?sleep=15")
            time.sleep(1)
            self.assertLess(self.cloud.stop(), 8)
            self.assertGreaterEqual(long.result()[0], 500)
        bootstraps = subprocess.run(["pgrep", "-f", str(self.cloud.folder)], capture_output=True, text=True, check=False).stdout
        self.assertEqual(bootstraps, "")
        self.cloud.start()
        self.assertEqual(ask(self.cloud.api + "/")[0], 200)
        self.assertEqual(ask(self.cloud.function_url("Hook"))[0], 401)
        item = self.cloud.client("dynamodb").get_item(TableName=self.outputs["Table"], Key={"pk": {"S": "before"}})
        self.assertIn("Item", item)
        self.assertEqual(refused(s3.delete_object, **locked), "AccessDenied")
        self._put("poison-after")
        self.assertEqual(self._dead_letter()["DDBStreamBatchInfo"]["batchSize"], 1)

    def _put(self, *keys: str) -> None:
        table = self.cloud.client("dynamodb")
        items = [{"Put": {"TableName": self.outputs["Table"], "Item": {"pk": {"S": key}}}} for key in keys]
        table.transact_write_items(TransactItems=items)

    def _dead_letter(self) -> Any:
        sqs, queue = self.cloud.client("sqs"), self.outputs["Dead"]
        for _ in range(20):
            for message in sqs.receive_message(QueueUrl=queue, WaitTimeSeconds=1).get("Messages", []):
                sqs.delete_message(QueueUrl=queue, ReceiptHandle=message["ReceiptHandle"])
                return json.loads(message["Body"])
        raise AssertionError("the dead letter queue stayed empty")


class Version(unittest.TestCase):
    """The replacements apply only to the version that they were made for."""

    def test_another_version_is_rejected(self) -> None:
        with mock.patch("importlib.metadata.version", return_value="1.6.0"), self.assertRaises(SystemExit) as refused:
            server._check_version()
        self.assertIn("1.6.0", str(refused.exception))


if __name__ == "__main__":
    unittest.main()
