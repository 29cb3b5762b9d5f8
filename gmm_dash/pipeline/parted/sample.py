"""A random sample of a table in many files, for the page: columns and rows at once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd

from gmm_dash.pipeline.parted.survey import survey
from gmm_dash.tables import describe_frame
from gmm_dash.tables.reading.report import Whole

if TYPE_CHECKING:
    from collections.abc import Callable

    from gmm_dash.pipeline.parted.crew import Crew
    from gmm_dash.tables import ReadReport, TableStore
    from gmm_dash.tables.parts.table import PartedTable


def store_sample(
    crew: Crew,
    table: PartedTable,
    rows: int,
    store: TableStore,
    tell: Callable[[int, int], None] | None = None,
) -> tuple[str, ReadReport]:
    """Store a random sample of a table's complete rows; return its key, and what is said of it.

    Parameters
    ----------
    crew : Crew
    table : PartedTable
    rows : int
        Rows to draw, with seed 0.
    store : TableStore
    tell : callable, optional
        Called with how many slices were looked at, and how many there are.

    Raises
    ------
    ImportProblem
        When no row is complete, or the sample cannot be stored.
    """
    seen = survey(crew, table.slices(), rows, 0, tell)
    found = describe_frame(pd.DataFrame(seen.sample, columns=list(table.columns)))
    files = len(table.footers)
    whole = Whole(table.url, table.columns, files, table.n_rows, seen.n)
    report = replace(found.report, file_name=table.url.rstrip("/").rpartition("/")[2], whole=whole)
    report = report.in_words([_said(whole, len(seen.sample))])
    return store.put(found.frame, report, found.origin), report


def _said(whole: Whole, drawn: int) -> str:
    files = f"{whole.n_files:,} {'file' if whole.n_files == 1 else 'files'}"
    where = f"{whole.n_complete:,} complete rows in {files} at {whole.url}"
    if drawn == whole.n_complete:
        return f"These are all {where}."
    return (
        f"These are a random sample of {where}; every result here is of the sample, where it does "
        "not say all rows."
    )
