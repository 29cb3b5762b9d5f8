"""The account of typed columns: their clean names, kinds, gaps and peculiarities."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from gmm_dash.tables.columns.gaps import sentinel
from gmm_dash.tables.columns.names import clean_names, clean_text
from gmm_dash.tables.reading.identifiers import FEWEST_ROWS, REPEATS, numbers_rows
from gmm_dash.tables.reading.report import Column

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gmm_dash.tables.columns.numbers import Typed

MAX_ORIGINAL = 200


def describe_columns(
    names: Sequence[str],
    typed: Sequence[Typed],
    units: Sequence[str] | None = None,
    lines: Sequence[int] = (),
) -> tuple[Any, tuple[Column, ...]]:
    """Return the table (pyarrow) under clean names, and the account of its columns.

    Parameters
    ----------
    names : sequence of str
        As they stand in the file.
    typed : sequence of Typed
    units : sequence of str, optional
        One per column, from a row of units.
    lines : sequence of int
        Line (or row) of the file that each row of the table comes from.
    """
    cleaned = clean_names(names)
    columns = tuple(
        _describe(name, original, column, (units or [""] * len(typed))[i], lines)
        for i, (name, original, column) in enumerate(zip(cleaned, names, typed, strict=True))
    )
    table = pa.table([column.array for column in typed], names=list(cleaned))
    return table, columns


def _describe(name: str, original: str, typed: Typed, unit: str, lines: Sequence[int]) -> Column:
    notes = []
    if typed.reason:
        place = f" (line {lines[typed.bad_row]:,})" if 0 <= typed.bad_row < len(lines) else ""
        notes.append(f"Column {name} was left as text: {typed.reason}{place}.")
    if clean_text(unit):
        notes.append(f"Unit of {name}: {clean_text(unit)}.")
    if typed.notes:
        notes.append(f"Column {name}: {'; '.join(typed.notes)}.")
    asked = typed.asked
    if typed.kind == "number" and (one := sentinel(typed.array.drop_null().to_numpy())):
        asked = (*asked, one)
    kind = "constant" if _is_constant(typed) else typed.kind
    return Column(
        name=name,
        original_name=original[:MAX_ORIGINAL].encode("utf-8", "replace").decode("utf-8"),
        kind=kind,
        n_missing=typed.array.null_count,
        identifier_like=_is_identifier(name, typed),
        note=" ".join(notes),
        asked=asked,
        code=typed.code,
    )


def _is_constant(typed: Typed) -> bool:
    """Return whether all values there are, of at least two, are the same."""
    values = typed.array.drop_null()
    return len(values) > 1 and bool(pc.all(pc.equal(values, values[0])).as_py())


def _is_identifier(name: str, typed: Typed) -> bool:
    """Return whether a column only numbers the rows, or names each of them differently."""
    values = typed.array.drop_null()
    if typed.kind == "number":
        return not typed.measured and numbers_rows(name, values.to_numpy())
    if typed.kind != "text" or len(values) < FEWEST_ROWS:
        return False
    different = pc.count_distinct(values).as_py()
    return bool(different == len(values) or (typed.code and different * REPEATS >= len(values)))
