"""Narrow policies allow only the actions and resources that they name."""

import json
import unittest
from typing import Any

import boto3

from tests import running
from tests.running import refused

ACCOUNT = "us-east-1:000000000000"


class Permissions(unittest.TestCase):
    """Each user has one narrow right."""

    def setUp(self) -> None:
        self.cloud = running.cloud()

    def client(self, service: str, *statements: dict[str, Any]) -> Any:
        return self.cloud.client(service, self.cloud.user(*statements))

    def test_a_batch_needs_the_permission_of_the_single_call(self) -> None:
        root = self.cloud.client("sns")
        topic = root.create_topic(Name="batches")["TopicArn"]
        entries = [{"Id": "1", "Message": "one"}]
        may = self.client("sns", {"Action": "sns:Publish", "Resource": topic})
        self.assertIsNone(refused(may.publish_batch, TopicArn=topic, PublishBatchRequestEntries=entries))
        other = self.client("sns", {"Action": "sns:Publish", "Resource": f"{topic}-other"})
        self.assertEqual(refused(other.publish_batch, TopicArn=topic, PublishBatchRequestEntries=entries), "AuthorizationError")

        queue, arn = self.cloud.outputs["Queue"], f"arn:aws:sqs:{ACCOUNT}:{self.cloud.outputs['Queue'].rsplit('/', 1)[-1]}"
        may = self.client("sqs", {"Action": "sqs:DeleteMessage", "Resource": arn})
        deletes = [{"Id": "1", "ReceiptHandle": "none"}]
        self.assertIsNone(refused(may.delete_message_batch, QueueUrl=queue, Entries=deletes))
        sends = [{"Id": "1", "MessageBody": "one"}]
        self.assertIn("AccessDenied", refused(may.send_message_batch, QueueUrl=queue, Entries=sends) or "")

    def test_mail_needs_the_identity_of_its_sender(self) -> None:
        identity = f"arn:aws:ses:{ACCOUNT}:identity/shop.example"
        actions = ["ses:SendEmail", "ses:SendRawEmail"]
        rights = {"Action": actions, "Resource": identity}, {"Action": actions, "Resource": f"{identity}.other"}
        may, other = self.cloud.user(rights[0]), self.cloud.user(rights[1])
        raw = b"From: Shop <hello@shop.example>\r\nTo: a@else.example\r\nSubject: x\r\n\r\nx"
        text = {"Subject": {"Data": "x"}, "Body": {"Text": {"Data": "x"}}}
        to = {"ToAddresses": ["a@else.example"]}
        for keys, expected in ((may, None), (other, "AccessDenied")):
            first, second = self.cloud.client("ses", keys), self.cloud.client("sesv2", keys)
            calls: list[tuple[Any, dict[str, Any]]] = [
                (first.send_raw_email, {"RawMessage": {"Data": raw}}),
                (first.send_email, {"Source": "hello@shop.example", "Destination": to, "Message": text}),
                (second.send_email, {"FromEmailAddress": "hello@shop.example", "Destination": to, "Content": {"Simple": text}}),
                (second.send_email, {"Destination": to, "Content": {"Raw": {"Data": raw}}}),
                (second.send_email, {"FromEmailAddress": "hi@mail.shop.example", "Destination": to, "Content": {"Simple": text}}),
            ]
            for call, arguments in calls:
                code = refused(call, **arguments)
                self.assertEqual(code and code.removesuffix("Exception"), expected, (call, arguments))

    def test_a_raw_message_needs_its_own_action(self) -> None:
        raw = b"From: hello@shop.example\r\nTo: a@else.example\r\nSubject: x\r\n\r\nx"
        for action, expected in (("ses:SendRawEmail", None), ("ses:SendEmail", "AccessDeniedException")):
            mail = self.client("sesv2", {"Action": action, "Resource": f"arn:aws:ses:{ACCOUNT}:identity/shop.example"})
            self.assertEqual(refused(mail.send_email, Content={"Raw": {"Data": raw}}), expected)

    def test_a_configuration_set_is_checked_with_the_identity(self) -> None:
        text = {"Subject": {"Data": "x"}, "Body": {"Text": {"Data": "x"}}}
        mail = {"Destination": {"ToAddresses": ["a@else.example"]}, "ConfigurationSetName": "mail"}
        right = {"Action": "ses:SendEmail", "Resource": f"arn:aws:ses:{ACCOUNT}:identity/shop.example"}
        through = {"Action": "ses:SendEmail", "Resource": f"arn:aws:ses:{ACCOUNT}:configuration-set/mail"}
        for rights, expected in (([right, through], None), ([right], "AccessDenied"), ([through], "AccessDenied")):
            keys = self.cloud.user(*rights)
            first, second = self.cloud.client("ses", keys), self.cloud.client("sesv2", keys)
            self.assertEqual(refused(first.send_email, Source="hello@shop.example", Message=text, **mail), expected)
            code = refused(second.send_email, FromEmailAddress="hello@shop.example", Content={"Simple": text}, **mail)
            self.assertEqual(code and code.removesuffix("Exception"), expected)

    def test_schedules_belong_to_their_group(self) -> None:
        arn = f"arn:aws:scheduler:{ACCOUNT}:schedule/retries/*"
        mine = self.client("scheduler", {"Action": "scheduler:*", "Resource": arn}, {"Action": "iam:PassRole", "Resource": "*"})
        schedule = {
            "Name": "narrow", "ScheduleExpression": "at(2099-01-01T00:00:00)", "FlexibleTimeWindow": {"Mode": "OFF"},
            "Target": {"Arn": self.cloud.outputs["ScheduledArn"], "RoleArn": self.cloud.outputs["SchedulesRole"]},
        }  # fmt: skip
        self.assertIsNone(refused(mine.create_schedule, GroupName="retries", **schedule))
        self.assertIsNone(refused(mine.get_schedule, GroupName="retries", Name="narrow"))
        self.assertIsNone(refused(mine.delete_schedule, GroupName="retries", Name="narrow"))
        self.assertEqual(refused(mine.create_schedule, **schedule), "AccessDeniedException")

    def test_parameters_are_read_by_their_path(self) -> None:
        self.cloud.client("ssm").put_parameter(Name="/shop/prices/a", Value="1", Type="String")
        ssm = self.client(
            "ssm", {"Action": "ssm:GetParametersByPath", "Resource": f"arn:aws:ssm:{ACCOUNT}:parameter/shop/prices"}
        )
        self.assertEqual([one["Value"] for one in ssm.get_parameters_by_path(Path="/shop/prices")["Parameters"]], ["1"])
        self.assertEqual(refused(ssm.get_parameters_by_path, Path="/shop"), "AccessDeniedException")

    def test_parameters_are_read_by_their_names(self) -> None:
        root = self.cloud.client("ssm")
        for name in ("/shop/a", "/shop/b", "other"):
            root.put_parameter(Name=name, Value="1", Type="String")
        arn = f"arn:aws:ssm:{ACCOUNT}:parameter"
        ssm = self.client("ssm", {"Action": "ssm:GetParameters", "Resource": [f"{arn}/shop/*", f"{arn}/other"]})
        self.assertEqual(len(ssm.get_parameters(Names=["/shop/a", "/shop/b", "other"])["Parameters"]), 3)
        self.assertEqual(refused(ssm.get_parameters, Names=["/shop/a", "/else"]), "AccessDeniedException")

    def test_a_table_may_be_named_by_its_arn(self) -> None:
        arn = self.cloud.client("dynamodb").describe_table(TableName=self.cloud.outputs["Table"])["Table"]["TableArn"]
        action = "dynamodb:ExportTableToPointInTime"
        may, other = (self.client("dynamodb", {"Action": action, "Resource": name}) for name in (arn, f"{arn}-other"))
        export = {"TableArn": arn, "S3Bucket": self.cloud.outputs["Pages"]}
        self.assertNotIn("AccessDenied", refused(may.export_table_to_point_in_time, **export) or "")
        self.assertEqual(refused(other.export_table_to_point_in_time, **export), "AccessDeniedException")


