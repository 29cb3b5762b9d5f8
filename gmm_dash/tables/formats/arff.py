"""Weka's ARFF: the names stand in ``@ATTRIBUTE`` lines above ``@DATA``, the rows are CSV."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from gmm_dash.errors import ImportProblem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gmm_dash.tables.text.records import Record

_RELATION: Final = re.compile(r"\s*@relation\b", re.I)
_DATA: Final = re.compile(r"\s*@data\s*$", re.I)
_ATTRIBUTE: Final = re.compile(
    r"\s*@attribute\s+(?:'((?:[^'\\]|\\.)*)'|\"([^\"]*)\"|(\S+?))(?=[\s{]|$)", re.I
)
_MOST_LINES: Final = 5_000  # above the data


class Arff(NamedTuple):
    """The names of the columns, the number of the line ``@DATA``, and the quotation mark."""

    names: tuple[str, ...]
    data_line: int
    quote: str


def find_arff(text: str) -> Arff | None:
    """Return what stands above the data of an ARFF text; None for any other text.

    Raises
    ------
    ImportProblem
        When the rows are written sparsely, as pairs of place and value.
    """
    names: list[str] = []
    related = False
    for number, line in enumerate(_first_lines(text), start=1):
        if not line.strip() or line.lstrip().startswith("%"):
            continue
        if _RELATION.match(line):
            related = True
        elif (match := _ATTRIBUTE.match(line)) and (related or names):
            names.append(next(filter(None, match.groups()), "").replace("\\'", "'"))
        elif _DATA.match(line) and names:
            return Arff(tuple(names), number, _quote(text, number))
        else:
            return None
    return None


def _first_lines(text: str) -> Iterator[str]:
    """Yield the first lines, however long the text."""
    start = 0
    for _ in range(_MOST_LINES):
        end = text.find("\n", start)
        if end < 0:
            return
        yield text[start:end].rstrip("\r")
        start = end + 1


def _quote(text: str, data_line: int) -> str:
    """Return the quotation mark of the rows: ARFF knows both."""
    body = text.split("\n", data_line)[-1]
    first = next((line.strip() for line in body[:10_000].split("\n") if line.strip()), "")
    if first.startswith("{"):
        raise ImportProblem(
            "The rows of this ARFF file are written sparsely.",
            hint="Save it in Weka as CSV, or as ARFF that is not sparse.",
        )
    return "'" if "'" in body and '"' not in body else '"'


def rows_of(rows: Iterator[Record], arff: Arff) -> Iterator[Record]:
    """Yield the records below ``@DATA`` that are no comments."""
    for row in rows:
        if row.line > arff.data_line and not row.cells[0].lstrip().startswith("%"):
            yield row
