"""`make logs`: the functions' logs from the local cloud's log groups, or only the lines that contain a string."""

import json
import time
import urllib.error
from typing import Any

from . import aws, services
from .console import Failure, paint, say
from .settings import Instance, developers_instance, shown

_LOOK_BACK = 10 * 60  # seconds


def logs(arguments: list[str]) -> None:
    """Follow the functions' logs. With a string (the id of an order or a request), print all lines that contain it."""
    instance = developers_instance()
    if not services.running(instance):
        raise Failure("nothing is running: run make up")
    wanted = arguments[0] if arguments and arguments[0] else None
    if wanted:
        found = [line for line in _lines(instance, since=0) if wanted in line[2]]
        for _, group, text in found:
            say(f"{paint(group, 'dim')} {text}")
        if not found:
            raise Failure(f"no line contains {wanted!r}")
        return
    files = ", ".join(shown(process.log) for process in services.running(instance))
    say(paint(f"following the functions; the output of the processes themselves is in {files}; Ctrl-C ends", "dim"))
    since, seen = int((time.time() - _LOOK_BACK) * 1000), set()
    while True:
        for at, group, text in _lines(instance, since):
            if (at, text) not in seen:
                seen.add((at, text))
                say(f"{paint(group, 'dim')} {text}")
        since = max(since, int((time.time() - 60) * 1000))
        time.sleep(1)


def _lines(instance: Instance, since: int) -> list[tuple[int, str, str]]:
    """Log lines since a moment (milliseconds) as (time, domain, text), sorted by time, without metrics."""
    prefix = f"/{instance.stack}/"
    groups: dict[str, Any] = aws.logs(instance, "DescribeLogGroups", {"logGroupNamePrefix": prefix})
    lines = []
    for group in groups.get("logGroups", []):
        name = group["logGroupName"]
        try:
            events = aws.logs(instance, "FilterLogEvents", {"logGroupName": name, "startTime": since, "limit": 10000})
        except urllib.error.HTTPError:
            continue
        for event in events.get("events", []):
            text = event["message"].rstrip()
            if '"_aws"' not in text and not text.startswith(("START ", "END ", "REPORT ")):
                lines.append((event["timestamp"], name.removeprefix(prefix), _short(text)))
    return sorted(lines)


def _short(text: str) -> str:
    """A readable form of a JSON line, without target and with a short timestamp; other lines unchanged."""
    try:
        fields = json.loads(text)
    except ValueError:
        return text
    if not isinstance(fields, dict) or "level" not in fields:
        return text
    head = f"{fields.pop('timestamp', '')[11:23]} {fields.pop('level'):5} {fields.pop('message', '')}"
    span = fields.pop("span", {})
    fields.pop("target", None)
    rest = {**{k: v for k, v in span.items() if k != "name"}, **fields} if isinstance(span, dict) else fields
    return " ".join([head, *(f"{name}={value}" for name, value in rest.items())])
