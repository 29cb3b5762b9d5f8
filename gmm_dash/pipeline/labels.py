"""Compare's rows: every one of the data, with what both fits say of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from gmm_dash.pipeline.labelling import desk_of, label_in_blocks, label_rows
from gmm_dash.state import TABLE_DATA

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np
    from numpy.typing import NDArray

    from gmm_dash.memory import Memory
    from gmm_dash.pipeline.compare import CompareWork
    from gmm_dash.pipeline.whole import Whole
    from gmm_dash.results import Labelled
    from gmm_dash.results.row_desk import RowDesk
    from gmm_dash.state import AppState, DataChoice
    from gmm_dash.tables import TableStore

ROWS_AT_ONCE: Final = 100_000  # that are written as texts


class LabelsWork:
    """What the rows of Compare, and files of them, may ask for.

    Parameters
    ----------
    compare : CompareWork
        Both fits.
    whole : Whole
        All rows of a long table.
    store : TableStore
        Where users' tables live.
    memory : Memory
        Where results are kept.
    """

    def __init__(
        self, compare: CompareWork, whole: Whole, store: TableStore, memory: Memory[Any]
    ) -> None:
        self._compare, self._whole = compare, whole
        self._store, self._memory = store, memory
        self._lines = memory.remember(self._find_lines)

    def labelled(self, state: AppState) -> Labelled:
        """Return every row of the data, also those left out, with what both fits say of it."""
        return label_rows(state, self._compare.grouped(state), self._store)

    def in_blocks(
        self, state: AppState, size: int = ROWS_AT_ONCE
    ) -> tuple[tuple[str, ...], Iterator[Labelled]]:
        """Return what there is to say of :meth:`labelled`, and its rows in blocks."""
        return label_in_blocks(state, self._compare.grouped(state), self._store, size)

    def desk(self, state: AppState) -> RowDesk:
        """Return every row with its labels, to find some of them in."""
        view = state.view
        shown = (view.hard, view.merge, view.called, state.density.outliers)
        key = ("desk", state.data, state.model, *shown, self._compare.carried(state))
        found: RowDesk | None = self._memory.get(key)
        if found is None:
            found = desk_of(state, self._compare.grouped(state), self._store)
            self._memory.put(key, found)
        if "shapes" not in view.show:
            return found
        # Of a long table the four types may be drawn on another sample than the pair.
        return replace(found, points=self._compare.shapes(state).points)

    def lines(self, data: DataChoice, *, every: bool = False) -> NDArray[np.int64]:
        """Return for each point the line of the user's file that it comes from, from 1.

        Of a long table those are the points of the sample, or of ``every`` row.
        """
        return self._lines(data, every)

    def _find_lines(self, data: DataChoice, every: bool) -> NDArray[np.int64]:  # noqa: FBT001
        rows = (self._whole if every else self._whole.sampled).points(data).rows
        if data.dataset not in TABLE_DATA:
            return rows + 1
        return self._store.origin(data.table).lines[rows]
