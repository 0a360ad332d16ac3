"""`make logs` reads all lines, however many there are."""

import io
import time
import unittest
from collections.abc import Callable
from contextlib import redirect_stdout
from typing import Any
from unittest import mock

from namaskah_dev import log_events, logs, services, settings
from namaskah_dev.console import Failure

from tests import running

Page = list[dict[str, Any]]


def group(times: list[int], size: int) -> Callable[[int], Page]:
    """Reads pages of a log group with events at these times."""
    written = [{"timestamp": at, "message": f"{number}"} for number, at in enumerate(times)]
    return lambda since: [event for event in written if event["timestamp"] >= since][:size]


class Pages(unittest.TestCase):
    """Pages begin at the time of the last event."""

    def read(self, times: list[int], size: int = 3) -> list[int]:
        return [int(event["message"]) for event in log_events.pages(group(times, size), 0, size)]

    def test_every_event_is_read_once_in_order(self) -> None:
        for times in ([], [1], [1, 2, 3], [1, 2, 3, 4], [1, 1, 2, 2, 2, 3, 4, 4], [1, 2, 2, 2, 3, 3, 4]):
            self.assertEqual(self.read(times), list(range(len(times))), times)

    def test_a_millisecond_with_more_than_a_page_does_not_end_it(self) -> None:
        self.assertEqual(self.read([1, 1, 1, 1, 2]), [0, 1, 2, 4])

    def test_pages_are_read_when_they_are_needed(self) -> None:
        asked: list[int] = []
        read = group(list(range(100)), 3)
        events = log_events.pages(lambda since: asked.append(since) or read(since), 0, 3)
        next(events)
        self.assertEqual(asked, [0])


class Search(unittest.TestCase):
    """Against the real log service of the local cloud, with more lines than a page."""

    LINES = 10_500

    @classmethod
    def setUpClass(cls) -> None:
        cloud = running.cloud()
        cls.instance = running.instance(cloud.folder, cloud=cloud.port)
        client, now = cloud.client("logs"), int(time.time() * 1000)
        for name, lines in (("many", cls.LINES), ("few", 1)):
            place = {"logGroupName": f"/{settings.Instance.stack}/{name}", "logStreamName": "one"}
            client.create_log_group(logGroupName=place["logGroupName"])
            client.create_log_stream(**place)
            events = [{"timestamp": now - lines + at, "message": f"line {at} of {name}, vrf_{at}."} for at in range(lines)]
            for start in range(0, lines, 5_000):
                client.put_log_events(logEvents=events[start : start + 5_000], **place)

    def found(self, wanted: str) -> list[str]:
        said = io.StringIO()
        with redirect_stdout(said):
            logs.search(self.instance, wanted)
        return said.getvalue().splitlines()

    def test_the_newest_line_is_found(self) -> None:
        last = self.LINES - 1
        self.assertEqual(self.found(f"vrf_{last}."), [f"many line {last} of many, vrf_{last}."])

    def test_lines_of_all_groups_come_in_order(self) -> None:
        self.assertEqual(self.found("vrf_0."), ["many line 0 of many, vrf_0.", "few line 0 of few, vrf_0."])

    def test_enough_is_enough(self) -> None:
        found = self.found("line")
        self.assertEqual(len(found), logs.ENOUGH + 1)
        self.assertIn("a longer string finds fewer", found[-1])

    def test_a_string_that_is_nowhere_is_one_line(self) -> None:
        self.assertRaisesRegex(Failure, "no line contains 'vrf_none'", self.found, "vrf_none")


class WithoutACloud(unittest.TestCase):
    """The local cloud has died; the simulator may be alive."""

    def setUp(self) -> None:
        self.instance = running.instance(settings.LOCAL / "nothing")

    def test_a_dead_cloud_is_one_line(self) -> None:
        with mock.patch.object(logs, "developers_instance", return_value=self.instance):
            self.assertRaisesRegex(Failure, r"the local cloud is stopped: run make up .*cloud\.log", logs.logs, [])

    def test_a_cloud_that_dies_meanwhile_is_one_line(self) -> None:
        self.assertIsNone(services.cloud(self.instance).pid())
        self.assertRaisesRegex(Failure, "does not answer at http://127.0.0.1:.*make status", logs.search, self.instance, "vrf_1")


if __name__ == "__main__":
    unittest.main()
