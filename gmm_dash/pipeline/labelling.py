"""Every row of the chosen data with what the fits say of it."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from gmm_dash.export import group_names
from gmm_dash.pipeline.load import load
from gmm_dash.results import Assigned, labelled
from gmm_dash.results.row_desk import RowDesk
from gmm_dash.state import TABLE_DATA
from gmm_dash.tables import (
    Origin,
    given_back,
    given_frame,
    looked_at,
    naming_column,
    row_names,
    why_left_out,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from gmm_dash.results import Comparison, Labelled, Points
    from gmm_dash.state import AppState, DataChoice
    from gmm_dash.tables import Given, TableStore

OUTLIERS: Final = 0.01  # of the fitted rows, unless the link says how many


def label_rows(state: AppState, result: Comparison, store: TableStore) -> Labelled:
    """Return every row of the data with its labels.

    Parameters
    ----------
    state : AppState
    result : Comparison
        Of the same state.
    store : TableStore
    """
    data, points = state.data, result.points
    every = points if points.n == points.n_total else load(data, store, sys.maxsize)
    share = state.density.outliers / 100 or OUTLIERS
    assigned = Assigned.of(result, every, share)
    frame, given = whole_table(data, store)
    reasons = np.full(len(frame), "", dtype=object)
    complete = assigned.rows[~assigned.gapped]
    without = np.setdiff1d(np.arange(len(frame)), complete)
    if len(without):
        identifiers = store.get(data.table).report.identifiers
        looked = looked_at(frame, data.cols, data.label, identifiers)
        reasons[without] = why_left_out(frame, without, looked, data.label)
    return labelled(given, assigned, reasons, share)


def desk_of(state: AppState, result: Comparison, store: TableStore) -> RowDesk:
    """Return every row of the data with its labels, and what a person calls it."""
    found = label_rows(state, result, store)
    data, given = state.data, found.given
    names = np.array([f"line {line}" for line in given.lines.tolist()], dtype=object)
    named = False
    if data.dataset in TABLE_DATA:
        stored, inside = store.get(data.table), given.rows >= 0
        places = given.rows[inside]
        names[inside] = row_names(
            stored.frame, stored.report, data.label, places, given.lines[inside]
        )
        named = bool(naming_column(stored.frame, stored.report, data.label))
    else:
        names = np.array([f"row {line}" for line in given.lines.tolist()], dtype=object)
    gmm, from_file = result.gmm, data.dataset in TABLE_DATA
    return RowDesk(
        found, names, named, from_file, result.points, gmm.titles, tuple(gmm.colours.tolist())
    )


def whole_table(data: DataChoice, store: TableStore) -> tuple[pd.DataFrame, Given]:
    """Return every row and column of the chosen data, as values and as the user wrote them."""
    if data.dataset not in TABLE_DATA:
        return _from_recipe(data, store)
    stored = store.get(data.table)
    return stored.frame, given_back(stored, store.origin(data.table))


def called(
    data: DataChoice, points: Points, rows: NDArray[np.int64], store: TableStore
) -> list[str]:
    """Return what a person calls some of the points: by name or line in a file, else by number."""
    places = points.rows[rows]
    if data.dataset not in TABLE_DATA:
        return [f"row {place + 1}" for place in places.tolist()]
    stored, lines = store.get(data.table), store.origin(data.table).lines[places]
    return row_names(stored.frame, stored.report, data.label, places, lines)


def _from_recipe(data: DataChoice, store: TableStore) -> tuple[pd.DataFrame, Given]:
    """Return all rows and columns of a data set that comes with the page."""
    whole = load(replace(data, cols=()), store, sys.maxsize)
    frame = pd.DataFrame(whole.raw, columns=list(whole.columns))
    if whole.labels is not None:
        frame["true group"] = group_names(whole)
    origin = Origin(np.arange(1, len(frame) + 1))
    return frame, given_frame(frame, tuple(frame.columns), origin)
