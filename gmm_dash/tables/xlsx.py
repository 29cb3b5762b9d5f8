"""Reading Excel workbooks: the sheet's XML is measured as a stream before it is opened."""

from __future__ import annotations

import io
import posixpath
import re
import warnings
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from defusedxml import ElementTree

from gmm_dash.errors import ImportProblem
from gmm_dash.tables.archive import DAMAGE, DAMAGED
from gmm_dash.tables.sheet import Sheet, choose_sheet, read_sheet

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Iterator

    from gmm_dash.tables.limits import Limits
    from gmm_dash.tables.options import ReadOptions
    from gmm_dash.tables.report import ReadReport

WORKBOOK = "xl/workbook.xml"
RELATIONS = "xl/_rels/workbook.xml.rels"
REFERENCE = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")


@dataclass(slots=True)
class Extent:
    """The smallest rectangle that holds every cell with a value; rows, columns from 1."""

    top: int = 0
    bottom: int = 0
    left: int = 0
    right: int = 0
    far: str = ""
    n_unsaved: int = field(default=0)

    def add(self, row: int, column: int, reference: str) -> None:
        """Widen the rectangle to hold one more cell."""
        if row > self.bottom or column > self.right:
            self.far = reference
        self.top = min(self.top or row, row)
        self.left = min(self.left or column, column)
        self.bottom, self.right = max(self.bottom, row), max(self.right, column)


def read_xlsx(
    archive: zipfile.ZipFile, data: bytes, options: ReadOptions, limits: Limits
) -> tuple[Any, ReadReport]:
    """Return the table on a sheet of a workbook, and how it was read.

    Without a wish, the first sheet that holds values is taken. A far cell or a sheet too
    large is refused by its measured extent, before any row is built.
    """
    try:
        parts = _sheet_parts(archive)
        wanted = [choose_sheet(list(parts), options.sheet)] if options.sheet else list(parts)
        for name in wanted:
            extent = _measure(archive, parts[name])
            if extent.bottom:
                _check(extent, name, limits)
                return read_sheet(_load(data, name, extent), "xlsx", list(parts), options)
    except DAMAGE:
        raise ImportProblem("The workbook is damaged.", hint=DAMAGED) from None
    raise ImportProblem(
        "The workbook has no sheet with values.", hint="Choose a file that holds a table."
    )


def _sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Return the member of the archive that holds each worksheet, by the sheet's name."""
    relations = {
        element.get("Id"): element.get("Target", "")
        for element in ElementTree.fromstring(archive.read(RELATIONS))
        if element.get("Type", "").endswith("/worksheet")
    }
    parts = {}
    for element in ElementTree.fromstring(archive.read(WORKBOOK)).iter():
        keys = [value for key, value in element.attrib.items() if key.endswith("}id")]
        if element.tag.endswith("}sheet") and keys and keys[0] in relations:
            target = posixpath.normpath(posixpath.join("/xl", relations[keys[0]]))
            parts[element.get("name", "")] = target.lstrip("/")
    return parts


def _measure(archive: zipfile.ZipFile, part: str) -> Extent:
    """Return the extent of the cells that hold values, without keeping any."""
    extent = Extent()
    for row, column, cell in _cells(archive, part):
        tags = {child.tag.rpartition("}")[2] for child in cell}
        if tags & {"v", "is"}:
            extent.add(row, column, cell.get("r", f"in row {row:,}"))
        elif "f" in tags:
            extent.n_unsaved += 1
    return extent


def _cells(archive: zipfile.ZipFile, part: str) -> Iterator[tuple[int, int, Any]]:
    """Yield row, column and element of every cell, dropping each row once it is done."""
    row = column = 0
    with archive.open(part) as stream:
        for event, element in ElementTree.iterparse(stream, events=("start", "end")):
            tag = element.tag.rpartition("}")[2]
            if tag == "row" and event == "start":
                row, column = int(element.get("r", row + 1)), 0
            elif tag == "c" and event == "end":
                row, column = _place(element.get("r"), row, column)
                yield row, column, element
                element.clear()
            elif tag == "row":
                element.clear()


def _place(reference: str | None, row: int, column: int) -> tuple[int, int]:
    """Return row and column of a reference like ``BC12``; without one, the next cell."""
    match = REFERENCE.fullmatch(reference or "")
    if match is None:
        return row, column + 1
    number = 0
    for letter in match[1]:
        number = 26 * number + ord(letter) - ord("A") + 1
    return int(match[2]), number


def _check(extent: Extent, name: str, limits: Limits) -> None:
    height, width = extent.bottom - extent.top + 1, extent.right - extent.left + 1
    try:
        limits.check_shape(height, width)
    except ImportProblem as problem:
        raise ImportProblem(
            f"Sheet {name} reaches to cell {extent.far}: {height:,} rows x {width:,} columns, "
            "more than can be read.",
            hint=f"Delete what stands in {extent.far} if it is no data. {problem.hint}",
        ) from None


def _load(data: bytes, name: str, extent: Extent) -> Sheet:
    import openpyxl  # noqa: PLC0415  (slow to load, and most files need it not)

    box = {
        "min_row": extent.top,
        "max_row": extent.bottom,
        "min_col": extent.left,
        "max_col": extent.right,
    }
    with warnings.catch_warnings(action="ignore"):  # about styles and extensions, not values
        book = openpyxl.load_workbook(
            io.BytesIO(data), read_only=True, data_only=True, keep_links=False
        )
        rows: list[Any] = list(book[name].iter_rows(**box, values_only=True))
    remarks = []
    if extent.n_unsaved:
        remarks.append(
            f"{extent.n_unsaved:,} formulas have no saved result and count as empty: "
            "open the workbook in a spreadsheet program and save it."
        )
    return Sheet(name, rows, extent.top, tuple(remarks))
