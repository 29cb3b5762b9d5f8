"""The whole way of an upload, and of a table that is in memory already."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import pyarrow as pa

from gmm_dash.errors import ImportProblem
from gmm_dash.files.limits import Limits
from gmm_dash.tables.columns.describe import describe_columns
from gmm_dash.tables.columns.names import clean_text
from gmm_dash.tables.formats.arrowfile import origin_of, type_arrow
from gmm_dash.tables.reading.options import ReadOptions
from gmm_dash.tables.reading.origin import packed_origin
from gmm_dash.tables.reading.report import ReadReport, ReadTable
from gmm_dash.tables.upload.guard import read_arrow_guarded

if TYPE_CHECKING:
    import pandas as pd

    from gmm_dash.tables.stored.store import TableStore

MOST_NAME: Final = 120  # characters of a file's name


def read_and_store(
    data: bytes,
    options: ReadOptions | None,
    limits: Limits | None,
    store: TableStore,
    *,
    name: str = "",
) -> tuple[str, ReadReport]:
    """Return the key of the stored table in ``data``, and how it was read.

    ``name`` is what its owner calls the file: exported scripts read it under that name.

    Raises
    ------
    ImportProblem
        When there is no table in it, or it cannot be stored; nothing changed then.
    """
    table, report = read_arrow_guarded(data, options or ReadOptions(), limits or Limits())
    report = replace(report, file_name=clean_text(re.split(r"[/\\]", name)[-1], MOST_NAME))
    return store.put_arrow(table, report), report


def describe_frame(frame: pd.DataFrame) -> ReadTable:
    """Return a DataFrame under clean names with a report, as if it came from a file.

    For tables that are in memory already: a script's, a notebook's, a drawing. The index
    is left out unless it has a name.

    Raises
    ------
    ImportProblem
        When it has no rows or columns, or cells that are no values.
    """
    named_index = any(name is not None for name in frame.index.names)
    plain = frame.reset_index() if named_index else frame
    try:
        arrays = [pa.array(plain.iloc[:, i], from_pandas=True) for i in range(plain.shape[1])]
    except (pa.ArrowException, TypeError, ValueError, OverflowError):
        raise ImportProblem(
            "A column of the table mixes kinds of values.", hint="Give each column one type."
        ) from None
    typed = [column for column in map(type_arrow, arrays) if column is not None]
    if len(typed) < len(arrays) or not typed or not len(frame):
        raise ImportProblem(
            "The table has no rows or no columns of plain values.",
            hint="Use numbers, texts, dates and truth values.",
        )
    table, columns = describe_columns([str(name) for name in plain.columns], typed)
    report = ReadReport("frame", "", table.num_rows, table.num_columns, columns=columns)
    origin = packed_origin(origin_of(arrays, typed).attach(table))
    return ReadTable(table.to_pandas(), report.in_words(), origin)
