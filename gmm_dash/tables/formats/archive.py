"""Workbooks are zip archives: what is inside, and how large, before anything is unpacked."""

from __future__ import annotations

import io
import zipfile
import zlib
from pyexpat import ExpatError
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException

from gmm_dash.errors import ImportProblem

# All that a damaged archive, or damaged XML in a sound one, makes the readers raise.
DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    ExpatError,
    ParseError,
    DefusedXmlException,
    EOFError,
    OSError,
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    NotImplementedError,
)
MAX_MEMBERS = 2_000
MAX_RATIO = 200
SMALL = 10_000_000  # unpacked bytes below which no ratio is suspicious
DAMAGED = "Open it in a spreadsheet program, save it again, and choose that file."
OTHER_ARCHIVES = (
    ("xl/workbook.bin", "This is a binary Excel workbook (.xlsb).", "Save it as .xlsx or .csv."),
    ("word/", "This is a Word document, not a table.", "Save its table as .csv or .xlsx."),
    ("ppt/", "This is a presentation, not a table.", "Save its table as .csv or .xlsx."),
    ("Index/", "This is an Apple Numbers document.", "Export it as .xlsx or .csv."),
)


def open_archive(data: bytes, max_unpacked: int) -> tuple[zipfile.ZipFile, str]:
    """Return the archive and its kind once it is known to be safe.

    The kind is ``"xlsx"``, ``"ods"``, or ``"packed"`` for a single file of another kind.

    The sizes come from the archive's own directory; a member that unpacks to more than
    it declared is cut off there by :mod:`zipfile`, so a lie gains nothing.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise ImportProblem("The file is damaged or cut short.", hint=DAMAGED) from None
    if any(member.flag_bits & 1 for member in members):
        raise ImportProblem(
            "This archive is protected by a password.", hint="Save it without the password."
        )
    _check_sizes(members, len(data), max_unpacked)
    return archive, _kind(archive)


def only_one(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """Return the only file in an archive; nothing when there are several or none."""
    found = [
        member
        for member in archive.infolist()
        if not member.is_dir() and not member.filename.startswith(("__MACOSX/", "."))
    ]
    return found if len(found) == 1 else []


def _check_sizes(members: list[zipfile.ZipInfo], n_bytes: int, max_unpacked: int) -> None:
    unpacked = sum(member.file_size for member in members)
    bomb = unpacked > SMALL and unpacked > MAX_RATIO * n_bytes
    if len(members) > MAX_MEMBERS or unpacked > max_unpacked or bomb:
        raise ImportProblem(
            f"The file holds {unpacked / 1e6:,.0f} MB in {len(members):,} parts once unpacked, "
            "more than can be read safely.",
            hint="Keep only the sheet with the table, without formatted empty cells, or save "
            "it as .csv.",
        )


def _kind(archive: zipfile.ZipFile) -> str:
    names = archive.namelist()
    if "xl/workbook.xml" in names:
        return "xlsx"
    if "content.xml" in names:
        return "ods"
    for part, message, cure in OTHER_ARCHIVES:
        if any(name.startswith(part) for name in names):
            raise ImportProblem(message, hint=cure)
    if only_one(archive):
        return "packed"
    raise ImportProblem(
        "This is a zip archive, not a workbook.", hint="Unpack it and choose the table inside."
    )
