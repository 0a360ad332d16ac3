"""The cloud that all tests share: one process with IAM enforced and the fixture's stack."""

import atexit
import contextlib
import functools
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
import urllib.error
import urllib.request
import uuid
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import boto3
from botocore.exceptions import ClientError
from namaskah_dev.listeners import free_ports
from namaskah_dev.settings import Instance

HERE = Path(__file__).parent
STACK = "gaps"
NESTED = ("nested", "nested_more")

T = TypeVar("T")


@functools.cache
def cloud() -> "TheCloud":
    """Start the cloud and deploy the stack."""
    started = TheCloud()
    atexit.register(shutil.rmtree, started.folder)
    started.start()
    atexit.register(started.stop)
    started.deploy()
    return started


def wait_for(look: Callable[[], T], seconds: float = 20) -> T:
    """Call `look` until it returns a value."""
    deadline = time.monotonic() + seconds
    while True:
        found = look()
        if found:
            return found
        if time.monotonic() > deadline:
            raise AssertionError(f"no result within {seconds} s")
        time.sleep(0.1)


def free_port() -> int:
    """An unused port."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def instance(home: Path | str, keeps_state: bool = False, **ports: int) -> Instance:
    """An instance in this folder, with these ports by name and unused ones for the rest."""
    return Instance(Path(home), {**free_ports(), **ports}, keeps_state)


def packed_function() -> bytes:
    """The zip of the fixture's function."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        entry = zipfile.ZipInfo("bootstrap")
        entry.external_attr = 0o755 << 16
        archive.writestr(entry, (HERE / "fixture_bootstrap.py").read_bytes())
    return packed.getvalue()


