"""Columns of numbers with something around them: read when every cell agrees, else named.

A unit, a currency or a percent sign is kept in words. What cannot be sure, as ``5 kg`` above
``500 g`` or ``1.2 k`` above ``300``, stays text, and the cell that prevents it is named.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Final

from gmm_dash.tables.columns.cells import may_be_missing
from gmm_dash.tables.columns.written import CURRENCY, Written, parse
from gmm_dash.tables.reading.report import Asked, counted, listed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

SAMPLE: Final = 400  # different cells that tell whether a column is worth a closer look
CELLS_NAMED: Final = 3
FEWEST_NUMBERS: Final = 5  # different ones, where words for gaps are in the majority
MOST_CELLS: Final = 300_000  # different ones; a few seconds
# Behind some of the numbers these multiply, and behind others they are a mark: never guessed.
_MULTIPLIERS: Final = frozenset(
    ["k", "K", "M", "m", "B", "G", "T", "bn", "mn", "mio", "mln", "Mio", "Mrd", "tsd", "cr", "L"]
)
_MARK = re.compile(r"[a-z]{1,2}|[*†‡§¶#^!?]+|[(\[][A-Za-z*0-9]{1,2}[)\]]")
_CURRENCY = re.compile(CURRENCY)


@dataclass(frozen=True, slots=True)
class Peeled:
    """The bare numbers of a column, and what stood around them.

    Attributes
    ----------
    numbers : mapping of str to (str or None)
        Each different cell's number as text; None for a cell that counts as missing.
    halves : frozenset of str
        Cells that are half of their number: of a limit.
    notes : tuple of str
        What was taken off, for the account.
    asked : tuple of Asked
        What the owner should look at.
    measured : bool
        Whether a unit stands at the numbers: what is measured does not number the rows.
    """

    numbers: Mapping[str, str | None]
    halves: frozenset[str] = frozenset()
    notes: tuple[str, ...] = ()
    asked: tuple[Asked, ...] = ()
    measured: bool = False


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a column of almost numbers stays text, the cell to blame, and words to offer."""

    reason: str
    cell: str
    words: tuple[str, ...] = ()
    asked: bool = True


def peel(counts: Mapping[str, int], below: str) -> Peeled | Refused | None:
    """Return the bare numbers of a column, or why they cannot be told; None if it has none.

    Parameters
    ----------
    counts : mapping of str to int
        How often each different cell occurs, in the order of the file; none is missing.
    below : str
        What a cell like ``<0.2`` stands for: ``"missing"``, its ``"limit"`` or ``"half"``.
    """
    if not _worth_it(counts):
        return None
    if len(counts) > MOST_CELLS:
        cell = next(iter(counts))
        return Refused(f"{quoted(cell)} and the like are too many different cells", cell)
    return _peel(counts, below)


def _peel(counts: Mapping[str, int], below: str) -> Peeled | Refused | None:
    parsed = {cell: parse(cell) for cell in counts}
    found = {cell: one for cell, one in parsed.items() if one is not None}
    others = [cell for cell in counts if parsed[cell] is None]
    strange = [cell for cell in others if not may_be_missing(cell)]
    if not found:
        return None
    if strange:
        return _strange(counts, strange, found)
    if _are_scarce(counts, found, others):
        words = tuple(others[:CELLS_NAMED])
        return Refused(f"{quoted(others[0])} is not a number", others[0], words)
    refused = _disagreement(found)
    if refused is not None:
        return refused
    return _peeled(counts, found, others, below)


def _worth_it(counts: Mapping[str, int]) -> bool:
    first = list(islice(counts, SAMPLE))
    return 2 * sum(parse(cell) is not None or may_be_missing(cell) for cell in first) >= len(first)


def _are_scarce(
    counts: Mapping[str, int], found: Mapping[str, Written], others: Sequence[str]
) -> bool:
    """Return whether there are too few numbers to take the words among them for gaps."""
    n_others = sum(counts[cell] for cell in others)
    return len(found) < FEWEST_NUMBERS and n_others >= sum(counts[cell] for cell in found)


def _strange(
    counts: Mapping[str, int], strange: Sequence[str], found: Mapping[str, Written]
) -> Refused:
    """Return the refusal that names the first cell that is no number."""
    bare = sum(counts[cell] for cell, one in found.items() if not _is_word(one))
    n_strange = sum(counts[cell] for cell in strange)
    words = tuple(strange) if len(strange) <= CELLS_NAMED and bare > n_strange else ()
    return Refused(f"{quoted(strange[0])} is not a number", strange[0], words, bare >= n_strange)


def _is_word(one: Written) -> bool:
    return len(one.unit) > 3 or " " in one.unit


