"""One limited child process for one file: how it is started, waited for and ended."""

from __future__ import annotations

import contextlib
import json
import logging
import os
import signal
import subprocess
import sys
import tempfile
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, TYPE_CHECKING

from gmm_dash.errors import ImportProblem
from gmm_dash.files.slots import slot

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gmm_dash.files.limits import Limits

PACKAGE_ROOT = Path(__file__).resolve().parents[2]
COMMAND = (sys.executable, "-P", "-m", "gmm_dash.files.child")
# All the child gets to see of the server's environment: nothing that could be a secret.
ENVIRONMENT = {
    "PYTHONPATH": str(PACKAGE_ROOT),
    "PYTHONDONTWRITEBYTECODE": "1",
    "PYTHONUTF8": "1",
    "ARROW_DEFAULT_MEMORY_POOL": "system",  # others reserve more than they use
    "MALLOC_ARENA_MAX": "1",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
}
TIME_SIGNALS = {getattr(signal, name) for name in ("SIGXCPU", "SIGALRM") if hasattr(signal, name)}
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Task:
    """What a child is to make of a file, and what is said when it could not.

    Attributes
    ----------
    loader : str
        The module that the child loads, and no more: its ``load(options, limits)`` returns
        what makes bytes of a file bytes of an answer.
    seconds : int
        Processor time it may take.
    too_long, ended : tuple of str
        Message and hint for a child that took too much time, or ended without an answer.
    options : mapping
        How to read the file.
    """

    loader: str
    seconds: int
    too_long: tuple[str, str]
    ended: tuple[str, str]
    options: Mapping[str, int | str] = field(default_factory=dict)


def answer_of(task: Task, data: bytes, limits: Limits) -> bytes:
    """Return what a child process answers to ``data``.

    Raises
    ------
    ImportProblem
        When it gives no answer.
    BusyError
        When too many files are being read on this machine.
    """
    patience = _patience(task.seconds)
    request = {
        "loader": task.loader,
        "options": dict(task.options),
        "limits": asdict(limits),
        "seconds": task.seconds,
        "wall": patience,
    }
    with slot(limits.concurrent, limits.queue_seconds) as place:
        code, answer = _run(json.dumps(request).encode() + b"\n", data, patience, place)
    if code != 0 or not answer:
        raise _failure(code, task)
    return answer


def _patience(seconds: int) -> int:
    """Return the seconds to wait for so much processor time: others may be busy, too.

    Hostile files are stopped by their processor time; this is for a machine under load.
    """
    return 3 * seconds + 4


def _run(
    request: bytes, data: bytes, patience: int, place: IO[str] | None
) -> tuple[int | None, bytes]:
    """Return the child's exit code and answer; files instead of pipes, so nothing can block."""
    with _memory_file() as question, _memory_file() as answer:
        question.write(request)
        question.write(data)
        question.seek(0)
        code = _wait(question, answer, patience, place)
        answer.seek(0)
        return code, answer.read()


def _memory_file() -> IO[bytes]:
    """Return an unnamed file in memory where the system has them: no disk is needed."""
    if hasattr(os, "memfd_create"):
        return os.fdopen(os.memfd_create("gmm-dash"), "w+b")
    return tempfile.TemporaryFile()


def _wait(
    question: IO[bytes], answer: IO[bytes], patience: int, place: IO[str] | None
) -> int | None:
    """Return the child's exit code, or None when it had to be ended."""
    question.flush()
    try:
        # The child inherits the lock on its place, which so outlives a killed worker.
        child = subprocess.Popen(
            COMMAND,
            stdin=question,
            stdout=answer,
            stderr=subprocess.DEVNULL,
            cwd=Path(os.sep),
            env=ENVIRONMENT,
            pass_fds=[place.fileno()] if place is not None else [],
            start_new_session=True,
        )
    except OSError as error:
        logger.warning("No process to read a file could be started: %s", error)
        raise ImportProblem(
            "The server cannot read files right now.", hint="Try again in a moment."
        ) from None
    try:
        return child.wait(patience)
    except subprocess.TimeoutExpired:
        return None
    finally:
        with contextlib.suppress(OSError):
            child.kill()
        child.wait()


def _failure(code: int | None, task: Task) -> ImportProblem:
    """Return the sentence for a child that gave no answer."""
    logger.warning("Reading a file (%s) ended with code %s.", task.loader, code)
    message, hint = task.too_long if code is None or -code in TIME_SIGNALS else task.ended
    return ImportProblem(message, hint=hint)
