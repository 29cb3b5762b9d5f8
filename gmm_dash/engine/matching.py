"""Which cluster of one labelling is which of another: colours that agree."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.optimize import linear_sum_assignment

from gmm_dash.engine.validate import as_count
from gmm_dash.errors import FitError

if TYPE_CHECKING:
    from gmm_dash.engine.types import Ints


def match_labels(reference: Any, labels: Any, n_reference: int, n_labels: int) -> Ints:
    """Return, for each label, the reference label that shares most points with it.

    Parameters
    ----------
    reference, labels : (n,) arrays of int
        Two labellings of the same points.
    n_reference, n_labels : int
        How many labels each may use.

    Returns
    -------
    (n_labels,) array of int
        One to one (Hungarian method, most points kept in all). Labels left over when there are
        more than the reference has get new numbers from ``n_reference`` on, in rising order.
    """
    rows = as_count(n_labels, "n_labels", 1, 100_000)
    columns = as_count(n_reference, "n_reference", 1, 100_000)
    theirs, ours = _codes(reference, columns), _codes(labels, rows)
    if len(theirs) != len(ours):
        raise FitError("Both labellings must cover the same points.", hint="Use the same rows.")
    shared = np.bincount(ours * columns + theirs, minlength=rows * columns)
    chosen, partner = linear_sum_assignment(-shared.reshape(rows, columns))
    out = np.full(rows, -1, dtype=np.intp)
    out[chosen] = partner
    left = np.flatnonzero(out < 0)
    out[left] = columns + np.arange(len(left))
    return out


def _codes(labels: Any, count: int) -> Ints:
    """Return labels as integers from 0 to ``count - 1``."""
    array = np.asarray(labels)
    if array.ndim != 1 or array.dtype.kind not in "iub":
        raise FitError("Labels must be one column of whole numbers.", hint="Number them from 0.")
    if len(array) and not (array.min() >= 0 and array.max() < count):
        raise FitError(f"Labels must lie between 0 and {count - 1}.", hint="Number them from 0.")
    return array.astype(np.intp)