class Usage(unittest.TestCase):
    """The use of rights is recorded."""

    def test_a_right_is_used_by_a_call_that_it_allows(self) -> None:
        cloud, table = running.cloud(), running.cloud().outputs["Table"]
        arn = f"arn:aws:dynamodb:{ACCOUNT}:table/{table}"
        trust = {"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole"}
        granted = {"Effect": "Allow", "Action": ["dynamodb:GetItem", "dynamodb:PutItem"], "Resource": arn}
        iam = cloud.client("iam")
        role = iam.create_role(RoleName="reader", AssumeRolePolicyDocument=_policy(trust))["Role"]
        iam.put_role_policy(RoleName="reader", PolicyName="own", PolicyDocument=_policy(granted))
        session = cloud.client("sts").assume_role(RoleArn=role["Arn"], RoleSessionName="test")["Credentials"]
        reader = boto3.client(
            "dynamodb", endpoint_url=cloud.url, region_name="us-east-1", aws_access_key_id=session["AccessKeyId"],
            aws_secret_access_key=session["SecretAccessKey"], aws_session_token=session["SessionToken"],
        )  # fmt: skip
        self.assertIsNone(refused(reader.get_item, TableName=table, Key={"pk": {"S": "nothing"}}))
        self.assertEqual(refused(reader.delete_item, TableName=table, Key={"pk": {"S": "nothing"}}), "AccessDeniedException")
        rights = [right for right in cloud.control("rights", "GET")["rights"] if right["role"] == "reader"]
        used = {right["action"]: (right["policy"], right["resource"], right["used"]) for right in rights}
        self.assertEqual(used, {"dynamodb:GetItem": ("own", arn, True), "dynamodb:PutItem": ("own", arn, False)})


