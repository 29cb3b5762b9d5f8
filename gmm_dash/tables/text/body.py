"""The rows of data of a text, gathered column by column."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from gmm_dash.errors import ImportProblem, ReadingProblem
from gmm_dash.tables.grid.tail import MOST, SUMS_UP, sums_up, tail_question
from gmm_dash.tables.reading.origin import MOST_CELLS_LEFT, LeftRow, Origin, owns
from gmm_dash.tables.reading.report import LINES_KEPT, counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from gmm_dash.files.limits import Limits
    from gmm_dash.tables.columns.numbers import Typed
    from gmm_dash.tables.grid.layout import Layout
    from gmm_dash.tables.reading.report import Question
    from gmm_dash.tables.text.records import Record

CHUNK = 20_000


def _armed(column: Any) -> Any:
    """Return texts without the apostrophe that this program's own CSV puts before ``=``."""
    return pc.replace_substring_regex(column, pattern=r"^'(\s*[=+\-@])", replacement=r"\1")


class Body:
    """The rows of data, gathered column by column in chunks of Arrow texts."""

    def __init__(self, layout: Layout, limits: Limits, *, keep_totals: bool = False) -> None:
        self.lines: list[int] = []
        self.skipped: list[int] = []
        self.n_skipped = 0
        self.n_blank_at_end = 0
        self.questions: tuple[Question, ...] = ()
        self.left: list[LeftRow] = []
        self._n_cells_left = 0
        self._layout, self._limits, self._keep_totals = layout, limits, keep_totals
        self._last: deque[list[str]] = deque(maxlen=MOST)
        self._totals = 0
        self._chunks: list[list[Any]] = [[] for _ in range(layout.width)]

    def read(self, rows: Iterable[Record]) -> None:
        """Take every row of the right length; remember the lines of the others."""
        pending: list[list[str]] = []
        filled = 0
        for row in rows:
            if not self._fits(row.cells):
                self._skip(row)
                continue
            self.lines.append(row.line)
            pending.append(row.cells)
            if any(map(str.strip, row.cells)) or (filled and self._layout.width == 1):
                filled = len(self.lines)
                self._last.append(row.cells)
            if len(pending) == CHUNK:
                self._store(pending)
                pending = []
        self._store(pending)
        self._finish(filled)

    def columns(self) -> list[Any]:
        """Return one chunked array of texts per column, without the empty rows at the end."""
        n = len(self.lines)
        columns = (pa.chunked_array(chunks, pa.string()) for chunks in self._chunks)
        return [_armed(column.slice(0, n)) for column in columns]

    @property
    def span(self) -> dict[str, Any]:
        """The lines of the first and the last row, as the report has them."""
        return {"first_line": self.lines[0], "last_line": self.lines[-1]}

    def origin(self, cells: Sequence[Any], typed: Sequence[Typed]) -> Origin:
        """Return what the file said beside the values: lines, own texts, rows left out."""
        lines = np.array(self.lines, dtype=np.int64)
        return Origin(lines, owns(cells, [one.array for one in typed]), tuple(sorted(self.left)))

    def remarks(self) -> list[str]:
        """Return sentences about rows left out for no fault of theirs."""
        remarks = self._layout.remarks()
        if self.n_blank_at_end:
            remarks.append(f"{counted(self.n_blank_at_end, 'empty row')} at the end left out.")
        if self._totals:
            remarks.append(f"{counted(self._totals, 'row')} of totals at the end left out.")
        return remarks

    def _fits(self, cells: list[str]) -> bool:
        if self._layout.trailing and len(cells) == self._layout.width + 1:
            return not cells[-1].strip()
        return len(cells) == self._layout.width

    def _skip(self, row: Record) -> None:
        self.n_skipped += 1
        if len(self.skipped) < LINES_KEPT:
            self.skipped.append(row.line)
        n, width = len(row.cells), self._layout.width
        self._leave(row.line, f"it has {counted(n, 'cell')}, the others have {width:,}", row.cells)

    def _leave(self, line: int, reason: str, cells: list[str]) -> None:
        """Keep a row that is no part of the table, to be given back with the others."""
        self._n_cells_left += len(cells)
        kept = cells if self._n_cells_left <= MOST_CELLS_LEFT else []
        self.left.append(LeftRow(line, reason, tuple(kept)))

    def _store(self, rows: list[list[str]]) -> None:
        self._limits.check_shape(len(self.lines), self._layout.width)
        for chunks, column in zip(self._chunks, zip(*rows, strict=False), strict=False):
            chunks.append(pa.array(column, pa.string()))

    def _finish(self, filled: int) -> None:
        self.n_blank_at_end = len(self.lines) - filled
        for line in self.lines[filled:]:
            self._leave(line, "it is empty", [])
        del self.lines[filled:]
        if self.n_skipped > filled:
            raise ReadingProblem(
                f"Only {counted(filled, 'line')} of {filled + self.n_skipped:,} "
                f"{'has' if filled == 1 else 'have'} {counted(self._layout.width, 'cell')}: "
                "the file is no table, or its separator was not recognised.",
                hint="Perhaps another sign stands between the cells, or the lines above the table "
                "are no part of it.",
            )
        if not filled:
            raise ImportProblem(
                "The table has no rows with values.", hint="Choose a file that holds data."
            )
        if not self._keep_totals:
            self._leave_totals(filled)

    def _leave_totals(self, filled: int) -> None:
        """Leave out the rows at the end that sum up the others, and ask."""
        last = list(self._last)
        self._totals = sums_up(last, filled)
        if self._totals:
            rows = last[-self._totals :]
            self.questions = (tail_question(rows, self.lines[filled - self._totals]),)
            for line, cells in zip(self.lines[filled - self._totals :], rows, strict=True):
                self._leave(line, SUMS_UP, cells)
            del self.lines[filled - self._totals :]
