"""Columns that only number the rows: clustering them would cluster the order of the file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

FEWEST_ROWS = 8  # below that, whole numbers in a row prove nothing
ID_NAME = re.compile(
    r"(?:^|[^a-z])(?:ids?|index|idx|key|uuid|guid|nr|no|number|row|rownames|unnamed.*)$", re.I
)


def numbers_rows(name: str, values: NDArray[np.generic]) -> bool:
    """Return whether values are whole, all different, and fill a range or are called ids.

    Parameters
    ----------
    name : str
        Of the column: under ``customer_id`` the numbers need not fill a range.
    values : (n,) array
        Without missing values.
    """
    n = values.size
    if n < FEWEST_ROWS or values.dtype.kind not in "iuf":
        return False
    low, high = float(values.min()), float(values.max())
    if high - low + 1 < n or (high - low + 1 > n and not ID_NAME.search(name)):
        return False
    whole = bool(np.all(np.isfinite(values)) and np.all(values == np.floor(values)))
    return whole and np.unique(values).size == n
