"""Everything that listens on a port of its own. Another simulator is one line here: its flag, its variable, its address in
`outputs.json` and its clock follow from its name.

`NAMASKAH_CLOUD_PORT`, `NAMASKAH_STRIPE_PORT` and so on change the ports of `make run` and `make up`.
"""

import os
import socket
from dataclasses import dataclass

from .console import Failure


@dataclass(frozen=True)
class Listener:
    """Its name, the words for it in messages, and its usual port."""

    name: str
    purpose: str
    usual_port: int

    @property
    def variable(self) -> str:
        """The environment variable that changes its port."""
        return f"NAMASKAH_{self.name.upper()}_PORT"

    def port(self) -> int:
        """The port in the variable, or the usual one."""
        text = os.environ.get(self.variable) or str(self.usual_port)
        if not text.isdecimal() or not 0 < int(text) < 65536:
            raise Failure(f"{self.variable}={text} is not a port number")
        return int(text)


SIMULATORS = (
    Listener("fivesim", "the 5SIM simulator", 5005),
    Listener("identity", "the identity provider", 5006),
    Listener("paystack", "the Paystack simulator", 5007),
    Listener("stripe", "the Stripe simulator", 5008),
    Listener("btcpay", "the BTCPay simulator", 5009),
)
"""One program contains all of them. Its flag `--stripe` takes the address of the simulator `stripe`, and so on."""

LISTENERS = (
    Listener("cloud", "the local cloud", 4566),
    Listener("api", "the API", 8787),
    Listener("site", "the site", 8788),
    *SIMULATORS,
)


def chosen_ports() -> dict[str, int]:
    """The developer's port of each; fails if two are the same."""
    ports = {one.name: one.port() for one in LISTENERS}
    known: dict[int, str] = {}
    for one in LISTENERS:
        port = ports[one.name]
        if port in known:
            raise Failure(f"port {port} is both for {known[port]} and for {one.purpose}: choose another with {one.variable}")
        known[port] = one.purpose
    return ports


def free_ports() -> dict[str, int]:
    """An unused port for each."""
    sockets = {one.name: socket.create_server(("127.0.0.1", 0)) for one in LISTENERS}
    try:
        return {name: opened.getsockname()[1] for name, opened in sockets.items()}
    finally:
        for opened in sockets.values():
            opened.close()
