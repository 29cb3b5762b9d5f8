"""A stored table as its owner should see it before using it: how it was read, and a look."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pandas as pd

from gmm_dash.errors import GmmDashError
from gmm_dash.tables import doubts, numeric_matrix, offered_groups, suggested_groups

if TYPE_CHECKING:
    from gmm_dash.tables import Doubt, ReadReport, TableStore

HEAD_ROWS: Final = 8
HEAD_COLUMNS: Final = 40
LONGEST_CELL: Final = 60


@dataclass(frozen=True, slots=True)
class TableReading:
    """How a table was read.

    Attributes
    ----------
    report : ReadReport
    doubts : tuple of Doubt
        Questions to its owner.
    head : tuple of tuple of str
        The first rows of the first columns, as text.
    usual : tuple of str
        The columns that are clustered when nothing is chosen.
    problem : str
        Why the table cannot be clustered, or empty.
    groups : tuple of str
        The columns that look like known groups, the likeliest first.
    offered : tuple of str
        Every column in the order in which it may hold known groups.
    """

    report: ReadReport
    doubts: tuple[Doubt, ...]
    head: tuple[tuple[str, ...], ...]
    usual: tuple[str, ...]
    problem: str
    groups: tuple[str, ...]
    offered: tuple[str, ...]


def reading_of(key: str, store: TableStore) -> TableReading:
    """Return how a stored table was read, with a look at it.

    Raises
    ------
    TableGoneError
        When there is no such table.
    """
    stored = store.get(key)
    frame, report = stored.frame, stored.report
    usual, problem = _usual(frame, report)
    return TableReading(
        report,
        doubts(report),
        _head(frame),
        usual,
        problem,
        suggested_groups(frame, report),
        offered_groups(frame, report),
    )


def _usual(frame: pd.DataFrame, report: ReadReport) -> tuple[tuple[str, ...], str]:
    """Return the columns clustered by default, and why they cannot be, if so."""
    try:
        return numeric_matrix(frame, identifiers=report.identifiers).columns, ""
    except GmmDashError as problem:
        return (), problem.sentence


def _head(frame: pd.DataFrame) -> tuple[tuple[str, ...], ...]:
    first = frame.iloc[:HEAD_ROWS, :HEAD_COLUMNS]
    return tuple(tuple(map(_shown, row)) for row in first.itertuples(index=False, name=None))


def _shown(cell: object) -> str:
    if pd.isna(cell):  # type: ignore[call-overload]
        return ""
    text = f"{cell:.10g}" if isinstance(cell, float) else str(cell)
    return text if len(text) <= LONGEST_CELL else f"{text[:LONGEST_CELL]}…"
