"""Reads the events of the local cloud's log groups, all of them, in the order of their times.

The local cloud answers with at most `PAGE` events, the oldest first, and with no token for the next page. So the next page begins
at the time of the last event, without those that were already read.
"""

import heapq
import urllib.error
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from . import aws
from .settings import Instance

PAGE = 10_000
"""Events in a page, at most."""

Read = Callable[[int], list[dict[str, Any]]]
"""Reads a page of events, sorted by time, since a moment in milliseconds."""


@dataclass(frozen=True)
class Event:
    """A line of a log: its time in milliseconds, the domain that wrote it, its text."""

    at: int
    domain: str
    text: str


def events(instance: Instance, since: int) -> Iterator[Event]:
    """The events of all groups since a moment (milliseconds since 1970), oldest first. Pages are read when they are needed."""
    prefix = f"/{instance.stack}/"
    return heapq.merge(*(_of_group(instance, prefix, name, since) for name in _groups(instance, prefix)), key=lambda event: event.at)


def pages(read: Read, since: int, size: int = PAGE) -> Iterator[dict[str, Any]]:
    """The events of all pages."""
    known = 0  # events at `since` itself that the previous pages had
    while True:
        page = read(since)
        yield from page[known:]
        if len(page) < size:
            return
        last = page[-1]["timestamp"]
        if last == since:
            since, known = since + 1, 0  # a whole page at one millisecond: what else happened in it can't be asked for
        else:
            since, known = last, sum(event["timestamp"] == last for event in page)


def _of_group(instance: Instance, prefix: str, name: str, since: int) -> Iterator[Event]:
    def read(start: int) -> list[dict[str, Any]]:
        try:
            answer = aws.logs(instance, "FilterLogEvents", {"logGroupName": name, "startTime": start, "limit": PAGE})
        except urllib.error.HTTPError:
            return []  # a deploy has just deleted it
        found: list[dict[str, Any]] = answer.get("events", [])
        return found

    for event in pages(read, since):
        yield Event(event["timestamp"], name.removeprefix(prefix), event["message"].rstrip())


def _groups(instance: Instance, prefix: str) -> Iterator[str]:
    page = {"logGroupNamePrefix": prefix}
    while True:
        answer = aws.logs(instance, "DescribeLogGroups", page)
        yield from (group["logGroupName"] for group in answer.get("logGroups", []))
        if not answer.get("nextToken"):
            return
        page["nextToken"] = answer["nextToken"]
