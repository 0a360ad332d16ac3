"""Requests of tests and of the developer's commands for which AWS has no call: paths under `/_namaskah/`.

- `POST /_namaskah/warm?function=NAME&environments=50` starts execution environments that wait for work. Otherwise the
  first 50 concurrent requests to a function take many seconds, so that a race test would not cause a race.
- `POST /_namaskah/wake?queue=NAME` makes the messages visible that are delayed or in flight.
- `POST /_namaskah/fire?group=NAME` fires the enabled schedules of a group.
- `POST /_namaskah/expire?table=NAME&at=SECONDS` deletes the items that have expired at that time (by default, now).
- `GET /_namaskah/rights` lists the rights of all roles and whether they were used.
- `GET /_namaskah/mail?to=ADDRESS` lists the messages to an address, with all headers (without `to`: all messages).
- `POST /_namaskah/mail?down=on` lets mail fail as during an outage; `down=off` ends that. Both tell how many messages
  were refused since it began.
- `GET /_namaskah/mailbox?to=ADDRESS` lists them as their recipients read them, newest first: a JSON list of `to`, `subject`,
  `text`, `html`, `at` (and `id`, `from`), one item for each recipient. A body that a message does not have is empty.
- `GET /_namaskah/mailbox/page` shows them to a person.

Tests move the clock of the functions. Queues, schedules and items follow the real clock, so tests move them by these requests.
"""

import concurrent.futures
import json
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

from ministack.core import lambda_runtime
from ministack.services import lambda_svc, sqs

from . import expiry, mail, mailbox, schedules, usage

PREFIX = "/_namaskah/"

_ACCOUNT, _REGION = "000000000000", "us-east-1"


@dataclass(frozen=True)
class Answer:
    """The answer to a request."""

    status: int
    body: bytes
    headers: dict[str, str] = field(default_factory=lambda: {"content-type": "application/json"})


def answer(method: str, path: str, query: str) -> Answer:
    """Execute a request."""
    if (method, path.removeprefix(PREFIX)) == ("GET", "mailbox/page"):
        html, policy = mailbox.page()
        return Answer(200, html, {"content-type": "text/html; charset=utf-8", "content-security-policy": policy})
    status, content = _execute(method, path, query)
    return Answer(status, body_of(content))


def _execute(method: str, path: str, query: str) -> tuple[int, Any]:
    """Execute a request that is answered in JSON; returns the HTTP status and what to answer."""
    wanted = {name: values[-1] for name, values in parse_qs(query).items()}
    match method, path.removeprefix(PREFIX):
        case "POST", "warm":
            return _warm(wanted.get("function", ""), int(wanted.get("environments", "1")))
        case "POST", "wake":
            return _wake(wanted.get("queue", ""))
        case "POST", "fire":
            group = wanted.get("group", "default")
            return 200, {"group": group, "schedules": schedules.fire(group)}
        case "POST", "expire":
            return 200, {"items": expiry.expire(float(wanted.get("at", time.time())), wanted.get("table"))}
        case "GET", "rights":
            return 200, {"rights": usage.rights()}
        case "GET", "mail":
            return 200, {"messages": mail.messages(wanted.get("to", ""))}
        case "POST", "mail":
            return 200, {"refused": mail.set_down(wanted.get("down") == "on")}
        case "GET", "mailbox":
            return 200, mailbox.items(wanted.get("to", ""))
        case _:
            return 404, {"message": f"unknown path: {method} {path}"}


def _warm(name: str, environments: int) -> tuple[int, dict[str, Any]]:
    record = lambda_svc._functions.get_scoped(_ACCOUNT, _REGION, name)
    if record is None:
        return 404, {"message": f"no function {name}"}
    config, code = record["config"], record["code_zip"]
    workers = [lambda_runtime.acquire_worker(name, config, code)[0] for _ in range(environments)]
    try:
        with concurrent.futures.ThreadPoolExecutor(max_workers=8) as pool:
            list(pool.map(lambda_runtime.ensure_spawned, workers))
    finally:
        for worker in workers:
            lambda_runtime.release_worker(worker)
    return 200, {"function": name, "environments": environments}


def _wake(name: str) -> tuple[int, dict[str, Any]]:
    queue = next((queue for (_, _, url), queue in sqs._queues.all_items() if url.rsplit("/", 1)[-1] == name), None)
    if queue is None:
        return 404, {"message": f"no queue {name}"}
    now = time.time()
    asleep = [message for message in list(queue["messages"]) if message["visible_at"] > now]
    for message in asleep:
        message["visible_at"] = now
    lambda_svc._esm_wake.set()
    return 200, {"queue": name, "messages": len(asleep)}


def body_of(answer: Any) -> bytes:
    """The JSON text of an answer."""
    return json.dumps(answer).encode()
