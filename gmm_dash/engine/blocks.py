"""EM over a table in several blocks: statistics are sums, so blocks can be anywhere.

One iteration is ``m_step_from_statistics(combine(block_statistics(mixture, b) for b in blocks))``
and gives what one block of all rows gives. Moments are taken about the present means, so nothing
is lost far from zero, and what travels is ``k (1 + d + d (d + 1) / 2)`` numbers a block.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING, Any

import numpy as np

from gmm_dash.engine.covariances import CovarianceType
from gmm_dash.engine.deadline import check_time
from gmm_dash.engine.density import log_joint
from gmm_dash.engine.estimates import COUNT_FLOOR
from gmm_dash.engine.types import Mixture, ReadOnlyArrays
from gmm_dash.engine.validate import as_covariance_type, as_nonnegative, as_points
from gmm_dash.errors import FitError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gmm_dash.engine.types import Floats

ROWS = 8192
"""Rows worked on at a time inside one block."""


@dataclass(frozen=True, eq=False)
class Statistics(ReadOnlyArrays):
    """What an M-step needs to know of some rows; add them up with :func:`combine`.

    Attributes
    ----------
    n : int
        Rows.
    log_likelihood : float
        Sum over the rows, in nats.
    count : (k,) array
        Sums of responsibilities.
    first : (k, d) array
        Sums of responsibilities times deviations from ``anchor``.
    second : (k, d, d) array
        The same with products of deviations.
    anchor : (k, d) array
        The means that deviations are taken from: those of the mixture of the E-step.
    """

    n: int
    log_likelihood: float
    count: Floats
    first: Floats
    second: Floats
    anchor: Floats

    def __add__(self, other: Statistics) -> Statistics:
        """Return the statistics of both sets of rows."""
        if not np.array_equal(self.anchor, other.anchor):
            raise FitError(
                "These statistics come from different mixtures.",
                hint="Use one mixture for all blocks of an iteration.",
            )
        return Statistics(
            self.n + other.n,
            self.log_likelihood + other.log_likelihood,
            self.count + other.count,
            self.first + other.first,
            self.second + other.second,
            self.anchor,
        )


def block_statistics(mixture: Mixture, block: Any) -> Statistics:
    """Return the sufficient statistics of one block of rows under a mixture.

    Parameters
    ----------
    mixture : Mixture
        The present parameters.
    block : (b, d) array
        Some rows of the table.
    """
    points = as_points(block)
    total = None
    for start in range(0, len(points), ROWS):
        check_time()
        part = _statistics(mixture, points[start : start + ROWS])
        total = part if total is None else total + part
    if total is None:
        raise FitError("The block is empty.", hint="Leave empty blocks out.")
    return total


def _statistics(mixture: Mixture, x: Floats) -> Statistics:
    """Return the statistics of a few rows."""
    share = log_joint(x, mixture)
    top = share.max(axis=1)
    share -= top[:, None]
    np.exp(share, out=share)
    density = share.sum(axis=1)
    share /= density[:, None]
    k, d = mixture.means.shape
    first, second = np.empty((k, d)), np.empty((k, d, d))
    for c, mean in enumerate(mixture.means):
        deviation = x - mean
        weighted = share[:, c, None] * deviation
        first[c], second[c] = weighted.sum(axis=0), weighted.T @ deviation
    value = float((np.log(density) + top).sum())
    return Statistics(len(x), value, share.sum(axis=0), first, second, mixture.means)


def combine(statistics: Iterable[Statistics]) -> Statistics:
    """Return the sum of the statistics of several blocks."""
    parts = list(statistics)
    if not parts:
        raise FitError("There are no blocks.", hint="Give at least one block of rows.")
    return reduce(Statistics.__add__, parts)


def m_step_from_statistics(
    statistics: Statistics,
    *,
    covariance_type: CovarianceType | str = "full",
    reg_covar: float = 1e-6,
) -> Mixture:
    """Return the mixture that maximises the expected log-likelihood.

    Parameters
    ----------
    statistics : Statistics
        Of all rows.
    covariance_type : str
    reg_covar : float
        Added to every variance.
    """
    shape = as_covariance_type(covariance_type).shape
    floor = as_nonnegative(reg_covar, "reg_covar")
    count = statistics.count + COUNT_FLOOR
    moved = statistics.first / count[:, None]
    covariances = statistics.second / count[:, None, None]
    covariances = covariances - moved[:, :, None] * moved[:, None, :]
    d = moved.shape[1]
    weights = count / count.sum()
    if shape.pooled:
        pooled = (count[:, None, None] * covariances).sum(axis=0) / count.sum()
        covariances = np.tile(pooled, (len(count), 1, 1))
    if shape.aligned:
        covariances = covariances * np.eye(d)
    if shape.even:
        weights = np.full(len(count), 1.0 / len(count))
    if shape.round:
        variances = np.trace(covariances, axis1=1, axis2=2) / d
        covariances = variances[:, None, None] * np.eye(d)
    means = statistics.anchor + moved
    return Mixture(weights, means, covariances + floor * np.eye(d))
