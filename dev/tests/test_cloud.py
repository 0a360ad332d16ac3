"""The gaps that `namaskah_cloud` closes are closed: a small template on a cloud of its own, with IAM enforced."""

import concurrent.futures
import io
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import unittest
import urllib.error
import urllib.request
import zipfile
from pathlib import Path
from typing import Any
from unittest import mock

import boto3
from namaskah_cloud import server

HERE = Path(__file__).parent
STACK = "gaps"


def free_port() -> int:
    """A port that nothing uses now."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


class TheCloud:
    """One process of it, with a folder for its state."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="namaskah-cloud-"))
        self.port, self.api_port = free_port(), free_port()
        self.url, self.api = f"http://127.0.0.1:{self.port}", f"http://127.0.0.1:{self.api_port}"

    def start(self) -> None:
        (self.folder / "tmp").mkdir(exist_ok=True)
        environment = {
            **os.environ,
            "GATEWAY_PORT": str(self.port), "NAMASKAH_API_PORT": str(self.api_port), "NAMASKAH_STACK": STACK,
            "MINISTACK_HOST": "127.0.0.1", "AUTH": "true", "PERSIST_STATE": "1", "STATE_DIR": str(self.folder / "state"),
            "S3_PERSIST": "1", "S3_DATA_DIR": str(self.folder / "s3"), "TMPDIR": str(self.folder / "tmp"),
            "SFTP_ENABLED": "0", "IOT_MTLS_ENABLED": "0", "AWS_ENDPOINT_URL": self.url,
            "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_DEFAULT_REGION": "us-east-1",
        }  # fmt: skip
        with (self.folder / "log").open("a") as log:
            self.process = subprocess.Popen(
                [sys.executable, str(HERE.parent / "cloud.py")], env=environment, stdout=log, stderr=log, start_new_session=True
            )
        for _ in range(300):
            try:
                socket.create_connection(("127.0.0.1", self.port)).close()
                return
            except OSError:
                time.sleep(0.1)
        raise AssertionError((self.folder / "log").read_text()[-2000:])

    def stop(self) -> float:
        """Returns the seconds that it took."""
        started = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=30)
        return time.monotonic() - started

    def client(self, service: str) -> Any:
        return boto3.client(
            service, endpoint_url=self.url, region_name="us-east-1", aws_access_key_id="test", aws_secret_access_key="test"
        )

    def log(self) -> str:
        return (self.folder / "log").read_text()

    def ask(self, path: str, method: str = "GET", body: bytes | None = None, headers: dict[str, str] | None = None) -> tuple[int, Any, Any]:
        request = urllib.request.Request(self.api + path, method=method, data=body, headers=headers or {})
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return answer.status, dict(answer.headers), answer.read()
        except urllib.error.HTTPError as error:
            return error.code, dict(error.headers), error.read()

    def control(self, path: str) -> Any:
        with urllib.request.urlopen(urllib.request.Request(f"{self.url}/_namaskah/{path}", method="POST"), timeout=60) as answer:
            return json.load(answer)


