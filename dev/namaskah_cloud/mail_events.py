"""Events of mail: the outcome of a message is published to the topics of its configuration set.

MiniStack stores the event destinations of a template, but never uses them. Recipients at
`simulator.amazonses.com` bounce or complain, as on AWS; all other recipients get the message. Only topics are
supported as destinations.
"""

import time
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ministack.core.responses import get_account_id, get_region
from ministack.services import ses, ses_v2

from .mail_request import parsed

if TYPE_CHECKING:
    from .mail import Sent

Fields = dict[str, Any]


def publish(sent: "Sent") -> None:
    """Publish an event for the sending, and one for the outcome of each recipient, to the topics that subscribe to its type."""
    destinations = (ses_v2._config_sets.get(sent.configuration_set) or {}).get("EventDestinations") or {}
    topics = [one for one in destinations.values() if one["Enabled"] and "SnsDestination" in one]
    if not topics:
        return
    now = time.strftime("%Y-%m-%dT%H:%M:%S.000Z", time.gmtime())
    mail = _description(sent, now)
    for kind, detail in _outcomes(sent, now):
        for topic in topics:
            if kind.upper() in topic["MatchingEventTypes"]:
                ses._publish_notification(topic["SnsDestination"]["TopicArn"], {"eventType": kind, "mail": mail, **detail})


def _outcomes(sent: "Sent", now: str) -> Iterator[tuple[str, Fields]]:
    yield "Send", {"send": {}}
    for address in sent.recipients:
        local, _, domain = address.lower().partition("@")
        outcomes = ses._SIMULATOR_OUTCOMES.get(local.split("+")[0]) if domain == ses._SIMULATOR_DOMAIN else None
        for kind, subtype in outcomes or (("Delivery", None),):
            yield kind, ses._notification_detail(kind, address, now, subtype)


def _description(sent: "Sent", now: str) -> Fields:
    """The part of an event that describes its message."""
    message = parsed(sent.raw)
    return {
        "timestamp": now,
        "source": sent.sender,
        "sourceArn": f"arn:aws:ses:{get_region()}:{get_account_id()}:identity/{sent.sender.rpartition('@')[2]}",
        "sendingAccountId": get_account_id(),
        "messageId": sent.id,
        "destination": sent.recipients,
        "headersTruncated": False,
        "headers": [{"name": name, "value": str(value)} for name, value in message.items()],
        "commonHeaders": {
            "from": [str(message.get("From", sent.sender))],
            "to": [str(value) for value in message.get_all("To", [])],
            "messageId": sent.id,
            "subject": str(message.get("Subject", "")),
        },
        "tags": sent.tags,
    }
