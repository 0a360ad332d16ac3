"""The process: checks the version, closes the gaps, and listens on the local ports until it is stopped."""

import asyncio
import importlib.metadata
import os
import signal
import socketserver
import sys
from typing import TYPE_CHECKING

from . import MADE_FOR

if TYPE_CHECKING:
    from .ports import Ports


def main() -> None:
    """Run until SIGTERM or SIGINT."""
    _check_version()
    # http.server answers the Runtime API in small writes, so Nagle's algorithm would cost 40 ms per invocation.
    socketserver.StreamRequestHandler.disable_nagle_algorithm = True

    # MiniStack reads the environment and starts threads on import, so it is imported only after the version check.
    from . import (
        cdn,
        client_addresses,
        conditions,
        expiry,
        function_urls,
        http_api,
        mail,
        nested_stacks,
        permissions,
        resource_types,
        resources,
        saves,
        schedules,
        streams,
        transforms,
        usage,
    )
    from .ports import Ports

    parts = cdn, client_addresses, conditions, expiry, function_urls, http_api, mail, nested_stacks, permissions, resource_types
    for part in (*parts, resources, schedules, streams, transforms, usage, saves):
        part.close_gaps()
    ports = Ports(
        cloud=int(os.environ["GATEWAY_PORT"]),
        api=int(os.environ["NAMASKAH_API_PORT"]),
        site=int(os.environ["NAMASKAH_SITE_PORT"]),
        stack=os.environ["NAMASKAH_STACK"],
    )
    asyncio.run(_serve(ports))
    sys.stdout.flush()
    # The Runtime API servers of the functions run in daemon threads; nothing is left to wait for.
    os._exit(0)


def _check_version() -> None:
    found = importlib.metadata.version("ministack")
    if found != MADE_FOR:
        sys.exit(f"dev/namaskah_cloud closes gaps of ministack {MADE_FOR}, but {found} is installed: see {__package__}/__init__.py")


async def _serve(ports: "Ports") -> None:
    from hypercorn.asyncio import serve
    from hypercorn.config import Config

    config = Config()
    config.bind = ports.addresses()
    config.keep_alive_timeout = 75
    config.graceful_timeout = 1
    config.loglevel = os.environ.get("LOG_LEVEL", "INFO")

    stop = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)

    async def stopped() -> None:
        await stop.wait()
        await _stop_functions()

    await serve(ports, config, shutdown_trigger=stopped)


async def _stop_functions() -> None:
    """Start no more functions, give running ones a second, then end all of them; they are children of this process.

    Otherwise a long poll would delay the end until it times out.
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