def _policy(statement: dict[str, Any]) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


class LeadingKeys(unittest.TestCase):
    """A user may access the rows of one partition key in a table, and every row of another table."""

    dynamodb: Any

    @classmethod
    def setUpClass(cls) -> None:
        cloud = running.cloud()
        root = cloud.client("dynamodb")
        attributes = [{"AttributeName": name, "AttributeType": "S"} for name in ("pk", "sk")]
        keys = [{"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "sk", "KeyType": "RANGE"}]
        for table in ("rows", "open"):
            root.create_table(TableName=table, BillingMode="PAY_PER_REQUEST", AttributeDefinitions=attributes, KeySchema=keys)
        arn = f"arn:aws:dynamodb:{ACCOUNT}:table"
        calls = ("GetItem", "PutItem", "UpdateItem", "DeleteItem", "Query", "BatchGetItem", "BatchWriteItem")
        own = {"ForAllValues:StringEquals": {"dynamodb:LeadingKeys": ["mine"]}}
        actions = [f"dynamodb:{call}" for call in calls]
        cls.dynamodb = cloud.client(
            "dynamodb",
            cloud.user(
                {"Action": actions, "Resource": f"{arn}/rows", "Condition": own},
                {"Action": "dynamodb:ConditionCheckItem", "Resource": f"{arn}/rows"},
                {"Action": actions, "Resource": f"{arn}/open"},
            ),
        )

    def check(self, call: str, **arguments: Any) -> None:
        """Check that the call is allowed with the user's key and denied with another key."""
        method = getattr(self.dynamodb, call)
        self.assertIsNone(refused(method, **arguments), arguments)
        foreign = json.loads(json.dumps(arguments).replace('"mine"', '"theirs"'))
        self.assertEqual(refused(method, **foreign), "AccessDeniedException", foreign)

    def test_single_calls(self) -> None:
        key = {"pk": {"S": "mine"}, "sk": {"S": "1"}}
        self.check("put_item", TableName="rows", Item=key)
        self.check("get_item", TableName="rows", Key=key)
        change = {"UpdateExpression": "SET n = :n", "ExpressionAttributeValues": {":n": {"N": "1"}}}
        self.check("update_item", TableName="rows", Key=key, **change)
        self.check("delete_item", TableName="rows", Key=key)

    def test_queries(self) -> None:
        self.check("query", TableName="rows", KeyConditionExpression="pk = :p", ExpressionAttributeValues={":p": {"S": "mine"}})
        self.check(
            "query",
            TableName="rows",
            KeyConditionExpression="#p = :p AND begins_with(sk, :s)",
            ExpressionAttributeNames={"#p": "pk"},
            ExpressionAttributeValues={":p": {"S": "mine"}, ":s": {"S": "1"}},
        )

    def test_batches_over_two_tables(self) -> None:
        mine, foreign = {"pk": {"S": "mine"}, "sk": {"S": "1"}}, {"pk": {"S": "somebody"}, "sk": {"S": "1"}}
        self.check("batch_get_item", RequestItems={"open": {"Keys": [foreign]}, "rows": {"Keys": [mine]}})
        writes = {"open": [{"PutRequest": {"Item": foreign}}], "rows": [{"DeleteRequest": {"Key": mine}}]}
        self.check("batch_write_item", RequestItems=writes)
        both = {"rows": [{"PutRequest": {"Item": mine}}, {"PutRequest": {"Item": foreign}}]}
        self.assertEqual(refused(self.dynamodb.batch_write_item, RequestItems=both), "AccessDeniedException")

    def test_transactions_are_checked_per_item(self) -> None:
        mine, foreign = {"pk": {"S": "mine"}, "sk": {"S": "2"}}, {"pk": {"S": "somebody"}, "sk": {"S": "2"}}
        items = [
            {"Put": {"TableName": "open", "Item": foreign}},
            {"Put": {"TableName": "rows", "Item": mine}},
            # Any row may be checked: that action has no condition.
            {"ConditionCheck": {"TableName": "rows", "Key": foreign, "ConditionExpression": "attribute_not_exists(pk)"}},
        ]
        self.check("transact_write_items", TransactItems=items)
        self.check("transact_get_items", TransactItems=[{"Get": {"TableName": "rows", "Key": mine}}])


if __name__ == "__main__":
    unittest.main()
