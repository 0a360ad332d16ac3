"""`make status | head -2`: the reader of the output goes away."""

import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from namaskah_dev import console

DEV = Path(__file__).parent.parent


class ClosedOutput(unittest.TestCase):
    """The rest of the output is dropped, without a word."""

    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def run_unheard(self, *command: str) -> "subprocess.CompletedProcess[str]":
        reader, writer = os.pipe()
        os.close(reader)
        try:
            return subprocess.run(command, cwd=DEV, stdout=writer, stderr=subprocess.PIPE, text=True, check=False)
        finally:
            os.close(writer)

    def test_the_rest_is_dropped(self) -> None:
        done = self.run_unheard(sys.executable, "local.py", "status")
        self.assertEqual((done.returncode, done.stderr), (0, ""))

    def test_a_command_goes_on_and_may_know(self) -> None:
        file = Path(self.folder, "done")
        program = f"from namaskah_dev.console import *; say('a'); say('b'); open({str(file)!r}, 'w').write(str(is_heard()))"
        done = self.run_unheard(sys.executable, "-c", program)
        self.assertEqual((done.returncode, done.stderr, file.read_text()), (0, "", "False"))
        self.assertTrue(console.is_heard())


if __name__ == "__main__":
    unittest.main()
