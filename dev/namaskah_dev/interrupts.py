"""Ctrl-C, SIGTERM and SIGHUP end a command once, and only where it may end.

Two signals often come together: the terminal or a supervisor signals the whole group, and make passes the signal on. The first
raises `KeyboardInterrupt`. Later ones do nothing, so that they can't interrupt what cleans up.
"""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class _Ending:
    """Whether a signal came, and whether it may end the command now."""

    def __init__(self) -> None:
        self.allowed, self.wanted, self.raised = True, False, False

    def hear(self, _signal: int, _frame: FrameType | None) -> None:
        """Handle a signal."""
        self.wanted = True
        self.act()

    def act(self) -> None:
        """Raise, the first time that it is wanted and allowed."""
        if self.wanted and self.allowed and not self.raised:
            self.raised = True
            raise KeyboardInterrupt


_ending = _Ending()


@contextmanager
def heard() -> Iterator[None]:
    """In this block the signals are handled here. `nohup` stays in force."""
    global _ending
    _ending = _Ending()
    before = {name: signal.getsignal(name) for name in _SIGNALS}
    for name, handler in before.items():
        if name != signal.SIGHUP or handler is not signal.SIG_IGN:
            signal.signal(name, _ending.hear)
    try:
        yield
    finally:
        for name, handler in before.items():
            signal.signal(name, handler)


@contextmanager
def held() -> Iterator[None]:
    """This block runs to its end; a signal acts after it, or in an inner `allowed`."""
    with _switched(allowed=False):
        yield


@contextmanager
def allowed() -> Iterator[None]:
    """A part of a held block that a signal may end."""
    with _switched(allowed=True):
        yield


@contextmanager
def _switched(allowed: bool) -> Iterator[None]:
    before, _ending.allowed = _ending.allowed, allowed
    try:
        _ending.act()
        yield
    finally:
        _ending.allowed = before
        _ending.act()