def _disagreement(found: Mapping[str, Written]) -> Refused | None:
    """Return why the units of a column leave its numbers in doubt, if they do."""
    first: dict[str, str] = {}
    for cell, one in found.items():
        if _counts(one):
            first.setdefault(_same(one.unit), cell)
    units = [unit for unit in first if unit]
    if not units or (len(units) == 1 and "" not in first):
        return None
    if _are_marks(found, units) or (len(units) == 1 and _CURRENCY.fullmatch(units[0])):
        return None
    if len(units) == 1:
        bare = sum(not one.unit for one in found.values())
        odd = first[units[0]] if 2 * bare > len(found) else first[""]
        return Refused(
            f"{quoted(first[units[0]])} has a unit and {quoted(first[''])} has none", odd
        )
    odd = first[units[1]]
    return Refused(f"{quoted(first[units[0]])} and {quoted(odd)} have different units", odd)


def _counts(one: Written) -> bool:
    """Return whether a cell's unit tells something: nothing is nothing in any unit."""
    return bool(one.unit) or re.search(r"[1-9]", one.number) is not None


def _same(unit: str) -> str:
    """Return a unit as it is compared: ``years`` is ``Year``, but ``mW`` is not ``MW``."""
    short = unit.rstrip(".")
    return short.casefold().removesuffix("s") if len(short) > 2 else short


def _are_marks(found: Mapping[str, Written], units: Sequence[str]) -> bool:
    """Return whether letters or stars stand behind some numbers only, as footnotes do."""
    bare = sum(not one.unit for one in found.values())
    marks = all(_MARK.fullmatch(unit) and unit not in _MULTIPLIERS for unit in units)
    return marks and 2 * bare >= len(found)


def _peeled(
    counts: Mapping[str, int], found: Mapping[str, Written], others: Sequence[str], below: str
) -> Peeled:
    limits = {cell: one for cell, one in found.items() if one.bound in ("<", ">")}
    numbers: dict[str, str | None] = dict.fromkeys(others)
    for cell, one in found.items():
        left_out = one.bound in ("<", ">") and below not in ("limit", "half")
        numbers[cell] = None if left_out else one.number
    notes, asked = [], []
    for say in (_unit_words(counts, found), _about_words(counts, found)):
        notes.extend(say)
    if marks := _marks(found):
        words = f"{listed(marks)} behind {_times(counts, _marked(found))}"
        notes.append(f"taken as a mark: {words}")
        asked.append(Asked("marks", words))
    if limits:
        notes.append(_limit_words(counts, limits, below))
        if below == "auto":
            asked.append(Asked("below_limit", f"{_named(counts, limits)}"))
    if others:
        notes.append(f"counted as missing: {_named(counts, others)}")
        asked.append(Asked("missing_words", _named(counts, others), tuple(others)))
    halves = frozenset(c for c, one in limits.items() if one.bound == "<" and below == "half")
    measured = any(one.unit for one in found.values())
    return Peeled(numbers, halves, tuple(notes), tuple(asked), measured)


def _marked(found: Mapping[str, Written]) -> list[str]:
    return [cell for cell, one in found.items() if one.unit]


def _marks(found: Mapping[str, Written]) -> list[str]:
    units = list(dict.fromkeys(one.unit for one in found.values() if one.unit))
    if any(not one.unit and _counts(one) for one in found.values()):
        return [f'"{unit}"' for unit in units if not _CURRENCY.fullmatch(unit)]
    return []


def _unit_words(counts: Mapping[str, int], found: Mapping[str, Written]) -> list[str]:
    """Return the unit in words; brackets and a minus behind are minus signs, said as well."""
    words = []
    units = list(dict.fromkeys(one.unit for one in found.values() if one.unit))
    if units and not _marks(found):
        bare = [c for c, one in found.items() if not one.unit and _counts(one)]
        some = f" (not in {_times(counts, bare)})" if bare else ""
        words.append(f"unit {units[0]}{some}")
    bracketed = [cell for cell, one in found.items() if "(" in cell and one.number[0] == "-"]
    if bracketed:
        words.append(f"brackets are minus signs, as in {quoted(bracketed[0])}")
    return words


def _about_words(counts: Mapping[str, int], found: Mapping[str, Written]) -> list[str]:
    about = [cell for cell, one in found.items() if one.bound == "~"]
    return [f"taken as exact: {_named(counts, about)}"] if about else []


def _limit_words(counts: Mapping[str, int], limits: Mapping[str, Written], below: str) -> str:
    how = {"limit": "as the limit itself", "half": "as half the limit"}
    return f"counted {how.get(below, 'as missing')}: {_named(counts, limits)}"


def _named(counts: Mapping[str, int], cells: Sequence[str] | Mapping[str, Written]) -> str:
    """Return the cells with how often each occurs."""
    return listed(
        [
            f"{quoted(cell)} ({counts[cell]:,} times)" if counts[cell] > 1 else quoted(cell)
            for cell in cells
        ],
        CELLS_NAMED,
    )


def _times(counts: Mapping[str, int], cells: Sequence[str]) -> str:
    return counted(sum(counts[cell] for cell in cells), "number")


def quoted(cell: str) -> str:
    """Return a cell in quotation marks, cut when it is long."""
    return f'"{cell[:30]}…"' if len(cell) > 30 else f'"{cell}"'


def counts_of(cells: Sequence[str | None]) -> Counter[str]:
    """Return how often each cell occurs, in the order of the file."""
    return Counter(cell for cell in cells if cell is not None)
