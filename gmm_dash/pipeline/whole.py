"""All rows of a long table: both models go on from those of a sample, in passes over every row.

A good start needs few rows, and is where most of the work goes; the answer is of all rows. Each of
the two runs is one call of scikit-learn, which is given the start.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from gmm_dash.engine import (
    Mixture,
    estimate_cost,
    estimate_kmeans_cost,
    fit_from_mixture,
    fit_kmeans,
)
from gmm_dash.results.rows import Rows

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from gmm_dash.engine import KMeansFit, MixtureFit
    from gmm_dash.memory import Memory
    from gmm_dash.pipeline.models import Models
    from gmm_dash.results import Points
    from gmm_dash.state import DataChoice, ModelChoice


SHOWN: Final = 0.75
"""Share of a request that showing models of all rows may take, by estimate."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What all rows may cost.

    Attributes
    ----------
    rows : int
    seconds : float
        Of processor time.
    """

    rows: int
    seconds: float


class Whole:
    """Long tables with every row, and the fits to them, each remembered.

    Parameters
    ----------
    models : Models
        The points of the sample, and the fits to them.
    load : callable
        ``load(data)`` returns all rows as points.
    limits : Limits
    memory : Memory
        Where results are kept.
    """

    def __init__(
        self,
        models: Models,
        load: Callable[[DataChoice], Points],
        limits: Limits,
        memory: Memory[Any],
    ) -> None:
        self.sampled, self.limits = models, limits
        self.points = memory.remember(load)
        self.kmeans = memory.remember(self._fit_kmeans)
        self.gmm = memory.remember(self._fit_gmm)

    def held_back(
        self, data: DataChoice, model: ModelChoice, kinds: Sequence[str], keeps: str = ""
    ) -> Rows | None:
        """Return why fits stay with a sample; see :func:`held_back`."""
        return held_back(self.sampled.points(data), model, self.limits, kinds, keeps)

    def why_not(self, data: DataChoice) -> str:
        """Return why models of the sample cannot be carried on in pieces, or "".

        A short table (``"short"``) has no sample: all its rows are fitted. ``"pca"`` and
        ``"weights"`` are fitted in ways that passes over all rows do not know, and ``"rows"`` are
        too many.
        """
        sample = self.sampled.points(data)
        if sample.n == sample.n_total:
            return "short"
        if sample.reduction:
            return "pca"
        if sample.weighting is not None:
            return "weights"
        return "rows" if sample.n_total > self.limits.rows else ""

    def rows(self, data: DataChoice, before: MixtureFit, after: MixtureFit) -> Rows:
        """Return what there is to say of going on from one mixture to the other."""
        return rows_of_all(self.sampled.points(data), self.points(data), before, after)

    def _fit_kmeans(self, data: DataChoice, model: ModelChoice) -> KMeansFit:
        sampled = self.sampled
        return kmeans_of_all(sampled.points(data), self.points(data), sampled.kmeans(data, model))

    def _fit_gmm(self, data: DataChoice, model: ModelChoice) -> MixtureFit:
        sampled = self.sampled
        points, fit = sampled.points(data), sampled.gmm(data, model)
        return mixture_of_all(points, self.points(data), fit, model)


def held_back(
    sample: Points, model: ModelChoice, limits: Limits, kinds: Sequence[str], keeps: str
) -> Rows | None:
    """Return why fits stay with a sample, or None where they go on to all rows, or have them.

    Parameters
    ----------
    sample : Points
    model : ModelChoice
    limits : Limits
    kinds : sequence of str
        Covariance types of the mixtures wanted.
    keeps : str
        What of the settings keeps to the sample: ``"bootstrap"`` where k-means is fitted again
        and again, ``"hard"`` where the variance is held, ``"background"`` where there is one,
        ``"weights"`` where rows count by such; empty where nothing does.
    """
    n, seconds = sample.n_total, seconds_of(sample.n_total, sample.d, model, kinds)
    if sample.n == n:
        return None
    told = (n, sample.n, np.nan)
    if sample.reduction:
        return Rows(sample.n, *told, why="pca")
    if n > limits.rows:
        return Rows(sample.n, *told, why="rows", limit=limits.rows)
    if keeps:
        return Rows(sample.n, *told, why=keeps)
    if seconds > limits.seconds:
        shown = len(kinds) * seconds_to_show(n, sample.d, model.k) <= SHOWN * limits.seconds
        return Rows(
            sample.n, *told, why="seconds", seconds=seconds, limit=limits.seconds, pieces=shown
        )
    return None


def seconds_to_show(n: int, d: int, k: int) -> float:
    """Return roughly how long one answer of Compare takes on ``n`` rows whose models are known.

    Measured with 200,000 rows of 2 and 6 columns and K of 2, 6 and 20: 1.8 to 7.2 microseconds a
    row. Half as much is added for the longer tables, which leave the processor's caches.
    """
    return 1e-6 * n * (2.2 + k * (0.1 + 0.055 * d))


def seconds_of(n: int, d: int, model: ModelChoice, kinds: Sequence[str]) -> float:
    """Return roughly how long one run of k-means and of each mixture takes on ``n`` rows."""
    mixtures = sum(
        estimate_cost(n, d, model.k, covariance_type=kind, tol=model.tol, max_iter=model.max_iter)
        for kind in kinds
    )
    return mixtures + estimate_kmeans_cost(n, d, model.k)


def kmeans_of_all(sample: Points, every: Points, fit: KMeansFit) -> KMeansFit:
    """Return k-means on all rows, begun at the centres of the sample's."""
    centers = centers_of_all(sample, every, fit)
    return fit_kmeans(every.fitted, fit.n_clusters, init=centers, tol=fit.tol)


def centers_of_all(sample: Points, every: Points, fit: KMeansFit) -> NDArray[np.float64]:
    """Return the centres of the sample's k-means in the scale of all rows."""
    return _moved(sample, every, fit.centers)


def mixture_of_all(
    sample: Points, every: Points, fit: MixtureFit, model: ModelChoice
) -> MixtureFit:
    """Return the mixture of all rows, begun at the sample's."""
    return fit_from_mixture(
        every.fitted,
        start_of_all(sample, every, fit),
        covariance_type=str(fit.covariance_type),
        tol=fit.tol,
        reg_covar=fit.reg_covar,
        max_iter=model.max_iter,
    )


def start_of_all(sample: Points, every: Points, fit: MixtureFit) -> Mixture:
    """Return the sample's mixture in the scale of all rows, of its own covariance type."""
    ratio = sample.scale / every.scale
    covariances = fit.covariances * np.outer(ratio, ratio)
    if fit.covariance_type.shape.round:  # unequal ratios make ellipses of circles
        variances = np.trace(covariances, axis1=1, axis2=2) / every.d
        covariances = variances[:, None, None] * np.eye(every.d)
    return Mixture(fit.weights.copy(), _moved(sample, every, fit.means), covariances)


def rows_of_all(sample: Points, every: Points, before: MixtureFit, after: MixtureFit) -> Rows:
    """Return what there is to say of fits to all rows."""
    stretch = float(np.log(every.scale / sample.scale).sum())  # densities are per unit
    begun = before.log_likelihood + stretch
    return Rows(every.n, every.n_total, sample.n, begun, passes=after.n_iter)


def _moved(sample: Points, every: Points, z: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return positions in the sample's scale in that of all rows."""
    return (z * sample.scale + sample.shift - every.shift) / every.scale
