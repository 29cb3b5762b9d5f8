"""Single rows of the data with what both fits say of them: a list of some, and one in full."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from gmm_dash import ids
from gmm_dash.contract.methods import METHODS
from gmm_dash.export.labels import free_names, told_apart
from gmm_dash.export.table_page import TablePage, table_page
from gmm_dash.results.backed import CALLED
from gmm_dash.results.row_desk import MOST_COLUMNS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from gmm_dash.contract.answers import RowRecord
    from gmm_dash.results import Assigned, Projection
    from gmm_dash.results.backed import CALLED
from gmm_dash.results.row_desk import RowDesk

ROWS_FILE: Final = "rows.csv"
_OURS: Final = ("Row", METHODS["kmeans"], "Mixture", "Certainty", "Log density")
_DIGITS: Final = ".7g"


def rows_page(desk: RowDesk, rows: NDArray[np.int64], order: Any, page: Any) -> TablePage:
    """Return one page of a list of rows: names, results, and the first of the user's columns.

    Parameters
    ----------
    desk : RowDesk
    rows : (r,) int array
        Which rows of the file, in their order.
    order, page
        As :func:`gmm_dash.export.table_page` takes them.
    """
    given, assigned = desk.labelled.given, desk.labelled.assigned
    at = desk.places[rows]
    there = at >= 0
    group = assigned.own

    def results(values: NDArray[Any], nothing: Any) -> pd.Series:
        found = np.full(len(rows), nothing, dtype=object)
        found[there] = values[at[there]]
        return pd.Series(found)

    texts, names = given.names[:MOST_COLUMNS], desk.names[rows]
    ours = free_names(_OURS, texts)
    cluster = np.full(len(rows), "–", dtype=object)
    cluster[there] = [str(c) if c else "–" for c in assigned.cluster[at[there]].tolist()]
    columns = [
        pd.Series(names),
        pd.Series(cluster),
        results(_titles(desk)[group], "–"),
        results(assigned.group_posterior, np.nan).astype("float64"),
        results(assigned.log_density, np.nan).astype("float64"),
        *(_cells(desk, i, rows) for i in range(len(texts))),
    ]
    frame = pd.concat(columns, axis=1)
    frame.columns = pd.Index([*ours, *told_apart(texts)])
    formats = dict.fromkeys(frame.columns, _DIGITS) | {ours[3]: ".3f", ours[4]: ".2f"}
    called = zip(rows.tolist(), names.tolist(), strict=True)
    links = [(f"{ids.ROWS_LINK}{row}", f"{name}: record") for row, name in called]
    return table_page(frame, order, page, formats, links)


def record(desk: RowDesk, row: int, projection: Projection, colours: list[str]) -> RowRecord:
    """Return all that is known of one row of the file.

    Parameters
    ----------
    desk : RowDesk
    row : int
        Which row of the file, from zero.
    projection : Projection
        That of the plots.
    colours : list of str
        Of the mixture's groups, and after these of its background.
    """
    labelled = desk.labelled
    given, assigned, at = labelled.given, labelled.assigned, int(desk.places[row])
    line = int(given.lines[row])
    cells = [
        (name, str(texts[row]) or "–")
        for name, texts in zip(told_apart(given.names), given.texts, strict=True)
    ]
    found: RowRecord = {
        "row": row,
        "of": desk.m,
        "at": desk.place_of(row, projection),
        "name": str(desk.names[row]),
        "place": f"line {line} of the file" if desk.named and desk.from_file else "",
        "cells": cells,
        "results": [],
        "shares": [],
        "said": str(labelled.reasons[row]),
    }
    if at < 0:
        return found
    group = int(assigned.own[at])
    gapped = bool(assigned.gapped[at])
    results = [] if gapped else [(METHODS["kmeans"], f"cluster {assigned.cluster[at]}")]
    joined = assigned.group is not None
    if group < 0:
        results.append(("Mixture", f"{CALLED} (−1)"))
    else:
        results.append(("Mixture", f"{'group' if joined else 'component'} {desk.titles[group]}"))
    if joined and assigned.component[at] > 0:
        results.append(("Its likeliest component", str(assigned.component[at])))
    results += [] if gapped else _likely(assigned, at)
    shares = assigned.posteriors if assigned.group_posteriors is None else assigned.group_posteriors
    found["results"] = results
    titles, own = list(desk.titles), shares[at].tolist()
    if assigned.background is not None:
        titles, own = [*titles, CALLED], [*own, float(assigned.background[at])]
    found["shares"] = list(zip(titles, own, colours, strict=False))
    return found


def _likely(assigned: Assigned, at: int) -> list[tuple[str, str]]:
    """Return how likely a complete row is, among the complete ones that were fitted."""
    fitted = assigned.fitted & ~assigned.gapped
    rank = int((assigned.log_density[fitted] < assigned.log_density[at]).sum())
    return [
        ("Log density", f"{assigned.log_density[at]:.4f}".replace("-", "\N{MINUS SIGN}")),
        ("Less likely rows", f"{rank:,} of the {int(fitted.sum()):,} fitted"),
        ("Among the least likely", "yes" if assigned.outlier[at] else "no"),
    ]


def _titles(desk: RowDesk) -> NDArray[np.object_]:
    """Return what the groups are called; the last is what the background's label, -1, finds."""
    return np.array([*desk.titles, CALLED], dtype=object)


def _cells(desk: RowDesk, column: int, rows: NDArray[np.int64]) -> pd.Series:
    """Return a column's cells: numbers where it holds numbers, so that they sort as such."""
    given = desk.labelled.given
    values = given.values[column]
    if values.dtype.kind not in "iuf":
        return pd.Series(given.texts[column][rows])
    taken = values.iloc[rows].reset_index(drop=True)
    if values.dtype.kind in "iu" and not taken.isna().any():
        return taken.astype("int64")
    return taken.astype("float64")
