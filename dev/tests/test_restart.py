"""What a restart of the simulators must not change: order numbers grow, and the clocks agree."""

import http.server
import io
import json
import tempfile
import threading
import unittest
from contextlib import redirect_stdout
from pathlib import Path

from namaskah_dev import clock, services, settings
from namaskah_dev.console import Failure

from tests.running import free_port


class OrderNumbers(unittest.TestCase):
    """Two starts, with sales between them."""

    def test_a_start_is_past_all_numbers_that_were_sold_before(self) -> None:
        start, sales, seconds = 1_790_000_000.0, 2_500, 5
        last_sold = services.sold_before(start) + sales
        self.assertGreater(services.sold_before(start + seconds), last_sold)

    def test_numbers_fit_into_what_5sim_sends(self) -> None:
        self.assertEqual(len(str(services.sold_before(1_790_000_000.0))), 13)


class _Simulator(http.server.BaseHTTPRequestHandler):
    moves: list[tuple[str, object]] = []

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.moves.append((self.path, json.loads(body)))
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""


class Clocks(unittest.TestCase):
    """The simulators get the offset that the functions have kept."""

    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        _Simulator.moves.clear()
        self.server = http.server.HTTPServer(("127.0.0.1", 0), _Simulator)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.addCleanup(self.server.server_close)
        self.addCleanup(self.server.shutdown)
        port = self.server.server_port
        self.instance = settings.Instance(Path(folder.name), 1, 2, 3, port, port, keeps_state=True)
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
        self.assertEqual(_Simulator.moves, [("/_sim/clock", {"set_offset_s": 960})] * 2)
        self.assertIn("60 s behind", self.start("-60"))

    def test_a_clock_that_was_never_moved_says_nothing(self) -> None:
        for offset in (None, "0", "", "soon"):
            self.assertEqual(self.start(offset), "")
        self.assertEqual(_Simulator.moves, [])

    def test_a_simulator_that_does_not_answer_is_one_line(self) -> None:
        self.instance.clock_offset.write_text("960")
        away = settings.Instance(self.instance.home, 1, 2, 3, free_port(), 5, keeps_state=True)
        self.assertRaisesRegex(Failure, "the clock of the simulator at http://.* could not be moved by 960 s", clock.move_simulators, away)


if __name__ == "__main__":
    unittest.main()
