"""A stored table as its file had it: every row in order, on its line, under the user's names."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeAlias, overload

import numpy as np
import pandas as pd
import pyarrow as pa

from gmm_dash.tables.columns.cells import GAPS, MINUS, NUMBER_PATTERNS
from gmm_dash.tables.columns.units import quoted
from gmm_dash.tables.reading.origin import as_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

    from gmm_dash.tables.reading.origin import LeftRow, Origin
    from gmm_dash.tables.stored.store import StoredTable

Texts: TypeAlias = "NDArray[np.object_]"


@dataclass(frozen=True, slots=True, eq=False)
class Given:
    """Every row of a user's file.

    Attributes
    ----------
    names : tuple of str
        The user's names of the d columns, as they stand in the file.
    lines : (m,) int64 array
        Line of the file (row of the sheet) on which each row begins.
    rows : (m,) int64 array
        Position of each row in the stored table; -1 where it is no part of it.
    reasons : (m,) object array
        Why a row is no part of the table; empty for the others.
    texts : list of (m,) object arrays, or Written where a column holds numbers
        The cells as text, by column: the user's own where that is plain, else the value.
    values : list of Series of length m
        The cells as values; what is no value of its column's kind is missing.
    """

    names: tuple[str, ...]
    lines: NDArray[np.int64]
    rows: NDArray[np.int64]
    reasons: Texts
    texts: list[Texts | Written]
    values: list[pd.Series]

    def taken(self, rows: NDArray[np.int64]) -> Given:
        """Return some of the rows, in this order."""
        return Given(
            self.names,
            self.lines[rows],
            self.rows[rows],
            self.reasons[rows],
            [cells[rows] for cells in self.texts],
            [cells.iloc[rows].reset_index(drop=True) for cells in self.values],
        )


class Written:
    """A column of m numbers as text, which is made of the rows that are asked for.

    Of a long table a page of rows is seen: the text of all would take longer than a fit to them.

    Parameters
    ----------
    column : Series of length n
    position : int
        Of the column in the table.
    origin : Origin
    outside : (m - n,) object array
        The text of the rows that are no part of the table.
    order : (m,) int array
        Which row of the table each is; from n on, of those outside.
    """

    def __init__(
        self,
        column: pd.Series,
        position: int,
        origin: Origin,
        outside: Texts,
        order: NDArray[np.intp],
    ) -> None:
        self._column, self._position, self._origin = column, position, origin
        self._outside, self._order = outside, order

    def __len__(self) -> int:
        return len(self._order)

    @overload
    def __getitem__(self, rows: int) -> str: ...

    @overload
    def __getitem__(self, rows: NDArray[np.int64]) -> Texts: ...

    def __getitem__(self, rows: int | NDArray[np.int64]) -> str | Texts:
        """Return the text of some rows, in this order, or of one."""
        at, n = np.atleast_1d(self._order[rows]), len(self._column)
        found = np.empty(len(at), dtype=object)
        inside = at < n
        found[~inside] = self._outside[at[~inside] - n]
        found[inside] = _texts(self._column, self._position, self._origin, at[inside])
        return found if np.ndim(rows) else str(found[0])

    def __array__(self, dtype: Any = None, copy: Any = None) -> Texts:
        """Return the text of all rows."""
        return np.asarray(self[np.arange(len(self))], dtype=dtype)


def given_back(stored: StoredTable, origin: Origin) -> Given:
    """Return the whole file that a stored table came from.

    Parameters
    ----------
    stored : StoredTable
    origin : Origin
        Of the same table; one stored by an earlier version has lost its lines and leftovers.
    """
    return given_frame(stored.frame, _own_names(stored), origin, stored.report.options.decimal)


def given_in_blocks(stored: StoredTable, origin: Origin, size: int) -> Iterator[Given]:
    """Return :func:`given_back` in blocks of rows, so that never all cells are texts at once.

    A table with rows beyond it, which have to be put between its own, is one block.

    Parameters
    ----------
    stored : StoredTable
    origin : Origin
        Of the same table.
    size : int
        Rows of a block.
    """
    frame, n = stored.frame, len(stored.frame)
    if n <= size or origin.left or (np.diff(origin.lines) <= 0).any():
        yield given_back(stored, origin)
        return
    names, decimal = _own_names(stored), stored.report.options.decimal
    truths = _truths(frame)  # a block of gaps alone would not tell
    for first in range(0, n, size):
        rows = frame.iloc[first : first + size]
        part = given_frame(rows, names, origin.part(first, first + size), decimal, truths)
        yield replace(part, rows=part.rows + first)


def _own_names(stored: StoredTable) -> tuple[str, ...]:
    names = zip(stored.report.columns, stored.frame.columns, strict=True)
    return tuple(c.original_name if c.original_name.strip() else str(name) for c, name in names)


def _truths(frame: pd.DataFrame) -> frozenset[int]:
    """Return the positions of the columns of truth values, with gaps or without."""
    return frozenset(i for i in range(frame.shape[1]) if _is_truths(frame.iloc[:, i]))


def _is_truths(column: pd.Series) -> bool:
    if column.dtype.kind == "O":
        return bool(column.dropna().map(lambda cell: isinstance(cell, bool)).all())
    return column.dtype.kind == "b"


def given_frame(
    frame: pd.DataFrame,
    names: tuple[str, ...],
    origin: Origin,
    decimal: str = ".",
    truths: frozenset[int] | None = None,
) -> Given:
    """Return every row of a table under the given names of its columns.

    ``decimal`` is the sign in numbers of the rows that are no part of the table; ``truths`` the
    positions of its columns of truth values, which are looked for when left out.
    """
    truths = _truths(frame) if truths is None else truths
    n, width = frame.shape
    left = origin.left
    lines = np.concatenate([origin.lines, np.array([row.line for row in left], dtype=np.int64)])
    order = np.argsort(lines, kind="stable")
    nothing = np.full(n, "", dtype=object)
    reasons = np.concatenate([nothing, _objects(_reason(row, width) for row in left)])
    texts: list[Texts | Written] = []
    values = []
    for i in range(width):
        column, single = frame.iloc[:, i], i in origin.single
        outside = _objects(row.cells[i] if i < len(row.cells) else "" for row in left)
        if column.dtype.kind in "if":
            outside = _objects(_number(cell, decimal) for cell in outside)
            texts.append(Written(column, i, origin, outside, order))
        else:
            inside = _texts(column, i, origin, np.arange(n))
            texts.append(np.concatenate([inside, outside])[order])
        values.append(_values(column, order, texts[-1], single=single, truths=i in truths))
    return Given(
        names,
        lines[order],
        np.where(order < n, order, -1),
        reasons[order],
        texts,
        values,
    )


def _reason(row: LeftRow, width: int) -> str:
    """Return why a row is no part of the table, with what stands beyond its last column."""
    rest = [quoted(cell) for cell in row.cells[width:] if cell.strip()]
    return f"{row.reason}: also {', '.join(rest)}" if rest else row.reason


def _objects(values: Iterable[str]) -> Texts:
    return np.array(list(values), dtype=object)


def _texts(
    column: pd.Series, position: int, origin: Origin, rows: NDArray[np.integer[Any]]
) -> Texts:
    """Return some of a column's cells as text: the user's own where it was kept."""
    column = column.iloc[rows]
    if column.dtype.kind == "M":
        moments = column.map(lambda at: "" if pd.isna(at) else _moment(at))
        return moments.to_numpy(dtype=object)
    array = pa.array(column, from_pandas=True)
    written = as_text(array, single=position in origin.single)
    texts = _objects("" if text is None else text for text in written.to_pylist())
    if position in origin.own:
        kept, own = origin.own[position]
        known = np.flatnonzero(np.isin(rows, kept, kind="table"))
        order = np.argsort(kept)
        place = order[np.searchsorted(kept, rows[known], sorter=order)]
        texts[known] = own.take(pa.array(place)).to_pylist()
    return texts


def _number(cell: str, decimal: str) -> str:
    """Return a cell as a plain number where it is one, as the column above it was read."""
    plain = cell.strip().replace(MINUS, "-")
    if not re.fullmatch(NUMBER_PATTERNS["," if decimal == "," else "."], plain):
        return cell
    for mark in ("." if decimal == "," else ",") + GAPS:
        plain = plain.replace(mark, "")
    return plain.replace(",", ".")


def _moment(at: pd.Timestamp) -> str:
    """Return a moment as ISO 8601 writes it; a day where it has no time."""
    return at.isoformat(sep=" ").removesuffix(" 00:00:00")


def _values(
    column: pd.Series,
    order: NDArray[np.intp],
    texts: Texts | Written,
    *,
    single: bool,
    truths: bool,
) -> pd.Series:
    """Return a column's cells as values in the order of the file; rows beyond it are missing."""
    kind = column.dtype.kind
    if kind == "i":
        column = column.astype("Int64")
    elif kind == "f" and single:
        column = column.astype("float32")
    elif truths:
        column = column.astype("boolean")
    elif kind not in "fM":
        cells = np.asarray(texts)
        return pd.Series(cells).where(cells != "", None)
    rows = np.where(order < len(column), order, -1)
    return column.reset_index(drop=True).reindex(rows).reset_index(drop=True)
