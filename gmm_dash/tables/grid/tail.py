"""Rows below a table that sum it up: they are no data, and are asked about."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from gmm_dash.tables.columns.cells import Cell, is_blank, is_number
from gmm_dash.tables.columns.units import quoted
from gmm_dash.tables.reading.report import Question, Way

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST: Final = 5  # rows
SUMS_UP: Final = "it sums up the rows above"
_SUMS_UP: Final = re.compile(
    r"\s*(?:grand |sub)?-?(?:totals?|sum|average|mean|median|std(?:\.| ?dev)?|min(?:imum)?|"
    r"max(?:imum)?|count|overall|all|summe|gesamt(?:summe)?|insgesamt|mittelwert|durchschnitt|"
    r"total général|somme|moyenne|totale?|suma|promedio|media)\s*(?:[:(].*)?",
    re.I,
)


def sums_up(rows: Sequence[Sequence[Cell]], n_rows: int) -> int:
    """Return how many of the last rows sum up the table: "Total" stands in their first cell.

    Parameters
    ----------
    rows : sequence of rows
        The last few.
    n_rows : int
        Of the table: where half of it would go, nothing does.
    """
    found = 0
    for row in reversed(rows[-MOST:]):
        first = next((cell for cell in row if not is_blank(cell)), None)
        words = isinstance(first, str) and _SUMS_UP.fullmatch(first)
        if not words or not any(map(is_number, row)):
            break
        found += 1
    return found if found * 2 < n_rows else 0


def tail_question(rows: Sequence[Sequence[Cell]], line: int) -> Question:
    """Return the question about rows that were left out at the end."""
    first = str(next(cell for cell in rows[0] if not is_blank(cell)))
    return Question(
        "total_below",
        f"Does {quoted(first.strip())} (line {line:,}) sum up the rows above? I left it out.",
        (Way("It is data like the others", {"totals": "keep"}),),
    )
