"""Folders, ports and names. Environment variables change the settings:

- `NAMASKAH_CLOUD_PORT` (4566), `NAMASKAH_API_PORT` (8787), `NAMASKAH_SITE_PORT` (8788), `NAMASKAH_FIVESIM_PORT` (5005),
  `NAMASKAH_IDENTITY_PORT` (5006): ports of `make run` and `make up`.
- `CARGO_TARGET_DIR` (`~/.cache/namaskah/target`): the folder that all builds share.
"""

import os
import platform
import socket
from dataclasses import dataclass
from pathlib import Path

from .console import Failure

REPO = Path(__file__).resolve().parents[2]
LOCAL = REPO / ".local"
DEPLOY = LOCAL / "deploy"
TEMPLATE = REPO / "template.yaml"
NESTED = sorted((REPO / "functions").glob("*/*.yaml"))
"""The templates of nested stacks, which it names by their paths."""

REGION = "us-east-1"


@dataclass(frozen=True)
class Instance:
    """A local cloud with its simulators: `make up` has one, and each end-to-end run has its own."""

    home: Path
    cloud_port: int
    api_port: int
    site_port: int
    fivesim_port: int
    identity_port: int
    keeps_state: bool

    stack = "namaskah-local"

    @property
    def cloud_url(self) -> str:
        """The endpoint of all AWS APIs."""
        return f"http://127.0.0.1:{self.cloud_port}"

    @property
    def api_url(self) -> str:
        """The address of the product's API."""
        return f"http://127.0.0.1:{self.api_port}"

    @property
    def site_url(self) -> str:
        """The address of the stack's CloudFront distribution (if it has one), which serves pages and API to browsers."""
        return f"http://127.0.0.1:{self.site_port}"

    @property
    def fivesim_url(self) -> str:
        """The address of the supplier's simulator."""
        return f"http://127.0.0.1:{self.fivesim_port}"

    @property
    def identity_url(self) -> str:
        """The address of the identity provider's simulator, and the issuer of its tokens."""
        return f"http://127.0.0.1:{self.identity_port}"

    @property
    def sign_in_callbacks(self) -> list[str]:
        """Where the identity provider may send people back to, as registered at Google for the deployed stages."""
        return [f"{self.site_url}/sign-in/google", self.sign_in_page]

    @property
    def sign_in_page(self) -> str:
        """The page to which the identity provider sends people back, on which a sign-in can be begun, too."""
        return f"{self.api_url}/sign-in/google"

    @property
    def mailbox_url(self) -> str:
        """The messages that were sent, as JSON."""
        return f"{self.cloud_url}/_namaskah/mailbox"

    @property
    def mailbox_page(self) -> str:
        """The page that shows them."""
        return f"{self.mailbox_url}/page"

    @property
    def state(self) -> Path:
        """Everything that survives a restart, and the files with which tests set the functions' clock (`NAMASKAH_LOCAL_DIR`)."""
        return self.home / "state"

    @property
    def saves(self) -> Path:
        """The folder in which the local cloud keeps what it saved last."""
        return self.state / "cloud"

    @property
    def deployed(self) -> Path:
        """The fingerprint of what is deployed."""
        return self.state / "deployed.sha256"

    @property
    def clock_offset(self) -> Path:
        """The seconds by which the functions' clock is ahead."""
        return self.state / "clock-offset"

    @property
    def logs(self) -> Path:
        """The folder with a log file for each process."""
        return self.home / "logs"

    @property
    def outputs(self) -> Path:
        """The file with addresses and keys for clients."""
        return self.home / "outputs.json"

    def ports(self) -> dict[str, tuple[int, str | None]]:
        """Each port by its purpose, with the variable that changes it."""
        return {
            "the local cloud": (self.cloud_port, "NAMASKAH_CLOUD_PORT"),
            "the API": (self.api_port, "NAMASKAH_API_PORT"),
            "the site": (self.site_port, "NAMASKAH_SITE_PORT"),
            "the 5SIM simulator": (self.fivesim_port, "NAMASKAH_FIVESIM_PORT"),
            "the identity provider": (self.identity_port, "NAMASKAH_IDENTITY_PORT"),
        }


def developers_instance() -> Instance:
    """The instance of `make run` and `make up`."""
    instance = Instance(
        home=LOCAL,
        cloud_port=_port("NAMASKAH_CLOUD_PORT", 4566),
        api_port=_port("NAMASKAH_API_PORT", 8787),
        site_port=_port("NAMASKAH_SITE_PORT", 8788),
        fivesim_port=_port("NAMASKAH_FIVESIM_PORT", 5005),
        identity_port=_port("NAMASKAH_IDENTITY_PORT", 5006),
        keeps_state=True,
    )
    _check_different(instance)
    return instance


def test_instance() -> Instance:
    """A fresh instance on free ports, so that it does not disturb others."""
    cloud, api, site, fivesim, identity = _free_ports(5)
    return Instance(LOCAL / "test", cloud, api, site, fivesim, identity, keeps_state=False)


def target_dir() -> Path:
    """Cargo's target folder."""
    return Path(os.environ.get("CARGO_TARGET_DIR") or Path.home() / ".cache/namaskah/target")


def architecture() -> str:
    """The architecture of this machine, by Lambda's name."""
    return "arm64" if platform.machine().lower() in ("arm64", "aarch64") else "x86_64"


def shown(path: Path) -> str:
    """A path relative to the repository, if it is inside."""
    return str(path.relative_to(REPO)) if path.is_relative_to(REPO) else str(path)


def _port(variable: str, default: int) -> int:
    text = os.environ.get(variable) or str(default)
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise Failure(f"{variable}={text} is not a port number")
    return int(text)


def _check_different(instance: Instance) -> None:
    """Fail if two purposes have the same port."""
    known: dict[int, str] = {}
    for purpose, (port, variable) in instance.ports().items():
        if port in known:
            raise Failure(f"port {port} is both for {known[port]} and for {purpose}: choose another with {variable}")
        known[port] = purpose


def _free_ports(count: int) -> list[int]:
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    try:
        return [one.getsockname()[1] for one in sockets]
    finally:
        for one in sockets:
            one.close()
