"""Reading a file of unknown origin where it can do no harm: in a limited child process."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from gmm_dash.errors import ImportProblem
from gmm_dash.tables import image_wire, wire
from gmm_dash.tables.limits import MEGABYTE, Limits
from gmm_dash.tables.options import ReadOptions
from gmm_dash.tables.origin import packed_origin
from gmm_dash.tables.process import Task, answer_of
from gmm_dash.tables.read import is_plain_text, read_arrow
from gmm_dash.tables.report import ImportedTable
from gmm_dash.tables.sniff import GZIP, ZIP, is_stata

if TYPE_CHECKING:
    from gmm_dash.tables.picture import Picture
    from gmm_dash.tables.report import ReadReport

# Separated text up to this size is parsed right here: the reader's time and memory are
# linear in it, a few milliseconds and megabytes, and a class that pastes at once need not
# queue for processes.
IN_PROCESS_BYTES = 64_000
# The most pixels that are unpacked take a second or two, however few bytes they come in.
PIXEL_SECONDS: Final = 3
PANDAS_SECONDS: Final = 2  # until pandas is loaded, which only one kind of file needs
SMALLER: Final = "Save a smaller version of it, and try again."


def read_guarded(
    data: bytes, *, options: ReadOptions | None = None, limits: Limits | None = None
) -> ImportedTable:
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
    return ImportedTable(table.to_pandas(), report, packed_origin(table))


def read_arrow_guarded(data: bytes, options: ReadOptions, limits: Limits) -> tuple[Any, ReadReport]:
    """Return the pyarrow table and the report; see :func:`read_guarded`."""
    limits.check_bytes(len(data))
    if len(data) <= IN_PROCESS_BYTES and is_plain_text(data):
        return read_arrow(data, options, limits)
    task = Task(
        kind="table",
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


def read_image_guarded(data: bytes, limits: Limits) -> Picture:
    """Return the image in ``data``, unpacked where memory and time are limited.

    Raises
    ------
    ImportProblem
        When there is no image, or opening it takes too much time or memory.
    BusyError
        When too many files are being read on this machine.
    """
    _check_image_bytes(len(data), limits)
    task = Task(
        kind="image",
        seconds=min(limits.seconds, limits.budget(len(data)) + PIXEL_SECONDS),
        too_long=("Opening the image takes too long.", SMALLER),
        ended=(
            "The image could not be opened: it is damaged, or takes too much memory.",
            "Save a smaller version of it, or save it as JPEG, and try again.",
        ),
    )
    return image_wire.unpack(answer_of(task, data, limits))


def _check_image_bytes(n_bytes: int, limits: Limits) -> None:
    if n_bytes == 0:
        raise ImportProblem("The file is empty.", hint="Choose a file that holds an image.")
    if n_bytes > limits.max_bytes:
        raise ImportProblem(
            f"The image is larger than {limits.max_bytes / MEGABYTE:g} MB.", hint=SMALLER
        )
