"""Reading OpenDocument spreadsheets as a stream: repeats are counted before they are made."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from defusedxml import ElementTree

from gmm_dash.errors import ImportProblem
from gmm_dash.tables.formats.archive import DAMAGE, DAMAGED
from gmm_dash.tables.formats.extent import letters_of
from gmm_dash.tables.formats.sheet import Sheet, check_reach, choose_sheet, read_sheet

if TYPE_CHECKING:
    import zipfile

    from gmm_dash.files.limits import Limits
    from gmm_dash.tables.columns.cells import Cell
    from gmm_dash.tables.reading.options import ReadOptions
    from gmm_dash.tables.reading.report import ReadReport

TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
MANIFEST = "META-INF/manifest.xml"
MOST_REPEATS = 10**12  # far beyond every limit, and still a number that a sentence can hold
NUMBERS = ("float", "percentage", "currency")


def read_ods(
    archive: zipfile.ZipFile, options: ReadOptions, limits: Limits
) -> tuple[Any, ReadReport]:
    """Return the table on a sheet of an OpenDocument spreadsheet, and how it was read."""
    try:
        if MANIFEST in archive.namelist() and b"encryption-data" in archive.read(MANIFEST):
            raise ImportProblem(
                "This spreadsheet is protected by a password.",
                hint="Save it without the password and choose it again.",
            )
        grids = _grids(archive, options.sheet, limits)
    except DAMAGE:
        raise ImportProblem("The spreadsheet is damaged.", hint=DAMAGED) from None
    names = [grid.name for grid in grids]
    wanted = [choose_sheet(names, options.sheet)] if options.sheet else names
    for grid in grids:
        if grid.name in wanted and grid.cells:
            return read_sheet(grid.sheet(), "ods", names, options)
    raise ImportProblem(
        "The spreadsheet has no sheet with values.", hint="Choose a file that holds a table."
    )


class _Grid:
    """The cells of one sheet that hold values, by row and column from 1."""

    def __init__(self, name: str, limits: Limits) -> None:
        self.name = name
        self.cells: dict[tuple[int, int], Cell] = {}
        self._limits = limits
        self._row = 0
        self._box = [0, 0, 0, 0]  # top, left, bottom, right

    def add_row(self, element: Any) -> None:
        """Add a row as often as it repeats; empty ones only count."""
        repeats = _repeats(element, "number-rows-repeated")
        filled = _filled_cells(element)
        for column, repeated, value in filled:
            self._widen(self._row + 1, self._row + repeats, column, column + repeated - 1)
            for row in range(self._row + 1, self._row + repeats + 1):
                for place in range(column, column + repeated):
                    self.cells[row, place] = value
        self._row += repeats

    def _widen(self, first: int, last: int, left: int, right: int) -> None:
        top, start, bottom, end = self._box
        self._box = [top or first, min(start or left, left), max(bottom, last), max(end, right)]
        top, start, bottom, end = self._box
        shape = (bottom - top + 1, end - start + 1)
        check_reach(self.name, f"{letters_of(end)}{bottom}", shape, self._limits)

    def sheet(self) -> Sheet:
        """Return the rectangle around all values."""
        top, left, bottom, right = self._box
        rows = [
            tuple(self.cells.get((row, column)) for column in range(left, right + 1))
            for row in range(top, bottom + 1)
        ]
        return Sheet(self.name, rows, top)


def _grids(archive: zipfile.ZipFile, wanted: str, limits: Limits) -> list[_Grid]:
    """Return the sheets; cells are kept of the wanted one, or of the first with any."""
    grids: list[_Grid] = []
    with archive.open("content.xml") as stream:
        for event, element in ElementTree.iterparse(stream, events=("start", "end")):
            if element.tag == f"{TABLE}table" and event == "start":
                grids.append(_Grid(element.get(f"{TABLE}name", ""), limits))
            elif element.tag == f"{TABLE}table-row" and event == "end":
                if grids and _is_wanted(grids, wanted):
                    grids[-1].add_row(element)
                element.clear()
    return grids


def _is_wanted(grids: list[_Grid], wanted: str) -> bool:
    if wanted:
        return grids[-1].name == wanted
    return not any(grid.cells for grid in grids[:-1])


def _repeats(element: Any, name: str) -> int:
    return min(max(1, int(element.get(f"{TABLE}{name}", "1"))), MOST_REPEATS)


def _filled_cells(row: Any) -> list[tuple[int, int, Cell]]:
    """Return column, repeats and value of the cells of a row that hold values."""
    column = 1
    filled: list[tuple[int, int, Cell]] = []
    for cell in row:
        if cell.tag not in (f"{TABLE}table-cell", f"{TABLE}covered-table-cell"):
            continue
        repeats = _repeats(cell, "number-columns-repeated")
        value = _value(cell)
        if value not in (None, ""):
            filled.append((column, repeats, value))
        column += repeats
    return filled


def _value(cell: Any) -> Cell:
    kind = cell.get(f"{OFFICE}value-type") or ""
    if kind in NUMBERS:
        return float(cell.get(f"{OFFICE}value"))
    if kind == "boolean":
        return bool(cell.get(f"{OFFICE}boolean-value") == "true")
    if kind == "date":
        return datetime.fromisoformat(cell.get(f"{OFFICE}date-value"))
    return "\n".join(_paragraph(part) for part in cell.iter(f"{TEXT}p")) or None


def _paragraph(element: Any) -> str:
    """Return the text of a paragraph; runs of blanks are elements of their own."""
    parts = [element.text or ""]
    for child in element:
        if child.tag == f"{TEXT}s":
            parts.append(" " * min(int(child.get(f"{TEXT}c", "1")), 1_000))
        else:
            parts.append(_paragraph(child))
        parts.append(child.tail or "")
    return "".join(parts)
