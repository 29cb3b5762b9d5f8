"""The data as they are before anything is fitted: their columns, how they were read, their rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gmm_dash.errors import FitError, ImportProblem
from gmm_dash.pipeline.drawing import drawing_of
from gmm_dash.pipeline.labelling import whole_table
from gmm_dash.pipeline.load import columns_of
from gmm_dash.pipeline.reading import reading_of
from gmm_dash.results.columns import column_doubts
from gmm_dash.state import TABLE_DATA

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

    from gmm_dash.memory import Memory
    from gmm_dash.pipeline.load import Columns
    from gmm_dash.pipeline.reading import TableReading
    from gmm_dash.results import Points
    from gmm_dash.results.columns import ColumnDoubt
    from gmm_dash.state import DataChoice
    from gmm_dash.tables import Given, TableStore


class DataWork:
    """What the panel Data may ask for.

    Parameters
    ----------
    points : callable
        ``points(data)`` returns the chosen points.
    store : TableStore
        Where users' tables live.
    memory : Memory
        Where results are kept.
    """

    def __init__(
        self, points: Callable[[DataChoice], Points], store: TableStore, memory: Memory[Any]
    ) -> None:
        self._points, self._store = points, store
        self._doubts = memory.remember(self._diagnose)

    def columns(self, data: DataChoice) -> Columns:
        """Return the columns that may be chosen, clustered on, and shown on the axes."""
        try:
            points = self._points(data)
        except (FitError, ImportProblem):  # other columns may do
            points = None
        return columns_of(data, points, self._store)

    def column_doubts(self, data: DataChoice, reg_covar: float) -> tuple[ColumnDoubt, ...]:
        """Return what stands out about single columns, each with its cure."""
        return self._doubts(data, reg_covar)

    def reading(self, key: str) -> TableReading:
        """Return how a stored table was read, with its first rows."""
        return reading_of(key, self._store)

    def drawing(self, key: str) -> list[tuple[float, float, str]]:
        """Return the points of a stored drawing: x, y and the group's name."""
        return drawing_of(key, self._store)

    def whole_table(self, data: DataChoice) -> tuple[pd.DataFrame, Given]:
        """Return every row and column of the data, as values and as the user wrote them."""
        if data.dataset in TABLE_DATA:
            self._points(data)  # where nothing is open yet, or nothing can be plotted, it says so
        return whole_table(data, self._store)

    def _diagnose(self, data: DataChoice, reg_covar: float) -> tuple[ColumnDoubt, ...]:
        return column_doubts(self._points(data), reg_covar)
