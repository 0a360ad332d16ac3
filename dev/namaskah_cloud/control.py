"""Requests of tests and of the developer's commands for which AWS has no call: paths under `/_namaskah/`.

- `POST /_namaskah/warm?function=NAME&environments=50` starts execution environments that wait for work. Otherwise the
  first 50 concurrent requests to a function take many seconds, so that a race test would not cause a race.
- `POST /_namaskah/wake?queue=NAME` makes the messages visible that are delayed or in flight.
- `POST /_namaskah/fire?group=NAME` fires the enabled schedules of a group.
- `POST /_namaskah/expire?table=NAME&at=SECONDS` deletes the items that have expired at that time (by default, now).
- `GET /_namaskah/rights` lists the rights of all roles and whether they were used.
- `GET /_namaskah/mail?to=ADDRESS` lists the messages to an address, with all headers (without `to`: all messages).

Tests move the clock of the functions. Queues, schedules and items follow the real clock, so tests move them by these requests.
"""

import concurrent.futures
import json
import time
from typing import Any
from urllib.parse import parse_qs

from ministack.core import lambda_runtime
from ministack.services import lambda_svc, sqs

from . import expiry, mail, schedules, usage

PREFIX = "/_namaskah/"

_ACCOUNT, _REGION = "000000000000", "us-east-1"


def answer(method: str, path: str, query: str) -> tuple[int, dict[str, Any]]:
    """Execute a request; returns the HTTP status and the JSON body."""
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


def body_of(answer: dict[str, Any]) -> bytes:
    """The JSON text of an answer."""
    return json.dumps(answer).encode()
