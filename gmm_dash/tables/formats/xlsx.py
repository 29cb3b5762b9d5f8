"""Reading Excel workbooks: the sheet's XML is measured as a stream before it is opened."""

from __future__ import annotations

import io
import posixpath
import warnings
from typing import TYPE_CHECKING, Any

from defusedxml import ElementTree

from gmm_dash.errors import ImportProblem
from gmm_dash.tables.formats.archive import DAMAGE, DAMAGED
from gmm_dash.tables.formats.extent import Extent, measure
from gmm_dash.tables.formats.sheet import Sheet, check_reach, choose_sheet, read_sheet

if TYPE_CHECKING:
    import zipfile

    from gmm_dash.files.limits import Limits
    from gmm_dash.tables.reading.options import ReadOptions
    from gmm_dash.tables.reading.report import ReadReport

WORKBOOK = "xl/workbook.xml"
RELATIONS = "xl/_rels/workbook.xml.rels"


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
        n_unsaved = 0
        for name in wanted:
            with archive.open(parts[name]) as stream:
                extent = measure(stream)
            n_unsaved += extent.n_unsaved
            if extent.bottom:
                height, width = extent.bottom - extent.top + 1, extent.right - extent.left + 1
                check_reach(name, extent.far, (height, width), limits)
                return read_sheet(_load(data, name, extent), "xlsx", list(parts), options)
    except DAMAGE:
        raise ImportProblem("The workbook is damaged.", hint=DAMAGED) from None
    raise _no_values(n_unsaved)


def _no_values(n_unsaved: int) -> ImportProblem:
    if n_unsaved:
        return ImportProblem(
            "The workbook holds formulas only, and their results were not saved.",
            hint="Open it in a spreadsheet program, save it, and choose it again.",
        )
    return ImportProblem(
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
    return Sheet(name, rows, extent.top, tuple(remarks), extent.left)
