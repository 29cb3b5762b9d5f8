"""Every row of the chosen data with what the fits say of it."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from gmm_dash.pipeline.load import drawn, load, shown_values
from gmm_dash.results import Assigned, known, labelled
from gmm_dash.results.labelled import sentences_of
from gmm_dash.results.row_desk import Numbered, RowDesk
from gmm_dash.state import TABLE_DATA
from gmm_dash.tables import (
    Origin,
    given_back,
    given_frame,
    given_in_blocks,
    looked_at,
    naming_column,
    row_names,
    why_left_out,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

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
    frame, given = whole_table(state.data, store)
    assigned, reasons, share = _assigned(state, result, store, frame)
    return labelled(given, assigned, reasons, share)


def label_in_blocks(
    state: AppState, result: Comparison, store: TableStore, size: int
) -> tuple[tuple[str, ...], Iterator[Labelled]]:
    """Return what there is to say of :func:`label_rows`, and its rows in blocks.

    Parameters
    ----------
    state, result, store
        As of :func:`label_rows`.
    size : int
        Rows of a block.
    """
    data = state.data
    if data.dataset not in TABLE_DATA:
        whole = label_rows(state, result, store)
        return whole.sentences, iter([whole])
    stored, origin = store.get(data.table), store.origin(data.table)
    assigned, reasons, share = _assigned(state, result, store, stored.frame)
    without = len(stored.frame) + len(origin.left) - len(assigned.rows)
    blocks = given_in_blocks(stored, origin, size)

    def one(given: Given) -> Labelled:
        inside = given.rows[given.rows >= 0]
        part = assigned.between(int(inside.min()), int(inside.max()) + 1)
        return labelled(given, part, reasons, share)

    return sentences_of(assigned, without, share), map(one, blocks)


def _assigned(
    state: AppState, result: Comparison, store: TableStore, frame: pd.DataFrame
) -> tuple[Assigned, NDArray[np.object_], float]:
    """Return what the fits say of complete rows, why others have none, and the marked share."""
    data, points = state.data, result.points
    every = points if points.n == points.n_total else load(_whole(data), store, sys.maxsize)
    share = state.density.outliers / 100 or OUTLIERS
    assigned = Assigned.of(result, every, share)
    reasons = np.full(len(frame), "", dtype=object)
    complete = assigned.rows[~assigned.gapped]
    left = np.ones(len(frame), dtype=bool)
    left[complete] = False
    without = np.flatnonzero(left)
    if len(without):
        looked = list(points.columns)
        if data.dataset in TABLE_DATA:
            identifiers = store.get(data.table).report.identifiers
            looked = looked_at(frame, data.cols, data.label, identifiers, data.weights)
        reasons[without] = why_left_out(frame, without, looked, data.label, data.weights)
    return assigned, reasons, share


def _whole(data: DataChoice) -> DataChoice:
    """Return the data in their own columns, whatever of them the fits see."""
    return replace(data, components=0.0)


def desk_of(state: AppState, result: Comparison, store: TableStore) -> RowDesk:
    """Return every row of the data with its labels, and what a person calls it."""
    found = label_rows(state, result, store)
    data, given = state.data, found.given
    gmm, from_file, named = result.gmm, data.dataset in TABLE_DATA, False
    names: NDArray[np.object_] | Numbered = Numbered("line" if from_file else "row", given.lines)
    if from_file:
        stored = store.get(data.table)
        named = bool(naming_column(stored.frame, stored.report, data.label))
    if named:
        names, inside = names[np.arange(len(given.lines))], given.rows >= 0
        names[inside] = row_names(
            stored.frame, stored.report, data.label, given.rows[inside], given.lines[inside]
        )
    return RowDesk(
        found, names, named, from_file, result.points, gmm.titles, tuple(gmm.colours.tolist())
    )


def whole_table(data: DataChoice, store: TableStore) -> tuple[pd.DataFrame, Given]:
    """Return every row and column of the chosen data, as values and as the user wrote them."""
    if data.dataset not in TABLE_DATA:
        return _from_recipe(data)
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


def _from_recipe(data: DataChoice) -> tuple[pd.DataFrame, Given]:
    """Return all rows and columns of a data set that comes with the page."""
    sample = drawn(data)
    frame = pd.DataFrame(shown_values(sample), columns=list(sample.columns))
    if sample.labels is not None:
        frame["true group"] = known.named(sample.labels, sample.label_names)
    if sample.weights is not None:
        frame[sample.weight_column] = sample.weights
    origin = Origin(np.arange(1, len(frame) + 1))
    return frame, given_frame(frame, tuple(frame.columns), origin)
