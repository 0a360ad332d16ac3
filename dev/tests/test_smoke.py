"""`make smoke` and the restore drill can fail."""

import io
import unittest
from contextlib import redirect_stdout
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any
from unittest import mock

from botocore.exceptions import ClientError
from namaskah_aws import drill, smoke
from namaskah_aws.smoke import Answer, Skipped, Wrong
from namaskah_dev import stage_commands
from namaskah_dev.console import Failure


def entry(seq: int, amount: str, available: str, held: str) -> dict[str, Any]:
    """An entry of a wallet."""
    return {"seq": seq, "amount": amount, "available_after": available, "held_after": held}


class Entries(unittest.TestCase):
    """A wallet and its entries."""

    def setUp(self) -> None:
        self.wallet = {"seq": 3, "available": "9.5000", "held": "0.0000"}
        self.entries = [entry(3, "0.5000", "9.5000", "0.0000"), entry(2, "0.5000", "9.5000", "0.5000"), entry(1, "10.0000", "10.0000", "0.0000")]

    def check(self) -> None:
        smoke.check_entries(self.wallet, self.entries)

    def test_a_correct_wallet_passes(self) -> None:
        self.check()
        smoke.check_entries({"seq": 0, "available": "0.0000", "held": "0.0000"}, [])

    def test_a_gap_is_detected(self) -> None:
        del self.entries[1]
        self.assertRaisesRegex(Wrong, "gaps", self.check)

    def test_a_wallet_that_differs_from_its_newest_entry_is_detected(self) -> None:
        self.wallet["held"] = "0.1000"
        self.assertRaisesRegex(Wrong, "newest entry", self.check)

    def test_an_entry_that_moves_another_amount_is_detected(self) -> None:
        self.entries[1]["amount"] = self.entries[0]["amount"] = "0.4000"
        self.assertRaisesRegex(Wrong, "entry 3 moves 0.4000, and the wallet changed by -0.5000", self.check)

    def test_missing_entries_are_detected(self) -> None:
        self.entries.clear()
        self.assertRaisesRegex(Wrong, "none is listed", self.check)


def target(name: str = "prod", key: str | None = None, **clients: Any) -> Any:
    """A target with these answers of AWS."""
    resources = {"DeadQueue": "dead", "ParkedQueue": "parked", "AlarmTopic": "topic", "SlowReadsAlarm": "stack-Slow", "Source": "uuid-1"}
    session = mock.Mock()
    session.client = clients.get
    return SimpleNamespace(stage=SimpleNamespace(name=name), is_local=name == "local", key=key, resources=resources, session=session, version="v2", api=None)


def pages(*found: dict[str, Any]) -> Any:
    """A client whose every list has these pages."""
    client = mock.Mock()
    client.get_paginator.return_value.paginate.return_value = found
    return client


class Operations(unittest.TestCase):
    """What operators see."""

    def test_a_dead_message_is_detected(self) -> None:
        sqs = mock.Mock()
        sqs.get_queue_attributes.side_effect = lambda QueueUrl, AttributeNames: {"Attributes": {AttributeNames[0]: "2" if QueueUrl == "parked" else "0"}}  # noqa: N803
        self.assertRaisesRegex(Wrong, "ParkedQueue has 2 messages", smoke._dead_letters, target(sqs=sqs))

    def test_a_disabled_trigger_is_detected(self) -> None:
        foreign = {"UUID": "other", "State": "Disabled", "FunctionArn": "arn:aws:lambda:r:1:function:x"}
        mine = {"UUID": "uuid-1", "State": "Disabled", "FunctionArn": "arn:aws:lambda:r:1:function:poll:live"}
        self.assertRaisesRegex(Wrong, "^poll:live is Disabled$", smoke._triggers, target(**{"lambda": pages({"EventSourceMappings": [foreign, mine]})}))
        enabled = pages({"EventSourceMappings": [foreign, {**mine, "State": "Enabled"}]})
        self.assertEqual(smoke._triggers(target(**{"lambda": enabled})), "1 queues and streams are read")

    def test_only_own_alarms_count(self) -> None:
        foreign, mine = {"AlarmName": "theirs"}, {"AlarmName": "stack-Slow"}
        self.assertRaisesRegex(Wrong, "^SlowReadsAlarm", smoke._alarms, target(cloudwatch=pages({"MetricAlarms": [foreign, mine]})))
        self.assertEqual(smoke._alarms(target(cloudwatch=pages({"MetricAlarms": [foreign]}))), "none fires")
        self.assertRaises(Skipped, smoke._alarms, target("local"))

    def test_an_unconfirmed_mail_is_detected(self) -> None:
        def check(*arns: str, name: str = "prod") -> str:
            found = [{"Protocol": "email", "SubscriptionArn": arn} for arn in arns]
            return smoke._mail(target(name, sns=pages({"Subscriptions": found})))

        self.assertEqual(check("arn:aws:sns:r:1:topic:id"), "confirmed")
        self.assertRaisesRegex(Wrong, "nobody has confirmed", check, "PendingConfirmation")
        self.assertRaisesRegex(Wrong, "nobody gets the alarms", check)
        self.assertRaises(Skipped, check, name="dev")


