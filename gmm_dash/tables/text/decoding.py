"""From bytes to text: UTF-8, UTF-16 by its mark or its NULs, else an older encoding."""

from __future__ import annotations

import re

from gmm_dash.errors import ImportProblem, ReadingProblem
from gmm_dash.tables.text.encodings import guess, previews

MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
SAMPLE = 4_096
# Bytes that no text editor writes: 0-8, 14-25, 27-31 and 127 (26 ends old DOS files).
BINARY = re.compile(rb"[\x00-\x08\x0e-\x19\x1b-\x1f]")  # in a text of single bytes
UTF_8 = "Save it with the encoding UTF-8."
CONTROL = re.compile(r"[\x00-\x08\x0e-\x19\x1b-\x1f\x7f\ufffe\uffff]")


def decode(data: bytes, encoding: str = "auto") -> tuple[str, str]:
    """Return the text and the encoding it was read with.

    Charset guessers call short German headers Urdu, so none is asked: UTF-8 proves
    itself, UTF-16 shows by its mark or by NULs in every other place, and what is left
    is an older encoding, told by how its bytes lie and asked about.

    Raises
    ------
    ImportProblem
        When the bytes are not text, or not in the encoding the user chose.
    """
    if encoding != "auto":
        return _decode_as(data, encoding), encoding
    found = _utf(data)
    if found is None:
        found = _legacy(data)
    text = _decode_as(data, found).rstrip("\x00\x1a")
    if CONTROL.search(text):
        raise ImportProblem(
            "This is not a table: the file holds binary data.",
            hint="Choose a CSV, Excel, OpenDocument, Stata, Parquet, Feather or JSON file.",
        )
    return text, found


def _utf(data: bytes) -> str | None:
    """Return the Unicode encoding that the bytes prove, if any does."""
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return encoding
    start = data[: SAMPLE - SAMPLE % 2]
    even, odd = start[::2].count(0), start[1::2].count(0)
    half = max(len(start) // 2, 1)
    if odd > 0.3 * half and even < 0.05 * half:
        return "utf-16-le"
    if even > 0.3 * half and odd < 0.05 * half:
        return "utf-16-be"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return "utf-8"


def _legacy(data: bytes) -> str:
    binary = BINARY.search(data)
    found = "" if b"\x00" in data else guess(data)
    if found:
        return found
    message = (
        "The characters of this file could not be recognised: it is no text in "
        "UTF-8, UTF-16 or a known older encoding."
    )
    if binary:
        raise ImportProblem(message, hint="Choose a table.")
    raise ReadingProblem(message, hint=UTF_8, ways=previews(data))


def _decode_as(data: bytes, encoding: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise ReadingProblem(
            f"The file is not written in the encoding {encoding}: byte "
            f"{error.start + 1:,} does not fit.",
            hint=UTF_8,
            ways=previews(data),
        ) from None
    return text.removeprefix("\ufeff")
