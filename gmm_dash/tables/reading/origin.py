"""What a stored table keeps of its file beside the values: lines, the user's own text, leftovers.

A table holds what was understood: numbers, gaps, rows of the right length. To give a user's
file back whole, three more things are kept with it, in little space: on which line each row
began, the cells whose text says more than the value (``1.50``, ``n.d.``), and the rows that are
no part of the table. They travel in the table's metadata, and only an export reads them.
"""

from __future__ import annotations

import base64
import binascii
import io
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

ORIGIN: Final = b"gmm_dash_origin"
MOST_OWN: Final = 6_000_000  # bytes of cells kept as they were written
MOST_UNPACKED: Final = 96_000_000
MOST_CELLS_LEFT: Final = 300_000  # cells of rows that are no part of the table
_PLAIN: Final = r"^-?(?:\d+\.?\d*|\.\d+)(?:[eE][+\-]?\d+)?$"


class LeftRow(NamedTuple):
    """A row of the file that is no part of the table: its line, why, and its cells."""

    line: int
    reason: str
    cells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Origin:
    """What the file said beside the values.

    Attributes
    ----------
    lines : (n,) int64 array
        Line of the file (row of the sheet) on which each row of the table begins, from 1.
    own : mapping of int to (positions, texts)
        By column: the rows whose cell was written otherwise than its value is, and how.
    left : tuple of LeftRow
        In the order of the file.
    single : tuple of int
        Columns whose numbers were stored with half the digits (float32).
    """

    lines: NDArray[np.int64]
    own: Mapping[int, tuple[NDArray[np.int64], Any]] = field(default_factory=dict)
    left: tuple[LeftRow, ...] = ()
    single: tuple[int, ...] = ()

    def part(self, first: int, stop: int) -> Origin:
        """Return what there is beside the values of some rows of the table, without leftovers."""
        own = {}
        for column, (positions, texts) in self.own.items():
            inside = (positions >= first) & (positions < stop)
            if inside.any():
                own[column] = (positions[inside] - first, texts.filter(pa.array(inside)))
        return Origin(self.lines[first:stop], own, single=self.single)

    def attach(self, table: Any) -> Any:
        """Return the pyarrow table with this in its metadata; what is too large is left off."""
        own, room = {}, MOST_OWN
        for column, (positions, texts) in self.own.items():
            room -= positions.nbytes + texts.nbytes
            if room >= 0:
                own[column] = (positions, texts)
        packed = zlib.compress(_packed(self, own), 1)
        return with_origin(table, base64.b64encode(packed))


def with_origin(table: Any, packed: bytes) -> Any:
    """Return the table with a packed origin, where there is one, as its only metadata."""
    return table.replace_schema_metadata({ORIGIN: packed} if packed else None)


def packed_origin(table: Any) -> bytes:
    """Return the packed origin in a table's metadata; empty where it has none."""
    return bytes((table.schema.metadata or {}).get(ORIGIN, b""))


def unpack(packed: bytes, n_rows: int) -> Origin:
    """Return the origin of a table of so many rows; without a usable one, rows count from 1.

    Tables stored by earlier versions have none. The bytes come from the process that read a
    hostile file, so nothing in them is believed.
    """
    try:
        raw = zlib.decompressobj().decompress(
            base64.b64decode(packed, validate=True), MOST_UNPACKED
        )
        found = _unpacked(raw, n_rows) if raw else None
    except (
        ValueError, TypeError, KeyError, IndexError, zlib.error, binascii.Error, pa.ArrowException
    ):  # fmt: skip
        found = None
    return found or Origin(np.arange(1, n_rows + 1))


