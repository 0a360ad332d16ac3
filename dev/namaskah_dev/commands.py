"""The commands by name, and the steps of each."""

import signal
import subprocess
import time
from collections.abc import Callable
from types import FrameType

from . import demo, logs, outputs, services
from .admin import admin
from .build import build, environment
from .console import Failure, fail, paint, say
from .contract import contract
from .deploy import deploy
from .processes import check_ports
from .release import release_build
from .rights import rights
from .seed import seed
from .settings import REPO, Instance, developers_instance, shown, test_instance
from .tools import check_machine, cloud_tools, test_tools


def main(arguments: list[str]) -> int:
    """Run one command; returns the exit code."""
    name = arguments[0] if arguments else ""
    command = _COMMANDS.get(name)
    if command is None:
        say(f"usage: python3 dev/local.py {'|'.join(_COMMANDS)}")
        return 2
    try:
        return command(arguments[1:]) or 0
    except Failure as failure:
        fail(failure)
        return 1
    except KeyboardInterrupt:
        return 130


def up(_arguments: list[str]) -> None:
    """Start in the background, or update the running instance."""
    instance = developers_instance()
    _bring_up(instance)
    _tell(instance, "make demo buys a number · make logs · make down")


def run(_arguments: list[str]) -> int:
    """Start in the foreground; Ctrl-C stops everything."""
    instance = developers_instance()
    if services.running(instance):
        raise Failure("the local cloud is already running: run make down first, or use it as it is (make demo)")

    def interrupted(_signal: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    for name in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        signal.signal(name, interrupted)
    try:
        _bring_up(instance)
        _tell(instance, "make demo, in a second terminal, buys a number · Ctrl-C stops everything")
        while True:
            time.sleep(1)
            _check_alive(instance)
    except KeyboardInterrupt:
        return 0
    finally:
        for name in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
            signal.signal(name, signal.SIG_IGN)  # a second Ctrl-C must not leave half of it running
        if services.stop(instance):
            say(f"\n{paint('▸', 'cyan')} Stopped. Orders are kept for the next start.")


def down(_arguments: list[str]) -> None:
    """Stop what `up` started, and keep its state."""
    say("Stopped; the state is kept in .local/state." if services.stop(developers_instance()) else "Nothing was running.")


def status(_arguments: list[str]) -> None:
    """Show what runs, and its addresses."""
    instance = developers_instance()
    for process in (services.cloud(instance), services.simulators(instance)):
        pid = process.pid()
        say(f"{process.name:11} {f'runs, pid {pid}' if pid else 'stopped'}   log: {shown(process.log)}")
    if services.running(instance):
        _tell(instance, "")


def e2e(arguments: list[str]) -> int:
    """Run a command (by default the end-to-end suites) against a fresh cloud on free ports."""
    check_machine()
    cloud = cloud_tools()
    build()
    instance = test_instance()
    command = arguments or ["cargo", "test", "--workspace", "--features", "local", "--test", "e2e"]
    try:
        services.start(instance, cloud)
        stack = deploy(instance, cloud)
        outputs.write(instance, stack, seed(instance, stack))
        say(f"{paint('▸', 'cyan')} {' '.join(command)}")
        tests = {**environment(), "NAMASKAH_OUTPUTS": str(instance.outputs)}
        code = subprocess.run(command, cwd=REPO, env=tests, check=False).returncode
        _check_alive(instance)
        return code
    finally:
        services.stop(instance)


def _bring_up(instance: Instance) -> None:
    check_machine()
    alive = services.running(instance)
    if len(alive) == 1:
        services.stop(instance)
        alive = []
    if not alive:
        check_ports(instance)
    installed = cloud_tools()
    build()
    if not alive:
        services.start(instance, installed)
    try:
        stack = deploy(instance, installed)
        outputs.write(instance, stack, seed(instance, stack))
    except BaseException:
        if not alive:
            services.stop(instance)
        raise


def _check_alive(instance: Instance) -> None:
    for process in (services.cloud(instance), services.simulators(instance)):
        if process.pid() is None:
            raise Failure(f"{process.name} ended unexpectedly: see {shown(process.log)}")


def _tell(instance: Instance, hint: str) -> None:
    known = outputs.read(instance)
    url, key = known["api_url"], known["demo"]["api_key"]
    say()
    say(f"  {paint('API', 'bold')}    {url}   ({url}/api/docs describes it)")
    say(f"  {paint('Key', 'bold')}    {key}")
    say(f"  {paint('Set', 'bold')}    export API={url} KEY={key}")
    say(f"  {paint('Buy', 'bold')}    curl -X POST $API/api/v1/verifications -H \"X-API-Key: $KEY\" -H \"Idempotency-Key: $(date +%s%N)\" "
        "-H 'Content-Type: application/json' -d '{\"service_name\": \"whatsapp\", \"country_code\": \"GH\"}'")  # fmt: skip
    say(f"  {paint('Wait', 'bold')}   curl \"$API/api/v1/verifications/vrf_…?wait=25\" -H \"X-API-Key: $KEY\"")
    if hint:
        say(f"\n  {paint(hint, 'dim')}")


def tools(_arguments: list[str]) -> None:
    """Install the tools of the local cloud and the tests."""
    check_machine()
    cloud_tools()
    test_tools()


_COMMANDS: dict[str, Callable[[list[str]], int | None]] = {
    "run": run,
    "up": up,
    "down": down,
    "demo": demo.demo,
    "status": status,
    "logs": logs.logs,
    "admin": admin,
    "e2e": e2e,
    "contract": contract,
    "rights": rights,
    "build": release_build,
    "tools": tools,
}
