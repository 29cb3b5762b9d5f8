"""Whether the first row holds names, also where names are numbers or stand in two rows."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from gmm_dash.tables.columns.cells import (
    Cell,
    is_blank,
    is_missing,
    is_number,
    looks_numeric,
    may_be_missing,
)
from gmm_dash.tables.columns.written import parse
from gmm_dash.tables.reading.report import Question, Way, listed

if TYPE_CHECKING:
    from collections.abc import Sequence

    Row = Sequence[Cell]

YEARS: Final = range(1800, 2201)
RISING: Final = 5  # numbers, each larger than the one before: an axis and hardly a row of data
LOOKED_AT: Final = 50  # rows below
CUTS: Final = (",", ";", "\t", "|", r"\s{2,}", r"\s+")


def as_name(cell: Cell) -> str:
    """Return a cell as a name: whole numbers without ``.0``."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell)


def is_header(row: Row, below: Sequence[Row]) -> bool:
    """Return whether ``row`` names the columns of ``below`` rather than belonging to them."""
    cells = [cell for cell in row if not is_blank(cell)]
    numbers = [cell for cell in cells if is_number(cell)]
    if not cells or is_like(row, below):
        return False
    if not numbers:
        return all(isinstance(cell, str) for cell in cells) and not all(map(is_missing, cells))
    columns = list(zip(*below, strict=False))
    named = any(
        not is_missing(cell) and not is_number(cell) and is_numeric_column(column)
        for cell, column in zip(row, columns, strict=False)
    )
    return bool(below) and (named or _are_numbered(row, below))


def is_like(row: Row, below: Sequence[Row]) -> bool:
    """Return whether every cell is a number with a unit that the column below has, too."""
    found = [parse(cell.strip()) if isinstance(cell, str) else None for cell in row]
    columns = list(zip(*below[:LOOKED_AT], strict=False))
    alike = [
        one is not None and any(one.unit == _unit(cell) for cell in column)
        for one, column in zip(found, columns, strict=False)
        if one is not None and one.unit
    ]
    return bool(alike) and all(alike)


def _unit(cell: Cell) -> str:
    found = parse(cell.strip()) if isinstance(cell, str) else None
    return found.unit if found else ""


def is_numeric_column(column: Sequence[Cell]) -> bool:
    """Return whether a column holds numbers, as people write them, and gaps."""
    filled = [cell for cell in column if not is_missing(cell)]
    return any(_is_measure(cell) for cell in filled) and all(
        _is_measure(cell) or may_be_missing(cell) for cell in filled
    )


def _is_measure(cell: Cell) -> bool:
    return looks_numeric(cell) or (isinstance(cell, str) and parse(cell.strip()) is not None)


def _values(row: Row) -> list[float] | None:
    """Return the plain numbers in a row, words left out; None when they are no plain numbers."""
    cells = [as_name(cell).strip() for cell in row if is_number(cell)]
    try:
        return [float(cell.replace(",", ".")) for cell in cells]
    except ValueError:
        return None


def _are_numbered(row: Row, below: Sequence[Row]) -> bool:
    """Return whether numbers in a row count or measure the columns: 1, 2, 3; 400, 410; years.

    A rule that the rows below keep as well tells nothing.
    """
    numbers = _values(row)
    if numbers is None or len(numbers) < 2 or len(set(numbers)) < len(numbers):
        return False
    words = sum(not is_blank(cell) for cell in row) > len(numbers)
    if _counts_up(numbers):
        return _has_decimals(below) or (words and not _keep(below, _is_even))
    if words and _are_years(numbers):
        return True
    if len(numbers) >= 3 and _is_even(numbers):
        return not _keep(below, _is_even)
    return len(numbers) >= RISING and _is_rising(numbers) and not _keep(below, _is_rising)


def _keep(below: Sequence[Row], rule: object) -> bool:
    """Return whether any tenth row below keeps a rule of numbers, too."""
    rows = [_values(row) for row in below[:LOOKED_AT]]
    kept = sum(bool(row) and callable(rule) and bool(rule(row)) for row in rows)
    return 10 * kept >= max(len(rows), 1)


def _counts_up(numbers: Sequence[float]) -> bool:
    """Return whether the numbers are 0, 1, 2 ... or 1, 2, 3 ..."""
    return numbers[0] in (0, 1) and all(b - a == 1 for a, b in pairwise(numbers))