def own_cells(raw: Any, column: Any) -> tuple[NDArray[np.int64], Any] | None:
    """Return where a column's cells were written otherwise than :func:`as_text` writes them.

    Of numbers the user's text is kept where it is a plain number with a decimal point, and where
    it was read as no value; ``$1,200`` becomes 1200.

    Parameters
    ----------
    raw : pyarrow array of strings
        The cells as they stand in the file; null where there is nothing to keep.
    column : pyarrow array
        The same cells as values.
    """
    raw, column = _whole(raw), _whole(column)
    written = as_text(column)
    other = pc.and_(
        pc.fill_null(pc.not_equal(raw, pc.fill_null(written, "")), False),  # noqa: FBT003
        pc.fill_null(pc.not_equal(pc.utf8_trim_whitespace(raw), ""), False),  # noqa: FBT003
    )
    if pa.types.is_integer(column.type) or pa.types.is_floating(column.type):
        other = pc.and_(other, pc.or_(pc.is_null(column), _is_plain(raw, column)))
    positions = np.flatnonzero(other.to_numpy(zero_copy_only=False))
    if not len(positions):
        return None
    return positions.astype(np.int64), raw.take(pa.array(positions))


def owns(raws: Sequence[Any], columns: Sequence[Any]) -> dict[int, tuple[NDArray[np.int64], Any]]:
    """Return :func:`own_cells` of every column that has any, by its position."""
    found = {i: own_cells(*pair) for i, pair in enumerate(zip(raws, columns, strict=True))}
    return {i: own for i, own in found.items() if own is not None}


def as_text(column: Any, *, single: bool = False) -> Any:
    """Return the values of a column as text: the shortest that reads back as the same number."""
    if pa.types.is_boolean(column.type):
        return pc.if_else(column, "True", "False")
    if single:
        return column.cast(pa.float32()).cast(pa.string())
    return column.cast(pa.string())


def _whole(array: Any) -> Any:
    return array.combine_chunks() if isinstance(array, pa.ChunkedArray) else array


def _is_plain(raw: Any, column: Any) -> Any:
    """Return which cells are, as they stand, the numbers that were read."""
    plain = pc.fill_null(pc.match_substring_regex(raw, _PLAIN), False)  # noqa: FBT003
    numbers = pc.if_else(plain, raw, pa.scalar(None, pa.string())).cast(pa.float64())
    return pc.fill_null(pc.equal(numbers, column.cast(pa.float64(), safe=False)), False)  # noqa: FBT003


def _packed(origin: Origin, own: Mapping[int, tuple[NDArray[np.int64], Any]]) -> bytes:
    """Return everything as one Arrow row of lists: no object of Python for any cell."""
    steps = np.flatnonzero(np.diff(origin.lines, prepend=origin.lines[:1] - 2) != 1)
    lists = {
        "row": pa.array(steps),
        "line": pa.array(origin.lines[steps]),
        "left_line": pa.array([row.line for row in origin.left], pa.int64()),
        "left_reason": pa.array([row.reason for row in origin.left], pa.string()),
        "left_cells": pa.array([row.cells for row in origin.left], pa.list_(pa.string())),
        "single": pa.array(origin.single, pa.int64()),
    }
    for column, (positions, texts) in own.items():
        lists[f"own {column} rows"] = pa.array(positions)
        lists[f"own {column} texts"] = texts
    table = pa.table(
        {name: pa.ListArray.from_arrays([0, len(values)], values) for name, values in lists.items()}
    )
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    return bytes(sink.getvalue())


def _unpacked(raw: bytes, n_rows: int) -> Origin | None:
    table = pa.ipc.open_stream(io.BytesIO(raw)).read_all()
    table.validate(full=True)
    lists = {name: table[name].chunk(0).flatten() for name in table.column_names}
    steps, firsts = lists["row"].to_numpy(), lists["line"].to_numpy()
    if n_rows and (not len(steps) or steps[0] != 0):
        return None
    run = np.searchsorted(steps, np.arange(n_rows), side="right") - 1
    lines = firsts[run] + np.arange(n_rows) - steps[run]
    own = {}
    for name, values in lists.items():
        if name.endswith(" rows"):
            positions, texts = values.to_numpy(), lists[f"{name[:-5]} texts"]
            if len(positions) != len(texts) or (positions >= n_rows).any() or (positions < 0).any():
                return None
            own[int(name.split()[1])] = (positions, texts)
    left = zip(
        *(lists[f"left_{part}"].to_pylist() for part in ("line", "reason", "cells")), strict=True
    )
    return Origin(
        lines.astype(np.int64),
        own,
        tuple(LeftRow(line, reason, tuple(cells)) for line, reason, cells in left),
        tuple(lists["single"].to_pylist()),
    )
