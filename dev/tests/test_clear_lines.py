"""Whatever goes wrong, a command says one line and never prints a traceback."""

import io
import os
import resource
import subprocess
import sys
import tempfile
import unittest
import warnings
import zipfile
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from unittest import mock

from namaskah_dev import build, command_lines, commands, files, processes, services, settings, status, tools, unexpected
from namaskah_dev.console import Failure

from tests import running
from tests.running import instance


class InAFolder(unittest.TestCase):
    """Each test has a folder."""

    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        warnings.filterwarnings("ignore", "subprocess .* is still running")  # that is what background processes are for


class TheNet(InAFolder):
    """An error that nobody foresaw."""

    def run_failing(self, error: Exception) -> str:
        def fails(_arguments: list[str]) -> None:
            raise error

        said = io.StringIO()
        log = mock.patch.object(unexpected.as_failure, "__defaults__", (Path(self.folder),))
        with log, mock.patch.dict(commands._COMMANDS, fails=fails), redirect_stderr(said):
            self.assertEqual(commands.main(["fails"]), 1)
        self.assertEqual(said.getvalue().count("\n"), 1)
        return said.getvalue()

    def test_it_is_one_line_and_the_details_are_in_a_file(self) -> None:
        said = self.run_failing(ValueError("first\nsecond"))
        self.assertIn("✗ fails failed unexpectedly: ValueError: first second (details: ", said)
        details = Path(self.folder, "logs/errors.log").read_text()
        self.assertIn("Traceback", details)
        self.assertIn("in fails", details)

    def test_details_that_can_not_be_written_are_no_second_error(self) -> None:
        Path(self.folder, "logs").write_text("a file where the folder should be")
        self.assertIn("the details could not be written", self.run_failing(ValueError("it")))

    @unittest.skipUnless(Path("/dev/full").exists(), "only Linux has a device that is always full")
    def test_a_full_disk_is_named(self) -> None:
        with self.assertRaises(OSError) as caught:
            Path("/dev/full").write_text("anything")
        self.assertIn("the disk is full: free some space", self.run_failing(caught.exception))


class FullDisk(InAFolder):
    """A file that can't be written keeps its previous content."""

    def limit(self, size: int) -> None:
        """Let this process write files of at most `size` bytes until the end of the test."""
        before = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
        self.addCleanup(resource.setrlimit, resource.RLIMIT_FSIZE, before)

    def test_an_archive_stays_whole_and_is_packed_again(self) -> None:
        program, archive = Path(self.folder, "program"), Path(self.folder, "out", "bootstrap.zip")
        program.write_bytes(b"one")
        build._pack(program, archive)
        program.write_bytes(os.urandom(20_000))
        self.limit(10_000)
        self.assertRaises(OSError, build._pack, program, archive)
        with zipfile.ZipFile(archive) as packed:
            self.assertEqual(packed.read("bootstrap"), b"one")
        self.assertEqual([path.name for path in archive.parent.iterdir()], ["bootstrap.zip"], "nothing else is left, also no stamp")

    def test_a_file_keeps_its_content(self) -> None:
        file = Path(self.folder, "file")
        files.write(file, "old", mode=0o600)
        self.assertEqual(file.stat().st_mode & 0o777, 0o600)
        self.limit(10)
        self.assertRaises(OSError, files.write, file, "new" * 10)
        self.assertEqual((file.read_text(), len(list(file.parent.iterdir()))), ("old", 1))

    def test_a_process_without_a_pid_file_does_not_live(self) -> None:
        process = processes.Process(instance(self.folder), "sleeps", "time.sleep")
        Path(self.folder, "run").write_text("a file where the folder should be")
        with mock.patch.object(subprocess, "Popen", wraps=subprocess.Popen) as popen, self.assertRaises(OSError):
            process.start([sys.executable, "-c", "import time; time.sleep(60)"], dict(os.environ), 1)
        self.assertEqual(popen.call_count, 1)
        self.assertNotIn(b"time.sleep(60)", b"".join(Path(f"/proc/{pid}/cmdline").read_bytes() for pid in children()))


def children() -> list[int]:
    """The pids of the children of this process (Linux)."""
    try:
        return [int(pid) for pid in Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").read_text().split()]
    except FileNotFoundError:
        return []


class MissingPrograms(InAFolder):
    """A machine without a program that most have."""

    def test_a_missing_rustc_is_one_line(self) -> None:
        cargo = Path(self.folder, "cargo")
        cargo.touch(mode=0o755)
        with mock.patch.dict(os.environ, PATH=self.folder):
            self.assertRaisesRegex(Failure, "rustc is missing: install Rust", tools.check_machine)

    def test_processes_are_found_without_ps(self) -> None:
        child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
        self.addCleanup(child.wait)
        self.addCleanup(child.kill)
        if Path("/proc/self/cmdline").exists():
            with mock.patch.dict(os.environ, PATH=self.folder):
                running.wait_for(lambda: "time.sleep(60)" in command_lines.command_line(child.pid))
        child.kill()
        running.wait_for(lambda: not command_lines.command_line(child.pid))

    def test_without_proc_ps_is_asked(self) -> None:
        with mock.patch.object(command_lines, "_PROC", Path(self.folder)):
            self.assertIn("python", command_lines.command_line(os.getpid()).lower())
            with mock.patch.dict(os.environ, PATH=self.folder):
                self.assertRaisesRegex(Failure, "neither /proc nor the program ps", command_lines.command_line, os.getpid())


class Ports(InAFolder):
    """Wrong port variables."""

    def test_the_same_port_for_two_purposes_is_one_line(self) -> None:
        with mock.patch.dict(os.environ, NAMASKAH_API_PORT="4666", NAMASKAH_CLOUD_PORT="4666"):
            self.assertRaisesRegex(
                Failure, "port 4666 is both for the local cloud and for the API: choose another with NAMASKAH_API_PORT", settings.developers_instance
            )

    def test_ports_that_changed_while_it_runs_are_one_line(self) -> None:
        here = instance(self.folder)
        process = services.simulators(here)
        process.start(simulator(here.ports["fivesim"]), dict(os.environ), here.ports["fivesim"])
        self.addCleanup(process.stop)
        services.check_unmoved(here)
        moved = settings.Instance(here.home, {**here.ports, "api": 4666}, keeps_state=False)
        said = f"the API runs on port {here.ports['api']}, not 4666: run make down first"
        self.assertRaisesRegex(Failure, said, services.check_unmoved, moved)


def simulator(port: int) -> list[str]:
    """A command that listens, in place of the simulator."""
    return [sys.executable, "-c", f"import socket, time; s = socket.create_server(('127.0.0.1', {port})); time.sleep(60) # simulators"]


class Status(InAFolder):
    """`make status` tells only what is true."""

    def shown(self, here: settings.Instance) -> str:
        said = io.StringIO()
        with redirect_stdout(said):
            status.show(here)
        return said.getvalue()

    def test_no_address_is_shown_when_the_cloud_is_stopped(self) -> None:
        here = instance(self.folder)
        here.outputs.write_text('{"api_url": "http://127.0.0.1:1", "demo": {"api_key": "key_of_before"}}')
        self.assertNotIn("key_of_before", self.shown(here))
        process = services.simulators(here)
        process.start(simulator(here.ports["fivesim"]), dict(os.environ), here.ports["fivesim"])
        self.addCleanup(process.stop)
        said = self.shown(here)
        self.assertNotIn("key_of_before", said)
        self.assertNotIn("http", said)
        self.assertIn("make up starts them again", said)


if __name__ == "__main__":
    unittest.main()
