"""One cell as people write numbers: with a currency, a unit, brackets for minus, ``<`` or a mark.

Only what a cell says about itself is found here. Whether a column of such cells is a column
of numbers is for :mod:`gmm_dash.tables.columns.units` to decide.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final, NamedTuple

from gmm_dash.tables.columns.cells import looks_numeric

LONGEST: Final = 60  # characters of a cell that may be a number with something around it
CURRENCY: Final = (
    r"(?:(?:US|C|CA|A|AU|NZ|HK|S|R|NT|MX)?\$|[€£¥₹₽₩₺₴₪฿₫₱₦₡₲₵₸₿¢]|"
    r"(?:USD|EUR|GBP|CHF|JPY|INR|CNY|RMB|RUB|AUD|CAD|NZD|SEK|NOK|DKK|PLN|CZK|HUF|TRY|BRL|MXN|"
    r"ZAR|KRW|SGD|HKD|ILS|THB)(?![A-Za-z])|(?:Rs|Fr|kr)\.?(?![A-Za-z])|zł|Kč|Ft(?![A-Za-z]))"
)
_BODY = r"(?:\d[\d.,'\u2019 ]*|[.,]\d[\d]*)"
_EXPONENT = r"(?:[eE][+\-]?\d{1,4}|[dD][+\-]?\d{2,3}| ?[x×*·] ?10(?:\^|\*\*)[+\-]?\d{1,3})?"
_UNIT = r"[^\W\d_](?:[^\s()<>=\"0-9.]{0,19})[23]?\.?(?: [^\W\d_][^\s()<>=\"0-9]{0,11}){0,2}"
_SIGN = r"[%‰°*†‡§¶#^!?′″µμΩ][^\s()<>=\"\d]{0,7}"
_NOTE = r"[(\[][A-Za-z*0-9]{1,2}[)\]]"
_CELL = re.compile(
    rf"(?P<bound>[<>≤≥]=?|~|≈|ca\. ?|circa )? ?(?P<open>\()?(?P<sign>[+\-])? ?"
    rf"(?P<before>{CURRENCY})? ?(?P<inner>[+\-])?(?P<open2>\()?"
    rf"(?P<body>{_BODY}){_EXPONENT.replace('(?:', '(?P<power>', 1)}"
    rf" ?(?P<after>{CURRENCY}(?:/[^\W\d_][^\s()<>=\"]{{0,7}})?|{_UNIT}|{_SIGN}|{_NOTE})??"
    rf" ?(?P<close>\))? ?(?P<percent>%)?(?P<minus>-)?(?P<mark> ?(?:[*†‡§]+|{_NOTE}))?"
)
_FORMULA = re.compile(r"""=\s*"([^"]*)"|=(?=[\d.+\-])(.*)|'(?=[\d.+\-])(.*)""")
_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212\ufe63\uff0d"), "-")
_BLANKS = dict.fromkeys(map(ord, "\u00a0\u2007\u2008\u2009\u200a\u202f\u205f\u3000"), " ")
_PLAIN = _DASHES | _BLANKS | {0x066B: ".", 0x066C: ",", 0xFF0E: ".", 0xFF0C: ",", 0xFF05: "%"}
_BOUNDS = {"<": "<", "≤": "<", ">": ">", "≥": ">"}


class Written(NamedTuple):
    """What a cell holds.

    Attributes
    ----------
    number : str
        Sign and digits, with groups and decimal sign as they stand; a plain exponent.
    unit : str
        Currency, percent sign, unit or mark around it, as they stand.
    bound : str
        ``<`` or ``>`` for a limit, ``~`` for "about", else empty.
    """

    number: str
    unit: str = ""
    bound: str = ""


def parse(cell: str) -> Written | None:
    """Return the number in a cell and what stands around it, or None when it is no number."""
    if len(cell) > LONGEST:
        return None
    match = _CELL.fullmatch(plain(cell))
    if match is None:
        return None
    minus = [bool(match[name]) for name in ("open", "open2", "minus")]
    brackets = bool(match["open"] or match["open2"])
    signs = [sign for sign in (match["sign"], match["inner"]) if sign]
    if brackets != bool(match["close"]) or sum(minus) > 1 or len(signs) > 1:
        return None
    if match["minus"] and signs:
        return None
    negative = any(minus) or "-" in signs
    after = "".join(filter(None, (match["after"], match["percent"]))).strip()
    mark = (match["mark"] or "").strip()
    parts = [match["before"] or "", after, mark]
    digits = match["body"].rstrip() + _power(match["power"])
    if not looks_numeric(digits):
        return None
    return Written(
        f"{'-' if negative else ''}{digits}",
        " ".join(part.strip() for part in parts if part.strip()),
        _BOUNDS.get((match["bound"] or "")[:1], "~" if match["bound"] else ""),
    )


def is_decorated(cell: str) -> bool:
    """Return whether a cell is a number with a sign around it, not with a word: no name is."""
    found = parse(cell.strip())
    return found is not None and not any(map(str.isalpha, found.unit))


def plain(cell: str) -> str:
    """Return a cell with ASCII digits, blanks and minus, without ``="..."`` around it."""
    if not cell.isascii():
        cell = cell.translate(_PLAIN)
        cell = "".join(map(_digit, cell))
    if cell[:1] in ("=", "'"):
        match = _FORMULA.fullmatch(cell)
        cell = next(filter(None, match.groups()), "") if match else cell
    return " ".join(cell.split())


def _digit(character: str) -> str:
    """Return a digit of any script in ASCII; superscripts are no digits."""
    if character.isascii() or not character.isdecimal():
        return character
    return str(unicodedata.decimal(character))


def _power(text: str | None) -> str:
    if not text:
        return ""
    return "e" + re.sub(r"^[eEdD]|^ ?[x×*·] ?10(?:\^|\*\*)", "", text)
