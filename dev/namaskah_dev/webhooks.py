"""The webhooks of the payment gateways: gives each simulator the address at which the product receives them.

The output `StripeWebhook` of the stack is the address for the simulator `stripe`, and so on. Its host exists only on AWS; the
local cloud answers for it below a path. The simulators keep nothing, so this happens at each start and each deploy.
"""

import json
import urllib.parse
import urllib.request
from typing import Any

from .aws import secret, stack_outputs
from .console import Failure
from .settings import Instance

_SECRET = "GatewaysSecret"
"""The keys of the gateways, as the product reads them."""


def connect(instance: Instance, stack: dict[str, str]) -> dict[str, str]:
    """Give an address to each simulator for which the stack has one; returns them by the simulators' names."""
    outputs = stack_outputs(instance)
    keys = secret(instance, stack[_SECRET]) if _SECRET in stack else {}
    addresses: dict[str, str] = {}
    for name, simulator in instance.simulators.items():
        function_url = outputs.get(f"{name.title()}Webhook")
        if function_url:
            addresses[name] = local_address(instance, function_url)
            _tell(simulator, addresses[name], keys.get(f"{name}_webhook_secret"))
    return addresses


def local_address(instance: Instance, function_url: str) -> str:
    """Where the local cloud answers for `https://ID.lambda-url.REGION.on.aws/`."""
    host = urllib.parse.urlsplit(function_url).hostname or ""
    return f"{instance.cloud_url}/_aws/lambda-url/{host.split('.', 1)[0]}/"


def _tell(simulator: str, address: str, signing_secret: str | None) -> None:
    """Without a secret of its own, a gateway signs with its API key."""
    webhook: dict[str, Any] = {"url": address, **({"secret": signing_secret} if signing_secret else {})}
    request = urllib.request.Request(
        f"{simulator}/_sim/webhook", data=json.dumps(webhook).encode(), headers={"Content-Type": "application/json"}
    )
    try:
        urllib.request.urlopen(request, timeout=10).close()
    except OSError as error:
        raise Failure(f"the simulator at {simulator} accepts no address for webhooks ({error}): run make down and make up") from error
