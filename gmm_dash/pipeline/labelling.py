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
from gmm_dash.state import TABLE_DATA
from gmm_dash.tables import Origin, given_back, given_frame, looked_at, why_left_out

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from gmm_dash.results import Comparison, Labelled
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
    given, reasons = (
        _from_table(data, store, assigned.rows)
        if data.dataset in TABLE_DATA
        else _from_recipe(data, store)
    )
    return labelled(given, assigned, reasons, share)


def _from_table(
    data: DataChoice, store: TableStore, labelled_rows: NDArray[np.int64]
) -> tuple[Given, NDArray[np.object_]]:
    """Return the whole file, and why each row of its table has no label."""
    stored = store.get(data.table)
    frame = stored.frame
    reasons = np.full(len(frame), "", dtype=object)
    without = np.setdiff1d(np.arange(len(frame)), labelled_rows)
    if len(without):
        looked = looked_at(frame, data.cols, data.label, stored.report.identifiers)
        reasons[without] = why_left_out(frame, without, looked, data.label)
    return given_back(stored, store.origin(data.table)), reasons


def _from_recipe(data: DataChoice, store: TableStore) -> tuple[Given, NDArray[np.object_]]:
    """Return all rows and columns of a data set that comes with the page."""
    whole = load(replace(data, cols=()), store, sys.maxsize)
    frame = pd.DataFrame(whole.raw, columns=list(whole.columns))
    if whole.labels is not None:
        frame["true group"] = group_names(whole)
    given = given_frame(frame, tuple(frame.columns), Origin(np.arange(1, len(frame) + 1)))
    return given, np.full(len(frame), "", dtype=object)
