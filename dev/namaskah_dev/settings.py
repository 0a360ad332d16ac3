"""Folders, ports and names. Environment variables change the settings:

- `NAMASKAH_CLOUD_PORT` and its like: ports of `make run` and `make up` (`listeners.py`).
- `CARGO_TARGET_DIR` (`~/.cache/namaskah/target`): the folder that all builds share.
"""

import os
import platform
from dataclasses import dataclass
from pathlib import Path

from .listeners import SIMULATORS, chosen_ports, free_ports

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
    ports: dict[str, int]
    """The port numbers, by the names of what listens there."""
    keeps_state: bool

    stack = "namaskah-local"

    @property
    def cloud_url(self) -> str:
        """The endpoint of all AWS APIs."""
        return self._url("cloud")

    @property
    def api_url(self) -> str:
        """The address of the product's API."""
        return self._url("api")

    @property
    def site_url(self) -> str:
        """The address of the stack's CloudFront distribution (if it has one), which serves pages and API to browsers."""
        return self._url("site")

    @property
    def simulators(self) -> dict[str, str]:
        """The addresses of the simulators, by their names. The identity provider's is the issuer of its tokens, too."""
        return {one.name: self._url(one.name) for one in SIMULATORS}

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

    def _url(self, name: str) -> str:
        return f"http://127.0.0.1:{self.ports[name]}"


def developers_instance() -> Instance:
    """The instance of `make run` and `make up`."""
    return Instance(LOCAL, chosen_ports(), keeps_state=True)


def test_instance() -> Instance:
    """A fresh instance on free ports, so that it does not disturb others."""
    return Instance(LOCAL / "test", free_ports(), keeps_state=False)


def target_dir() -> Path:
    """Cargo's target folder."""
    return Path(os.environ.get("CARGO_TARGET_DIR") or Path.home() / ".cache/namaskah/target")


def architecture() -> str:
    """The architecture of this machine, by Lambda's name."""
    return "arm64" if platform.machine().lower() in ("arm64", "aarch64") else "x86_64"


def shown(path: Path) -> str:
    """A path relative to the repository, if it is inside."""
    return str(path.relative_to(REPO)) if path.is_relative_to(REPO) else str(path)
