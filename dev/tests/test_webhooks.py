"""The gateways' simulators get the address at which the product receives webhooks, and the secret that signs them."""

import contextlib
import json
import unittest
from unittest import mock

from namaskah_dev import aws, commands, outputs, services, webhooks
from namaskah_dev.console import Failure
from namaskah_dev.settings import Instance

from tests import running
from tests.running import ask, instance, wait_for
from tests.simulator import Simulator

KEYS = {"paystack_secret_key": "sk_test_local", "stripe_webhook_secret": "whsec_local"}
NESTED = """
AWSTemplateFormatVersion: '2010-09-09'
Transform: AWS::Serverless-2016-10-31
Resources:
  Hook:
    Type: AWS::Serverless::Function
    Properties: {Runtime: provided.al2023, Handler: hook, CodeUri: {Bucket: code, Key: code.zip}, FunctionUrlConfig: {AuthType: NONE}}
Outputs:
  Hook: {Value: !GetAtt HookUrl.FunctionUrl}
"""
TEMPLATE = f"""
AWSTemplateFormatVersion: '2010-09-09'
Resources:
  GatewaysSecret: {{Type: AWS::SecretsManager::Secret, Properties: {{SecretString: '{json.dumps(KEYS)}'}}}}
  Payments: {{Type: AWS::CloudFormation::Stack, Properties: {{TemplateURL: URL}}}}
Outputs:
  PaystackWebhook: {{Value: !GetAtt Payments.Outputs.Hook}}
  StripeWebhook: {{Value: !GetAtt Payments.Outputs.Hook}}
"""


class Webhooks(unittest.TestCase):
    """A stack with the webhooks of two gateways, on the real local cloud."""

    cloud_port: int
    stack: dict[str, str]

    @classmethod
    def setUpClass(cls) -> None:
        cloud = running.cloud()
        cloud.client("s3").put_object(Bucket="code", Key="payments.yaml", Body=NESTED.encode())
        cloudformation = cloud.client("cloudformation")
        cloudformation.create_stack(
            StackName=Instance.stack,
            TemplateBody=TEMPLATE.replace("URL}", f"{cloud.url}/code/payments.yaml}}"),
            Capabilities=["CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"],
        )
        cls.addClassCleanup(cloudformation.delete_stack, StackName=Instance.stack)
        cls.cloud_port = cloud.port
        cls.stack = wait_for(lambda: aws.stack_resources(instance("/nowhere", cloud=cloud.port)), 60)

    def setUp(self) -> None:
        self.paystack, self.stripe = Simulator(), Simulator()
        self.addCleanup(self.paystack.stop)
        self.addCleanup(self.stripe.stop)
        # Nothing listens on the ports of the others, so to tell them anything would fail.
        self.instance = instance("/nowhere", cloud=self.cloud_port, paystack=self.paystack.port, stripe=self.stripe.port)

    def test_each_gateway_gets_its_address_and_its_secret(self) -> None:
        addresses = webhooks.connect(self.instance, self.stack)
        self.assertEqual(set(addresses), {"paystack", "stripe"})
        self.assertEqual(self.stripe.requests, [("/_sim/webhook", {"url": addresses["stripe"], "secret": "whsec_local"})])
        self.assertEqual(self.paystack.requests, [("/_sim/webhook", {"url": addresses["paystack"]})], "it signs with its API key")
        self.assertEqual(ask(addresses["stripe"], "POST", b"{}")[1]["X-Seen-By"], "hook")

    def test_without_a_secret_only_the_address_is_told(self) -> None:
        addresses = webhooks.connect(self.instance, {})
        self.assertEqual(self.stripe.requests, [("/_sim/webhook", {"url": addresses["stripe"]})])

    def test_a_simulator_that_refuses_is_one_line(self) -> None:
        refuses = Simulator(status=404)
        self.addCleanup(refuses.stop)
        self.instance.ports["paystack"] = refuses.port
        told = rf"the simulator at http://127.0.0.1:{refuses.port} accepts no address for webhooks .*404.*: run make down and make up"
        self.assertRaisesRegex(Failure, told, webhooks.connect, self.instance, self.stack)


class EachStart(unittest.TestCase):
    """The simulators forget the addresses, so every start and every deploy tells them."""

    def starts(self, before: list[str]) -> int:
        """Bring up an instance of which these programs ran; returns how often its programs were started."""
        here = instance("/nowhere")
        with contextlib.ExitStack() as patched:
            for name in ("check_machine", "check_ports", "build", "cloud_tools"):
                patched.enter_context(mock.patch.object(commands, name))
            for name in ("stop", "check_unmoved"):
                patched.enter_context(mock.patch.object(services, name))
            patched.enter_context(mock.patch.object(services, "running", return_value=before))
            patched.enter_context(mock.patch.object(commands, "deploy", return_value={"Api": "1"}))
            patched.enter_context(mock.patch.object(commands, "seed", return_value={"demo": {}}))
            started = patched.enter_context(mock.patch.object(services, "start"))
            told = patched.enter_context(mock.patch.object(webhooks, "connect", return_value={"stripe": "http://here"}))
            written = patched.enter_context(mock.patch.object(outputs, "write"))
            commands._bring_up(here)
        told.assert_called_once_with(here, {"Api": "1"})
        written.assert_called_once_with(here, {"Api": "1"}, {"demo": {}}, {"stripe": "http://here"})
        return started.call_count

    def test_a_start_and_an_update_tell_the_addresses(self) -> None:
        for before, starts in (([], 1), (["cloud"], 1), (["cloud", "simulators"], 0)):
            self.assertEqual(self.starts(before), starts, before)


if __name__ == "__main__":
    unittest.main()
