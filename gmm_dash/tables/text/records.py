"""Text cut into records, one pass, in time linear in its length."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, NamedTuple

from gmm_dash.errors import ImportProblem

if TYPE_CHECKING:
    from collections.abc import Iterator

BLANKS = re.compile(r"[ \t]+")
WIDE = "  "  # two or more blanks: names and cells may hold single ones
WIDE_BLANKS = re.compile(r" {2,}|[ ]*\t[ \t]*")
CUT = "\x1f"  # no text holds it: it was refused as binary
QUOTE_HINT = "Close it, or double quotation marks inside a cell, and choose the file again."


class Record(NamedTuple):
    """One record: the line it starts on, counted from 1, and its cells."""

    line: int
    cells: list[str]


class Dialect(NamedTuple):
    r"""How records are written: the separator, whether ``\"`` escapes a quote, the quote."""

    separator: str
    backslash: bool = False
    quote: str = '"'


def records(text: str, dialect: Dialect) -> Iterator[Record]:
    """Yield the records of ``text``; blank lines are left out.

    Raises
    ------
    ImportProblem
        At a quotation mark that is never closed or that closes too early.
    """
    reader = csv.reader(
        _lines(text, dialect.separator),
        delimiter=CUT if dialect.separator == WIDE else dialect.separator,
        quotechar=dialect.quote,
        doublequote=not dialect.backslash,
        escapechar="\\" if dialect.backslash else None,
        skipinitialspace=dialect.separator != "\t",
        strict=True,
    )
    line = 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise _bad_quote(error, line, reader.line_num) from None
        if cells:
            yield Record(line, cells)
        line = reader.line_num + 1


def _lines(text: str, separator: str) -> Iterator[str]:
    """Yield the lines with their ends; ``newline=""`` keeps those inside quotes as they are."""
    lines = io.StringIO(text, newline="")
    if separator == WIDE:
        return (WIDE_BLANKS.sub(CUT, line.strip()) + "\n" for line in lines)
    if separator != " ":
        return lines
    return (BLANKS.sub(" ", line).strip(" \r\n") + "\n" for line in lines)


def _bad_quote(error: csv.Error, line: int, reached: int) -> ImportProblem:
    reason = str(error)
    if "unexpected end" in reason:
        return ImportProblem(
            f"A quotation mark opened in line {line:,} is never closed.", hint=QUOTE_HINT
        )
    if "field limit" in reason:
        return ImportProblem(
            f"A cell that starts in line {line:,} holds more than "
            f"{csv.field_size_limit():,} characters; a quotation mark may not be closed.",
            hint=QUOTE_HINT,
        )
    return ImportProblem(
        f"Line {reached:,} has text after a closing quotation mark.", hint=QUOTE_HINT
    )