class Gaps(unittest.TestCase):
    """In the order of their names: the last one restarts the cloud."""

    cloud: TheCloud
    outputs: dict[str, str]

    @classmethod
    def setUpClass(cls) -> None:
        cls.cloud = TheCloud()
        cls.addClassCleanup(shutil.rmtree, cls.cloud.folder)
        cls.cloud.start()
        cls.addClassCleanup(lambda: cls.cloud.stop())
        s3, cloudformation = cls.cloud.client("s3"), cls.cloud.client("cloudformation")
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            entry = zipfile.ZipInfo("bootstrap")
            entry.external_attr = 0o755 << 16
            archive.writestr(entry, (HERE / "fixture_bootstrap.py").read_bytes())
        s3.create_bucket(Bucket="code")
        s3.put_object(Bucket="code", Key="code.zip", Body=packed.getvalue())
        s3.put_object(Bucket="code", Key="nested.yaml", Body=(HERE / "fixture_nested.yaml").read_bytes())
        cloudformation.create_stack(
            StackName=STACK,
            TemplateBody=(HERE / "fixture_template.yaml").read_text(),
            Parameters=[
                {"ParameterKey": "Nested", "ParameterValue": f"{cls.cloud.url}/code/nested.yaml"},
                {"ParameterKey": "Pollers", "ParameterValue": "7"},
            ],
            Capabilities=["CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"],
        )
        for _ in range(300):
            stack = cloudformation.describe_stacks(StackName=STACK)["Stacks"][0]
            if not stack["StackStatus"].endswith("IN_PROGRESS"):
                break
            time.sleep(0.1)
        assert stack["StackStatus"] == "CREATE_COMPLETE", (stack, cls.cloud.log()[-3000:])
        cls.outputs = {output["OutputKey"]: output["OutputValue"] for output in stack["Outputs"]}

    def test_a_request_arrives_as_it_was_sent(self) -> None:
        text = json.dumps({"name": "Äma ✓"}).encode()
        headers = {"Content-Type": "application/json", "Authorization": "Bearer nsk_live_x", "Idempotency-Key": "k1"}
        status, _, body = self.cloud.ask("/api/v1/things/a%20b/cancel?x=1&x=2&y=%26", "POST", text, headers)
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
        status, _, body = self.cloud.ask("/no/such/thing")
        self.assertEqual((status, json.loads(body)["event"]["routeKey"]), (200, "$default"))

    def test_a_preflight_is_answered_by_the_gateway(self) -> None:
        asked = {"Origin": "https://a.example", "Access-Control-Request-Method": "GET"}
        status, headers, _ = self.cloud.ask("/api/v1/things", "OPTIONS", headers=asked)
        self.assertEqual((status, headers.get("Access-Control-Allow-Headers")), (204, "x-api-key"))

    def test_functions_call_this_cloud(self) -> None:
        _, _, body = self.cloud.ask("/")
        self.assertEqual(json.loads(body)["endpoint"], self.cloud.url)

    def test_only_this_machine_is_listened_to(self) -> None:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as outside:
            try:
                outside.connect(("192.0.2.1", 9))  # sends nothing: only asks which address would be used
            except OSError:
                self.skipTest("this machine has no other address")
            address = outside.getsockname()[0]
        for port in (self.cloud.port, self.cloud.api_port):
            with self.assertRaises(OSError):
                socket.create_connection((address, port), timeout=2)

    def test_time_to_live_comes_from_the_template(self) -> None:
        described = self.cloud.client("dynamodb").describe_time_to_live(TableName=self.outputs["Table"])
        self.assertEqual(described["TimeToLiveDescription"], {"TimeToLiveStatus": "ENABLED", "AttributeName": "gone_at"})

    def test_reserved_concurrency_comes_from_the_template(self) -> None:
        found = self.cloud.client("lambda").get_function_concurrency(FunctionName=self.outputs["Echo"])
        self.assertEqual(found["ReservedConcurrentExecutions"], 40)

    def test_the_number_of_pollers_may_be_a_parameter(self) -> None:
        sqs, queue = self.cloud.client("sqs"), self.outputs["Work"]
        sqs.send_message(QueueUrl=queue, MessageBody="{}")
        names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
        for _ in range(50):
            left = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=names)["Attributes"]
            if all(left[name] == "0" for name in names):
                return
            time.sleep(0.1)
        self.fail(f"the message was not taken: {left}")

    def test_generated_secrets_lack_what_is_excluded(self) -> None:
        secret = self.cloud.client("secretsmanager").get_secret_value(SecretId=self.outputs["Secret"])["SecretString"]
        self.assertEqual(len(secret), 300)
        self.assertLessEqual(set(secret), set("defghijklmnopqrstuvwxyz0123456789"))

    def test_nested_stacks_are_transformed(self) -> None:
        found = self.cloud.client("lambda").get_function(FunctionName="inside-the-nested-stack")
        self.assertEqual(found["Configuration"]["Handler"], "echo")

    def test_many_at_once(self) -> None:
        self.cloud.control(f"warm?function={self.outputs['Echo']}&environments=30")
        with concurrent.futures.ThreadPoolExecutor(30) as pool:
            statuses = list(pool.map(lambda _: self.cloud.ask("/?sleep=0.5")[0], range(30)))
        self.assertEqual(statuses, [200] * 30)

    def test_sleeping_messages_can_be_woken(self) -> None:
        sqs, queue = self.cloud.client("sqs"), self.outputs["Queue"]
        sqs.send_message(QueueUrl=queue, MessageBody="later", DelaySeconds=600)
        self.assertNotIn("Messages", sqs.receive_message(QueueUrl=queue))
        self.assertEqual(self.cloud.control(f"wake?queue={queue.rsplit('/', 1)[-1]}")["messages"], 1)
        self.assertEqual(sqs.receive_message(QueueUrl=queue)["Messages"][0]["Body"], "later")

    def test_streams_retry_what_failed_and_then_report_it(self) -> None:
        started = time.monotonic()
        self._put("good", "poison-1", "behind")
        dead = self._dead_letter()
        # The slow consumer of the same stream takes three seconds for each record: it must not hold up this one.
        self.assertLess(time.monotonic() - started, 6)
        self.assertEqual(dead["requestContext"]["condition"], "RetryAttemptsExhausted")
        tries = [line for line in self._seen("quick") if "poison-1" in line["keys"]]
        self.assertEqual([line["keys"][-2:] for line in tries[-2:]], [["poison-1", "behind"]] * 2)
        self.assertNotIn("good", tries[-1]["keys"])
        self._put("explode-1")
        self.assertEqual(self._dead_letter()["DDBStreamBatchInfo"]["batchSize"], 1)

    def test_z_a_restart_keeps_everything_and_ends_all_functions(self) -> None:
        self._put("before")
        with concurrent.futures.ThreadPoolExecutor(1) as pool:
            long = pool.submit(self.cloud.ask, "/?sleep=15")
            time.sleep(1)
            self.assertLess(self.cloud.stop(), 8)
            self.assertGreaterEqual(long.result()[0], 500)
        bootstraps = subprocess.run(["pgrep", "-f", str(self.cloud.folder)], capture_output=True, text=True, check=False).stdout
        self.assertEqual(bootstraps, "")
        self.cloud.start()
        self.assertEqual(self.cloud.ask("/")[0], 200)
        item = self.cloud.client("dynamodb").get_item(TableName=self.outputs["Table"], Key={"pk": {"S": "before"}})
        self.assertIn("Item", item)
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
        raise AssertionError("nothing came to the dead letter queue")

    def _seen(self, handler: str) -> list[dict[str, Any]]:
        logs = self.cloud.client("logs")
        found = []
        for group in logs.describe_log_groups()["logGroups"]:
            for event in logs.filter_log_events(logGroupName=group["logGroupName"])["events"]:
                if event["message"].startswith('{"handler"'):
                    found.append(json.loads(event["message"]))
        return [line for line in found if line["handler"] == handler]


class Permissions(unittest.TestCase):
    """Batch calls need the permission of the single call."""

    def test_a_batch_needs_the_permission_of_the_single_call(self) -> None:
        from ministack.core import iam_actions
        from namaskah_cloud import permissions

        with mock.patch.object(iam_actions, "extract_iam_action", iam_actions.extract_iam_action):
            permissions.close_gaps()
            for call, needed in [("SendMessageBatch", "SendMessage"), ("SendMessage", "SendMessage"), ("ReceiveMessage", "ReceiveMessage")]:
                headers = {"x-amz-target": f"AmazonSQS.{call}", "content-type": "application/x-amz-json-1.0"}
                self.assertEqual(iam_actions.extract_iam_action("sqs", "POST", "/", headers, b"{}", {}), f"sqs:{needed}")


class Version(unittest.TestCase):
    """Nothing is replaced inside a version that the replacements were not made for."""

    def test_another_version_is_refused(self) -> None:
        with mock.patch("importlib.metadata.version", return_value="1.6.0"), self.assertRaises(SystemExit) as refused:
            server._check_version()
        self.assertIn("1.6.0", str(refused.exception))


if __name__ == "__main__":
    unittest.main()
