"""What single cells look like: numbers, missing values, dates."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal

# Written for "no value" by spreadsheets, R, pandas, SAS, old C libraries and people.
# In a column of text only the empty cell is missing: NA may well be Namibia.
MISSING_WORDS = (
    "", "na", "n/a", "<na>", "nan", "-nan", "null", "none", "nil", "missing", "nat",
    "-", "--", "?", ".", "..", "#n/a", "#na", "#div/0!", "#value!", "#ref!", "#name?",
    "#num!", "#null!", "#n/a n/a", "1.#qnan", "-1.#ind", "1.#ind",
)  # fmt: skip
_MISSING = frozenset(MISSING_WORDS)
# Written for "no value" too, but words of their own as well: they count as missing among
# numbers, and are named and asked about.
FURTHER_WORDS = (
    ":", "n.d.", "n.d", "nd", "n/d", "s/d", "n.a.", "n.a", "n.v.", "k.a.", "k. a.",
    "keine angabe",
    "n.n.", "n. n.", "bdl", "b.d.l.", "b.d.", "<lod", "<loq", "<mdl", "< lod", "< loq", "<dl",
    "lod", "loq", "below lod", "below detection limit", "below detection", "not detected", "tr",
    "trace", "traces", "unknown", "unk", "not available", "not applicable", "not measured",
    "not reported", "no data", "nodata", "no value", "suppressed", "withheld", "(null)", "(blank)",
    "blank", "empty", "absent", "void", "undefined", "undef", "\\n", "*", "**", "***", "#",
    "x", "xx", "xxx", "...", "\u2026", "\u2013", "\u2014", "---", "----", "??", "???", "tbd",
    "tba", "f.n.", "z",
    "(d)", "(s)", "(x)", "(na)", "not avail.", "#error", "error", "#error!", "#spill!", "#calc!",
    "#field!", "inconnu", "desconocido", "unbekannt", "sin dato", "nc", "n.c.", "nr", "n.r.",
)  # fmt: skip
_AROUND = '$€£¥₹%()<>≤≥="~ \u00a0-'
_FURTHER = frozenset(FURTHER_WORDS)

MINUS = "\u2212"
GAPS = " '\u2019\u00a0\u2007\u2009\u202f"
_SIGN = rf"[+\-{MINUS}]?"
# Spaces and apostrophes group thousands and nothing else; so they are safe with any sign.
_GROUPS = rf"[1-9]\d{{0,2}}(?:[{GAPS}]\d{{3}})+"
_LAKHS = r"[1-9]\d?(?:,\d{2})+,\d{3}"  # 12,34,567 as in India
_EXPONENT = r"(?:[eE][+\-]?\d{1,4})?"
_WORDS = r"(?:inf|infinity)"
NUMBER_PATTERNS = {
    ".": rf"^{_SIGN}(?:(?:[1-9]\d{{0,2}}(?:,\d{{3}})+|{_LAKHS}|{_GROUPS}|\d+)(?:\.\d*)?|\.\d+)"
    rf"{_EXPONENT}$|^(?i:{_SIGN}{_WORDS})$",
    ",": rf"^{_SIGN}(?:(?:[1-9]\d{{0,2}}(?:\.\d{{3}})+|{_GROUPS}|\d+)(?:,\d+)?|,\d+)"
    rf"{_EXPONENT}$|^(?i:{_SIGN}{_WORDS})$",
}
_NUMERIC = re.compile("|".join(NUMBER_PATTERNS.values()), re.ASCII)

_CLOCK = (
    r"(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?: ?(?:Z|UTC|[AaPp][Mm]|[+\-]\d{2}:?\d{2}))?)?"
)
DATE_PATTERN = (
    rf"^(?:\d{{4}}-\d{{1,2}}-\d{{1,2}}|\d{{4}}/\d{{1,2}}/\d{{1,2}}"
    rf"|\d{{1,2}}\.\d{{1,2}}\.\d{{2,4}}|\d{{1,2}}/\d{{1,2}}/\d{{2,4}}"
    rf"|\d{{1,2}}-[A-Za-z]{{3}}-\d{{2,4}}){_CLOCK}$"
)

Cell = str | float | int | bool | datetime | date | time | timedelta | Decimal | None


def is_number(cell: Cell) -> bool:
    """Return whether a cell is a number, bare or with a sign like ``$`` or ``%`` around it."""
    if looks_numeric(cell):
        return True
    if not isinstance(cell, str):
        return False
    bare = cell.strip().strip(_AROUND)
    return bare != cell.strip() and looks_numeric(bare)


def is_missing(cell: Cell) -> bool:
    """Return whether a cell holds no value."""
    return cell is None or (isinstance(cell, str) and cell.strip().lower() in _MISSING)


def may_be_missing(cell: Cell) -> bool:
    """Return whether a cell among numbers says "no value" in one of the rarer ways."""
    return isinstance(cell, str) and cell.strip().lower() in _FURTHER


def is_blank(cell: Cell) -> bool:
    """Return whether a cell shows nothing."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def looks_numeric(cell: Cell) -> bool:
    """Return whether a cell is a number, with either decimal sign."""
    if isinstance(cell, str):
        return _NUMERIC.match(cell.strip()) is not None
    return isinstance(cell, int | float | Decimal) and not isinstance(cell, bool)
