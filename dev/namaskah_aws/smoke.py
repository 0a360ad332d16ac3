"""Proves that a deployed stage works, without spending money: one line for each check."""

import json
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import boto3

from namaskah_dev.console import Failure, paint, say
from namaskah_dev.stages import Stage

from . import account, listing

_WRONG_KEY = "nsk_live_00000000000000000000000000000000"
_REFUSALS = (402, 403, 409)
"""Statuses that refuse a purchase before money moves: no balance, no right, no price below the maximum."""
_MOST_ENTRIES = 500
_TIMEOUT = 40
_PATIENCE = 75
"""Seconds."""


class Wrong(Exception):
    """A check that failed, in words."""


class Skipped(Exception):
    """A check that can't be made here, and why."""


@dataclass(frozen=True)
class Answer:
    """The answer to a request."""

    status: int
    kind: str
    body: Any

    def problem(self, status: int | tuple[int, ...]) -> str:
        """The code of a problem document with that status."""
        wanted = status if isinstance(status, tuple) else (status,)
        if self.status not in wanted or self.kind != "application/problem+json":
            raise Wrong(f"returned {self.status} ({self.kind or 'no type'}), not a problem with {' or '.join(map(str, wanted))}")
        return str(self.body["code"])


class Api:
    """A client of the API."""

    def __init__(self, url: str) -> None:
        self._url = url

    def call(self, path: str, key: str | None = None, body: dict[str, Any] | None = None) -> Answer:
        """Make one request, whatever its status."""
        headers = {"User-Agent": "namaskah-smoke", "Accept": "application/json"}
        headers |= {"X-API-Key": key} if key else {}
        headers |= {"Content-Type": "application/json", "Idempotency-Key": str(uuid.uuid4())} if body is not None else {}
        request = urllib.request.Request(self._url + path, data=json.dumps(body).encode() if body is not None else None, headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=_TIMEOUT) as answer:
                return _read(answer.status, answer.headers, answer.read())
        except urllib.error.HTTPError as error:
            return _read(error.code, error.headers, error.read())
        except OSError as error:
            raise Wrong(f"{self._url} does not answer: {error}") from error

    def found(self, path: str, key: str | None = None) -> Any:
        """The body of an answer with 200."""
        answer = self.call(path, key)
        if answer.status != 200:
            raise Wrong(f"{path} returned {answer.status}: {answer.body}")
        return answer.body


def _read(status: int, headers: Any, content: bytes) -> Answer:
    kind = headers.get_content_type()
    is_json = kind.endswith("json")
    return Answer(status, kind, json.loads(content) if is_json and content else content.decode(errors="replace"))


@dataclass(frozen=True)
class Target:
    """The stage that is checked."""

    stage: Stage
    api: Api
    key: str | None
    version: str
    edge: str
    """The parameter `Edge`."""
    gateway: Api
    """The API without the edge."""
    resources: dict[str, str]
    session: Any

    @property
    def is_local(self) -> bool:
        """Whether it is on the local cloud."""
        return self.stage.name == "local"


def run(document: dict[str, Any]) -> int:
    """Make all checks; returns 1 if one fails."""
    target = _target(document)
    failed = 0
    for name, check in _CHECKS.items():
        try:
            say(f"{paint('✓', 'green')} {name:16} {check(target)}")
        except Skipped as reason:
            say(f"{paint('-', 'yellow')} {name:16} skipped: {reason}")
        except Wrong as reason:
            failed += 1
            say(f"{paint('✗', 'red')} {name:16} {reason}")
    if failed:
        raise Failure(f"{failed} of {len(_CHECKS)} checks of {target.stage.name} failed")
    return 0


def _target(document: dict[str, Any]) -> Target:
    stage = Stage(**document["stage"])
    session = boto3.Session(region_name=stage.region)
    account.check(stage, session.client("sts"))
    cloudformation = session.client("cloudformation")
    stack = cloudformation.describe_stacks(StackName=stage.stack)["Stacks"][0]
    outputs = {one["OutputKey"]: one["OutputValue"] for one in stack["Outputs"]}
    values = {one["ParameterKey"]: one["ParameterValue"] for one in stack["Parameters"]}
    url = document["api"] or outputs["ApiUrl"]
    gateway = document["gateway"] or f"https://{outputs['Api']}.execute-api.{stage.region}.amazonaws.com"
    resources = listing.with_nested(stage, session)
    return Target(stage, Api(url), document["key"], values["AppVersion"], values.get("Edge", "off"), Api(gateway), resources, session)


