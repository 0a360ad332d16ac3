"""Schedules fire and items expire, on time or when a test requests it."""

import datetime
import time
import unittest
import uuid
from typing import Any

from tests import running
from tests.running import wait_for


class Schedules(unittest.TestCase):
    """One group, one queue."""

    def setUp(self) -> None:
        self.cloud = running.cloud()
        self.scheduler = self.cloud.client("scheduler")

    def schedule(self, expression: str, **more: Any) -> str:
        """Create a schedule that sends its own name; returns the name."""
        name = f"s-{uuid.uuid4().hex[:8]}"
        target = {
            "Arn": self.cloud.outputs["ScheduledArn"],
            "RoleArn": self.cloud.outputs["SchedulesRole"],
            "Input": f'{{"name": "{name}"}}',
        }
        wanted = {"GroupName": "retries", "FlexibleTimeWindow": {"Mode": "OFF"}, "Target": target, **more}
        self.scheduler.create_schedule(Name=name, ScheduleExpression=expression, **wanted)
        return name

    def came(self) -> list[str]:
        return [body["name"] for body in self.cloud.bodies(self.cloud.outputs["Scheduled"])]

    def names(self) -> list[str]:
        return [one["Name"] for one in self.scheduler.list_schedules(GroupName="retries")["Schedules"]]

    def test_a_schedule_fires_on_time_and_once(self) -> None:
        due = datetime.datetime.now(datetime.UTC).replace(microsecond=0) + datetime.timedelta(seconds=2)
        name = self.schedule(f"at({due:%Y-%m-%dT%H:%M:%S})", ActionAfterCompletion="DELETE")
        self.assertEqual(wait_for(self.came), [name])
        late = time.time() - due.timestamp()
        self.assertTrue(0 <= late < 3, late)
        self.assertNotIn(name, self.names())

    def test_waiting_schedules_can_be_fired(self) -> None:
        once = self.schedule("at(2099-01-01T00:00:00)", ActionAfterCompletion="DELETE")
        kept = self.schedule("at(2099-01-01T00:00:00)")
        daily = self.schedule("rate(1 day)")
        off = self.schedule("at(2099-01-01T00:00:00)", State="DISABLED")
        elsewhere = self.schedule("at(2099-01-01T00:00:00)", GroupName="default")
        self.assertEqual(self.cloud.control("fire?group=retries")["schedules"], 3)
        self.assertEqual(sorted(self.came()), sorted([once, kept, daily]))
        self.assertEqual({once, kept, daily, off, elsewhere} & set(self.names()), {kept, daily, off})
        self.assertEqual(
            self.scheduler.get_schedule(GroupName="retries", Name=kept)["ScheduleExpression"], "at(2099-01-01T00:00:00)"
        )
        # A one-time schedule is done; the other fires again.
        self.assertEqual(self.cloud.control("fire?group=retries")["schedules"], 1)
        self.assertEqual(self.came(), [daily])
        for name in (kept, daily, off):
            self.scheduler.delete_schedule(GroupName="retries", Name=name)


class Expiry(unittest.TestCase):
    """Tests on the fixture's table, whose stream a function reads."""

    def test_an_item_that_expires_leaves_a_record(self) -> None:
        cloud, table = running.cloud(), running.cloud().outputs["Table"]
        dynamodb = cloud.client("dynamodb")
        for name, until in (("soon", "2000000000"), ("later", "3000000000")):
            dynamodb.put_item(TableName=table, Item={"pk": {"S": name}, "gone_at": {"N": until}})
        dynamodb.put_item(TableName=table, Item={"pk": {"S": "for ever"}})
        dynamodb.put_item(TableName=table, Item={"pk": {"S": "by hand"}})
        dynamodb.delete_item(TableName=table, Key={"pk": {"S": "by hand"}})

        self.assertEqual(cloud.control(f"expire?table={table}")["items"], 0)
        self.assertEqual(cloud.control(f"expire?table={table}&at=2000000001")["items"], 1)
        left = {item["pk"]["S"] for item in dynamodb.scan(TableName=table)["Items"]}
        self.assertTrue({"later", "for ever"} <= left and not left & {"soon", "by hand"}, left)

        def records() -> list[tuple[str, Any]]:
            seen = [pair for line in cloud.seen("quick") for pair in zip(line["keys"], line["by"], strict=True)]
            about = [pair for pair in seen if pair[0] in ("soon", "by hand")]
            return about if len(about) == 4 else []

        by_dynamodb = {"type": "Service", "principalId": "dynamodb.amazonaws.com"}
        self.assertEqual(wait_for(records), [("soon", None), ("by hand", None), ("by hand", None), ("soon", by_dynamodb)])


if __name__ == "__main__":
    unittest.main()
