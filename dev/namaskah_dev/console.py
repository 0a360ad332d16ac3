"""Terminal output: one line for each step, one clear line for a failure."""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

_COLOUR = sys.stdout.isatty() and os.environ.get("NO_COLOR") is None and os.environ.get("TERM") != "dumb"


class Failure(Exception):
    """A failure that the user can fix, described in one line."""


def paint(text: str, style: str) -> str:
    """`text` in a colour if the output is a terminal."""
    codes = {"bold": "1", "dim": "2", "green": "32", "yellow": "33", "red": "31", "cyan": "36"}
    return f"\033[{codes[style]}m{text}\033[0m" if _COLOUR else text


def say(text: str = "") -> None:
    """Print a line and flush."""
    print(text, flush=True)


@contextmanager
def step(name: str) -> Iterator[None]:
    """Print the start of a step and how long it took."""
    say(f"{paint('▸', 'cyan')} {name}")
    started = time.monotonic()
    yield
    seconds = time.monotonic() - started
    if seconds >= 1:
        say(paint(f"  {seconds:.0f} s", "dim"))


def is_terminal() -> bool:
    """Whether lines may be overwritten."""
    return _COLOUR


def fail(error: Failure) -> None:
    """Print the line of a failure."""
    print(f"{paint('✗', 'red')} {error}", file=sys.stderr, flush=True)