# ---- What customers see ----


def _health(target: Target) -> str:
    found = target.api.found("/api/v1/health")
    # The old code answers for some seconds after a deploy, and only a sweep, within a minute, sees the suppliers.
    deadline = time.monotonic() + _PATIENCE
    while (found["version"], found["status"]) != (target.version, "ok") and time.monotonic() < deadline:
        time.sleep(2)
        found = target.api.found("/api/v1/health")
    if (found["version"], found["stage"]) != (target.version, target.stage.name):
        raise Wrong(f"version {found['version']} of {found['stage']} answers, not {target.version} of {target.stage.name}")
    if found["status"] != "ok":
        raise Wrong(f"{found['status']}: {json.dumps(found['dependencies'])}")
    return f"ok, version {found['version']}"


def _document(target: Target) -> str:
    document, page = target.api.found("/api/v1/openapi.json"), target.api.call("/api/docs")
    if page.status != 200 or page.kind != "text/html":
        raise Wrong(f"/api/docs returned {page.status} ({page.kind})")
    return f"OpenAPI {document['openapi']} with {len(document['paths'])} paths, and its page"


def _offer(target: Target) -> tuple[str, dict[str, Any]]:
    """A service on sale, and one of its offers."""
    services = target.api.found("/api/v1/services")["items"]
    sold = [service["name"] for service in services if service["class"] in ("common", "hard")]
    for service in ["whatsapp", *sold[:3]]:
        path = f"/api/v1/services/{urllib.parse.quote(service)}/offers?limit=1"
        answer = target.api.call(path)
        if answer.status == 200 and answer.body["items"]:
            return service, answer.body["items"][0]
    raise Wrong(f"{len(services)} services, and no offer: has the catalog been filled? (docs/deploy.md, \"The catalog\")")


def _catalog(target: Target) -> str:
    service, offer = _offer(target)
    return f"{service} in {offer['country_code']} costs {offer['price']}"


def _bad_key(target: Target) -> str:
    return f"401 {target.api.call('/api/v1/wallet', _WRONG_KEY).problem(401)}"


def _unknown_route(target: Target) -> str:
    return f"404 {target.api.call('/api/v1/no-such-thing').problem(404)}"


def _purchase(target: Target) -> str:
    """A purchase that can't succeed: with a key, for less than any price; without one, by nobody."""
    service, offer = _offer(target)
    order = {"service_name": service, "country_code": offer["country_code"], "max_price": "0.0001"}
    nobody = target.api.call("/api/v1/verifications", body=order).problem(401)
    if not target.key:
        return f"401 {nobody}"
    answer = target.api.call("/api/v1/verifications", target.key, order)
    return f"401 {nobody}; with the key {answer.status} {answer.problem(_REFUSALS)}"


def _edge(target: Target) -> str:
    """Nobody gets around the edge: the gateway rejects requests that did not come through it."""
    if target.edge == "off":
        raise Skipped("Edge is off")
    if target.edge == "on":
        raise Skipped("Edge is on, not required: the gateway answers directly, too")
    answer = target.gateway.call("/api/v1/health")
    # The closed default endpoint answers 403 or 404 by itself, without a problem.
    code = answer.body.get("code", "closed") if isinstance(answer.body, dict) else "closed"
    if answer.status not in (403, 404) or code not in ("closed", "origin_required"):
        raise Wrong(f"the gateway answers {answer.status} without the edge, so its firewall can be walked around")
    return f"the gateway alone answers {answer.status} {code}"


def _wallet(target: Target) -> str:
    if not target.key:
        raise Skipped("SMOKE_KEY is not set")
    for _ in range(5):
        before = target.api.found("/api/v1/wallet", target.key)
        entries = list(_entries(target))
        if target.api.found("/api/v1/wallet", target.key)["seq"] == before["seq"]:
            check_entries(before, entries)
            return f"available {before['available']}, held {before['held']}; {len(entries)} entries add up"
    raise Skipped("the wallet moves all the time")


def _entries(target: Target) -> Iterator[dict[str, Any]]:
    """The newest entries, the newest first."""
    cursor, count = "", 0
    while True:
        page = target.api.found(f"/api/v1/wallet/entries?limit=50{cursor}", target.key)
        yield from page["items"]
        count += len(page["items"])
        if not page["next_cursor"] or count >= _MOST_ENTRIES:
            return
        cursor = f"&cursor={urllib.parse.quote(page['next_cursor'])}"


