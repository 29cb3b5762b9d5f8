"""Columns of cells that carry their own types, as sheets and JSON give them."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

import pyarrow as pa

from gmm_dash.tables.columns.cells import Cell, is_blank, is_missing
from gmm_dash.tables.columns.numbers import Context, Typed, type_texts

if TYPE_CHECKING:
    from collections.abc import Sequence

_WHOLE = re.compile(r"[+\-]?\d{1,15}", re.ASCII)
_INT64 = 2**63
_EXACT = 2**53


def type_columns(
    columns: Sequence[Sequence[Cell]], context: Context | None = None, *, infinite: bool = False
) -> list[Typed]:
    """Return the typed columns; columns of text only are typed together, as one file.

    ``infinite`` says whether the format can write infinity; otherwise an infinite cell is
    a number too large for a float, and its column stays text.
    """
    context = context or Context()
    if context.missing:
        columns = [_without(column, context.missing) for column in columns]
    typed: list[Typed | None] = [
        _type_own(column, context)
        if infinite or math.inf not in map(_size, column)
        else _too_large(column)
        for column in columns
    ]
    pending = [i for i, column in enumerate(typed) if column is None]
    texts = [pa.array([_as_text(cell) for cell in columns[i]], pa.string()) for i in pending]
    for i, column in zip(pending, type_texts(texts, context), strict=True):
        typed[i] = column
    return [column for column in typed if column is not None]


def _type_own(column: Sequence[Cell], context: Context) -> Typed | None:
    """Return the column typed by its cells' own types, or None when text must be read."""
    filled = [cell for cell in column if not is_missing(cell)]
    kinds = {_kind(cell) for cell in filled}
    if not filled:
        return Typed(pa.nulls(len(column), pa.string()), "empty")
    if kinds == {"boolean"}:
        return Typed(
            pa.array([None if is_missing(c) else c for c in column], pa.bool_()), "boolean"
        )
    if "number" in kinds and all(_kind(c) == "number" or _is_whole_text(c) for c in filled):
        return _numbers(column)
    if kinds == {"date"}:
        return Typed(pa.array([_moment(cell) for cell in column], pa.timestamp("us")), "date")
    if kinds == {"time"}:
        return Typed(pa.array([_as_text(cell) for cell in column], pa.string()), "date")
    return None if kinds == {"text"} else _mixed(column, kinds, context)


def _size(cell: Cell) -> float:
    return abs(cell) if isinstance(cell, float) else 0.0


def _too_large(column: Sequence[Cell]) -> Typed:
    return Typed(_texts(column), "text", reason="its numbers are too large")


def _kind(cell: Cell) -> str:
    if isinstance(cell, bool):
        return "boolean"
    if isinstance(cell, int | float | Decimal):
        return "number"
    if isinstance(cell, date):  # a datetime is one, too
        return "date"
    return "time" if isinstance(cell, time | timedelta) else "text"


def _is_whole_text(cell: Cell) -> bool:
    return isinstance(cell, str) and _WHOLE.fullmatch(cell.strip()) is not None


def _numbers(column: Sequence[Cell]) -> Typed:
    values = [None if is_missing(cell) else _number(cell) for cell in column]
    filled = [value for value in values if value is not None]
    if all(isinstance(value, int) or value.is_integer() for value in filled):
        return _whole(column, values)
    if any(isinstance(value, int) and abs(value) > _EXACT for value in filled):
        return Typed(_texts(column), "text", reason="its numbers have too many digits")
    return _floats(values)


def _whole(column: Sequence[Cell], values: Sequence[int | float | None]) -> Typed:
    """Return whole numbers as integers, or as floats beside gaps, if none loses digits."""
    largest = max(abs(value) for value in values if value is not None)
    if None not in values and largest < _INT64:
        return Typed(pa.array([int(v) for v in values if v is not None], pa.int64()), "number")
    wide = any(isinstance(value, int) and abs(value) > _EXACT for value in values)
    if wide:
        return Typed(_texts(column), "text", reason="its numbers have too many digits")
    return _floats(values)


def _floats(values: Sequence[int | float | None]) -> Typed:
    floats = [None if value is None else float(value) for value in values]
    return Typed(pa.array(floats, pa.float64()), "number")


def _number(cell: Cell) -> int | float:
    if isinstance(cell, str | int):
        return int(cell)
    if isinstance(cell, float | Decimal):
        return float(cell)
    raise TypeError(f"not a number: {cell!r}")


def _moment(cell: Cell) -> datetime | None:
    if isinstance(cell, datetime):
        return cell.replace(tzinfo=None)
    return datetime(cell.year, cell.month, cell.day) if isinstance(cell, date) else None


def _mixed(column: Sequence[Cell], kinds: set[str], context: Context) -> Typed:
    """Return a column of several types: numbers, some with a sign or unit, else named text."""
    if kinds == {"number", "text"}:
        (read,) = type_texts([_texts(column)], replace(context, decimal="."))
        if read.kind == "number" or read.asked:
            return read
    if "number" not in kinds:
        return Typed(_texts(column), "text")
    row = next(
        i for i, cell in enumerate(column) if not is_missing(cell) and _kind(cell) != "number"
    )
    reason = f'"{str(column[row])[:30]}" is not a number'
    return Typed(_texts(column), "text", reason=reason, bad_row=row)


def _without(column: Sequence[Cell], words: tuple[str, ...]) -> list[Cell]:
    """Return a column without the cells that hold no value: words, or numbers as texts."""
    gone = {word.strip().lower() for word in words}
    return [None if (_as_text(cell) or "").lower() in gone else cell for cell in column]


def texts_of(column: Sequence[Cell]) -> pa.Array:
    """Return the cells of a column that are texts in the file, as they stand there."""
    texts = [cell if isinstance(cell, str) else None for cell in column]
    return pa.array(
        [t and t.encode("utf-8", "replace").decode("utf-8") for t in texts], pa.string()
    )


def _texts(column: Sequence[Cell]) -> pa.Array:
    return pa.array([_as_text(cell) for cell in column], pa.string())


def _as_text(cell: Cell) -> str | None:
    """Return the cell as a person would write it; blank cells are missing."""
    if is_blank(cell):
        return None
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < _EXACT:
        return str(int(cell))
    text = str(cell).strip()
    return text.encode("utf-8", "replace").decode("utf-8")
