"""Rows with gaps: what may be fitted, and which rows lack the same columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from gmm_dash.engine.validate import LARGEST
from gmm_dash.errors import FitError

if TYPE_CHECKING:
    from gmm_dash.engine.types import Bools, Floats, Ints


def as_gapped(x: Any) -> Floats:
    """Return ``x`` as an (n, d) array of doubles with NaN for gaps.

    Raises
    ------
    FitError
        When it is no table of such numbers, or a row or a column has none.
    """
    try:
        points = np.array(x, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise FitError("The data must be numbers.", hint="Choose columns of numbers.") from error
    if points.ndim != 2 or len(points) < 2 or points.shape[1] < 1:
        raise FitError(
            "The data must be a table of at least two rows.", hint="Put one point in each row."
        )
    known = ~np.isnan(points)
    if not known.any(axis=0).all():
        column = int((~known.any(axis=0)).argmax()) + 1
        raise FitError(f"Column {column} has no value in any row.", hint="Leave out that column.")
    if not known.any(axis=1).all():
        raise FitError("A row has no value at all.", hint="Leave out the rows without any value.")
    if not (np.abs(points[known]) <= LARGEST).all():
        raise FitError(
            f"The data have infinite values or such beyond {LARGEST:g}.",
            hint="Leave out those rows, or divide the column by a large number.",
        )
    return points


def refuse_few(complete: int, k: int) -> None:
    """Raise ``FitError`` where too few rows are without gaps for k-means to begin with."""
    fewest = max(2, k)
    if complete < fewest:
        raise FitError(
            f"Only {complete:,} row{'s' * (complete != 1)} without gaps: k-means, where this fit "
            f"starts, needs at least {fewest:,} for K = {k}.",
            hint="Lower K, or leave out the columns with many gaps.",
        )


@dataclass(frozen=True)
class Pattern:
    """Rows with the same gaps.

    Attributes
    ----------
    rows : (m,) array of int
    seen, gone : arrays of int
        Columns that these rows have, and lack.
    """

    rows: Ints
    seen: Ints
    gone: Ints


def patterns_of(known: Bools) -> list[Pattern]:
    """Return the rows of ``known``, (n, d), grouped by their gaps."""
    kinds, inverse = np.unique(known, axis=0, return_inverse=True)
    order = np.argsort(inverse.ravel(), kind="stable")
    edges = np.cumsum(np.bincount(inverse.ravel()))[:-1]
    return [
        Pattern(rows, np.flatnonzero(kind), np.flatnonzero(~kind))
        for rows, kind in zip(np.split(order, edges), kinds, strict=True)
    ]
