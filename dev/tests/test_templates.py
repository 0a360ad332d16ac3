"""Templates work as on AWS: properties, nested stacks and their updates, types that SAM adds."""

import json
import time
import unittest

from tests import running
from tests.running import refused


class Templates(unittest.TestCase):
    """Tests on the fixture's stack."""

    def setUp(self) -> None:
        self.cloud = running.cloud()
        self.outputs = self.cloud.outputs

    def test_time_to_live_comes_from_the_template(self) -> None:
        described = self.cloud.client("dynamodb").describe_time_to_live(TableName=self.outputs["Table"])
        self.assertEqual(described["TimeToLiveDescription"], {"TimeToLiveStatus": "ENABLED", "AttributeName": "gone_at"})

    def test_point_in_time_recovery_comes_from_the_template(self) -> None:
        dynamodb, table = self.cloud.client("dynamodb"), self.outputs["Table"]
        found = dynamodb.describe_continuous_backups(TableName=table)["ContinuousBackupsDescription"]["PointInTimeRecoveryDescription"]
        self.assertEqual(found["PointInTimeRecoveryStatus"], "ENABLED")

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

    def test_generated_secrets_lack_excluded_characters(self) -> None:
        secret = self.cloud.client("secretsmanager").get_secret_value(SecretId=self.outputs["Secret"])["SecretString"]
        self.assertEqual(len(secret), 300)
        self.assertLessEqual(set(secret), set("defghijklmnopqrstuvwxyz0123456789"))

    def test_nested_stacks_are_transformed(self) -> None:
        found = self.cloud.client("lambda").get_function(FunctionName="inside-the-nested-stack")
        self.assertEqual(found["Configuration"]["Handler"], "echo")

    def test_secrets_and_conditions_work_in_nested_stacks(self) -> None:
        ssm = self.cloud.client("ssm")
        self.assertEqual(ssm.get_parameter(Name="told-by-the-nested-stack")["Parameter"]["Value"], "hidden")
        self.assertEqual(refused(ssm.get_parameter, Name="not-told"), "ParameterNotFound")

    def test_nested_stacks_can_be_updated(self) -> None:
        cloudformation = self.cloud.client("cloudformation")
        cloudformation.update_stack(StackName=running.STACK, UsePreviousTemplate=True, **self.cloud.parameters("nested_more"))
        after = self.cloud.settled_outputs("UPDATE_COMPLETE")
        self.assertEqual(after["Hook"], self.outputs["Hook"], "a function URL outlives an update")
        functions = self.cloud.client("lambda")
        for name in ("inside-the-nested-stack", "added-by-the-update"):
            self.assertIn(":role/", functions.get_function(FunctionName=name)["Configuration"]["Role"])

    def test_a_gradual_deployment_is_accepted(self) -> None:
        functions = self.cloud.client("lambda")
        alias = functions.get_alias(FunctionName=self.outputs["Shifted"], Name="live")
        self.assertEqual(alias["FunctionVersion"], "1")

    def test_other_unknown_types_still_fail(self) -> None:
        template = {"Resources": {"Unknown": {"Type": "AWS::CloudTrail::Trail", "Properties": {}}}}
        create = self.cloud.client("cloudformation").create_stack
        self.assertEqual(refused(create, StackName="unknown", TemplateBody=json.dumps(template)), "ValidationError")

    def test_a_locked_version_stays(self) -> None:
        s3, bucket = self.cloud.client("s3"), self.outputs["Locked"]
        lock = s3.get_object_lock_configuration(Bucket=bucket)["ObjectLockConfiguration"]
        self.assertEqual(lock["Rule"]["DefaultRetention"], {"Mode": "COMPLIANCE", "Days": 7})
        version = s3.put_object(Bucket=bucket, Key="statement", Body=b"1")["VersionId"]
        self.assertEqual(refused(s3.delete_object, Bucket=bucket, Key="statement", VersionId=version), "AccessDenied")
        self.assertEqual(
            s3.get_object_retention(Bucket=bucket, Key="statement", VersionId=version)["Retention"]["Mode"], "COMPLIANCE"
        )
