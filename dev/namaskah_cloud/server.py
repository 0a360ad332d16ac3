"""The process: check the version, close the gaps, listen on two ports of this machine, save the state at the end.

One port is the cloud (every AWS API, as MiniStack has it). The other is our API as a customer would see it: a plain
address, without the `/_aws/execute-api/...` prefix or a `Host` header. Both are the same server and event loop; a request
to the API's port only gets another path before MiniStack sees it, so nothing is copied or timed out in between.
"""

import asyncio
import importlib.metadata
import os
import signal
import socketserver
import sys
from collections.abc import Awaitable, Callable
from typing import Any

from . import MADE_FOR

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[Any]]
Send = Callable[[Any], Awaitable[None]]


def main() -> None:
    """Run until SIGTERM or SIGINT."""
    _check_version()
    cloud_port, api_port = int(os.environ["GATEWAY_PORT"]), int(os.environ["NAMASKAH_API_PORT"])
    # http.server answers the Runtime API in small writes: with Nagle's algorithm each invocation costs 40 ms more.
    socketserver.StreamRequestHandler.disable_nagle_algorithm = True

    from . import http_api, permissions, resources, streams

    for part in (http_api, permissions, resources, streams):
        part.close_gaps()
    asyncio.run(_serve(cloud_port, api_port, os.environ["NAMASKAH_STACK"]))
    sys.stdout.flush()
    # The Runtime API servers of the functions run in daemon threads; nothing is left to wait for.
    os._exit(0)


def _check_version() -> None:
    found = importlib.metadata.version("ministack")
    if found != MADE_FOR:
        sys.exit(f"dev/namaskah_cloud closes gaps of ministack {MADE_FOR}, but {found} is installed: see {__package__}/__init__.py")


async def _serve(cloud_port: int, api_port: int, stack: str) -> None:
    from hypercorn.asyncio import serve
    from hypercorn.config import Config
    from ministack.app import app

    config = Config()
    config.bind = [f"127.0.0.1:{cloud_port}", f"127.0.0.1:{api_port}"]
    config.keep_alive_timeout = 75
    config.graceful_timeout = 1
    config.loglevel = os.environ.get("LOG_LEVEL", "INFO")

    stop = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)

    async def route(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await app(scope, receive, send)
        elif scope["server"][1] == api_port:
            await _to_our_api(app, stack, scope, receive, send)
        elif scope["path"].startswith("/_namaskah/") and scope["type"] == "http":
            await _control(scope, receive, send)
        else:
            await app(scope, receive, send)

    async def stopped() -> None:
        await stop.wait()
        await _stop_functions()

    await serve(route, config, shutdown_trigger=stopped)


async def _to_our_api(app: Any, stack: str, scope: Scope, receive: Receive, send: Send) -> None:
    """Pass a request to the HTTP API of the stack, under the path that MiniStack knows it by."""
    api = _api_of(stack)
    if api is None:
        await _answer(send, 503, b'{"message": "nothing is deployed here yet"}')
        return
    prefix = f"/_aws/execute-api/{api}/$default"
    raw_path = scope.get("raw_path") or scope["path"].encode()
    await app({**scope, "path": prefix + scope["path"], "raw_path": prefix.encode() + raw_path}, receive, send)


def _api_of(stack: str) -> str | None:
    """Identifier of the API: the output `Api` of the stack."""
    from ministack.services import cloudformation

    for (_, _, name), record in cloudformation._stacks.all_items():
        if name == stack:
            for output in record.get("Outputs") or []:
                if output["OutputKey"] == "Api":
                    return output["OutputValue"]
    return None


async def _control(scope: Scope, receive: Receive, send: Send) -> None:
    from . import control

    query = scope.get("query_string", b"").decode()
    status, body = await asyncio.to_thread(control.answer, scope["method"], scope["path"], query)
    await _answer(send, status, control.body_of(body))


async def _answer(send: Send, status: int, body: bytes) -> None:
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def _stop_functions() -> None:
    """Start no function any more, give those at work a second, then end all: they are children of ours.

    Without this a long poll would hold up the end for as long as it may wait.
    """
    from ministack.core import lambda_runtime
    from ministack.services import lambda_svc

    refused = {"error": True, "body": {"errorType": "Stopped", "errorMessage": "the local cloud is stopping"}}
    lambda_svc._execute_function = lambda *_arguments, **_named: refused
    for _ in range(10):
        if lambda_runtime.workers_in_use() == 0:
            break
        await asyncio.sleep(0.1)
    for pool in list(lambda_runtime._workers.values()):
        for worker in pool:
            if worker._proc:
                worker._proc.kill()
