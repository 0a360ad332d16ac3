"""The commands by name, and the steps of each."""

import shutil
import subprocess
import time
from collections.abc import Callable

from . import demo, demo_account, demo_pay, interrupts, logs, outputs, services, status, webhooks
from .admin import admin
from .build import build, build_device, environment
from .console import Failure, fail, paint, say
from .contract import contract
from .deploy import deploy, release
from .processes import check_ports
from .release import release_build
from .rights import rights
from .seed import seed
from .settings import LOCAL, REPO, Instance, developers_instance, shown, test_instance
from .stage_commands import restore_drill, smoke
from .status import tell
from .tools import Environment, check_machine, cloud_tools, test_tools
from .unexpected import as_failure


def main(arguments: list[str]) -> int:
    """Run one command; returns the exit code."""
    name = arguments[0] if arguments else ""
    command = _COMMANDS.get(name)
    if command is None:
        say(f"usage: python3 dev/local.py {'|'.join(_COMMANDS)}")
        return 2
    with interrupts.heard():
        try:
            return command(arguments[1:]) or 0
        except Failure as failure:
            fail(failure)
            return 1
        except KeyboardInterrupt:
            return 130
        except Exception as error:
            fail(as_failure(error, name))
            return 1


def up(_arguments: list[str]) -> None:
    """Start in the background, or update the running instance."""
    instance = developers_instance()
    _bring_up(instance)
    tell(instance, "make demo buys a number · make logs · make down")


def run(_arguments: list[str]) -> None:
    """Start in the foreground; Ctrl-C stops everything."""
    instance = developers_instance()
    if services.running(instance):
        raise Failure("the local cloud is already running: run make down first, or use it as it is (make demo)")
    with interrupts.held():
        try:
            with interrupts.allowed():
                _bring_up(instance)
                tell(instance, "make demo, in a second terminal, buys a number · Ctrl-C stops everything")
                while _is_alive(instance):
                    time.sleep(1)
        except KeyboardInterrupt:
            pass
        finally:
            _stop(instance, f"\n{paint('▸', 'cyan')} Stopped. Orders are kept for the next start.")


def down(_arguments: list[str]) -> None:
    """Stop what `up` started, and keep its state."""
    if not _stop(developers_instance(), "Stopped; the state is kept in .local/state."):
        say("Nothing was running.")


def clean(_arguments: list[str]) -> None:
    """Stop what runs, and delete everything local but cargo's target folder."""
    if services.stop(developers_instance()).ran:
        say("Stopped.")
    for folder in (LOCAL, REPO / "dist"):
        shutil.rmtree(folder, ignore_errors=True)


def e2e(arguments: list[str]) -> int:
    """Run a command (by default the end-to-end suites) against a fresh cloud on free ports."""
    check_machine()
    cloud = cloud_tools()
    build()
    build_device()
    instance = test_instance()
    command = arguments or ["cargo", "test", "--workspace", "--features", "local", "--test", "e2e"]
    with interrupts.held():
        try:
            with interrupts.allowed():
                services.start(instance, cloud)
                _deploy(instance, cloud)
                say(f"{paint('▸', 'cyan')} {' '.join(command)}")
                # Use cases that run in the tests' own process have the functions' clock.
                tests = {
                    **environment(),
                    "NAMASKAH_OUTPUTS": str(instance.outputs),
                    "NAMASKAH_LOCAL_DIR": str(instance.state),
                }
                code = subprocess.run(command, cwd=REPO, env=tests, check=False).returncode
                if not _is_alive(instance):
                    raise Failure("the local cloud was stopped while the tests ran")
                return code
        finally:
            services.stop(instance)


def _bring_up(instance: Instance) -> None:
    check_machine()
    alive = services.running(instance)
    if len(alive) == 1:
        services.stop(instance)
        alive = []
    if alive:
        services.check_unmoved(instance)
    else:
        check_ports(instance)
    installed = cloud_tools()
    build()
    with interrupts.held():
        try:
            with interrupts.allowed():
                if not alive:
                    services.start(instance, installed)
                _deploy(instance, installed)
        except BaseException:
            if not alive:
                services.stop(instance)
            raise


def _deploy(instance: Instance, installed: Environment) -> None:
    """Deploy what changed, then give clients and simulators the addresses."""
    stack = deploy(instance, installed)
    people = seed(instance, stack)
    outputs.write(instance, stack, people, webhooks.connect(instance, stack))


def _stop(instance: Instance, kept: str) -> bool:
    """Stop, and say `kept` if that is true; returns whether anything ran."""
    stopped = services.stop(instance)
    if stopped.lost:
        raise Failure(f"stopped, but {stopped.lost}")
    if stopped.ran:
        say(kept)
    return stopped.ran


def _is_alive(instance: Instance) -> bool:
    """Whether both programs run; `False` if another command stopped them."""
    for process in (services.cloud(instance), services.simulators(instance)):
        if process.pid() is None:
            if process.was_stopped():
                return False
            raise Failure(f"{process.name} ended unexpectedly: see {shown(process.log)}")
    return True


def tools(_arguments: list[str]) -> None:
    """Install the tools of the local cloud and the tests."""
    check_machine()
    cloud_tools()
    test_tools()


_COMMANDS: dict[str, Callable[[list[str]], int | None]] = {
    "run": run,
    "up": up,
    "down": down,
    "clean": clean,
    "demo": demo.demo,
    "demo-account": demo_account.demo_account,
    "demo-pay": demo_pay.demo_pay,
    "status": status.status,
    "logs": logs.logs,
    "admin": admin,
    "e2e": e2e,
    "contract": contract,
    "rights": rights,
    "build": release_build,
    "deploy": release,
    "smoke": smoke,
    "restore-drill": restore_drill,
    "tools": tools,
}
