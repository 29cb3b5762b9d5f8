"""Places for child processes: at most so many on this machine, across all workers."""

from __future__ import annotations

import contextlib
import os
import tempfile
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from gmm_dash.errors import BusyError

try:
    import fcntl
except ImportError:  # pragma: no cover  (Windows: one process, the thread lock is enough)
    fcntl = None  # type: ignore[assignment]

if TYPE_CHECKING:
    from collections.abc import Iterator

PAUSE = 0.02
_COME_AGAIN = 2.0
_taken: set[int] = set()
_lock = threading.Lock()


@contextlib.contextmanager
def slot(count: int, patience: float) -> Iterator[TextIO | None]:
    """Hold one of ``count`` places; yields the locked file, or None where there is none.

    Between processes a place is a locked file in the temporary folder, which the kernel
    frees when its holder dies. Without a writable folder the places are per process.

    Raises
    ------
    BusyError
        When none gets free within ``patience`` seconds.
    """
    place = _wait(count, patience)
    file = place[1]
    try:
        yield file
    finally:
        if file is not None:
            file.close()
        with _lock:
            _taken.discard(place[0])


def _wait(count: int, patience: float) -> tuple[int, TextIO | None]:
    deadline = time.monotonic() + patience
    while True:
        for number in range(count):
            taken, file = _try(number)
            if taken:
                return number, file
        if time.monotonic() > deadline:
            raise BusyError(
                "The server is reading other files right now.",
                hint="Try again in a moment.",
                seconds=_COME_AGAIN,
            )
        time.sleep(PAUSE)


def _try(number: int) -> tuple[bool, TextIO | None]:
    """Return whether the place is ours now, and its locked file."""
    with _lock:
        if number in _taken:
            return False, None
        try:
            file = _open(number)
        except OSError:
            _taken.add(number)
            return True, None
        if file is not None:
            _taken.add(number)
        return file is not None, file


def _open(number: int) -> TextIO | None:
    """Return the place's file, locked, or None when another process holds it."""
    if fcntl is None:
        raise OSError("this system has no file locks")
    user = os.getuid() if hasattr(os, "getuid") else 0
    folder = Path(tempfile.gettempdir()) / f"gmm-dash-{user}"
    folder.mkdir(mode=0o700, exist_ok=True)
    file = (folder / f"reading-{number}.lock").open("w")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        return None
    except OSError:
        file.close()
        raise
    return file
