"""What a restart of the simulators must not change: order numbers grow, and the clocks agree."""

import io
import tempfile
import unittest
from contextlib import redirect_stdout

from namaskah_dev import clock, services
from namaskah_dev.console import Failure
from namaskah_dev.listeners import SIMULATORS

from tests.running import instance
from tests.simulator import Simulator


class OrderNumbers(unittest.TestCase):
    """Two starts, with sales between them."""

    def test_a_start_is_past_all_numbers_that_were_sold_before(self) -> None:
        start, sales, seconds = 1_790_000_000.0, 2_500, 5
        last_sold = services.sold_before(start) + sales
        self.assertGreater(services.sold_before(start + seconds), last_sold)

    def test_numbers_fit_into_what_5sim_sends(self) -> None:
        self.assertEqual(len(str(services.sold_before(1_790_000_000.0))), 13)


class Clocks(unittest.TestCase):
    """The simulators get the offset that the functions have kept."""

    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.simulator = Simulator()
        self.addCleanup(self.simulator.stop)
        self.instance = instance(folder.name, keeps_state=True, **{one.name: self.simulator.port for one in SIMULATORS})
        self.instance.state.mkdir(parents=True)

    def start(self, offset: str | None) -> str:
        if offset is not None:
            self.instance.clock_offset.write_text(offset)
        said = io.StringIO()
        with redirect_stdout(said):
            clock.move_simulators(self.instance)
        return said.getvalue()

    def test_a_moved_clock_moves_the_simulators_and_is_said(self) -> None:
        self.assertIn("all clocks are 960 s ahead, as before", self.start("960\n"))
        self.assertEqual(self.simulator.requests, [("/_sim/clock", {"set_offset_s": 960})] * 5)
        self.assertIn("60 s behind", self.start("-60"))

    def test_a_clock_that_was_never_moved_says_nothing(self) -> None:
        for offset in (None, "0", "", "soon"):
            self.assertEqual(self.start(offset), "")
        self.assertEqual(self.simulator.requests, [])

    def test_a_simulator_that_does_not_answer_is_one_line(self) -> None:
        self.instance.clock_offset.write_text("960")
        away = instance(self.instance.home, keeps_state=True)
        self.assertRaisesRegex(Failure, "the clock of the simulator at http://.* could not be moved by 960 s", clock.move_simulators, away)


if __name__ == "__main__":
    unittest.main()