class Answers(unittest.TestCase):
    """What customers see."""

    def test_only_a_problem_with_the_status_is_one(self) -> None:
        self.assertEqual(Answer(401, "application/problem+json", {"code": "unauthenticated"}).problem(401), "unauthenticated")
        self.assertRaisesRegex(Wrong, "returned 201", Answer(201, "application/json", {}).problem, smoke._REFUSALS)
        self.assertRaisesRegex(Wrong, "application/json", Answer(404, "application/json", {"message": "Not Found"}).problem, 404)

    def test_a_purchase_that_succeeds_fails_the_check(self) -> None:
        answers = {None: Answer(401, "application/problem+json", {"code": "unauthenticated"}), "key": Answer(201, "application/json", {})}
        api = SimpleNamespace(call=lambda path, key=None, body=None: answers[key])
        with mock.patch.object(smoke, "_offer", return_value=("whatsapp", {"country_code": "GH"})):
            bought = target(key="key")
            bought.api = api
            self.assertRaisesRegex(Wrong, "returned 201", smoke._purchase, bought)

    def test_a_gateway_that_answers_beside_a_required_edge_fails_the_check(self) -> None:
        def check(edge: str, answer: Answer) -> str:
            checked = target()
            checked.edge, checked.gateway = edge, SimpleNamespace(call=lambda path: answer)
            return smoke._edge(checked)

        problem = "application/problem+json"
        refused = Answer(403, problem, {"code": "origin_required"})
        self.assertEqual(check("required", refused), "the gateway alone answers 403 origin_required")
        # API Gateway's own answer at a closed endpoint.
        self.assertEqual(check("required", Answer(404, "application/json", {"message": "Not Found"})), "the gateway alone answers 404 closed")
        for answer in (Answer(200, "application/json", {"status": "ok"}), Answer(404, problem, {"code": "not_found"})):
            self.assertRaisesRegex(Wrong, "can be walked around", check, "required", answer)
        for edge in ("off", "on"):
            self.assertRaises(Skipped, check, edge, refused)

    def test_an_old_version_fails_the_check(self) -> None:
        old = target()
        old.api = SimpleNamespace(found=lambda path: {"version": "v1", "stage": "prod", "status": "ok"})
        with mock.patch.object(smoke, "_PATIENCE", 0):
            self.assertRaisesRegex(Wrong, "version v1 of prod answers, not v2 of prod", smoke._health, old)


