"""Reading a table of unknown origin where it can do no harm: in a limited child process."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from gmm_dash.files.limits import Limits
from gmm_dash.files.process import Task, answer_of
from gmm_dash.tables.formats.read import is_plain_text, read_arrow
from gmm_dash.tables.formats.sniff import GZIP, ZIP, is_stata
from gmm_dash.tables.reading.options import ReadOptions
from gmm_dash.tables.reading.origin import packed_origin
from gmm_dash.tables.reading.report import ReadTable
from gmm_dash.tables.stored import wire

if TYPE_CHECKING:
    from gmm_dash.tables.reading.report import ReadReport

# Separated text up to this size is parsed right here: the reader's time and memory are
# linear in it, a few milliseconds and megabytes, and a class that pastes at once need not
# queue for processes.
IN_PROCESS_BYTES = 64_000
PANDAS_SECONDS: Final = 2  # until pandas is loaded, which only one kind of file needs


def read_guarded(
    data: bytes, *, options: ReadOptions | None = None, limits: Limits | None = None
) -> ReadTable:
    """Return the table in ``data``, parsed where memory and time are limited.

    Small separated text is parsed in this process, everything else in a child process.

    Raises
    ------
    ImportProblem
        When there is no table, or reading it takes too much time or memory.
    BusyError
        When too many files are being read on this machine.
    """
    table, report = read_arrow_guarded(data, options or ReadOptions(), limits or Limits())
    return ReadTable(table.to_pandas(), report, packed_origin(table))


def read_arrow_guarded(data: bytes, options: ReadOptions, limits: Limits) -> tuple[Any, ReadReport]:
    """Return the pyarrow table and the report; see :func:`read_guarded`."""
    limits.check_bytes(len(data))
    if len(data) <= IN_PROCESS_BYTES and is_plain_text(data):
        return read_arrow(data, options, limits)
    task = Task(
        loader="gmm_dash.tables.upload.loader",
        seconds=_seconds(data, limits),
        too_long=(
            "Reading the file takes too long.",
            "Save fewer rows or columns, or save the table as .csv.",
        ),
        ended=(
            "The file could not be read: it is damaged, or takes too much memory.",
            "Save the table as .csv, or with fewer rows.",
        ),
        options=options.to_json(),
    )
    return wire.unpack(answer_of(task, data, limits), limits)


def _seconds(data: bytes, limits: Limits) -> int:
    """Return the processor time that reading these bytes may take."""
    seconds = limits.budget(len(data), packed=data[:4] in ZIP or data[:2] == GZIP)
    return seconds + PANDAS_SECONDS * is_stata(data)