class TheCloud:
    """A process with a folder for its state."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="namaskah-cloud-"))
        self.port, self.api_port, self.site_port = free_port(), free_port(), free_port()
        self.url, self.api, self.site = (f"http://127.0.0.1:{port}" for port in (self.port, self.api_port, self.site_port))
        self.outputs: dict[str, str] = {}
        self.before_the_deploy: dict[str, tuple[int, str]] = {}

    def start(self) -> None:
        """Start the process and wait until it listens on all ports."""
        (self.folder / "tmp").mkdir(exist_ok=True)
        environment = {
            **os.environ,
            "GATEWAY_PORT": str(self.port), "NAMASKAH_API_PORT": str(self.api_port), "NAMASKAH_SITE_PORT": str(self.site_port),
            "NAMASKAH_STACK": STACK,
            "MINISTACK_HOST": "127.0.0.1", "AUTH": "true", "PERSIST_STATE": "1", "STATE_DIR": str(self.folder / "state"),
            "S3_PERSIST": "1", "S3_DATA_DIR": str(self.folder / "s3"), "TMPDIR": str(self.folder / "tmp"),
            "SFTP_ENABLED": "0", "IOT_MTLS_ENABLED": "0", "AWS_ENDPOINT_URL": self.url,
            "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_DEFAULT_REGION": "us-east-1",
        }  # fmt: skip
        with (self.folder / "log").open("a") as log:
            self.process = subprocess.Popen(
                [sys.executable, str(HERE.parent / "cloud.py")], env=environment, stdout=log, stderr=log, start_new_session=True
            )

        def listens() -> bool:
            with contextlib.suppress(OSError):
                for port in (self.port, self.api_port, self.site_port):
                    socket.create_connection(("127.0.0.1", port)).close()
                return True
            assert self.process.poll() is None, self.log()[-2000:]
            return False

        wait_for(listens, 60)

    def stop(self) -> float:
        """Stop the process; returns the seconds that it took."""
        started = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=30)
        return time.monotonic() - started

    def log(self) -> str:
        """The output of the process."""
        return (self.folder / "log").read_text()

    def deploy(self) -> None:
        """Create the fixture's stack."""
        for port, url in (("api", self.api), ("site", self.site)):
            status, _, body = ask(url)
            self.before_the_deploy[port] = (status, body.decode())
        s3 = self.client("s3")
        s3.create_bucket(Bucket="code")
        s3.put_object(Bucket="code", Key="code.zip", Body=packed_function())
        for name in NESTED:
            s3.put_object(Bucket="code", Key=f"{name}.yaml", Body=(HERE / f"fixture_{name}.yaml").read_bytes())
        self.client("cloudformation").create_stack(
            StackName=STACK, TemplateBody=(HERE / "fixture_template.yaml").read_text(), **self.parameters(NESTED[0])
        )
        self.outputs = self.settled_outputs("CREATE_COMPLETE")

    def parameters(self, nested: str) -> dict[str, Any]:
        """The parameters of a deploy with one of the nested templates. A number is a string, as on AWS."""
        values = {"Nested": f"{self.url}/code/{nested}.yaml", "Seven": "7"}
        return {
            "Parameters": [{"ParameterKey": key, "ParameterValue": value} for key, value in values.items()],
            "Capabilities": ["CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"],
        }

    def settled_outputs(self, status: str) -> dict[str, str]:
        """The outputs of the stack once it has settled with this status."""
        describe = self.client("cloudformation").describe_stacks

        def settled() -> Any:
            found = describe(StackName=STACK)["Stacks"][0]
            return None if found["StackStatus"].endswith("IN_PROGRESS") else found

        stack = wait_for(settled, 60)
        assert stack["StackStatus"] == status, (stack, self.log()[-3000:])
        return {output["OutputKey"]: output["OutputValue"] for output in stack["Outputs"]}

    def function_url(self, output: str) -> str:
        """Where this cloud answers for the function URL in an output of the stack."""
        identifier = self.outputs[output].removeprefix("https://").split(".", 1)[0]
        return f"{self.url}/_aws/lambda-url/{identifier}/"

    def client(self, service: str, keys: tuple[str, str] = ("test", "test")) -> Any:
        """A client for the root user, or for the owner of these keys."""
        return boto3.client(
            service, endpoint_url=self.url, region_name="us-east-1", aws_access_key_id=keys[0], aws_secret_access_key=keys[1]
        )

    def user(self, *statements: dict[str, Any]) -> tuple[str, str]:
        """The keys of a new user with these rights."""
        iam, name = self.client("iam"), f"user-{uuid.uuid4().hex[:8]}"
        allowed = [{"Effect": "Allow", **statement} for statement in statements]
        policy = {"Version": "2012-10-17", "Statement": allowed}
        iam.create_user(UserName=name)
        iam.put_user_policy(UserName=name, PolicyName="rights", PolicyDocument=json.dumps(policy))
        key = iam.create_access_key(UserName=name)["AccessKey"]
        return key["AccessKeyId"], key["SecretAccessKey"]

    def control(self, path: str, method: str = "POST") -> Any:
        """Call a control path of this cloud."""
        with urllib.request.urlopen(urllib.request.Request(f"{self.url}/_namaskah/{path}", method=method), timeout=60) as answer:
            return json.load(answer)

    def seen(self, handler: str) -> list[dict[str, Any]]:
        """The log of one of the fixture's stream consumers, one entry for each batch."""
        logs = self.client("logs")
        found = []
        for group in logs.describe_log_groups()["logGroups"]:
            for event in logs.filter_log_events(logGroupName=group["logGroupName"])["events"]:
                if event["message"].startswith('{"handler"'):
                    found.append(json.loads(event["message"]))
        return [line for line in found if line["handler"] == handler]

    def bodies(self, queue: str) -> list[Any]:
        """Take all messages out of a queue, each body parsed as JSON."""
        sqs = self.client("sqs")
        messages = sqs.receive_message(QueueUrl=queue, MaxNumberOfMessages=10).get("Messages", [])
        for message in messages:
            sqs.delete_message(QueueUrl=queue, ReceiptHandle=message["ReceiptHandle"])
        return [json.loads(message["Body"]) for message in messages]


def ask(
    url: str, method: str = "GET", body: bytes | None = None, headers: dict[str, str] | None = None
) -> tuple[int, Any, bytes]:
    """Send a request; returns status, headers and body, whatever the status."""
    request = urllib.request.Request(url, method=method, data=body, headers=headers or {})
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read()


def refused(call: Callable[..., Any], **arguments: Any) -> str | None:
    """The error code if AWS rejects the call."""
    try:
        call(**arguments)
    except ClientError as error:
        return str(error.response["Error"]["Code"])
    return None
