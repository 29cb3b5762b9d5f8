"""Reading a file of unknown origin where it can do no harm: in a limited child process."""

from __future__ import annotations

import contextlib
import json
import logging
import os
import signal
import subprocess
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from gmm_dash.errors import ImportProblem
from gmm_dash.tables.limits import Limits
from gmm_dash.tables.options import ReadOptions
from gmm_dash.tables.read import is_plain_text, read_arrow
from gmm_dash.tables.report import ImportedTable
from gmm_dash.tables.slots import slot
from gmm_dash.tables.sniff import ZIP
from gmm_dash.tables.wire import unpack

if TYPE_CHECKING:
    from gmm_dash.tables.report import ReadReport

# Separated text up to this size is parsed right here: the reader's time and memory are
# linear in it, a few milliseconds and megabytes, and a class that pastes at once need not
# queue for processes.
IN_PROCESS_BYTES = 64_000
PACKAGE_ROOT = Path(__file__).resolve().parents[2]
COMMAND = (sys.executable, "-P", "-m", "gmm_dash.tables.child")
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


def read_guarded(
    data: bytes, *, options: ReadOptions | None = None, limits: Limits | None = None
) -> ImportedTable:
    """Return the table in ``data``, parsed where memory and time are limited.

    Small separated text is parsed in this process, everything else in a child process.

    Raises
    ------
    ImportProblem
        When there is no table, or reading it takes too much time or memory; also when
        too many files are being read on this machine.
    """
    table, report = read_arrow_guarded(data, options or ReadOptions(), limits or Limits())
    return ImportedTable(table.to_pandas(), report)


def read_arrow_guarded(data: bytes, options: ReadOptions, limits: Limits) -> tuple[Any, ReadReport]:
    """Return the pyarrow table and the report; see :func:`read_guarded`."""
    limits.check_bytes(len(data))
    if len(data) <= IN_PROCESS_BYTES and is_plain_text(data):
        return read_arrow(data, options, limits)
    seconds = limits.budget(len(data), packed=data[:4] in ZIP)
    request = {
        "options": options.to_json(),
        "limits": asdict(limits),
        "seconds": seconds,
        "wall": _patience(seconds),
    }
    with slot(limits.concurrent, limits.queue_seconds) as place:
        answer = _run(json.dumps(request).encode() + b"\n", data, _patience(seconds), place)
    return unpack(answer, limits)


def _patience(seconds: int) -> int:
    """Return the seconds to wait for so much processor time: others may be busy, too.

    Hostile files are stopped by their processor time; this is for a machine under load.
    """
    return 3 * seconds + 4


def _run(request: bytes, data: bytes, patience: int, place: IO[str] | None) -> bytes:
    """Return what the child answers; files instead of pipes, so nothing can block."""
    with _memory_file() as question, _memory_file() as answer:
        question.write(request)
        question.write(data)
        question.seek(0)
        code = _wait(question, answer, patience, place)
        answer.seek(0)
        result = answer.read()
    if code != 0 or not result:
        raise _failure(code)
    return result


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


def _failure(code: int | None) -> ImportProblem:
    """Return the sentence for a child that gave no answer."""
    logger.warning("Reading a file ended with code %s.", code)
    if code is None or -code in TIME_SIGNALS:
        return ImportProblem(
            "Reading the file takes too long.",
            hint="Save fewer rows or columns, or save the table as .csv.",
        )
    return ImportProblem(
        "The file could not be read: it is damaged, or takes too much memory.",
        hint="Save the table as .csv, or with fewer rows.",
    )