class Drill(unittest.TestCase):
    """The moment of a restore."""

    def test_all_tables_are_restored_to_the_oldest_of_their_newest_moments(self) -> None:
        now = datetime(2026, 11, 21, 10, tzinfo=UTC)
        self.assertEqual(drill._moment(None, [now, now - timedelta(minutes=5)]), now - timedelta(minutes=5))

    def test_a_moment_without_a_zone_is_utc_and_not_in_the_future(self) -> None:
        now = datetime(2026, 11, 21, 10, tzinfo=UTC)
        self.assertEqual(drill._moment("2026-11-21T09:00:00", [now]), now - timedelta(hours=1))
        self.assertRaisesRegex(Failure, "is later than", drill._moment, "2026-11-21T11:00:00Z", [now])

    def test_a_moment_that_is_none_is_one_line_before_anything_else(self) -> None:
        with mock.patch.dict("os.environ", AT="yesterday"):
            self.assertRaisesRegex(Failure, "AT must be a moment like .*, not 'yesterday'", stage_commands.restore_drill, ["prod"])

    def test_the_program_reads_copies_with_the_credentials_of_the_caller(self) -> None:
        with (
            mock.patch.object(stage_commands.admin, "environment_of", return_value={}) as environment,
            mock.patch.object(stage_commands.admin, "released", return_value="admin"),
            mock.patch.object(stage_commands, "_run", return_value=0),
        ):
            self.assertEqual(stage_commands.restore_drill(["prod"]), 0)
        environment.assert_called_once_with("prod", role=None)

    def test_wrong_books_fail_and_the_copies_are_deleted(self) -> None:
        now, deleted = datetime(2026, 11, 21, 10, tzinfo=UTC), []
        dynamodb = mock.Mock()
        dynamodb.exceptions.ResourceNotFoundException = dynamodb.exceptions.ResourceInUseException = LookupError
        dynamodb.describe_table.return_value = {"Table": {"TableStatus": "ACTIVE"}}
        dynamodb.delete_table.side_effect = lambda TableName: deleted.append(TableName)  # noqa: N803
        dynamodb.describe_continuous_backups.return_value = {
            "ContinuousBackupsDescription": {"PointInTimeRecoveryDescription": {"LatestRestorableDateTime": now}},
        }  # fmt: skip
        old, new = (f"s-drill-{datetime.now(UTC) - age:%Y%m%d%H%M%S}-orders" for age in (timedelta(days=2), timedelta(hours=1)))
        dynamodb.get_paginator.return_value.paginate.return_value = [{"TableNames": [old, new, "s-OrdersTable-1", "other-drill-20200101000000-orders"]}]
        session = mock.Mock()
        session.client.return_value = dynamodb
        stage = {"name": "prod", "stack": "s", "region": "r", "account": "1", "parameters": {}, "tags": {}}
        document = {"stage": stage, "at": None, "program": "false", "pause": 0}
        checks = mock.patch.object(drill.account, "check"), mock.patch.object(drill, "_physical", side_effect=lambda _s, _t, name: name)
        with checks[0], checks[1], mock.patch.object(drill.boto3, "Session", return_value=session), redirect_stdout(io.StringIO()):
            self.assertRaisesRegex(Failure, "restored books are wrong", drill.run, document)
        restored = [call.kwargs["TargetTableName"] for call in dynamodb.restore_table_to_point_in_time.call_args_list]
        self.assertEqual((len(restored), deleted), (3, [old, *restored]))

    def test_a_copy_that_remains_is_named(self) -> None:
        dynamodb = mock.Mock()
        dynamodb.exceptions.ResourceNotFoundException = dynamodb.exceptions.ResourceInUseException = LookupError
        dynamodb.delete_table.side_effect = ClientError({"Error": {"Code": "ExpiredTokenException", "Message": "expired"}}, "DeleteTable")
        self.assertRaisesRegex(Failure, "one, two could not be deleted .*expired", drill._delete_all, dynamodb, ["one", "two"], 0)

    def test_a_table_without_recovery_is_one_line(self) -> None:
        dynamodb = mock.Mock()
        dynamodb.describe_continuous_backups.return_value = {"ContinuousBackupsDescription": {"ContinuousBackupsStatus": "ENABLED"}}
        self.assertRaisesRegex(Failure, "ledger has no point-in-time recovery", drill._latest, dynamodb, "ledger")


if __name__ == "__main__":
    unittest.main()
