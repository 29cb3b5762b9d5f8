"""A column of counts or weights: how many times each row counts, or why it cannot say so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from gmm_dash.errors import ImportProblem
from gmm_dash.tables.reading.report import counted

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

LARGEST: Final = 1e9  # sums of so large counts, over any table, are still exact
_WAY_OUT: Final = "Choose another column of weights, or none."


def row_weights(frame: pd.DataFrame, column: str) -> NDArray[np.float64] | None:
    """Return the weight of each row of a table, NaN where it has none.

    Parameters
    ----------
    frame : DataFrame
    column : str
        Which one holds the weights.

    Returns
    -------
    (m,) array or None
        None where the table has no such column.

    Raises
    ------
    ImportProblem
        When the column holds no numbers, or such as cannot weigh a row.
    """
    if column not in frame.columns:
        return None
    values = frame[column]
    if values.dtype.kind not in "iufb":
        raise ImportProblem(
            f"Column {column} holds words, so it cannot say how much each row counts.",
            hint=_WAY_OUT,
        )
    weights = values.to_numpy(dtype=np.float64, na_value=np.nan)
    if below := int((weights < 0).sum()):
        raise ImportProblem(
            f"Column {column} has {counted(below, 'negative value')}: no row can count less than "
            "nothing.",
            hint=_WAY_OUT,
        )
    if infinite := int(np.isinf(weights).sum()):
        raise ImportProblem(
            f"Column {column} has {counted(infinite, 'infinite value')}: no row can count so much.",
            hint=_WAY_OUT,
        )
    if (largest := float(np.nanmax(weights, initial=0.0))) > LARGEST:
        raise ImportProblem(
            f"Column {column} goes up to {largest:g}; weights may go up to {LARGEST:,.0f}.",
            hint="Divide the column by a large number, or choose another column of weights.",
        )
    return weights


def unweighted_words(column: str, weights: NDArray[np.float64]) -> str:
    """Return how many rows are left out for their weight, and why; empty where none is.

    Parameters
    ----------
    column : str
    weights : (m,) array
        Of the rows that are otherwise complete.
    """
    zero, gaps = int((weights == 0).sum()), int(np.isnan(weights).sum())
    causes = [f"{zero:,} with weight zero"] if zero else []
    causes += [f"{gaps:,} without a weight"] if gaps else []
    if not causes:
        return ""
    rows = counted(zero + gaps, "row")
    return f"{rows} left out for {column}: {' and '.join(causes)}."


def no_such_words(column: str) -> str:
    """Return that the table has no column of that name to take weights from."""
    return f"The table has no column {column[:40]!r}, so every row counts once."
