"""What the list of rows in Compare holds, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gmm_dash.explain.numbers import percent
from gmm_dash.results.row_desk import MOST_COLUMNS

if TYPE_CHECKING:
    from gmm_dash.results.row_desk import RowDesk, Wanted


def rows_said(desk: RowDesk, wanted: Wanted, count: int, *, four: str = "") -> list[str]:
    """Return how many rows are listed and why these, and what the list leaves out.

    Parameters
    ----------
    desk : RowDesk
    wanted : Wanted
    count : int
        How many there are.
    four : str
        Where the plots are of the four covariance types: that of the settings.
    """
    return [*_why(desk, wanted, count), *_columns(desk, count), *_whose(four)]


def _why(desk: RowDesk, wanted: Wanted, count: int) -> list[str]:
    if wanted.kind == "text":
        return [_found(desk, wanted.text, count)]
    if wanted.kind == "outlines":
        return [_selected(desk, count), *_sample(desk)]
    return [_outliers(desk, count)]


def _columns(desk: RowDesk, count: int) -> list[str]:
    """Return how many of the user's columns the list has, where it has not all."""
    d = len(desk.labelled.given.names)
    if d <= MOST_COLUMNS or not count:
        return []
    return [
        f"The list shows the first {MOST_COLUMNS} of {d:,} columns; a record and the file have all."
    ]


def _whose(four: str) -> list[str]:
    if not four:
        return []
    return [f"Groups and densities here are those of the mixture of the settings, {four}."]


def _rows(count: int) -> str:
    return f"{count:,} row" if count == 1 else f"{count:,} rows"


def _found(desk: RowDesk, text: str, count: int) -> str:
    what = "name or line" if desk.named else "line" if desk.from_file else "number"
    if not text:
        return f"Write the {what} of a row to find it."
    if count == 0:
        part = "a part of a name, or " if desk.named else ""
        return (
            f"No row is called “{text}”, and none has it for its number. "
            f"Write {part}a number from {desk.lines[0]:,} to {desk.lines[1]:,}."
        )
    return f"Found for “{text}”: {_rows(count)}."


def _selected(desk: RowDesk, count: int) -> str:
    if count == 0:
        return "No row lies within the selection. Draw another around some points."
    return f"Selected: {count:,} of {_rows(desk.points.n)}."


def _sample(desk: RowDesk) -> list[str]:
    n, n_complete = desk.points.n, desk.n_complete
    if n == n_complete:
        return []
    return [
        f"The plots are of a random sample of {n:,} of {n_complete:,} complete rows; a selection "
        "finds rows of the sample alone, the search finds all."
    ]


def _outliers(desk: RowDesk, count: int) -> str:
    fitted = int((desk.labelled.assigned.fitted & desk.labelled.assigned.outlier).sum())
    share = percent(desk.labelled.outlier_share)
    more = count - fitted
    unseen = f", and {_rows(more)} that the fit did not see and that are as unlikely"
    return (
        f"Least likely: {_rows(fitted)} where the mixture puts the least density "
        f"({share} of the fitted ones, rounded up){unseen if more else ''}."
    )
