"""EM over a table in several blocks: statistics are sums, so blocks can be anywhere.

One iteration is ``m_step_from_statistics(combine(block_statistics(mixture, b) for b in blocks))``
and gives what one block of all rows gives: a block is a :class:`Batch` of one model, so that the
E-step and the M-step are those of every other fit. What travels is ``k (1 + d + d (d + 1) / 2)``
numbers a block.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING, Any

import numpy as np

from gmm_dash.engine.batch import Assignment, Batch, Sums, maximise
from gmm_dash.engine.covariances import CovarianceType
from gmm_dash.engine.estimates import TYPES, Estimates, Shapes, tight_columns
from gmm_dash.engine.features import ROUNDING, Features
from gmm_dash.engine.gaussians import Packing, invert
from gmm_dash.engine.grouping import Grouping
from gmm_dash.engine.types import Mixture, ReadOnlyArrays
from gmm_dash.engine.validate import as_covariance_type, as_nonnegative, as_points
from gmm_dash.errors import FitError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gmm_dash.engine.types import Floats, Ints


@dataclass(frozen=True, eq=False)
class Statistics(ReadOnlyArrays):
    """What an M-step needs to know of some rows; add them up with :func:`combine`.

    Attributes
    ----------
    n : int
        Rows.
    log_likelihood : float
        Sum over the rows, in nats.
    sums : (k, F) array
        Of responsibilities times features: counts, sums and second moments about ``shift``.
    anchored : (t, F) array
        The same about the present means, for components that are narrow and far from it.
    tight : (t,) array of int
        These components.
    means : (k, d) array
        Those of the mixture of the E-step.
    shift : (d,) array
    """

    n: int
    log_likelihood: float
    sums: Floats
    anchored: Floats
    tight: Ints
    means: Floats
    shift: Floats

    def __add__(self, other: Statistics) -> Statistics:
        """Return the statistics of both sets of rows."""
        same = np.array_equal(self.means, other.means) and self.sums.shape == other.sums.shape
        if not (same and np.array_equal(self.tight, other.tight)):
            raise FitError(
                "These statistics come from different mixtures.",
                hint="Use one mixture for all blocks of an iteration.",
            )
        return Statistics(
            self.n + other.n,
            self.log_likelihood + other.log_likelihood,
            self.sums + other.sums,
            self.anchored + other.anchored,
            self.tight,
            self.means,
            self.shift,
        )


@dataclass(frozen=True)
class BlockScores:
    """How well a mixture describes some rows; those of other rows add up.

    Attributes
    ----------
    n : int
        Rows.
    log_likelihood, entropy : float
        Sums over the rows, in nats.
    """

    n: int
    log_likelihood: float
    entropy: float

    def __add__(self, other: BlockScores) -> BlockScores:
        """Return the scores on both sets of rows."""
        return BlockScores(
            self.n + other.n,
            self.log_likelihood + other.log_likelihood,
            self.entropy + other.entropy,
        )


def block_scores(
    mixture: Mixture, block: Any, *, covariance_type: CovarianceType | str = "full"
) -> BlockScores:
    """Return how well a mixture describes one block of rows.

    Parameters
    ----------
    mixture : Mixture
    block : (b, d) array
        Some rows of the table.
    covariance_type : str
        Of the mixture.
    """
    scores = _batch(mixture, as_points(block), as_covariance_type(covariance_type)).score()
    return BlockScores(
        len(block), float(scores.log_likelihood[0]) * len(block), float(scores.entropy[0])
    )


def block_assignment(
    mixture: Mixture, block: Any, *, covariance_type: CovarianceType | str = "full"
) -> Assignment:
    """Return which component each row of a block belongs to; parameters as of `block_scores`."""
    points = as_points(block)
    out = Assignment(len(points), mixture.n_components)
    _batch(mixture, points, as_covariance_type(covariance_type)).score(out)
    return out


def block_statistics(
    mixture: Mixture, block: Any, *, covariance_type: CovarianceType | str = "full"
) -> Statistics:
    """Return the sufficient statistics of one block of rows under a mixture.

    Parameters
    ----------
    mixture : Mixture
        The present parameters.
    block : (b, d) array
        Some rows of the table.
    covariance_type : str
        What the M-step will hold covariances to: ``diag`` and ``spherical`` need no products of
        two different columns, the others serve for all.
    """
    sums = _batch(mixture, as_points(block), as_covariance_type(covariance_type)).sums()
    return Statistics(
        len(block),
        float(sums.log_likelihood[0]),
        sums.features,
        sums.anchored,
        sums.tight,
        mixture.means,
        mixture.weights @ mixture.means,
    )


def _batch(mixture: Mixture, points: Floats, kind: CovarianceType) -> Batch:
    """Return a batch of one model over some rows, about the mixture's own mean."""
    d, k = points.shape[1], mixture.n_components
    if d != mixture.n_features:
        raise FitError(
            f"The block has {d} columns, the mixture {mixture.n_features}.",
            hint="Use the columns that the model was fitted on.",
        )
    features = Features(
        points,
        diagonal_only=kind.shape.aligned or d == 1,
        reproducible=False,
        shift=mixture.weights @ mixture.means,
        once=True,
    )
    packing, mean = features.packing, np.ascontiguousarray((mixture.means - features.shift).T)
    covariance = packing.pack(mixture.covariances)
    precision, log_det, valid = invert(covariance, packing)
    if not valid.all():
        raise FitError(
            "A component has no spread in some direction.",
            hint="Raise reg_covar, or use fewer components.",
        )
    tight = tight_columns(precision, mean, packing)
    weights = np.maximum(mixture.weights, np.finfo(np.float64).tiny)  # whose logarithm is taken
    now = Estimates(weights, weights, mean, covariance, precision, log_det, valid, tight)
    batch = Batch(features, Grouping(np.array([k])), np.array([TYPES.index(kind)]), now, 0.0)
    batch.cautious[:] = False  # which it becomes by itself, where a density is out of range
    return batch


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

    Raises
    ------
    FitError
        When a component has collapsed, or the statistics are those of another covariance type.
    """
    kind, floor = as_covariance_type(covariance_type), as_nonnegative(reg_covar, "reg_covar")
    shift, sums = statistics.shift, statistics.sums
    k, d = statistics.means.shape
    diagonal_only = sums.shape[1] == 1 + 2 * d
    if diagonal_only and not kind.shape.aligned and d > 1:
        raise FitError(
            "These statistics have no products of two columns.",
            hint="Name the covariance type when they are collected, too.",
        )
    packing = Packing.of(d, diagonal_only=diagonal_only)
    shapes = Shapes(np.array([TYPES.index(kind)]), Grouping(np.array([k])), packing)
    resolution = ROUNDING * sums[:, 1 + d :].sum(axis=0)[packing.diagonal] / statistics.n
    anchors = (statistics.means[statistics.tight] - shift).T
    log_likelihood = np.array([statistics.log_likelihood])
    own = Sums(sums, statistics.anchored, statistics.tight, anchors, log_likelihood)
    found = maximise(own, shapes, shift, floor, resolution)
    if not found.valid.all():
        raise FitError(
            "A component has collapsed: its covariance is not positive definite.",
            hint="Use fewer components, or raise reg_covar.",
        )
    means = found.mean.T + shift
    return Mixture(found.weight, means, packing.unpack(found.covariance))
