"""Projects how many resources and routes the complete product needs (docs/decisions/0013-template.md).

It builds each planned stack from copies of today's functions, lets SAM transform it, and counts. Fails if one exceeds a limit.
"""

import copy
import sys
from dataclasses import dataclass
from typing import Any

from resources import load, transformed

MOST_RESOURCES, MOST_ROUTES = 400, 200  # CloudFormation takes 500; an HTTP API 300

Template = dict[str, Any]


@dataclass(frozen=True)
class Planned:
    """The contents of a stack of the complete product. Each worker has its own role; routes share `roles`."""

    routes: int = 0
    roles: int = 0
    addresses: int = 0
    """Functions with a function URL."""
    queues: int = 0
    streams: int = 0
    schedules: int = 0
    domains: int = 0
    """Domains, each with a log group and a grant."""
    tables: int = 0

    @property
    def functions(self) -> int:
        return self.routes + self.addresses + self.queues + self.streams + self.schedules


STACKS = {
    "customers (template.yaml)": Planned(routes=105, roles=28, queues=6, streams=3, schedules=6, domains=12, tables=7),
    "staff": Planned(routes=60, roles=20, domains=4),
    "payments": Planned(addresses=3, roles=3, queues=2, schedules=2, domains=1),
    "invoices": Planned(queues=1, streams=1),
    "webhooks": Planned(queues=3, streams=1, schedules=2, domains=1),
    "live": Planned(addresses=3, roles=2, queues=1, streams=2, schedules=1, domains=1),
}
"""The routes of live's WebSocket API count as addresses: three resources each, with the function."""

ROUTE, QUEUE, STREAM, SCHEDULE = (
    "VerificationsListFunction", "VerificationsCheckFunction", "WalletTallyFunction", "VerificationsSweepFunction",
)  # fmt: skip
"""A typical function of each kind."""


def build(planned: Planned, today: Template, whole: bool) -> Template:
    """The planned stack: added to today's template if `whole`, or on its own."""
    has = count(today) if whole else Planned()
    stack = copy.deepcopy(today) if whole else {**today, "Resources": {}, "Outputs": {}}
    if planned.routes:
        stack["Resources"].setdefault("Api", today["Resources"]["Api"])
    for _ in range(planned.routes - has.routes):
        add(stack, today, ROUTE)
    for _ in range(planned.addresses):
        add(stack, today, ROUTE)["Properties"].update(Events={}, FunctionUrlConfig={"AuthType": "NONE"})
    copied = {
        (QUEUE, "VerificationsCheckRole", "ChecksQueue"): planned.queues - has.queues,
        (STREAM, "WalletTallyRole"): planned.streams - has.streams,
        (SCHEDULE, "VerificationsSweepRole"): planned.schedules - has.schedules,
        ("SystemStaticRole",): planned.roles - has.roles,
        ("SystemLogs", "SupplierGrant"): planned.domains - has.domains,
        ("LimitsTable",): planned.tables - has.tables,
    }
    for names, missing in copied.items():
        for name in names * missing:
            add(stack, today, name)
    return stack


def count(template: Template) -> Planned:
    """The contents of a template."""
    resources = template["Resources"].values()
    functions = [resource["Properties"] for resource in resources if resource["Type"] == "AWS::Serverless::Function"]
    triggers = [event["Type"] for function in functions for event in function["Events"].values()]
    of_type = lambda kind: sum(resource["Type"] == kind for resource in resources)  # noqa: E731
    workers = triggers.count("SQS"), triggers.count("DynamoDB"), triggers.count("ScheduleV2")
    return Planned(
        routes=len(functions) - sum(workers),
        roles=of_type("AWS::IAM::Role") - sum(workers) - 1,  # without the role that starts the schedules
        queues=workers[0],
        streams=workers[1],
        schedules=workers[2],
        domains=of_type("AWS::Logs::LogGroup") - 1,  # without the gateway's
        tables=of_type("AWS::DynamoDB::Table"),
    )


def add(stack: Template, today: Template, name: str) -> Template:
    """Add a copy of a resource under a new name; a route gets a new path."""
    number = len(stack["Resources"])
    resource: Template = copy.deepcopy(today["Resources"][name])
    for event in resource["Properties"].get("Events", {}).values():
        if event["Type"] == "HttpApi":
            event["Properties"]["Path"] = f"/copy/{number}"
    stack["Resources"][f"{name}Copy{number}"] = resource
    return resource


def main() -> int:
    """Print a line for each stack; returns 1 if one exceeds a limit."""
    today = load()
    total, too_big = 0, False
    print("  The finished product, by today's patterns, would have:")
    for name, planned in STACKS.items():
        whole = "template.yaml" in name
        resources = len(transformed(build(planned, today, whole))["Resources"])
        total += planned.functions
        too_big |= resources > MOST_RESOURCES or planned.routes > MOST_ROUTES
        print(f"    {name:26} {planned.functions:3} functions, {planned.routes:3} routes, {resources:3} resources")
    print(f"    {total} functions in all; at most {MOST_RESOURCES} resources in a stack, {MOST_ROUTES} routes in an API")
    return int(too_big)


if __name__ == "__main__":
    sys.exit(main())
