"""The clocks of the functions and of the simulators, which agree after a restart.

The functions read their offset from a file that outlives a stop; the simulators forget their own. Stored orders have times of the
moved clock, so a restart keeps it: time never goes back.
"""

import json
import urllib.request

from .console import Failure, paint, say
from .settings import Instance, shown


def offset(instance: Instance) -> int:
    """The seconds by which the functions' clock is ahead, read as the functions read them: 0 if the file has no number."""
    try:
        return int(instance.clock_offset.read_text().strip())
    except (OSError, ValueError):
        return 0


def move_simulators(instance: Instance) -> None:
    """Move the simulators' clocks to that of the functions."""
    seconds = offset(instance)
    if not seconds:
        return
    for url in instance.simulators.values():
        _move(url, seconds)
    way = "ahead" if seconds > 0 else "behind"
    say(paint(f"  all clocks are {abs(seconds)} s {way}, as before ({shown(instance.clock_offset)})", "dim"))


def _move(url: str, seconds: int) -> None:
    move = urllib.request.Request(
        f"{url}/_sim/clock",
        data=json.dumps({"set_offset_s": seconds}).encode(),
        headers={"Content-Type": "application/json"},
    )
    try:
        urllib.request.urlopen(move, timeout=10).close()
    except OSError as error:
        raise Failure(f"the clock of the simulator at {url} could not be moved by {seconds} s: {error}") from error
