"""What kind of file it is, told by its first bytes; a name proves nothing."""

from __future__ import annotations

import re

from gmm_dash.errors import ImportProblem

ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
GZIP = b"\x1f\x8b"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
STATA = b"<stata_dta>"
STATA_OLD = re.compile(rb"[\x69-\x73][\x01\x02]\x01")  # version, order of bytes, kind
SAVE_AS = "Save the table as .csv or .xlsx and choose that file."
SPSS = "Save it in SPSS as .csv or as Stata's .dta and choose that file."
UNPACK = "Unpack it and choose the table inside."
PICTURE = "To see its colours clustered, open it in the Colours view."

# first bytes -> what the file is, and what to do
FOREIGN: tuple[tuple[bytes, str, str], ...] = (
    (b"\x89PNG", "a PNG picture", PICTURE),
    (b"\xff\xd8\xff", "a JPEG picture", PICTURE),
    (b"GIF8", "a GIF picture", PICTURE),
    (b"II*\x00", "a TIFF picture", PICTURE),
    (b"MM\x00*", "a TIFF picture", PICTURE),
    (b"%PDF", "a PDF document", SAVE_AS),
    (b"{\\rtf", "an RTF document", SAVE_AS),
    (b"BZh", "packed with bzip2", UNPACK),
    (b"\xfd7zXZ", "packed with xz", UNPACK),
    (b"\x28\xb5\x2f\xfd", "packed with zstd", UNPACK),
    (b"7z\xbc\xaf", "a 7-Zip archive", UNPACK),
    (b"Rar!", "a RAR archive", UNPACK),
    (b"SQLite format 3", "an SQLite database", "Export the table as .csv."),
    (b"\x89HDF", "an HDF5 file", SAVE_AS),
    (b"\x93NUMPY", "a NumPy array", "Save it with numpy.savetxt as .csv."),
    (b"FEA1", "a Feather file of the old version 1", "Save it as Parquet or CSV."),
    (b"PARE", "an encrypted Parquet file", "Save it without encryption."),
    (b"Obj\x01", "an Avro file", "Save it as Parquet or CSV."),
    (b"ORC", "an ORC file", "Save it as Parquet or CSV."),
    (b"\x7fELF", "a program", SAVE_AS),
    (b"MZ\x90", "a program", SAVE_AS),
    (b"$FL2", "an SPSS file", SPSS),
    (b"$FL3", "an SPSS file", SPSS),
    (b"\x00" * 12 + b"\xc2\xea\x81\x60", "a SAS file", "Export it as .csv."),
    (b"\x80\x04\x95", "a Python pickle, which is never opened here", SAVE_AS),
)
MARKUP = re.compile(
    rb"\s*<(?:!doctype|!--|\?xml|(?:html|head|meta|body|table|style|svg|div)[\s>])", re.I
)


def sniff(data: bytes) -> str:
    """Return the kind by the content: ``"zip"``, ``"parquet"``, ``"stata"``, ``"text"``, ...

    Raises
    ------
    ImportProblem
        When the content is known to be no table; the hint says what to do.
    """
    if data[:4] in ZIP:
        return "zip"
    if data[:2] == GZIP:
        return "gzip"
    if data[:4] == b"PAR1":
        return "parquet"
    if data[:6] == b"ARROW1" or data[:4] == b"\xff\xff\xff\xff":
        return "feather"
    if is_stata(data):
        return "stata"
    if data.startswith(OLE):
        raise _old_office(data)
    _refuse_foreign(data)
    return "text"


def is_stata(data: bytes) -> bool:
    """Return whether the first bytes are those of a Stata file, of whatever version."""
    return data.startswith(STATA) or STATA_OLD.match(data) is not None


def _refuse_foreign(data: bytes) -> None:
    for magic, what, cure in FOREIGN:
        if data.startswith(magic):
            raise ImportProblem(f"This is {what}, not a table.", hint=cure)
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        raise ImportProblem("This is a WebP picture, not a table.", hint=PICTURE)
    start = data[:1000].removeprefix(b"\xef\xbb\xbf").replace(b"\x00", b"")
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        start = start[2:]
    if MARKUP.match(start):
        raise ImportProblem(
            "This is a web page or XML, not a table (whatever its name says).",
            hint="Open it in a spreadsheet program and save it as .xlsx or .csv.",
        )


def _old_office(data: bytes) -> ImportProblem:
    if ENCRYPTED in data:
        return ImportProblem(
            "This workbook is protected by a password.",
            hint="Remove the password in the spreadsheet program, save, and choose it again.",
        )
    return ImportProblem(
        "This is a file of an old Office format (.xls).",
        hint="Open it in a spreadsheet program and save it as .xlsx or .csv.",
    )
