"""A stored table as its owner should see it before using it: how it was read, and a look."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pandas as pd

from gmm_dash.errors import GmmDashError
from gmm_dash.tables import doubts, numeric_matrix

if TYPE_CHECKING:
    from gmm_dash.tables import ReadReport, TableStore

HEAD_ROWS: Final = 8
HEAD_COLUMNS: Final = 40
LONGEST_CELL: Final = 60
FEWEST_COLUMNS: Final = 2


@dataclass(frozen=True, slots=True)
class TableAccount:
    """How a table was read.

    Attributes
    ----------
    report : ReadReport
    doubts : tuple of str
        Questions to its owner.
    head : tuple of tuple of str
        The first rows of the first columns, as text.
    usual : tuple of str
        The columns that are clustered when nothing is chosen.
    problem : str
        Why the table cannot be clustered, or empty.
    """

    report: ReadReport
    doubts: tuple[str, ...]
    head: tuple[tuple[str, ...], ...]
    usual: tuple[str, ...]
    problem: str


def account_of(key: str, store: TableStore) -> TableAccount:
    """Return the account of a stored table.

    Raises
    ------
    TableGoneError
        When there is no such table.
    """
    stored = store.get(key)
    usual, problem = _usual(stored.frame)
    return TableAccount(stored.report, doubts(stored.report), _head(stored.frame), usual, problem)


def _usual(frame: pd.DataFrame) -> tuple[tuple[str, ...], str]:
    """Return the columns clustered by default, and why they cannot be, if so."""
    try:
        usual = numeric_matrix(frame).columns
    except GmmDashError as problem:
        return (), problem.sentence
    alone = f"Only {usual[0]} can be clustered as it is, and a plot needs two columns."
    return usual, alone if len(usual) < FEWEST_COLUMNS else ""


def _head(frame: pd.DataFrame) -> tuple[tuple[str, ...], ...]:
    first = frame.iloc[:HEAD_ROWS, :HEAD_COLUMNS]
    return tuple(tuple(map(_shown, row)) for row in first.itertuples(index=False, name=None))


def _shown(cell: object) -> str:
    if pd.isna(cell):  # type: ignore[call-overload]
        return ""
    text = f"{cell:.10g}" if isinstance(cell, float) else str(cell)
    return text if len(text) <= LONGEST_CELL else f"{text[:LONGEST_CELL]}…"
