"""The state of the local cloud survives a kill and a full disk, and the commands say what it lost."""

import io
import os
import resource
import signal
import sys
import tempfile
import time
import unittest
import warnings
from contextlib import redirect_stdout
from typing import Any
from unittest import mock

import boto3
from botocore.exceptions import ClientError
from namaskah_dev import commands, saved, services
from namaskah_dev.console import Failure

from tests.running import instance, wait_for

class Saves(unittest.TestCase):
    """A cloud of its own, which saves every second."""

    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.instance = instance(folder.name, keeps_state=True)
        warnings.filterwarnings("ignore", "subprocess .* is still running")  # that is what background processes are for
        often = mock.patch.dict(os.environ, NAMASKAH_SAVE_SECONDS="1")
        often.start()
        self.addCleanup(often.stop)
        self.addCleanup(services.stop, self.instance)
        (self.instance.state / "tmp").mkdir(parents=True)
        self.instance.deployed.write_text("a fingerprint")

    def start(self) -> str:
        """Start; returns what was said."""
        said = io.StringIO()
        with redirect_stdout(said):
            services.start_cloud(self.instance, sys.executable)
        return said.getvalue()

    def parameters(self) -> Any:
        return boto3.client(
            "ssm", endpoint_url=self.instance.cloud_url, region_name="us-east-1", aws_access_key_id="test", aws_secret_access_key="test"
        )

    def put(self, name: str) -> None:
        self.parameters().put_parameter(Name=name, Value="kept", Type="String")

    def has(self, name: str) -> bool:
        try:
            return bool(self.parameters().get_parameter(Name=name)["Parameter"]["Value"] == "kept")
        except ClientError:
            return False

    def wait_for_a_save(self) -> None:
        now = time.time()
        wait_for(lambda: (save := saved.last_save(self.instance)) and save.at > now)

    def kill(self) -> None:
        pid = services.cloud(self.instance).pid()
        assert pid
        os.kill(pid, signal.SIGKILL)
        wait_for(lambda: services.cloud(self.instance).pid() is None)

    def make_disk_full(self) -> None:
        """From now on, the cloud can't write a file of more than a few bytes."""
        pid = services.cloud(self.instance).pid()
        assert pid
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (100, 100))

    def test_a_clean_stop_keeps_everything_and_says_nothing(self) -> None:
        self.assertEqual(self.start(), "")
        self.put("last")
        self.assertEqual(services.stop(self.instance), services.Stopped(ran=True, lost=None))
        self.assertEqual(self.start(), "")
        self.assertTrue(self.has("last"))
        self.assertTrue(self.instance.deployed.exists())

    def test_a_kill_loses_only_what_came_after_the_last_save(self) -> None:
        self.start()
        self.put("before")
        self.wait_for_a_save()
        self.kill()
        with mock.patch.object(commands, "developers_instance", return_value=self.instance):
            with redirect_stdout(io.StringIO()):
                commands.down([])  # nothing ran, so there is nothing to complain about
        self.assertRegex(self.start(), r"did not end cleanly the last time: what happened after [\d:]+ is gone")
        self.assertTrue(self.has("before"))
        self.assertFalse(self.instance.deployed.exists(), "the last deploy may be lost")

    def test_a_kill_before_the_first_save_is_noticed(self) -> None:
        with mock.patch.dict(os.environ, NAMASKAH_SAVE_SECONDS="1000"):
            self.start()
            self.put("early")
            self.kill()
            self.assertIn("did not end cleanly", self.start())
        self.assertFalse(self.has("early"))

    @unittest.skipUnless(hasattr(resource, "prlimit"), "limits of another process exist on Linux only")
    def test_a_full_disk_keeps_the_previous_save_and_is_no_success(self) -> None:
        self.start()
        self.put("before")
        self.wait_for_a_save()
        self.make_disk_full()
        with mock.patch.object(commands, "developers_instance", return_value=self.instance):
            self.assertRaisesRegex(Failure, "could NOT be saved: .+; what happened after .* is gone", commands.down, [])
        self.assertIn("did not end cleanly", self.start())
        self.assertTrue(self.has("before"))

    def test_an_interrupted_replacement_is_completed(self) -> None:
        self.start()
        self.put("kept")
        services.stop(self.instance)
        self.instance.saves.rename(self.instance.saves.with_name("cloud.next-1"))
        with mock.patch.dict(os.environ, NAMASKAH_SAVE_SECONDS="1000"):
            self.start()
        self.assertTrue(self.has("kept"))
        self.assertFalse(self.instance.saves.with_name("cloud.next-1").exists())

if __name__ == "__main__":
    unittest.main()
