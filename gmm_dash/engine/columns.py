"""Means and variances of the columns of a table.

NumPy goes through a table row by row, which takes ten times as long as the sums themselves where
rows are short. Tall and narrow tables are summed up column by column instead, pairwise, which
rounds less, too. Short ones are summed up as scikit-learn does, so that ties fall the same way.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from gmm_dash.engine.types import Floats

TALL: Final = 30_000
"""Rows from which only an exact tie could notice in which order they are summed up."""

NARROW: Final = 8
"""Columns up to which one after the other is quicker: each goes through all of the memory."""


def column_means(x: Floats) -> Floats:
    """Return the (d,) means of the columns of an (n, d) table."""
    if _by_column(x):
        return np.array([column.mean() for column in x.T])
    return np.asarray(x.mean(axis=0))


def column_variances(x: Floats) -> Floats:
    """Return the (d,) variances of the columns of an (n, d) table, divided by n."""
    if _by_column(x):
        return np.array([column.var() for column in x.T])
    return np.asarray(x.var(axis=0))


def _by_column(x: Floats) -> bool:
    return len(x) >= TALL and x.shape[1] <= NARROW
