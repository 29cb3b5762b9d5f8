"""Columns that count the rows or name them: clustering on them would cluster the file's order."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

FEWEST_ROWS = 8  # below that, whole numbers in a row prove nothing


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Under these words whole numbers identify something, however often each is repeated: a rating
# names its user, a line its order.
_SURE: Final = _set("id ids uid uuid guid pk oid fid gid objectid")
_SURE_ALONE: Final = _set(
    "isbn issn ean gtin upc sku imei iban ssn zip zipcode postcode plz postleitzahl fips orcid "
    "phone telephone barcode rownames rowname rowid rownum rownumber recno"
)
# These words identify when the values do: all different, or large and far apart.
_MAYBE: Final = _set("nr no num number code key serial")
_MAYBE_ALONE: Final = _MAYBE | _set("index idx row seq sequence record")
_THINGS: Final = _set(
    "customer client user person patient passenger participant subject student employee member "
    "respondent case sample specimen order invoice product item record account transaction "
    "session device sensor station site plot household trip ride booking ticket event visit row "
    "object feature gene probe cell image file track song movie player team school house "
    "property listing host loan policy claim vehicle animal tree"
)
# Whole numbers in a row that measure something: one row a year is a series, not a numbering.
_MEASURED: Final = _set(
    "year years yr yyyy jahr annee ano anno month months day days hour hours minute minutes "
    "second seconds week weeks quarter age time date depth height distance dose temperature"
)
_LARGE = 100  # counts of things seldom all lie above it
REPEATS = 5  # rows to one number, at most, where only "no" or "code" says so
_PARTS = re.compile(r"[^\W\d_]+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


def names_ids(name: str) -> bool:
    """Return whether a column's name says that it identifies, as ``CustomerID`` does.

    ``price_index``, ``body mass index`` and ``YEAR`` do not.
    """
    words = _words(name)
    if not words:
        return False
    if len(words) == 1:
        (word,) = words
        return word in _SURE | _SURE_ALONE or _is_thing(word, "id")
    return words[0] in _SURE | {"unnamed"} or words[-1] in _SURE or _is_place(words)


def may_name_ids(name: str) -> bool:
    """Return whether a name says "number" or "code", which may also count something."""
    words = _words(name)
    if len(words) < 2:
        return bool(words) and (words[0] in _MAYBE_ALONE or _is_thing(words[0], "no"))
    return words[-1] in _MAYBE and words[1] != "of"


def numbers_rows(name: str, values: NDArray[np.generic]) -> bool:
    """Return whether values are whole and count the rows, or identify what the name says.

    Parameters
    ----------
    name : str
        Of the column: under ``customer_id`` the numbers may be any, and may repeat.
    values : (n,) array
        Without missing values.
    """
    n = values.size
    if n < FEWEST_ROWS or values.dtype.kind not in "iuf":
        return False
    if not bool(np.all(np.isfinite(values)) and np.all(values == np.floor(values))):
        return False
    if names_ids(name):
        return True
    low, high = float(values.min()), float(values.max())
    in_a_row = high - low + 1 == n and _MEASURED.isdisjoint(_words(name))
    if not in_a_row and not (may_name_ids(name) and (low >= _LARGE or high - low + 1 > n)):
        return False
    different = int(np.unique(values).size)
    return different == n or (not in_a_row and low >= _LARGE and different * REPEATS >= n)


def _words(name: str) -> list[str]:
    """Return the words of a name in small letters, cut where a person or a program cuts."""
    return [word.lower() for word in _PARTS.findall(_CAMEL.sub(" ", name[:200].strip()))]


def _is_thing(word: str, suffix: str) -> bool:
    return word.endswith(suffix) and word.removesuffix(suffix) in _THINGS


def _is_place(words: list[str]) -> bool:
    return words[-1] == "code" and words[-2] in ("zip", "postal", "post", "fips", "area")
