"""A large file of columns (Parquet, Arrow) that the machine's owner opens where it lies.

Nothing is copied to the store and no child process reads it: whoever names a file on the command
line or in a notebook could open it with any other program, too. Uploads never come this way.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from gmm_dash.errors import ImportProblem
from gmm_dash.tables.columns.names import clean_text
from gmm_dash.tables.formats.arrowfile import finish
from gmm_dash.tables.reading.options import ReadOptions
from gmm_dash.tables.reading.report import listed

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from gmm_dash.files.limits import Limits
    from gmm_dash.tables.reading.report import ReadReport
    from gmm_dash.tables.stored.store import TableStore

MOST_NAME: Final = 120  # characters of a file's name
_NUMBER_BYTES: Final = 8
_ERRORS: Final = (pa.ArrowException, OSError, ValueError, TypeError, NotImplementedError)


@dataclass(frozen=True, slots=True)
class _Contents:
    """What a file says it holds: rows, and top columns by name."""

    kind: str
    n_rows: int
    names: tuple[str, ...]


def open_if_large(
    path: Path, columns: Sequence[str], most_cells: int, limits: Limits, store: TableStore
) -> tuple[str, ReadReport] | None:
    """Open a file where it lies if it is large, or only some of its columns are wanted.

    Parameters
    ----------
    path, columns, most_cells, limits, store
        See :func:`open_in_place`.

    Returns
    -------
    (str, ReadReport) or None
        Its key, and how it was read; None for a file that is to be read and stored like an
        upload: one that is not stored by columns, or is within ``limits``.

    Raises
    ------
    ImportProblem
        When columns are wanted of a file that is not stored by columns; see also
        :func:`open_in_place`.
    OSError
        When the file cannot be read.
    """
    by_columns = _starts(path, b"PAR1", b"ARROW1")
    if columns and not by_columns:
        raise _not_by_columns()
    if not by_columns or not (columns or _is_too_large(path, limits)):
        return None
    return open_in_place(path, columns, most_cells, limits, store)


def _is_too_large(path: Path, limits: Limits) -> bool:
    """Return whether a file of columns is beyond what may be uploaded."""
    if path.stat().st_size > limits.max_bytes:
        return True
    file = _contents(path)
    cells = file.n_rows * len(file.names)
    largest = min(limits.max_table_bytes, limits.max_unpacked) // _NUMBER_BYTES
    return file.n_rows > limits.max_rows or cells > min(limits.max_cells, largest)


def open_in_place(
    path: Path, columns: Sequence[str], most_cells: int, limits: Limits, store: TableStore
) -> tuple[str, ReadReport]:
    """Return the key under which a file of columns is open from now on, and how it was read.

    Parameters
    ----------
    path : Path
    columns : sequence of str
        The columns to read, as the file names them; none means every column.
    most_cells : int
        Most cells to read: rows times columns.
    limits : Limits
        Of which the number of columns counts.
    store : TableStore

    Raises
    ------
    ImportProblem
        When it is no file of columns, damaged, has no such columns, or more cells.
    OSError
        When it cannot be read.
    """
    if not _starts(path, b"PAR1", b"ARROW1"):
        raise _not_by_columns()
    wide = replace(limits, max_rows=most_cells, max_cells=most_cells)
    name = clean_text(re.split(r"[/\\]", path.name)[-1], MOST_NAME)

    def read() -> tuple[Any, ReadReport]:
        table, report = finish(*_columns(path, columns, wide), ReadOptions(), wide)
        return table.combine_chunks(), replace(report, file_name=name)

    return store.link(path, json.dumps(list(columns)).encode(), read)


def _columns(path: Path, columns: Sequence[str], limits: Limits) -> tuple[Any, str]:
    """Return the wanted columns of a file, and its kind; the bytes of others are not read.

    They are read into memory, not mapped: who writes to a mapped file ends this process.
    """
    file = _contents(path)
    unknown = [name for name in columns if name not in file.names]
    if unknown:
        raise ImportProblem(
            f"The file has no column {listed(unknown)}.",
            hint=f"It has {listed(list(file.names), 20)}.",
        )
    wanted = list(dict.fromkeys(columns)) or list(file.names)
    _check_cells(file.n_rows, len(wanted), limits)
    try:
        if file.kind == "parquet":
            with pq.ParquetFile(path) as parquet:
                table = parquet.read(wanted if columns else None, use_threads=False)
        else:
            places = [i for i, name in enumerate(file.names) if name in wanted]
            options = pa.ipc.IpcReadOptions(included_fields=places, use_threads=False)
            with pa.OSFile(str(path)) as source:
                table = pa.ipc.open_file(source, options=options).read_all()
        table.validate(full=True)
    except pa.ArrowMemoryError:
        raise ImportProblem(
            "The columns take more memory than this machine has.", hint="Read fewer columns."
        ) from None
    except _ERRORS:
        raise _damaged() from None
    return table, file.kind


def _check_cells(n_rows: int, n_columns: int, limits: Limits) -> None:
    if n_rows * n_columns > limits.max_cells:
        raise ImportProblem(
            f"The table has {n_rows:,} rows x {n_columns:,} columns; at most "
            f"{limits.max_cells:,} cells are opened from disk.",
            hint="Name fewer columns (--columns), or set GMM_DASH_OPEN_CELLS to a larger number.",
        )


def _contents(path: Path) -> _Contents:
    try:
        if _starts(path, b"PAR1"):
            with pq.ParquetFile(path) as file:
                names = tuple(file.schema_arrow.names)
                return _Contents("parquet", file.metadata.num_rows, names)
        with pa.memory_map(str(path)) as source:  # of which the batches' heads alone are looked at
            arrow = pa.ipc.open_file(source)
            n_rows = sum(arrow.get_batch(i).num_rows for i in range(arrow.num_record_batches))
            return _Contents("feather", n_rows, tuple(arrow.schema.names))
    except _ERRORS:
        raise _damaged() from None


def _starts(path: Path, *marks: bytes) -> bool:
    with path.open("rb") as file:
        return file.read(6).startswith(marks)


def _not_by_columns() -> ImportProblem:
    return ImportProblem(
        "Only Parquet and Arrow files are read by columns, where they lie.",
        hint="Save it as one of them, or open all of it in the panel Data.",
    )


def _damaged() -> ImportProblem:
    return ImportProblem("The file is damaged or cut short.", hint="Save it again.")
