"""The state on disk: each minute and at the end, everything or nothing.

MiniStack saves only at its end, file by file, and only logs what it could not write. So a kill lost everything since the last
end, and a full disk left a mixture. Here a save is a folder that takes the place of the previous one when it is complete. A copy
of this process writes it (`fork`), so that requests do not wait and the state is that of one instant.

`saved.json` in the folder says of which time it is, and whether it is the last of its run: `{"at": 1790000000.0, "final": true}`.
`namaskah_dev/saved.py` reads it. Tests save more often, with `NAMASKAH_SAVE_SECONDS`.
"""

import contextlib
import json
import logging
import os
import shutil
import signal
import threading
import time
from pathlib import Path

from ministack import app
from ministack.core import persistence
from ministack.services import dynamodb, lambda_svc

_FOLDER = Path(persistence.STATE_DIR)
_NEXT = f"{_FOLDER.name}.next-"
"""Begins the name of an unfinished save; its writer's pid follows, so that two never write into one."""
_BEFORE = _FOLDER.with_name(f"{_FOLDER.name}.before")
_NOTE = "saved.json"
_PERIOD = float(os.environ.get("NAMASKAH_SAVE_SECONDS", "60"))
_PAUSE = 10
"""The pause after a save that took long, as a multiple of it, so that large states take at most a tenth of a processor."""
_PATIENCE = 100.0
"""Seconds after which a save is given up."""

_log = logging.getLogger("saves")
_one_at_a_time = threading.Lock()
_ended = threading.Event()


def close_gaps() -> None:
    """Save here instead of there."""
    if persistence.PERSIST_STATE:
        _repair()
        _take_note(_FOLDER, _time_of_the_last_save(), final=False)
        app.save_all = lambda _services: save(final=True)
        _save_once_all_is_loaded()


def save(final: bool) -> bool:
    """Save everything; returns whether that succeeded. The log has the reason if not."""
    with _one_at_a_time:
        if _ended.is_set():
            return False
        if final:
            _ended.set()
        try:
            return _ended_well(_start_a_copy(final))
        except OSError as error:
            _log.error("the state could not be saved: %s", error)
            return False


def _start_a_copy(final: bool) -> int:
    """Returns the pid of the copy."""
    parent = os.getpid()
    with dynamodb._lock:  # no transaction is half done
        child = os.fork()
        if child == 0:
            _write_in_the_copy(parent, final)
    return child


def _save_once_all_is_loaded() -> None:
    load = app._load_persisted_state

    def load_and_save() -> None:
        load()
        threading.Thread(target=_save_for_ever, name="saves", daemon=True).start()

    app._load_persisted_state = load_and_save


def _save_for_ever() -> None:
    took = 0.0
    while True:
        time.sleep(max(_PERIOD, _PAUSE * took))
        started = time.monotonic()
        save(final=False)
        took = time.monotonic() - started


def _write_in_the_copy(parent: int, final: bool) -> None:
    """The work of the copy, which never returns into the server's code."""
    code = 1
    try:
        os.closerange(3, os.sysconf("SC_OPEN_MAX"))  # the ports belong to the original
        dynamodb._lock.release()
        if not final:
            os.nice(10)  # requests come first
        _write(parent, final)
        code = 0
    except BaseException as error:
        _log.error("the state could not be saved: %s", error)
    finally:
        os._exit(code)


def _write(parent: int, final: bool) -> None:
    at, folder = time.time(), _FOLDER.with_name(f"{_NEXT}{os.getpid()}")
    try:
        _start_with_the_previous(folder)
        lambda_svc.CODE_BLOB_DIR = str(folder / "lambda-blobs")
        for name, get_state in app._build_persistence_save_dict().items():
            state = get_state()
            if state is not None:
                _write_state(folder, name, state)
        _take_note(folder, at, final)
        if os.getppid() == parent:  # otherwise it was killed, and another cloud may run
            _replace_by(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _start_with_the_previous(folder: Path) -> None:
    """Begin a folder with links to the previous files: programs of functions seldom change, and unused services save nothing."""
    shutil.copytree(_FOLDER, folder, copy_function=_link)
    (folder / _NOTE).unlink(missing_ok=True)


def _link(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)  # a file system without links


def _write_state(folder: Path, name: str, state: object) -> None:
    versioned = {"__ministack_format__": persistence._state_format_version(name), "payload": state}
    _write_file(folder / f"{name}.json", json.dumps(versioned, default=persistence._json_default))


def _take_note(folder: Path, at: float, final: bool) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    _write_file(folder / _NOTE, json.dumps({"at": at, "final": final}))


def _write_file(file: Path, text: str) -> None:
    """Write a new file; the old one may be linked from the previous folder."""
    beside = file.with_suffix(".tmp")
    beside.write_text(text)
    beside.replace(file)


def _replace_by(folder: Path) -> None:
    shutil.rmtree(_BEFORE, ignore_errors=True)
    _FOLDER.rename(_BEFORE)
    folder.rename(_FOLDER)
    shutil.rmtree(_BEFORE, ignore_errors=True)


def _repair() -> None:
    """Complete a replacement that a kill interrupted. MiniStack may have made the missing folder again, without a note."""
    others = [*_FOLDER.parent.glob(f"{_NEXT}*"), _BEFORE]
    complete = next((folder for folder in (_FOLDER, *others) if (folder / _NOTE).exists()), _FOLDER)
    if complete != _FOLDER:
        shutil.rmtree(_FOLDER, ignore_errors=True)
        complete.rename(_FOLDER)
    for leftover in others:
        shutil.rmtree(leftover, ignore_errors=True)


def _time_of_the_last_save() -> float:
    """That of the folder, or now if nothing was saved yet."""
    with contextlib.suppress(OSError, ValueError, KeyError):
        return float(json.loads((_FOLDER / _NOTE).read_text())["at"])
    return time.time()


def _ended_well(child: int) -> bool:
    deadline = time.monotonic() + _PATIENCE
    while True:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status) == 0
        if time.monotonic() > deadline:
            _log.error("the state could not be saved within %.0f s", _PATIENCE)
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            return False
        time.sleep(0.02)