def check_entries(wallet: dict[str, Any], entries: list[dict[str, Any]]) -> None:
    """Fail unless the newest entry is the wallet, no number is missing, and each entry changes the total by its amount or not."""
    newest, oldest = (entries[0], entries[-1]) if entries else (None, None)
    if newest is None or oldest is None:
        if wallet["seq"]:
            raise Wrong(f"the wallet has {wallet['seq']} entries, and none is listed")
        return
    if [entry["seq"] for entry in entries] != list(range(wallet["seq"], oldest["seq"] - 1, -1)):
        raise Wrong("the entries have gaps")
    if (newest["available_after"], newest["held_after"]) != (wallet["available"], wallet["held"]):
        raise Wrong("the wallet differs from its newest entry")
    for later, earlier in zip(entries, entries[1:], strict=False):
        if abs(_total(later) - _total(earlier)) not in (0, Decimal(later["amount"])):
            raise Wrong(f"the entry {later['seq']} moves {later['amount']}, and the wallet changed by {_total(later) - _total(earlier)}")


def _total(entry: dict[str, Any]) -> Decimal:
    return Decimal(entry["available_after"]) + Decimal(entry["held_after"])


# ---- What operators see ----


def _dead_letters(target: Target) -> str:
    sqs = target.session.client("sqs")
    found = {}
    for name in ("DeadQueue", "ParkedQueue"):
        attributes = sqs.get_queue_attributes(QueueUrl=target.resources[name], AttributeNames=["ApproximateNumberOfMessages"])["Attributes"]
        found[name] = int(attributes["ApproximateNumberOfMessages"])
    if any(found.values()):
        raise Wrong(", ".join(f"{name} has {count} messages" for name, count in found.items() if count) + " (docs/runbook.md)")
    return "none"


def _triggers(target: Target) -> str:
    """Queues and streams are read: a disabled source stops codes, and no alarm sees it while few orders are open."""
    functions = target.session.client("lambda")
    own = set(target.resources.values())
    pages = functions.get_paginator("list_event_source_mappings").paginate()
    mine = [one for page in pages for one in page["EventSourceMappings"] if one["UUID"] in own]
    off = [f"{one['FunctionArn'].rsplit(':function:', 1)[-1]} is {one['State']}" for one in mine if one["State"] not in ("Enabled", "Updating", "Enabling")]
    if off or not mine:
        raise Wrong(", ".join(off) or "no queue and no stream is read")
    return f"{len(mine)} queues and streams are read"


def _alarms(target: Target) -> str:
    if target.is_local:
        raise Skipped("the local cloud evaluates none")
    cloudwatch = target.session.client("cloudwatch")
    own = set(target.resources.values())
    pages = cloudwatch.get_paginator("describe_alarms").paginate(StateValue="ALARM")
    fired = [one["AlarmName"] for page in pages for one in page["MetricAlarms"] if one["AlarmName"] in own]
    names = {physical: logical for logical, physical in target.resources.items()}
    if fired:
        raise Wrong(f"{', '.join(sorted(names[one] for one in fired))} (docs/runbook.md)")
    return "none fires"


def _mail(target: Target) -> str:
    if target.is_local:
        raise Skipped("the local stage has no AlarmEmail")
    sns = target.session.client("sns")
    pages = sns.get_paginator("list_subscriptions_by_topic").paginate(TopicArn=target.resources["AlarmTopic"])
    found = [one["SubscriptionArn"] for page in pages for one in page["Subscriptions"] if one["Protocol"] == "email"]
    if not found and target.stage.name != "prod":
        raise Skipped("AlarmEmail is empty")
    if not any(arn.startswith("arn:") for arn in found):
        raise Wrong("nobody has confirmed the mail of the alarms, so none arrives" if found else "nobody gets the alarms")
    return "confirmed"


_CHECKS: dict[str, Callable[[Target], str]] = {
    "health": _health,
    "document": _document,
    "catalog": _catalog,
    "bad key": _bad_key,
    "unknown route": _unknown_route,
    "purchase refused": _purchase,
    "edge": _edge,
    "wallet": _wallet,
    "dead letters": _dead_letters,
    "triggers": _triggers,
    "alarms": _alarms,
    "alarm mail": _mail,
}
