"""Rows of a text that are longer than the others for no reason: empty cells too many."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

NEARLY_ALL: Final = 0.9


class Shape(NamedTuple):
    """How many cells a row has, and whether empty cells between others count for nothing."""

    width: int
    runs: bool = False

    def even(self, cells: list[str]) -> list[str]:
        """Return a row's cells without those that are too many and empty."""
        if self.runs:
            filled = [cell for cell in cells if cell.strip()]
            return filled if len(filled) == self.width else cells
        if len(cells) > self.width and not any(map(str.strip, cells[self.width :])):
            return cells[: self.width]
        return cells


def shape_of(rows: Sequence[Sequence[str]], separator: str) -> Shape:
    """Return the shape of most rows.

    Where tabs stand between the cells and rows differ in length, but not in the number of
    cells that hold something, runs of tabs only align the columns.
    """
    lengths = Counter(map(len, rows))
    width = max(lengths, key=lambda n: (lengths[n], n))
    if separator == "\t" and len(lengths) > 1:
        filled = Counter(sum(bool(cell.strip()) for cell in row) for row in rows)
        usual, n_usual = filled.most_common(1)[0]
        if usual > 1 and n_usual > lengths[width] and n_usual >= NEARLY_ALL * len(rows):
            return Shape(usual, runs=True)
    return Shape(width)
