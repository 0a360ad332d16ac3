"""`make logs`: the functions' logs from the local cloud's log groups, or only the lines that contain a string."""

import json
import time
from collections.abc import Iterator

from . import services
from .console import Failure, is_heard, paint, say
from .log_events import Event, events
from .settings import Instance, developers_instance, shown

_LOOK_BACK = 10 * 60  # seconds
ENOUGH = 1_000
"""Lines about one string. Nobody reads more, and the rest of the logs need not be searched."""


def logs(arguments: list[str]) -> None:
    """Follow the functions' logs. With a string (the id of an order or a request), print the lines that contain it."""
    instance = developers_instance()
    cloud = services.cloud(instance)
    if cloud.pid() is None:
        raise Failure(f"the local cloud is stopped: run make up (its own output: {shown(cloud.log)})")
    if arguments and arguments[0]:
        search(instance, arguments[0])
    else:
        _follow(instance)


def search(instance: Instance, wanted: str) -> None:
    """Print the lines that contain the string, at most `ENOUGH`."""
    found = 0
    for event in _readable(instance, since=0):
        if wanted in event.text:
            if found == ENOUGH:
                say(paint(f"only the first {ENOUGH} lines are shown: a longer string finds fewer", "dim"))
                return
            _show(event)
            found += 1
    if not found:
        raise Failure(f"no line contains {wanted!r}")


def _follow(instance: Instance) -> None:
    """Print the lines of the last minutes and all new ones, until nobody reads them."""
    files = ", ".join(shown(process.log) for process in services.running(instance))
    say(paint(f"following the functions; the output of the processes themselves is in {files}; Ctrl-C ends", "dim"))
    since, seen = int((time.time() - _LOOK_BACK) * 1000), set[Event]()
    while is_heard():
        for event in _readable(instance, since):
            if event not in seen:
                seen.add(event)
                _show(event)
        since = max(since, int((time.time() - 60) * 1000))
        seen = {event for event in seen if event.at >= since}
        time.sleep(1)


def _show(event: Event) -> None:
    say(f"{paint(event.domain, 'dim')} {event.text}")


def _readable(instance: Instance, since: int) -> Iterator[Event]:
    """The events since a moment (milliseconds) in a readable form, without metrics."""
    for event in events(instance, since):
        if '"_aws"' not in event.text and not event.text.startswith(("START ", "END ", "REPORT ")):
            yield Event(event.at, event.domain, _short(event.text))


def _short(text: str) -> str:
    """A readable form of a JSON line, without target and with a short timestamp; other lines unchanged."""
    try:
        fields = json.loads(text)
    except ValueError:
        return text
    if not isinstance(fields, dict) or "level" not in fields:
        return text
    head = f"{str(fields.pop('timestamp', ''))[11:23]} {fields.pop('level')!s:5} {fields.pop('message', '')}"
    span = fields.pop("span", {})
    fields.pop("target", None)
    rest = {**{k: v for k, v in span.items() if k != "name"}, **fields} if isinstance(span, dict) else fields
    return " ".join([head, *(f"{name}={value}" for name, value in rest.items())])
