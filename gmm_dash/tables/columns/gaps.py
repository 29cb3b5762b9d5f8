"""Gaps and stand-ins for them: asked about before anything is fitted to few rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from gmm_dash.tables.reading.report import Asked, Question, Way, counted, listed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from gmm_dash.tables.reading.report import ReadReport

FEWEST: Final = 2  # times that a value stands in for a gap
FEWEST_OTHERS: Final = 4  # different values beside it
FAR: Final = 3.0  # times the range of all others


def sentinel(values: NDArray[np.float64]) -> Asked | None:
    """Return the question about a repeated extreme far from everything else, as -9999 is.

    Parameters
    ----------
    values : (n,) array
        Of one column, without gaps.
    """
    different, counts = np.unique(values, return_counts=True)
    if different.size <= FEWEST_OTHERS or not np.isfinite(different).all():
        return None
    for place, others in ((0, different[1:]), (-1, different[:-1])):
        value, reach = float(different[place]), float(others[-1]) - float(others[0])
        away = min(abs(float(others[0]) - value), abs(float(others[-1]) - value))
        far = away > FAR * reach or (_is_usual(value) and away > reach)
        if counts[place] >= FEWEST and far:
            word = f"{value:.15g}"
            text = f"{word} occurs {counts[place]:,} times, far from everything else"
            return Asked("sentinel", text, (word,))
    return None


def _is_usual(value: float) -> bool:
    """Return whether programs write a value for "missing": -99, 999, -200 and the like."""
    digits = f"{abs(value):.15g}".removesuffix(".9")
    return value in (-200, -1, -8888, -88, -888, -77, -777) or set(digits) == {"9"}


def complete_question(table: Any, report: ReadReport) -> tuple[Question, ...]:
    """Return the question about gaps that leave less than half of the rows complete."""
    columns = [c.name for c in report.columns if c.kind == "number" and not c.identifier_like]
    if len(columns) < 2 or not any(c.n_missing for c in report.columns):
        return ()
    gaps = {name: table.column(name).is_null().to_numpy() for name in columns}
    complete = _complete(gaps, columns)
    if 2 * complete >= report.n_rows:
        return ()
    kept = list(columns)
    while len(kept) > 2 and 2 * _complete(gaps, kept) < report.n_rows:
        kept.remove(max(kept, key=lambda name: int(gaps[name].sum())))
    left_out = [name for name in columns if name not in kept]
    cured = f"{_complete(gaps, kept):,} of {counted(report.n_rows, 'row')}"
    cure = f" Without {listed(left_out)} it is {cured}." if left_out else ""
    ways = [Way(f"Leave out the rows with gaps: {complete:,} stay", {"columns": columns})]
    if left_out:
        ways.insert(0, Way(f"Leave out {listed(left_out)}: {cured}", {"columns": kept}))
    return (
        Question(
            "few_complete_rows",
            f"Shall only {complete:,} of {counted(report.n_rows, 'row')} be fitted? The others "
            f"have a gap in some column.{cure}",
            tuple(ways if complete >= FEWEST else ways[:-1]),
        ),
    )


def _complete(gaps: dict[str, NDArray[np.bool_]], columns: Sequence[str]) -> int:
    return int((~np.column_stack([gaps[name] for name in columns]).any(axis=1)).sum())