def _is_even(numbers: Sequence[float]) -> bool:
    steps = [later - earlier for earlier, later in pairwise(numbers)]
    return (
        bool(steps)
        and steps[0] != 0
        and all(abs(step - steps[0]) <= 1e-6 * abs(steps[0]) for step in steps)
    )


def _is_rising(numbers: Sequence[float]) -> bool:
    return all(later > earlier for earlier, later in pairwise(numbers))


def _are_years(numbers: Sequence[float]) -> bool:
    years = all(number.is_integer() and int(number) in YEARS for number in numbers)
    return years and _is_even(numbers)


def _has_decimals(below: Sequence[Row]) -> bool:
    return any(
        looks_numeric(cell) and any(sign in str(cell).removesuffix(".0") for sign in ".,")
        for row in below
        for cell in row
    )


def is_group_row(row: Row, below: Row, columns: Sequence[Sequence[Cell]]) -> bool:
    """Return whether a row names groups of the columns that the row below it names.

    Merged cells leave gaps beside a group's name, or its name is repeated; the row below
    fills the gaps. Both hold words (or years), and most words below stand over numbers.
    """
    if len(row) != len(below) or not all(_names_well(cell) for cell in (*row, *below)):
        return False
    filled = [as_name(cell).strip() for cell in row if not is_blank(cell)]
    lower = [place for place, cell in enumerate(below) if not is_blank(cell)]
    if not filled or len(lower) < 2:
        return False
    over_numbers = sum(is_numeric_column(column) for column in (columns[i] for i in lower))
    gaps = [place for place, cell in enumerate(row) if is_blank(cell)]
    repeated = len(set(filled)) < len(filled) and len(lower) == len(row)
    covered = bool(gaps) and set(gaps) <= set(lower)
    together = joined(row, below)
    unique = len(set(together)) == len(together)
    return (covered or repeated) and unique and 2 * over_numbers >= len(lower)


def _names_well(cell: Cell) -> bool:
    """Return whether a cell may name: a word, a year, or nothing."""
    if not is_number(cell):
        return is_blank(cell) or isinstance(cell, str)
    text = as_name(cell).strip()
    return text.isdecimal() and int(text[:5]) in YEARS


def joined(row: Row, below: Row) -> tuple[str, ...]:
    """Return the names of two rows: a group's name reaches to the next one."""
    names, group = [], ""
    for upper, lower in zip(row, below, strict=True):
        if not is_blank(upper):
            group = as_name(upper).strip()
        own = as_name(lower).strip()
        names.append(" ".join(filter(None, (group, own))) if own else group)
        if not own:
            group = ""
    return tuple(names)


def recut(row: Row, width: int) -> tuple[str, ...] | None:
    """Return the names in a row that is cut otherwise than the rows below it."""
    cells = [cell for cell in row if not is_blank(cell)]
    if len(cells) != 1 or not isinstance(cells[0], str):
        return None
    for cut in CUTS:
        names = [
            name.strip().strip('"')
            for name in re.split(cut if len(cut) > 1 else re.escape(cut), cells[0].strip())
        ]
        if len(names) == width and all(names) and not all(map(looks_numeric, names)):
            return tuple(names)
    return None


def header_question(row: Row, first: Row, *, named: bool) -> Question | None:
    """Return the question whether a row of numbers is names or data, both readings shown."""
    numbers = [cell for cell in row if is_number(cell)]
    if len(numbers) < 2 or any(map(is_blank, row)):
        return None
    whole = all(as_name(cell).strip().isdecimal() for cell in numbers)
    if not named and (
        len(set(map(as_name, row))) < len(row) or not (whole and _has_decimals([first]))
    ):
        return None
    as_names = f"as names, the columns are {_shown(row)} and the first row is {_shown(first)}"
    as_data = f"as data, the columns are numbered and the first row is {_shown(row)}"
    taken, other = (as_names, as_data) if named else (as_data, as_names)
    way = Way("It is data", {"header": "no"}) if named else Way("It holds names", {"header": "yes"})
    return Question(
        "header", f"Does the first row hold names or data? I read it so: {taken}; {other}.", (way,)
    )


def group_question(row: Row, below: Row) -> Question:
    """Return the question whether names stand in two rows, both readings shown."""
    both, one = _shown(joined(row, below)), _shown(row)
    return Question(
        "header_rows",
        f"Do the names stand in two rows? Together they are {both}; with the first row alone "
        f"they are {one}.",
        (Way("Only the first row holds names", {"header": "yes"}),),
    )


def _shown(row: Row) -> str:
    return listed([as_name(cell).strip()[:20] or "(empty)" for cell in row])
