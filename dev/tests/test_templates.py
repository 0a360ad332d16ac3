"""Templates are taken at their word: properties, nested stacks."""

import time
import unittest

from tests import running


class Templates(unittest.TestCase):
    """On the fixture's stack."""

    def setUp(self) -> None:
        self.cloud = running.cloud()
        self.outputs = self.cloud.outputs

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
