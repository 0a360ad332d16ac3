"""Tests of the commands."""

import io
import json
import os
import socket
import subprocess
import sys
import tempfile
import unittest
import warnings
import zipfile
from contextlib import redirect_stderr
from pathlib import Path
from unittest import mock

from namaskah_dev import build, commands, deploy, demo, outputs, processes, rights, services, settings
from namaskah_dev.console import Failure

from tests.running import instance


class Commands(unittest.TestCase):
    """Failures are one clear line instead of a traceback."""

    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def test_a_port_in_use_is_reported_with_its_variable(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as taken:
            port = taken.getsockname()[1]
            with self.assertRaisesRegex(Failure, rf"port {port}, for the API, is in use.*NAMASKAH_API_PORT="):
                processes.check_ports(instance(self.folder, api=port))

    def test_a_wrong_port_is_one_line(self) -> None:
        said = io.StringIO()
        with mock.patch.dict(os.environ, NAMASKAH_CLOUD_PORT="many"), redirect_stderr(said):
            self.assertEqual(commands.main(["status"]), 1)
        self.assertEqual(said.getvalue().count("\n"), 1)
        self.assertIn("NAMASKAH_CLOUD_PORT=many", said.getvalue())

    def test_a_variable_moves_a_simulator(self) -> None:
        with mock.patch.dict(os.environ, NAMASKAH_STRIPE_PORT="6008", NAMASKAH_BTCPAY_PORT=""):
            known = settings.developers_instance().simulators
        self.assertEqual((known["stripe"], known["btcpay"]), ("http://127.0.0.1:6008", "http://127.0.0.1:5009"))

    def test_a_missing_cargo_is_one_line(self) -> None:
        with mock.patch.dict(os.environ, PATH=self.folder), self.assertRaisesRegex(Failure, "cargo is missing"):
            from namaskah_dev import tools

            tools.check_machine()

    def test_the_reason_of_a_failed_deploy_is_found(self) -> None:
        text = "▸ Deploying\n✗ the deploy failed and was rolled back: Polls: no such thing\nmore\n"
        self.assertEqual(deploy._reason(text), "the deploy failed and was rolled back: Polls: no such thing")
        self.assertEqual(deploy._reason("Traceback\nKeyError: 1\n"), "KeyError: 1")

    def test_real_accounts_are_out_of_reach(self) -> None:
        real = {"AWS_PROFILE": "prod", "AWS_SESSION_TOKEN": "t", "AWS_ENDPOINT_URL_S3": "https://elsewhere", "AWS_ACCESS_KEY_ID": "AKIA"}
        with mock.patch.dict(os.environ, real):
            passed = services.aws_environment(instance(self.folder, cloud=4566))
        self.assertFalse({"AWS_PROFILE", "AWS_SESSION_TOKEN", "AWS_ENDPOINT_URL_S3"} & passed.keys())
        self.assertEqual((passed["AWS_ACCESS_KEY_ID"], passed["AWS_ENDPOINT_URL"]), ("test", "http://127.0.0.1:4566"))

    def test_clients_find_all_addresses(self) -> None:
        simulators = {"fivesim": 5005, "identity": 5006, "paystack": 5007, "stripe": 5008, "btcpay": 5009}
        here = instance(self.folder, keeps_state=False, cloud=4566, **simulators)
        webhooks = {"stripe": "http://127.0.0.1:4566/_aws/lambda-url/1/"}
        outputs.write(here, {}, {}, webhooks)
        known = outputs.read(here)
        self.assertEqual(known["simulators"], {name: f"http://127.0.0.1:{port}" for name, port in simulators.items()})
        self.assertEqual(known["webhooks"], webhooks)
        self.assertEqual(known["mailbox"], "http://127.0.0.1:4566/_namaskah/mailbox")
        self.assertEqual(known["mailbox_page"], "http://127.0.0.1:4566/_namaskah/mailbox/page")

    def test_people_may_be_sent_back_to_the_site_and_to_the_api(self) -> None:
        command = services._simulators_command(instance(self.folder, api=2, site=3))
        sent_back = [address for flag, address in zip(command, command[1:], strict=False) if flag == "--redirect"]
        self.assertEqual(sent_back, ["http://127.0.0.1:3/sign-in/google", "http://127.0.0.1:2/sign-in/google"])

    def test_each_simulator_has_the_address_that_clients_know(self) -> None:
        here = instance(self.folder)
        command = services._simulators_command(here)
        given = dict(zip(command[1:], command[2:], strict=False))
        self.assertEqual({name: f"http://{given[f'--{name}']}" for name in here.simulators}, here.simulators)

    def test_a_program_is_ready_when_it_listens_on_all_its_ports(self) -> None:
        here = instance(self.folder)
        first, last = here.ports["identity"], here.ports["fivesim"]
        lines = [f"a = create_server(('127.0.0.1', {first}))", "sleep(1)", f"b = create_server(('127.0.0.1', {last}))", "sleep(60)"]
        program = "\n".join(["from socket import create_server", "from time import sleep", *lines])
        process = processes.Process(here, "late", "create_server")
        warnings.filterwarnings("ignore", "subprocess .* is still running")  # that is what background processes are for
        process.start([sys.executable, "-c", program], dict(os.environ), first, last)
        self.addCleanup(process.stop)
        self.assertTrue(processes.listens(last))

    def test_the_same_program_is_not_packed_again(self) -> None:
        program, archive = Path(self.folder, "program"), Path(self.folder, "out", "bootstrap.zip")
        program.write_bytes(b"one")
        build._pack(program, archive)
        first = archive.stat().st_mtime_ns
        build._pack(program, archive)
        self.assertEqual(archive.stat().st_mtime_ns, first)
        program.write_bytes(b"two")
        build._pack(program, archive)
        with zipfile.ZipFile(archive) as packed:
            self.assertEqual(packed.read("bootstrap"), b"two")
            self.assertEqual(packed.getinfo("bootstrap").external_attr >> 16, 0o755)

    def test_a_failed_start_reports_the_reason(self) -> None:
        process = processes.Process(instance(self.folder), "broken", "broken")
        with self.assertRaisesRegex(Failure, "broken ended at its start: no such luck"):
            process.start([sys.executable, "-c", "exit('no such luck')"], dict(os.environ), 1)
        self.assertIsNone(process.pid())

    def test_a_reused_pid_is_not_stopped(self) -> None:
        other = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
        self.addCleanup(other.wait)
        self.addCleanup(other.kill)
        process = processes.Process(instance(self.folder), "cloud", "dev/cloud.py")
        process._file.parent.mkdir(parents=True)
        process._file.write_text(json.dumps({"pid": other.pid}))
        self.assertFalse(process.stop())
        self.assertIsNone(other.poll())

    def test_a_program_that_was_stopped_did_not_end_by_itself(self) -> None:
        process = processes.Process(instance(self.folder), "sleeps", "time.sleep(60)")
        process.log.parent.mkdir()
        for end, was_stopped in ((lambda child: child.kill(), False), (lambda _child: process.stop(), True)):
            child = process._spawn([sys.executable, "-c", "import time; time.sleep(60)"], dict(os.environ))
            self.addCleanup(child.wait)
            self.assertFalse(process.was_stopped())
            end(child)
            child.wait()
            self.assertEqual((process.pid(), process.was_stopped()), (None, was_stopped))


class DemoChecks(unittest.TestCase):
    """`make demo` detects a ledger that does not add up."""

    def setUp(self) -> None:
        self.before = {"available": "10.0000", "held": "0.0000", "seq": 1}
        self.after = {"available": "9.5000", "held": "0.0000", "seq": 3}
        self.order = {"id": "vrf_1", "cost": "0.5000"}
        common = {"order_id": "vrf_1", "amount": "0.5000", "available_after": "9.5000"}
        self.entries = [
            {"seq": 2, "kind": "hold", "held_after": "0.5000", **common},
            {"seq": 3, "kind": "capture", "held_after": "0.0000", **common},
        ]

    def check(self) -> None:
        demo._check(self.before, self.after, self.entries, self.order)

    def test_a_correct_ledger_passes(self) -> None:
        self.check()

    def test_a_gap_is_detected(self) -> None:
        del self.entries[0]
        self.assertRaisesRegex(Failure, "gaps", self.check)

    def test_a_wallet_that_differs_from_its_entries_is_detected(self) -> None:
        self.after["available"] = "9.6000"
        self.assertRaisesRegex(Failure, "last entry", self.check)

    def test_a_cost_that_was_not_captured_is_detected(self) -> None:
        self.order["cost"] = "0.4000"
        self.assertRaisesRegex(Failure, "was captured", self.check)

    def test_money_that_went_elsewhere_is_detected(self) -> None:
        self.before["available"] = "11.0000"
        self.assertRaisesRegex(Failure, "left the wallet", self.check)


class Rights(unittest.TestCase):
    """Unused rights are reported."""

    def unused(self, *held: tuple[str, str, str, bool]) -> list[str]:
        return rights.find_unused([
            {"role": role, "policy": policy, "action": action, "resource": "T", "used": used} for role, policy, action, used in held
        ])  # fmt: skip

    def test_a_grant_serves_all_roles_that_hold_it(self) -> None:
        self.assertEqual(self.unused(("A", "Grant", "Get", True), ("A", "Grant", "Put", False), ("B", "Grant", "Get", False), ("B", "Grant", "Put", True)), [])

    def test_a_right_of_a_grant_that_no_role_uses_is_reported(self) -> None:
        self.assertEqual(self.unused(("A", "Grant", "Get", True), ("A", "Grant", "Put", False)), ["Grant: Put on T"])

    def test_a_role_that_uses_no_right_of_a_grant_is_reported(self) -> None:
        self.assertEqual(self.unused(("A", "Grant", "Get", True), ("B", "Grant", "Get", False)), ["B: all of Grant"])

    def test_a_role_uses_its_own_rights_itself(self) -> None:
        held = [("A", "own", "Get", True), ("B", "own", "Put", True), ("B", "own", "Get", False)]
        self.assertEqual(self.unused(*held), ["B: Get on T"])

    def test_rights_that_the_local_cloud_does_not_check_are_ignored(self) -> None:
        self.assertEqual(self.unused(("A", "source", "Read", False), ("A", "TelemetryGrant", "Put", False)), [])

    def test_a_right_for_failures_may_stay_unused(self) -> None:
        role, action, resource = next(iter(rights._RARE))
        held = {"role": role, "policy": "own", "action": action, "resource": resource, "used": False}
        other = {**held, "action": "sqs:SendMessage", "used": True}
        self.assertEqual(rights.find_unused([held, other]), [])


if __name__ == "__main__":
    unittest.main()
