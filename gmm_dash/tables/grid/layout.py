"""Where the table begins: title lines, the row of names, a row of units, the width."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from gmm_dash.errors import ImportProblem
from gmm_dash.tables.columns.cells import Cell, is_blank, is_missing, is_number, looks_numeric
from gmm_dash.tables.columns.written import parse
from gmm_dash.tables.grid.header import (
    as_name,
    group_question,
    header_question,
    is_group_row,
    is_header,
    is_numeric_column,
    joined,
    recut,
)
from gmm_dash.tables.reading.report import Question, counted, listed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gmm_dash.tables.reading.options import ReadOptions

    Row = Sequence[Cell]

MAX_TITLE_ROWS = 50
MAX_UNIT = 20
MAX_WORDS = 80  # of a description of each column, where there are several
COMMENT = re.compile(r"\s*(?:#|%|//)+\s*")


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
    two_rows : bool
        Whether the names stand in two rows.
    recut : bool
        Whether the names were cut by another separator than the rows.
    questions : tuple of Question
        Other ways to read the first rows.
    """

    start: int
    width: int
    names: tuple[str, ...] | None = None
    units: tuple[str, ...] | None = None
    row_names: bool = False
    trailing: bool = False
    top: int = 0
    two_rows: bool = False
    recut: bool = False
    questions: tuple[Question, ...] = ()

    @property
    def header(self) -> str:
        """The reading option that names the columns in this way."""
        if self.two_rows:
            return "two"
        return "yes" if self.names else "no"

    def remarks(self) -> list[str]:
        """Return sentences about the rows above the data that are no data."""
        units = [unit.strip() for unit in self.units or () if unit.strip()]
        return [
            *([f"{counted(self.top, 'row')} above the table left out."] if self.top else []),
            *([f"The row under the names holds units: {listed(units)}."] if units else []),
            *(["The first row holds data, so the columns are numbered."] * (self.names is None)),
            *(["The names stand in two rows."] if self.two_rows else []),
            *(["The names are cut otherwise than the rows."] if self.recut else []),
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
    if _stands_in_two(rows, first, width, options):
        layout = _two_rows(rows, first, width, ragged=ragged)
        return _with_units(layout, rows, first + 2, options)
    names, first = _names_row(rows, first, width, options)
    layout = _fit(names, rows[first:], width, ragged=ragged)
    cut = top < len(rows) and len(rows[top]) == 1 < width and names is not None
    found = first != top
    top -= layout.names is not None and first == top  # the names stood in a comment above
    layout = replace(layout, top=top, recut=cut)
    layout = _with_units(layout, rows, first, options)
    if options.header != "auto" or layout.units or top > first:
        return layout
    return replace(layout, questions=_questions(rows, top, width, named=found))


def _questions(rows: Sequence[Row], top: int, width: int, *, named: bool) -> tuple[Question, ...]:
    """Return the question about names that are numbers, or data that may be names."""
    below = [row for row in rows[top + 1 :] if len(row) == width]
    if not below or len(rows[top]) != width:
        return ()
    question = header_question(rows[top], below[0], named=named)
    return (question,) if question else ()


def _stands_in_two(rows: Sequence[Row], first: int, width: int, options: ReadOptions) -> bool:
    """Return whether names stand in two rows, or the user says so."""
    if len(rows) < first + 3 or not len(rows[first]) == len(rows[first + 1]) == width:
        return False
    if options.header == "two":
        return True
    if options.header != "auto" or options.units_row == "yes":
        return False
    return _is_group_row(rows, first, width)


def _two_rows(rows: Sequence[Row], first: int, width: int, *, ragged: bool) -> Layout:
    names = joined(rows[first], rows[first + 1])
    layout = _fit(names, rows[first + 2 :], width, ragged=ragged)
    question = group_question(rows[first], rows[first + 1])
    return replace(layout, start=first + 2, top=first, two_rows=True, questions=(question,))


def _first_row(rows: Sequence[Row], width: int) -> int:
    """Return the index of the first row that belongs to the table: titles come before it."""
    filled = sorted(_filled(row) for row in rows if len(row) == width)
    usual = filled[len(filled) // 2]
    for index, row in enumerate(rows[:MAX_TITLE_ROWS]):
        if _is_comment(row):
            continue
        if len(row) == width and not _is_title(row, usual):
            return index
        if _filled(row) > 1 and _is_group_row(rows, index, width):
            return index
        if index + 1 < len(rows) and recut(row, width) and _starts_data(rows[index + 1], width):
            return index
        if len(row) != width and _could_name(row, rows[index + 1 :], width):
            return index
    return 0


def _is_group_row(rows: Sequence[Row], index: int, width: int) -> bool:
    pair, below = rows[index : index + 2], [r for r in rows[index + 2 :] if len(r) == width]
    if not below or any(len(row) != width for row in pair):
        return False
    return is_group_row(pair[0], pair[1], list(zip(*below, strict=True)))


def _starts_data(row: Row, width: int) -> bool:
    return len(row) == width and any(map(is_number, row))


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
    if not all(isinstance(cell, str) for cell in row) or any(map(is_number, row)):
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
    if width > 1 and (cut := recut(rows[first], width)):
        return cut, first + 1
    if (names := _commented_names(rows[first], width)) and options.header == "yes":
        return names, first + 1
    if options.header == "yes" or is_header(rows[first], below):
        return tuple(map(as_name, rows[first])), first + 1
    commented = _commented_names(rows[first - 1], width) if first else None
    return commented, first


def _commented_names(row: Row, width: int) -> tuple[str, ...] | None:
    """Return the names in a comment line right above the data, as NumPy writes them."""
    if not _is_comment(row):
        return None
    cells = [as_name(cell) for cell in row]
    cells[0] = COMMENT.sub("", cells[0], count=1)
    cells = cells if cells[0] else cells[1:]
    fits = len(cells) == width and not any(map(looks_numeric, cells))
    return tuple(cells) if fits else None


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
        hint="Perhaps the separator or the decimal sign is another, or no row holds names.",
    )


def _with_units(layout: Layout, rows: Sequence[Row], first: int, options: ReadOptions) -> Layout:
    """Return the layout with its first row of data, after a row of units if there is one."""
    units = None
    body = rows[first:]
    may = options.units_row != "no" and layout.names is not None and len(body) > 1
    may = may and len(body[0]) >= layout.width
    if may and (options.units_row == "yes" or _is_units(body[0], body[1:], layout.width)):
        units = tuple(map(as_name, body[0][: layout.width]))
        first += 1
    return replace(layout, start=first, units=units)


def _is_units(row: Row, below: Sequence[Row], width: int) -> bool:
    """Return whether a row has words over every column of numbers that it fills."""
    columns = list(zip(*(r for r in below if len(r) >= width), strict=False))
    over = [
        cell
        for cell, column in zip(row, columns, strict=False)
        if is_numeric_column(column) and not is_missing(cell)
    ]
    words = [c for c in over if isinstance(c, str) and not _is_value(c)]
    most = MAX_UNIT if len(over) < 2 else MAX_WORDS
    short = bool(over) and len(words) == len(over) and all(len(w) <= most for w in words)
    return short and not _recur(row, columns)


def _recur(row: Row, columns: Sequence[Row]) -> bool:
    """Return whether all words over numbers stand among them, too: they mean "missing"."""
    return all(
        cell in column
        for cell, column in zip(row, columns, strict=False)
        if is_numeric_column(column) and not is_missing(cell)
    )


def _is_value(cell: str) -> bool:
    return looks_numeric(cell) or parse(cell.strip()) is not None
