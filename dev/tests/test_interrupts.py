"""Signals end a command once, and never its cleaning up."""

import os
import signal
import subprocess
import sys
import unittest
from pathlib import Path

from namaskah_dev import interrupts

DEV = Path(__file__).parent.parent

# Like `run`: starts, waits, cleans up. The cleaning takes longer than the signals need.
COMMAND = """
import time
from namaskah_dev import interrupts
with interrupts.heard():
    try:
        with interrupts.held():
            try:
                with interrupts.allowed():
                    print("runs", flush=True)
                    while True:
                        time.sleep(1)
            finally:
                time.sleep(0.1)
                print("cleaned", flush=True)
    except KeyboardInterrupt:
        print("interrupted", flush=True)
"""


class Interrupts(unittest.TestCase):
    """In this process, with real signals."""

    def test_the_first_signal_interrupts_and_later_ones_do_nothing(self) -> None:
        with interrupts.heard():
            with self.assertRaises(KeyboardInterrupt):
                signal.raise_signal(signal.SIGTERM)
            for name in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
                signal.raise_signal(name)

    def test_a_held_block_runs_to_its_end(self) -> None:
        done = False
        with interrupts.heard():
            with self.assertRaises(KeyboardInterrupt):
                with interrupts.held():
                    signal.raise_signal(signal.SIGTERM)
                    done = True
        self.assertTrue(done)

    def test_an_allowed_block_does_not_begin_after_a_signal(self) -> None:
        with interrupts.heard(), self.assertRaises(KeyboardInterrupt):
            with interrupts.held():
                signal.raise_signal(signal.SIGINT)
                with interrupts.allowed():
                    self.fail("it began")

    def test_the_handlers_are_put_back(self) -> None:
        before = signal.getsignal(signal.SIGTERM)
        with interrupts.heard():
            self.assertNotEqual(signal.getsignal(signal.SIGTERM), before)
        self.assertEqual(signal.getsignal(signal.SIGTERM), before)

    def test_nohup_stays_in_force(self) -> None:
        before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
        self.addCleanup(signal.signal, signal.SIGHUP, before)
        with interrupts.heard():
            signal.raise_signal(signal.SIGHUP)


class TwoSignals(unittest.TestCase):
    """In a program, at many distances from each other."""

    def test_two_signals_at_once_leave_nothing_running(self) -> None:
        for round_, second in enumerate((signal.SIGTERM, signal.SIGINT, signal.SIGHUP) * 4):
            program = subprocess.Popen([sys.executable, "-c", COMMAND], cwd=DEV, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
            assert program.stdout
            self.assertEqual(program.stdout.readline(), "runs\n")
            os.kill(program.pid, signal.SIGTERM)
            for _ in range(round_ * 200):
                pass  # a pause of microseconds
            os.kill(program.pid, second)
            output, errors = program.communicate(timeout=20)
            self.assertEqual((output, errors), ("cleaned\ninterrupted\n", ""), round_)


if __name__ == "__main__":
    unittest.main()
