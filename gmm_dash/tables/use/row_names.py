"""What a person calls a row: its name in the file, or the line it stands in."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from gmm_dash.tables.reading.report import ReadReport

LONGEST = 60  # characters, on average: beyond that a cell describes its row
MOST_ALIKE = 2  # rows to one name, on average


def row_names(
    frame: pd.DataFrame,
    report: ReadReport,
    label: str,
    rows: NDArray[np.int64],
    lines: NDArray[np.int64],
) -> list[str]:
    """Return what some rows are called.

    Parameters
    ----------
    frame : DataFrame
    report : ReadReport
        How it was read.
    label : str
        Column with the true groups: it names groups, not rows.
    rows : (m,) int array
        Their positions in the table.
    lines : (m,) int array
        The lines of the file that they come from.
    """
    column = naming_column(frame, report, label)
    if not column:
        return [f"line {line}" for line in lines.tolist()]
    cells = frame[column].iloc[rows]
    repeated = frame[column].duplicated(keep=False).iloc[rows]
    return [
        f"line {line}" if gap else f"{cell} (line {line})" if again else str(cell)
        for cell, gap, again, line in zip(
            cells, cells.isna(), repeated, lines.tolist(), strict=True
        )
    ]


def naming_column(frame: pd.DataFrame, report: ReadReport, label: str) -> str:
    """Return the first column of words that tells most rows apart; empty where there is none."""
    for column in report.columns:
        if column.kind != "text" or column.name == label:
            continue
        cells = frame[column.name].dropna()
        different = int(cells.nunique())
        if 2 <= len(frame) <= different * MOST_ALIKE and cells.str.len().mean() <= LONGEST:
            return column.name
    return ""
