"""Tables as CSV that a spreadsheet shows and never runs."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, Any, BinaryIO, Final

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from gmm_dash.errors import ImportProblem
from gmm_dash.tables.columns.cells import is_missing, looks_numeric

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pandas as pd

MOST_WORKBOOK_CELLS: Final = 1_000_000  # about ten seconds
MOST_SHEET_ROWS: Final = 1_048_576
_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # no XML may hold these

# What makes a spreadsheet take a cell for a formula, also behind blanks it ignores.
FORMULA = re.compile(r"\s*[=+\-@]|[\t\r]")


def safe_csv(frame: pd.DataFrame, *, header: bool = True) -> str:
    """Return the frame as CSV (commas, decimal points, UTF-8 text) without its index.

    Texts and names that start with ``= + - @``, a tab or a carriage return get an
    apostrophe in front, so that no program computes them; numbers, also those written as
    texts, and words for a missing value like ``-``
    stay as they are. Names that are numbers are quoted, and so stay names when read again.
    """
    safe = frame.copy(deep=False)
    for position, dtype in enumerate(frame.dtypes):
        if dtype.kind not in "iufbMm":
            cells = frame.iloc[:, position].to_numpy(dtype=object)
            safe.isetitem(position, np.array([harmless(cell) for cell in cells], dtype=object))
    safe.columns = [harmless(str(name)) for name in frame.columns]
    numbered = bool(len(safe.columns)) and all(map(looks_numeric, safe.columns))
    quoting: Any = csv.QUOTE_NONNUMERIC if numbered else csv.QUOTE_MINIMAL
    return str(safe.to_csv(index=False, header=header, lineterminator="\r\n", quoting=quoting))


def harmless(cell: Any) -> Any:
    """Return a cell, with an apostrophe in front where a spreadsheet would run it."""
    # most cells are told by their first character
    if not isinstance(cell, str) or cell[:1].isalnum() or not FORMULA.match(cell):
        return cell
    return f"'{cell}" if not (looks_numeric(cell) or is_missing(cell)) else cell


def parquet_of(frame: pd.DataFrame, about: Sequence[str]) -> bytes:
    """Return the frame as a Parquet file; ``about`` stands in its metadata, as "about"."""
    sink = io.BytesIO()
    write_parquet([frame], about, sink)
    return sink.getvalue()


def write_parquet(frames: Iterable[pd.DataFrame], about: Sequence[str], sink: BinaryIO) -> None:
    """Write frames of the same columns below each other, as :func:`parquet_of` writes one.

    A column without a value is one of texts, as the next frame may have some in it.
    """
    writer = None
    for frame in frames:
        table = pa.Table.from_pandas(frame, preserve_index=False)
        if writer is None:
            fields = [
                pa.field(one.name, pa.string() if pa.types.is_null(one.type) else one.type)
                for one in table.schema
            ]
            own = {**(table.schema.metadata or {}), b"about": "\n".join(about).encode()}
            writer = pq.ParquetWriter(sink, pa.schema(fields, own), compression="zstd")
        writer.write_table(table.cast(writer.schema))
    if writer is not None:
        writer.close()


def workbook_of(
    names: Sequence[str], rows: Iterable[Sequence[Any]], n_rows: int, about: Sequence[str]
) -> bytes:
    """Return a workbook (XLSX): the rows on its first sheet, sentences on its second.

    Texts stay texts, whatever they begin with: no program computes them.

    Raises
    ------
    ImportProblem
        When there are more cells than a workbook is for.
    """
    if n_rows >= MOST_SHEET_ROWS or n_rows * len(names) > MOST_WORKBOOK_CELLS:
        raise ImportProblem(
            f"A workbook for {n_rows:,} rows x {len(names):,} columns would take too long.",
            hint="Save them as CSV or Parquet.",
        )
    import openpyxl  # noqa: PLC0415  (slow to load, and rarely needed)
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415

    book = openpyxl.Workbook(write_only=True)
    sheets = (("labels", [names, *rows]), ("about", [[sentence] for sentence in about]))
    for title, lines in sheets:
        sheet = book.create_sheet(title)
        for line in lines:
            sheet.append([_cell(WriteOnlyCell, sheet, value) for value in line])
    sink = io.BytesIO()
    book.save(sink)
    return sink.getvalue()


def _cell(kind: Any, sheet: Any, value: Any) -> Any:
    """Return a value for a sheet; a text as a cell that is no formula."""
    if not isinstance(value, str):
        return value
    cell = kind(sheet, _UNSEEN.sub("\ufffd", value)[:32_767])
    cell.data_type = "s"
    return cell
