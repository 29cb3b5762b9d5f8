"""How far a sheet reaches, measured in its XML as it streams by, nothing kept.

A legal workbook of 5 kB can have one cell in the last row and column, and a reader that
trusts it builds 17 billion cells. What the sheet says about its own size proves nothing.
"""

from __future__ import annotations

import re
from pyexpat import ParserCreate
from typing import IO

REFERENCE = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})", re.ASCII)


class Extent:
    """The smallest rectangle that holds every cell with a value; rows, columns from 1.

    Attributes
    ----------
    top, bottom, left, right : int
        All 0 when no cell holds a value.
    far : str
        The last cell that widened the rectangle, like ``XFD1048576``.
    n_unsaved : int
        Cells with a formula whose result was not saved.
    """

    def __init__(self) -> None:
        self.top = self.bottom = self.left = self.right = self.n_unsaved = 0
        self.far = ""
        self._row = 0
        self._reference, self._after = "", 0  # the last cell named, and cells since then
        self._unsaved = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Take note of the start of one element, as the parser meets it.

        Most cells of a large sheet may be formatted and empty, so a cell's place is only
        worked out once a value shows up in it.
        """
        kind = tag if ":" not in tag else tag.rpartition(":")[2]
        if kind == "c":
            self._start_cell(attributes)
        elif kind in ("v", "is"):
            self._unsaved = False
            self._add()
        elif kind == "f":
            self._unsaved = True
        elif kind == "row":
            self._row = int(attributes.get("r", self._row + 1))
            self._reference, self._after = "", 0

    def _start_cell(self, attributes: dict[str, str]) -> None:
        if self._unsaved:
            self._end_cell()
        if "r" in attributes:
            self._reference, self._after = attributes["r"], 0
        else:
            self._after += 1

    def _end_cell(self) -> None:
        self.n_unsaved += self._unsaved
        self._unsaved = False

    def _add(self) -> None:
        row, column = self._place()
        if row > self.bottom or column > self.right:
            self.far = f"{letters_of(column)}{row}"
            self.bottom, self.right = max(self.bottom, row), max(self.right, column)
        if not self.top or row < self.top or column < self.left:
            self.top = min(self.top or row, row)
            self.left = min(self.left or column, column)

    def _place(self) -> tuple[int, int]:
        """Return row and column of this cell, named like ``BC12`` or by its neighbour."""
        match = REFERENCE.fullmatch(self._reference)
        if match is None:
            return self._row, max(self._after, 1)
        column = 0
        for letter in match[1]:
            column = 26 * column + ord(letter) - 64
        self._row = int(match[2])
        return self._row, column + self._after

    def finish(self) -> Extent:
        """Return the extent once the sheet is through."""
        self._end_cell()
        return self


def measure(stream: IO[bytes]) -> Extent:
    """Return the extent of a worksheet's XML.

    The parser is expat itself: only the starts of elements matter, and so a sheet of 100 MB
    takes two seconds. A document type is refused before it can declare an entity.
    """
    extent = Extent()
    parser = ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.StartElementHandler = extent.start
    parser.ParseFile(stream)
    return extent.finish()


def _refuse_doctype(*_: object) -> None:
    raise ValueError("a worksheet declares no document type")


def letters_of(column: int) -> str:
    """Return a column's letters, ``AA`` for 27."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
