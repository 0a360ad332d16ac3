"""Addresses of clients: a test may say from which network address its request comes.

MiniStack tells every function behind an HTTP API or a function URL that the client is 127.0.0.1, so all clients would share the
limits of one address. On AWS, the function gets the true address, and this header means nothing.
"""

from collections.abc import Callable
from ipaddress import ip_address
from typing import Any

from ministack.services import lambda_svc

HEADER = "x-local-client-address"


def close_gaps() -> None:
    """Use the address of the header as the source of a request to an HTTP API or a function URL."""
    original: Callable[..., Any] = lambda_svc._execute_function

    def execute(function: Any, event: Any, *arguments: Any, **named: Any) -> Any:
        return original(function, told(event), *arguments, **named)

    lambda_svc._execute_function = execute


def told(event: Any) -> Any:
    """The event with the address of the header as its source, and without the header."""
    if not isinstance(event, dict) or event.get("version") != "2.0" or HEADER not in (event.get("headers") or {}):
        return event
    headers = dict(event["headers"])
    try:
        address = str(ip_address(headers.pop(HEADER)))
    except ValueError:
        return event
    context = event["requestContext"]
    return {**event, "headers": headers, "requestContext": {**context, "http": {**context["http"], "sourceIp": address}}}
