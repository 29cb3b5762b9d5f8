"""Where the table begins: title lines, the row of names, a row of units, the width."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from gmm_dash.errors import ImportProblem
from gmm_dash.tables.cells import Cell, is_blank, is_missing, looks_numeric
from gmm_dash.tables.report import counted, listed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gmm_dash.tables.options import ReadOptions

    Row = Sequence[Cell]

MAX_TITLE_ROWS = 50
MAX_UNIT = 20
COMMENT = re.compile(r"\s*(?:#|%|//)+\s*")
YEARS = range(1800, 2201)


@dataclass(frozen=True, slots=True)
class Layout:
    """What the first rows mean.

    Attributes
    ----------
    start : int
        Index of the first row of data among the rows looked at.
    width : int
        Cells in every row of data.
    names : tuple of str, or None
        The row of names, ``width`` of them; None when there is none.
    units : tuple of str, or None
        The row of units under it.
    row_names : bool
        Whether the first column holds row names without a name of its own (R).
    trailing : bool
        Whether every row ends with a separator too many, to be dropped.
    top : int
        Index of the first row that belongs to the table: names or data.
    """

    start: int
    width: int
    names: tuple[str, ...] | None = None
    units: tuple[str, ...] | None = None
    row_names: bool = False
    trailing: bool = False
    top: int = 0

    def remarks(self) -> list[str]:
        """Return sentences about the rows above the data that are no data."""
        units = [unit.strip() for unit in self.units or () if unit.strip()]
        return [
            *([f"{counted(self.top, 'row')} above the table left out."] if self.top else []),
            *([f"The row under the names holds units: {listed(units)}."] if units else []),
            *(["The first row holds data, so the columns are numbered."] * (self.names is None)),
            *(["The first column holds the names of the rows."] if self.row_names else []),
        ]


def find_layout(rows: Sequence[Row], options: ReadOptions, *, ragged: bool = True) -> Layout:
    """Return the layout of a table from its first rows.

    Parameters
    ----------
    rows : sequence of rows
        The first few hundred rows, each as long as it is in the file.
    ragged : bool
        Whether the rows' lengths tell something, as in a text; a sheet's are all equal.

    Raises
    ------
    ImportProblem
        When no row holds data, or the row of names does not fit the rows below it.
    """
    if not rows:
        raise ImportProblem(
            "The table has no rows.", hint="Choose a file with names and at least one row."
        )
    counts = Counter(len(row) for row in rows)
    width = max(counts, key=lambda n: (counts[n], n))
    first = _first_row(rows, width) if options.skip_rows == "auto" else 0
    top = first
    names, first = _names_row(rows, first, width, options)
    layout = _fit(names, rows[first:], width, ragged=ragged)
    top -= layout.names is not None and first == top  # the names stood in a comment above
    return _with_units(replace(layout, top=top), rows, first, options)


def _first_row(rows: Sequence[Row], width: int) -> int:
    """Return the index of the first row that belongs to the table: titles come before it."""
    filled = sorted(_filled(row) for row in rows if len(row) == width)
    usual = filled[len(filled) // 2]
    for index, row in enumerate(rows[:MAX_TITLE_ROWS]):
        if _is_comment(row):
            continue
        if len(row) == width and not _is_title(row, usual):
            return index
        if len(row) != width and _could_name(row, rows[index + 1 :], width):
            return index
    return 0


def _filled(row: Row) -> int:
    return sum(not is_blank(cell) for cell in row)


def _is_title(row: Row, usual: int) -> bool:
    """Return whether a row has words in far fewer cells than rows usually fill."""
    words = all(isinstance(cell, str) for cell in row if not is_blank(cell))
    return words and not any(map(looks_numeric, row)) and 2 * _filled(row) < usual


def _could_name(row: Row, below: Sequence[Row], width: int) -> bool:
    """Return whether a row of another length may still name the columns.

    It stands right above the data then; above the real row of names it is a title.
    """
    filled = _filled(row)
    if not all(isinstance(cell, str) for cell in row) or any(map(looks_numeric, row)):
        return False
    over_data = bool(below) and len(below[0]) == width and any(map(looks_numeric, below[0]))
    return over_data and (filled == width - 1 or (filled >= 2 and filled >= width / 2))


def _is_comment(row: Row) -> bool:
    return bool(row) and isinstance(row[0], str) and COMMENT.match(row[0]) is not None


def _names_row(
    rows: Sequence[Row], first: int, width: int, options: ReadOptions
) -> tuple[tuple[str, ...] | None, int]:
    """Return the names, if a row holds them, and the index of the row after them."""
    if options.header == "no":
        return None, first
    below = [row for row in rows[first + 1 :] if len(row) == width]
    if (names := _commented_names(rows[first], width)) and options.header == "yes":
        return names, first + 1
    if options.header == "yes" or _is_header(rows[first], below):
        return tuple(map(_as_name, rows[first])), first + 1
    commented = _commented_names(rows[first - 1], width) if first else None
    return commented, first


def _commented_names(row: Row, width: int) -> tuple[str, ...] | None:
    """Return the names in a comment line right above the data, as NumPy writes them."""
    if not _is_comment(row):
        return None
    cells = [_as_name(cell) for cell in row]
    cells[0] = COMMENT.sub("", cells[0], count=1)
    cells = cells if cells[0] else cells[1:]
    fits = len(cells) == width and not any(map(looks_numeric, cells))
    return tuple(cells) if fits else None


def _as_name(cell: Cell) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell)


def _is_header(row: Row, below: Sequence[Row]) -> bool:
    """Return whether ``row`` names the columns of ``below`` rather than belonging to them."""
    cells = [cell for cell in row if not is_blank(cell)]
    numbers = [cell for cell in cells if looks_numeric(cell)]
    if not cells:
        return False
    if not numbers:
        return all(isinstance(cell, str) for cell in cells) and not _is_all_missing(cells)
    if _counts_up(cells) and _has_decimals(below):
        return True
    columns = list(zip(*below, strict=False))
    named = any(
        not is_missing(cell) and not looks_numeric(cell) and _is_numeric_column(column)
        for cell, column in zip(row, columns, strict=False)
    )
    return bool(below) and (named or _are_years(numbers, cells))


def _is_all_missing(cells: Sequence[Cell]) -> bool:
    return all(is_missing(cell) for cell in cells)


def _counts_up(cells: Sequence[Cell]) -> bool:
    """Return whether the cells are 0, 1, 2 ...: pandas' names for an array's columns."""
    texts = [_as_name(cell).strip() for cell in cells]
    return len(texts) > 1 and texts == [str(number) for number in range(len(texts))]


def _has_decimals(below: Sequence[Row]) -> bool:
    return any(
        looks_numeric(cell) and any(sign in str(cell).removesuffix(".0") for sign in ".,")
        for row in below
        for cell in row
    )


def _are_years(numbers: Sequence[Cell], cells: Sequence[Cell]) -> bool:
    """Return whether a row is words followed by years in order: one column a year."""
    texts = [_as_name(cell).strip() for cell in numbers]
    if len(texts) < 2 or len(texts) == len(cells) or not all(t.isdecimal() for t in texts):
        return False
    years = [int(text[:5]) for text in texts]
    steps = {later - earlier for earlier, later in pairwise(years)}
    return all(year in YEARS for year in years) and len(steps) == 1 and 0 not in steps


def _is_numeric_column(column: Sequence[Cell]) -> bool:
    filled = [cell for cell in column if not is_missing(cell)]
    return bool(filled) and all(map(looks_numeric, filled))


def _fit(names: tuple[str, ...] | None, rows: Sequence[Row], width: int, *, ragged: bool) -> Layout:
    """Return the layout once names and rows agree on the number of columns."""
    body = [row for row in rows if len(row) == width]
    if not body:
        raise ImportProblem(
            "The file holds names of columns but no rows of data.",
            hint="Choose a file with at least one row under the names.",
        )
    trailing = ragged and width > 1 and all(is_blank(row[-1]) for row in body)
    if names is None:
        return Layout(0, width)
    while len(names) > width and not names[-1].strip():
        names = names[:-1]
    if len(names) == width:
        bare = trailing and not names[-1].strip()
        return Layout(0, width - bare, names[: width - bare], trailing=bare)
    if len(names) == width - 1 and trailing:
        return Layout(0, width - 1, names, trailing=True)
    if len(names) == width - 1:
        return Layout(0, width, ("row", *names), row_names=True)
    raise ImportProblem(
        f"The row of names has {len(names):,} cells, but most rows have {width:,}.",
        hint="Correct the separator or the decimal sign, or say that there is no row of names.",
    )


def _with_units(layout: Layout, rows: Sequence[Row], first: int, options: ReadOptions) -> Layout:
    """Return the layout with its first row of data, after a row of units if there is one."""
    units = None
    body = rows[first:]
    may = options.units_row != "no" and layout.names is not None and len(body) > 1
    may = may and len(body[0]) >= layout.width
    if may and (options.units_row == "yes" or _is_units(body[0], body[1:], layout.width)):
        units = tuple(map(_as_name, body[0][: layout.width]))
        first += 1
    return replace(layout, start=first, units=units)


def _is_units(row: Row, below: Sequence[Row], width: int) -> bool:
    """Return whether a row has words over every column of numbers that it fills."""
    columns = list(zip(*(r for r in below if len(r) >= width), strict=False))
    over = [
        cell
        for cell, column in zip(row, columns, strict=False)
        if _is_numeric_column(column) and not is_blank(cell)
    ]
    words = [c for c in over if isinstance(c, str) and not is_missing(c) and not looks_numeric(c)]
    return bool(over) and len(words) == len(over) and all(len(w) <= MAX_UNIT for w in words)
