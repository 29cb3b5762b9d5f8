"""How many times each row counts: whole numbers of copies, or weights on a scale of their own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from gmm_dash.engine.types import ReadOnlyArrays
from gmm_dash.errors import FitError

if TYPE_CHECKING:
    from gmm_dash.engine.types import Floats

LARGEST_WEIGHT: Final = 1e9
"""Sums of so large counts, over any table, are still exact."""


@dataclass(frozen=True, eq=False)
class Weighting(ReadOnlyArrays):
    """What each row of a fit counts.

    Attributes
    ----------
    values : (n,) array
        Greater than zero. Counts as they are; other weights scaled to mean 1.
    counts : bool
        Whether they are whole numbers: then a row is as many equal points.
    """

    values: Floats
    counts: bool

    @property
    def total(self) -> float:
        """How many points the rows are: the sum of counts, or the number of rows."""
        return float(self.values.sum()) if self.counts else float(len(self.values))

    @property
    def n_points(self) -> int | None:
        """How many points criteria count: None of weights that are no whole numbers."""
        return round(self.total) if self.counts else None


def is_counts(values: Floats) -> bool:
    """Return whether all of some weights are whole numbers."""
    return bool((values == np.floor(values)).all())


def as_weighting(sample_weight: Any, n: int) -> Weighting:
    """Return checked weights of n rows: counts as they are, others scaled to mean 1.

    Raises
    ------
    FitError
        When they are not n numbers greater than zero, or some are too large.
    """
    try:
        values = np.array(sample_weight, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise FitError("Weights must be numbers.", hint="Give each row a number.") from error
    if values.shape != (n,):
        raise FitError(
            f"There must be one weight for each of {n} rows, not {values.shape}.",
            hint="Give a list with one number for each row.",
        )
    if not np.isfinite(values).all() or not (values > 0).all():
        raise FitError(
            "Every weight must be a number greater than zero.",
            hint="Leave out rows that are not to count.",
        )
    if values.max() > LARGEST_WEIGHT:
        raise FitError(
            f"A weight is {values.max():g}, more than {LARGEST_WEIGHT:,.0f}.",
            hint="Divide all weights by the same number.",
        )
    if is_counts(values):
        return Weighting(values, counts=True)
    return Weighting(values / values.mean(), counts=False)
