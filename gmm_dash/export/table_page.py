"""One page of a sorted table, for reading on the screen."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

PAGE_ROWS: Final = 20


@dataclass(frozen=True, slots=True)
class TablePage:
    """What the page shows of a table.

    Attributes
    ----------
    columns : tuple of (str, bool)
        Each column's heading, and whether it holds numbers.
    rows : list of list of str
        At most ``PAGE_ROWS`` of them.
    by : int or None
        Which column the rows are sorted by.
    descending : bool
    n_pages : int
    links : list of (str, str)
        Where the first cell of each row leads, and its name; empty where none leads anywhere.
    """

    columns: tuple[tuple[str, bool], ...]
    rows: list[list[str]]
    by: int | None
    descending: bool
    n_pages: int
    links: list[tuple[str, str]] = field(default_factory=list)


def table_page(
    frame: pd.DataFrame,
    order: Any,
    page: Any,
    formats: Mapping[str, str] | None = None,
    links: Sequence[tuple[str, str]] = (),
) -> TablePage:
    """Return one page of ``frame``, sorted as asked.

    Parameters
    ----------
    frame : DataFrame
    order : mapping or None
        ``{"by": column number, "descending": bool}`` from the browser; whatever does not
        fit leaves the rows in their order.
    page : int
        Counted from 1; beyond the last page is the last page.
    formats : mapping of str to str, optional
        Format specification by column, such as ``".3f"``; ``".5g"`` for other fractions.
    links : sequence of (str, str), optional
        For each row of ``frame``, where its first cell leads and what that is called.
    """
    frame = frame.reset_index(drop=True)
    by, descending = _order(order, frame.shape[1])
    if by is not None:
        name = frame.columns[by]
        frame = frame.sort_values(name, ascending=not descending, kind="stable")
    n_pages = max(1, math.ceil(len(frame) / PAGE_ROWS))
    wanted = page if isinstance(page, int) and not isinstance(page, bool) else 1
    first = (min(max(wanted, 1), n_pages) - 1) * PAGE_ROWS
    numeric = [pd.api.types.is_numeric_dtype(kind) for kind in frame.dtypes]
    names = [str(name) for name in frame.columns]
    cells = frame.iloc[first : first + PAGE_ROWS].to_numpy(dtype=object).tolist()
    specs = [(formats or {}).get(name, ".5g") for name in names]
    rows = [[_cell(v, spec) for v, spec in zip(row, specs, strict=True)] for row in cells]
    columns = tuple(zip(names, numeric, strict=True))
    shown = frame.index[first : first + PAGE_ROWS].tolist() if links else []
    return TablePage(columns, rows, by, descending, n_pages, [links[row] for row in shown])


def _order(order: Any, n_columns: int) -> tuple[int | None, bool]:
    if not isinstance(order, dict):
        return None, False
    by = order.get("by")
    if isinstance(by, bool) or not isinstance(by, int) or not 0 <= by < n_columns:
        return None, False
    return by, order.get("descending") is True


def _cell(value: Any, spec: str) -> str:
    if isinstance(value, float):
        if not math.isfinite(value):
            return "–"
        text = format(value, spec)
        return f"\N{MINUS SIGN}{text[1:]}" if text.startswith("-") else text
    return str(value)
