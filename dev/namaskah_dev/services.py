"""The two programs of an instance: the local cloud, and the simulators of all outside systems."""

import os
import shutil
import time
from dataclasses import dataclass

from . import clock, interrupts, saved
from .build import binary
from .console import Failure, paint, say, step
from .listeners import LISTENERS, SIMULATORS
from .processes import Process, check_ports
from .settings import REGION, REPO, Instance, shown
from .tools import Environment

_TO_SAVE = 120.0
"""Seconds for the last save."""

_FOREIGN = ("AWS_PROFILE", "AWS_SESSION_TOKEN", "AWS_SECURITY_TOKEN", "AWS_ROLE_ARN", "AWS_WEB_IDENTITY_TOKEN_FILE")


def aws_environment(instance: Instance) -> dict[str, str]:
    """The environment of programs that use the local cloud as its root user, without variables of a real account."""
    kept = {name: value for name, value in os.environ.items() if name not in _FOREIGN and not name.startswith("AWS_ENDPOINT_URL")}
    return {
        **kept,
        "AWS_ENDPOINT_URL": instance.cloud_url,
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_REGION": REGION,
        "AWS_DEFAULT_REGION": REGION,
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
        "AWS_EC2_METADATA_DISABLED": "true",
        "NAMASKAH_LOCAL_DIR": str(instance.state),
    }


def cloud(instance: Instance) -> Process:
    """The local cloud."""
    return Process(instance, "cloud", "dev/cloud.py")


def simulators(instance: Instance) -> Process:
    """The simulators, which are one program."""
    return Process(instance, "simulators", "simulators")


def running(instance: Instance) -> list[Process]:
    """The running programs of an instance."""
    return [process for process in (cloud(instance), simulators(instance)) if process.pid() is not None]


def check_unmoved(instance: Instance) -> None:
    """Fail if the variables now give other ports than the running programs use."""
    for process in running(instance):
        used = process.ports()
        for one in LISTENERS:
            before, port = used.get(one.name), instance.ports[one.name]
            if before not in (None, port):
                raise Failure(f"{one.purpose} runs on port {before}, not {port}: run make down first, or set {one.variable} as it was")


def start(instance: Instance, tools: Environment) -> None:
    """Start both on free ports."""
    check_ports(instance)
    with step("Starting the local cloud and the simulators"):
        if not instance.keeps_state:
            shutil.rmtree(instance.home, ignore_errors=True)
        (instance.state / "tmp").mkdir(parents=True, exist_ok=True)
        (instance.state / "failpoints").mkdir(exist_ok=True)
        ports = [instance.ports[one.name] for one in SIMULATORS]
        simulators(instance).start(_simulators_command(instance), dict(os.environ), *ports)
        clock.move_simulators(instance)
        start_cloud(instance, tools.program("python"))


def _simulators_command(instance: Instance) -> list[str]:
    listen = [part for one in SIMULATORS for part in (f"--{one.name}", f"127.0.0.1:{instance.ports[one.name]}")]
    redirects = [part for address in instance.sign_in_callbacks for part in ("--redirect", address)]
    return [str(binary("simulators")), *listen, "--sold-before", str(sold_before(time.time())), *redirects]


def sold_before(now: float) -> int:
    """The order number after which a simulator starts that starts now.

    Orders outlive the simulator, so its numbers must keep increasing. Milliseconds do, unless it sold a thousand numbers a second.
    """
    return int(now * 1000)


def start_cloud(instance: Instance, python: str) -> None:
    """Start the local cloud; say what its last run lost."""
    lost = saved.lost(instance)
    if lost:
        instance.deployed.unlink(missing_ok=True)  # the last deploy may be among it
        say(paint(f"  The local cloud did not end cleanly the last time: {lost}.", "yellow"))
    cloud(instance).start([python, str(REPO / "dev/cloud.py")], _cloud_environment(instance), instance.ports["cloud"])


@dataclass(frozen=True)
class Stopped:
    """Whether anything ran, and what could not be kept, in words."""

    ran: bool
    lost: str | None


def stop(instance: Instance) -> Stopped:
    """Stop both. A signal waits for the end."""
    with interrupts.held():
        saves = cloud(instance).stop(patience=_TO_SAVE)
        ran = simulators(instance).stop() or saves
    lost = saved.lost(instance) if ran else None
    if lost and saves:
        return Stopped(ran, f"the state could NOT be saved: {saved.reason(instance)}; {lost}")
    ended = f"the local cloud had ended before, without a stop (see {shown(cloud(instance).log)})"
    return Stopped(ran, f"{ended}: {lost}" if lost else None)


def _cloud_environment(instance: Instance) -> dict[str, str]:
    # Functions inherit this environment, as they do Lambda's.
    return {
        **aws_environment(instance),
        "GATEWAY_PORT": str(instance.ports["cloud"]),
        "NAMASKAH_API_PORT": str(instance.ports["api"]),
        "NAMASKAH_SITE_PORT": str(instance.ports["site"]),
        "NAMASKAH_STACK": instance.stack,
        "MINISTACK_HOST": "127.0.0.1",
        # Each function has only the rights of its role, so that a missing grant fails here and not in production.
        "AUTH": "true",
        "PERSIST_STATE": "1" if instance.keeps_state else "0",
        "STATE_DIR": str(instance.state / "cloud"),
        "S3_PERSIST": "1" if instance.keeps_state else "0",
        "S3_DATA_DIR": str(instance.state / "s3"),
        "TMPDIR": str(instance.state / "tmp"),
        # These listeners are not needed and would be open to the network.
        "SFTP_ENABLED": "0",
        "IOT_MTLS_ENABLED": "0",
        "PYTHONUNBUFFERED": "1",
    }
