"""Terminal output: one line for each step, one clear line for a failure.

If the reader has gone (`make status | head -2`), the output is dropped, and the command goes on.
"""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

_COLOUR = sys.stdout.isatty() and os.environ.get("NO_COLOR") is None and os.environ.get("TERM") != "dumb"
_heard = True


class Failure(Exception):
    """A failure that the user can fix, described in one line."""


def paint(text: str, style: str) -> str:
    """`text` in a colour if the output is a terminal."""
    codes = {"bold": "1", "dim": "2", "green": "32", "yellow": "33", "red": "31", "cyan": "36"}
    return f"\033[{codes[style]}m{text}\033[0m" if _COLOUR else text


def say(text: str = "") -> None:
    """Print a line and flush."""
    write(f"{text}\n")


def write(text: str) -> None:
    """Print text as it is, and flush."""
    _print(text, sys.stdout)


def write_error(text: str) -> None:
    """The same to the standard error output."""
    _print(text, sys.stderr)


def is_heard() -> bool:
    """Whether anybody still reads the output."""
    return _heard


def _print(text: str, stream: TextIO) -> None:
    global _heard
    try:
        print(text, end="", file=stream, flush=True)
    except BrokenPipeError:
        _heard = False
        _drop(stream)


def _drop(stream: TextIO) -> None:
    """Send the rest to nowhere, also what Python flushes at its end."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)


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
    write_error(f"{paint('✗', 'red')} {error}\n")
