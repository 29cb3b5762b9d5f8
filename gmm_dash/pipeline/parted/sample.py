"""A random sample of a table in many files, for the page: columns and rows at once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd

from gmm_dash.pipeline.parted.survey import survey
from gmm_dash.tables import describe_frame

if TYPE_CHECKING:
    from gmm_dash.pipeline.parted.crew import Crew
    from gmm_dash.tables import ReadReport, TableStore
    from gmm_dash.tables.parts.table import PartedTable


def store_sample(
    crew: Crew, table: PartedTable, rows: int, store: TableStore
) -> tuple[str, ReadReport]:
    """Store a random sample of a table's complete rows; return its key, and what is said of it.

    Parameters
    ----------
    crew : Crew
    table : PartedTable
    rows : int
        Rows to draw, with seed 0.
    store : TableStore

    Raises
    ------
    ImportProblem
        When no row is complete, or the sample cannot be stored.
    """
    seen = survey(crew, table.slices(), rows, 0)
    found = describe_frame(pd.DataFrame(seen.sample, columns=list(table.columns)))
    files = len(table.footers)
    where = f"{seen.n:,} complete rows in {files:,} {'file' if files == 1 else 'files'}"
    whole = len(seen.sample) == seen.n
    remark = (
        f"These are all {where}."
        if whole
        else f"These are a random sample of {where}; every result here is of the sample. "
        "The command gmm-dash fit goes over all of them."
    )
    report = replace(found.report, file_name=table.url.rstrip("/").rpartition("/")[2])
    report = report.in_words([remark])
    return store.put(found.frame, report, found.origin), report
