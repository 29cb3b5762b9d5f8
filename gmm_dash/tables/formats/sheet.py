"""A rectangle of typed cells, from a workbook, made into a table."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from gmm_dash.errors import ImportProblem
from gmm_dash.tables.columns.describe import describe_columns
from gmm_dash.tables.columns.numbers import Context
from gmm_dash.tables.columns.objects import texts_of, type_columns
from gmm_dash.tables.grid.layout import find_layout
from gmm_dash.tables.grid.tail import MOST, SUMS_UP, sums_up, tail_question
from gmm_dash.tables.reading.options import MAX_SKIP
from gmm_dash.tables.reading.origin import LeftRow, Origin, owns
from gmm_dash.tables.reading.report import ReadReport, counted, listed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gmm_dash.files.limits import Limits
    from gmm_dash.tables.columns.cells import Cell
    from gmm_dash.tables.reading.options import ReadOptions

HEAD = 200


@dataclass(frozen=True, slots=True)
class Sheet:
    """The cells of one sheet.

    Attributes
    ----------
    name : str
    rows : list of tuples of Cell
        From the first to the last row and column with a value, all of one length.
    first_row : int
        Number, as the program shows it, of the first of them.
    remarks : tuple of str
        Sentences about what could not be read.
    first_column : int
        Number of the first column, from 1.
    """

    name: str
    rows: list[tuple[Cell, ...]]
    first_row: int
    remarks: tuple[str, ...] = ()
    first_column: int = 1


def choose_sheet(names: Sequence[str], wanted: str) -> str:
    """Return the wanted name, or raise ``ImportProblem`` naming the ones there are."""
    if wanted not in names:
        raise ImportProblem(
            f"The workbook has no sheet called {wanted[:80]}.", hint=f"It has {listed(names)}."
        )
    return wanted


def check_reach(name: str, far: str, shape: tuple[int, int], limits: Limits) -> None:
    """Raise ``ImportProblem`` naming the far cell that makes a sheet larger than allowed."""
    height, width = shape
    try:
        limits.check_shape(height, width)
    except ImportProblem as problem:
        raise ImportProblem(
            f"Sheet {name[:80]} reaches to cell {far}: {counted(height, 'row')} x "
            f"{counted(width, 'column')}, more than can be read.",
            hint=f"Delete what stands in {far} if it is no data. {problem.hint}",
        ) from None


def read_sheet(
    sheet: Sheet, kind: str, sheet_names: Sequence[str], options: ReadOptions
) -> tuple[Any, ReadReport]:
    """Return the table on a sheet, and the account of how it was read."""
    skip = options.skip_rows if isinstance(options.skip_rows, int) else 0
    dropped = max(0, skip - (sheet.first_row - 1))
    rows = sheet.rows[dropped:]
    layout = find_layout(rows[:HEAD], options, ragged=False)
    body = rows[layout.start :]
    first_row = sheet.first_row + dropped
    n_totals = sums_up(body[-MOST:], len(body)) if options.totals == "auto" else 0
    questions = layout.questions
    left: list[LeftRow] = []
    if n_totals:
        line = first_row + layout.start + len(body) - n_totals
        questions = (*questions, tail_question(body[-n_totals:], line))
        for number, row in enumerate(body[-n_totals:], line):
            texts = tuple("" if cell is None else str(cell) for cell in row)
            left.append(LeftRow(number, SUMS_UP, texts))
        body = body[:-n_totals]
    first = first_row + layout.start
    cells = list(zip(*body, strict=True))
    typed = type_columns(cells, Context.of(options))
    table, columns = describe_columns(
        layout.names or [""] * layout.width,
        typed,
        layout.units,
        range(first, first + len(body)),
    )
    report = ReadReport(
        kind=kind,
        sentence="",
        n_rows=table.num_rows,
        n_columns=table.num_columns,
        options=replace(
            options,
            sheet=sheet.name,
            header=layout.header,
            skip_rows=_skipped(sheet.name, first_row - 1 + layout.top),
            units_row="yes" if layout.units else "no",
        ),
        alternatives={"sheet": tuple(name for name in sheet_names if name != sheet.name)},
        columns=columns,
        questions=questions,
        first_line=first if kind == "xlsx" else 0,
        last_line=first + len(body) - 1 if kind == "xlsx" else 0,
        first_column=sheet.first_column,
    )
    totals = [f"{counted(n_totals, 'row')} of totals at the end left out."] if n_totals else []
    origin = Origin(
        np.arange(first, first + len(body)),
        owns(list(map(texts_of, cells)), [column.array for column in typed]),
        tuple(left),
    )
    return origin.attach(table), report.in_words([*layout.remarks(), *sheet.remarks, *totals])


def _skipped(name: str, n_rows: int) -> int:
    """Return the number of rows above the table, or raise when no sheet has so many."""
    if n_rows > MAX_SKIP:
        raise ImportProblem(
            f"Sheet {name[:80]} says that its table starts below row {MAX_SKIP:,}, where no sheet "
            "can reach.",
            hint="Delete the empty rows above the table and save it again.",
        )
    return n_rows
