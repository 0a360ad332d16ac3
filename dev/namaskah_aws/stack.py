"""A stack of CloudFormation: its state, and an update by a change set that is looked at before it is executed."""

import time
from datetime import UTC, datetime
from typing import Any

from botocore.exceptions import ClientError

from namaskah_dev.console import Failure
from namaskah_dev.stages import Stage

_STUCK = {
    "ROLLBACK_COMPLETE": "its first creation failed: delete the stack (docs/deploy.md), then deploy again",
    "ROLLBACK_FAILED": "its first creation failed, and so did its removal: delete the stack in the console",
    "UPDATE_ROLLBACK_FAILED": "an update failed half-way: aws cloudformation continue-update-rollback (docs/runbook.md)",
    "DELETE_FAILED": "its deletion failed: delete the stack in the console",
}
_NOTHING = ("didn't contain changes", "No updates are to be performed")


class Stack:
    """The stack of a stage."""

    def __init__(self, stage: Stage, cloudformation: Any, pause: float) -> None:
        self.stage, self._cloudformation, self._pause = stage, cloudformation, pause

    def described(self) -> dict[str, Any] | None:
        """The stack, or nothing if it does not exist."""
        try:
            found: dict[str, Any] = self._cloudformation.describe_stacks(StackName=self.stage.stack)["Stacks"][0]
        except ClientError as error:
            if "does not exist" in str(error):
                return None
            raise
        return found

    def ready(self) -> dict[str, Any] | None:
        """The same; fails if it can't be updated now."""
        found = self.described()
        status = found["StackStatus"] if found else ""
        if status in _STUCK:
            raise Failure(f"{self.stage.stack} is {status}: {_STUCK[status]}")
        if status.endswith("IN_PROGRESS") and status != "REVIEW_IN_PROGRESS":
            raise Failure(f"{self.stage.stack} is {status}: another deploy is running")
        return None if status == "REVIEW_IN_PROGRESS" else found

    def plan(self, url: str, parameters: dict[str, str], new: bool) -> "ChangeSet | None":
        """Create a change set and wait for its description; nothing if it changes nothing."""
        name = f"deploy-{datetime.now(UTC):%Y%m%d-%H%M%S-%f}"
        arn = self._cloudformation.create_change_set(
            StackName=self.stage.stack,
            ChangeSetName=name,
            ChangeSetType="CREATE" if new else "UPDATE",
            TemplateURL=url,
            Parameters=[{"ParameterKey": key, "ParameterValue": value} for key, value in parameters.items()],
            Capabilities=["CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"],
            Tags=[{"Key": key, "Value": value} for key, value in self.stage.tags.items()],
        )["Id"]
        while True:
            pages = list(self._cloudformation.get_paginator("describe_change_set").paginate(ChangeSetName=arn, StackName=self.stage.stack))
            status, reason = pages[0]["Status"], pages[0].get("StatusReason", "")
            if status == "CREATE_COMPLETE":
                return ChangeSet(self, arn, [change for page in pages for change in page["Changes"]], new)
            if status == "FAILED":
                self.discard(arn)
                if any(text in reason for text in _NOTHING):
                    return None
                raise Failure(f"the change set failed: {reason}")
            time.sleep(self._pause)

    def discard(self, arn: str) -> None:
        """Delete a change set."""
        self._cloudformation.delete_change_set(ChangeSetName=arn, StackName=self.stage.stack)

    def execute(self, arn: str, new: bool) -> None:
        """Execute a change set, and wait for the end."""
        started = datetime.now(UTC)
        self._cloudformation.execute_change_set(ChangeSetName=arn, StackName=self.stage.stack)
        while True:
            status = (self.described() or {}).get("StackStatus", "gone")
            if status == ("CREATE_COMPLETE" if new else "UPDATE_COMPLETE"):
                return
            # While it cleans up, the new version already runs.
            if not status.endswith("IN_PROGRESS"):
                raise Failure(f"the deploy failed and was rolled back ({status}): {self._reason(started)}")
            time.sleep(self._pause)

    def _reason(self, since: datetime) -> str:
        """The first failure that is not a consequence of another."""
        events: list[dict[str, Any]] = []
        for page in self._cloudformation.get_paginator("describe_stack_events").paginate(StackName=self.stage.stack):
            events += page["StackEvents"]
            if events and events[-1]["Timestamp"] < since:
                break
        failed = [event for event in reversed(events) if event["Timestamp"] >= since and event["ResourceStatus"].endswith("_FAILED")]
        told = [event for event in failed if "cancelled" not in event.get("ResourceStatusReason", "")] or failed
        return f"{told[0]['LogicalResourceId']}: {told[0].get('ResourceStatusReason', '')}" if told else "see the events of the stack"


class ChangeSet:
    """A change set that waits for its execution."""

    def __init__(self, stack: Stack, arn: str, changes: list[dict[str, Any]], new: bool) -> None:
        self._stack, self._arn, self.changes, self._new = stack, arn, changes, new

    def execute(self) -> None:
        """Make the changes."""
        self._stack.execute(self._arn, self._new)

    def discard(self) -> None:
        """Make none of them."""
        self._stack.discard(self._arn)
