"""The local ports. All belong to one server, so that no proxy copies data or causes timeouts.

- The cloud's port: the AWS APIs of MiniStack, and `/_namaskah/` (see `control`).
- The API's port: the HTTP APIs of the stack (outputs `Api` and `StaffApi`, their identifiers). Only the path changes. Without this port,
  clients would need a `Host` header or `/_aws/execute-api/...`. It also has the page to which Google sends people back, in place of
  the product's own.
- The site's port: pages, API and WebSocket for browsers, through the CloudFront distribution of the stack (output `Site`, its domain name).
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ministack import app as ministack
from ministack.services import cloudformation

from . import cdn, control, pages

_STAFF = "/api/v1/admin/"
"""The paths of the API for staff, which has a gateway of its own."""

_SIGN_IN = "/sign-in/google"
_SIGN_IN_PAGE = Path(__file__).with_name("sign_in.html")

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[Any]]
Send = Callable[[Any], Awaitable[None]]


@dataclass(frozen=True)
class Ports:
    """The port numbers, and the stack whose API and site they serve."""

    cloud: int
    api: int
    site: int
    stack: str

    def addresses(self) -> list[str]:
        """The addresses to listen on: loopback only, because nothing here requires a password."""
        return [f"127.0.0.1:{port}" for port in (self.cloud, self.api, self.site)]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection (ASGI)."""
        port = self.cloud if scope["type"] == "lifespan" else scope["server"][1]
        if port == self.api and scope["type"] == "http" and (scope["method"], scope["path"]) == ("GET", _SIGN_IN):
            html, policy = pages.read(_SIGN_IN_PAGE)
            headers = {"content-type": "text/html; charset=utf-8", "content-security-policy": policy}
            await _send(send, control.Answer(200, html, headers))
        elif port == self.api:
            await _to_api(self.stack, scope, receive, send)
        elif port == self.site:
            await _to_site(self.stack, scope, receive, send)
        elif scope["type"] == "http" and scope["path"].startswith(control.PREFIX):
            await _to_control(scope, send)
        else:
            await ministack.app(scope, receive, send)


async def _to_api(stack: str, scope: Scope, receive: Receive, send: Send) -> None:
    """Pass a request to an HTTP API of the stack, under MiniStack's path for it."""
    api = _output(stack, "StaffApi" if scope["path"].startswith(_STAFF) else "Api")
    if api is None:
        await _refuse(scope, receive, send, "nothing is deployed here yet")
        return
    await ministack.app(_moved(scope, f"/_aws/execute-api/{api}/$default"), receive, send)


async def _to_site(stack: str, scope: Scope, receive: Receive, send: Send) -> None:
    """Pass a browser's request through the distribution of the stack."""
    domain = _output(stack, "Site")
    site = cdn.distribution(domain) if domain else None
    if site is None:
        await _refuse(scope, receive, send, f"the stack {stack} has no CloudFront distribution (output Site)")
    elif scope["type"] == "websocket":
        await _to_websocket(site, scope, receive, send)
    else:
        status, headers, body = await cdn.answer(site, scope, await _body(receive))
        await ministack._send_response(send, status, headers, body, head=scope["method"] == "HEAD")


async def _to_websocket(site: dict[str, Any], scope: Scope, receive: Receive, send: Send) -> None:
    target = cdn.websocket_path(site, scope["path"])
    if target is None:
        await _refuse(scope, receive, send, "")
        return
    path, added = target
    own = {name.lower() for name, _ in added} | {"host"}
    headers = [(name, value) for name, value in scope["headers"] if name.decode().lower() not in own]
    headers += [(name.lower().encode(), value.encode()) for name, value in added]
    await ministack.app({**scope, "path": path, "raw_path": path.encode(), "headers": headers}, receive, send)


def _moved(scope: Scope, prefix: str) -> Scope:
    raw_path = scope.get("raw_path") or scope["path"].encode()
    return {**scope, "path": prefix + scope["path"], "raw_path": prefix.encode() + raw_path}


def _output(stack: str, key: str) -> str | None:
    """An output of the stack."""
    for (_, _, name), record in cloudformation._stacks.all_items():
        if name == stack:
            for output in record.get("Outputs") or []:
                if output["OutputKey"] == key:
                    return str(output["OutputValue"])
    return None


async def _to_control(scope: Scope, send: Send) -> None:
    query = scope.get("query_string", b"").decode()
    await _send(send, await asyncio.to_thread(control.answer, scope["method"], scope["path"], query))


async def _refuse(scope: Scope, receive: Receive, send: Send, reason: str) -> None:
    """Answer with the reason; a WebSocket is closed without one."""
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.close", "code": 1008})
    else:
        await _send(send, control.Answer(503, control.body_of({"message": reason})))


async def _send(send: Send, answer: control.Answer) -> None:
    fields = {**answer.headers, "content-length": str(len(answer.body)), "cache-control": "no-store"}
    headers = [(name.encode(), value.encode()) for name, value in fields.items()]
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    await send({"type": "http.response.body", "body": answer.body})


async def _body(receive: Receive) -> bytes:
    parts: list[bytes] = []
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return b"".join(parts)
        parts.append(message.get("body", b""))
        if not message.get("more_body"):
            return b"".join(parts)
