"""Which engine computes the mixtures of "How many?": it follows from the data alone.

Everything else of that work - what is asked, how it is cut, k-means beside it - is the same for
all of them. Another kind of data is one more class here, and one more case in ``engine_of``.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

import numpy as np

from gmm_dash.engine import (
    estimate_cost,
    estimate_gaps_cost,
    fit_gaps,
    fit_gmm,
    fit_kmeans,
    of_complete_rows,
    score_samples,
    weighted_init,
)
from gmm_dash.engine.gap_expectation import known_log_likelihood
from gmm_dash.engine.gap_select import INIT, select_gaps
from gmm_dash.engine.select import heldout_folds, select_drawn
from gmm_dash.engine.weighted_select import select_weighted, weighted_log_likelihood

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from gmm_dash.engine import KMeansFit, Mixture, MixtureFit, SelectionRow, Weighting
    from gmm_dash.engine.drawn import Cell
    from gmm_dash.engine.levels import Found
    from gmm_dash.pipeline.fits import Fits
    from gmm_dash.results import Points


class Cost(Protocol):
    """What mixtures of some data cost, and which settings they know."""

    def rule(self, fits: Fits) -> Fits:
        """Return the settings by which these mixtures are fitted."""

    def seconds(self, fits: Fits, shape: str, k: int, *, n_init: int = 1, models: int = 1) -> float:
        """Return the estimated processor time of so many models from ``n_init`` starts each."""


class Engine(Protocol):
    """Fits mixtures to the rows of some data, or to parts of them.

    Attributes
    ----------
    complete : (m, d) array
        The rows that k-means is fitted to.
    n : int
        How many rows mixtures are fitted to.
    n_points : int or None
        How many points criteria count; None where nothing tells how many there are.
    """

    @property
    def complete(self) -> NDArray[np.float64]:
        """Rows of which every value is known."""

    @property
    def n(self) -> int:
        """Number of rows of the mixtures."""

    @property
    def n_points(self) -> int | None:
        """Number of points of the criteria."""

    @property
    def cost(self) -> Cost:
        """What its mixtures cost."""

    def kmeans(self, k: int, fits: Fits) -> KMeansFit:
        """Return k-means of the complete rows."""

    def rows(
        self, cells: Sequence[Cell], fits: Fits
    ) -> tuple[tuple[SelectionRow, ...], dict[Cell, Found | None]]:
        """Return the rows of some models, held-out scores among them.

        Beside them the best sound run of each, where a climb can begin with it.

        Raises
        ------
        WorkLimitError
            When time is up.
        """

    def fit(
        self, inside: NDArray[np.bool_], k: int, shape: str, start: tuple[str, int], fits: Fits
    ) -> MixtureFit:
        """Return the mixture of some rows from one start: its kind and its seed."""

    def log_likelihood(self, outside: NDArray[np.bool_], mixture: Mixture) -> float:
        """Return the log-likelihood of some rows, summed over them, in nats."""

    def mass(self, outside: NDArray[np.bool_]) -> float:
        """Return how much these rows count in that sum."""


@dataclass(frozen=True, slots=True)
class PlainCost:
    """Of ``n`` complete rows of ``d`` columns."""

    n: int
    d: int

    def rule(self, fits: Fits) -> Fits:
        """Return the settings as they are."""
        return fits

    def seconds(self, fits: Fits, shape: str, k: int, *, n_init: int = 1, models: int = 1) -> float:
        """Return the estimated processor time; models of a batch share calls."""
        return estimate_cost(
            self.n, self.d, k, covariance_type=shape, n_init=n_init, tol=fits.tol,
            max_iter=fits.max_iter, models=models,
        )  # fmt: skip


@dataclass(frozen=True, eq=False, slots=True)
class Plain:
    """Rows without gaps, (n, d): what scikit-learn fits."""

    complete: NDArray[np.float64]

    @property
    def n(self) -> int:
        """Number of rows."""
        return len(self.complete)

    @property
    def n_points(self) -> int:
        """Number of points of the criteria: every row is one."""
        return self.n

    @property
    def cost(self) -> PlainCost:
        """What its mixtures cost."""
        return PlainCost(*self.complete.shape)

    def kmeans(self, k: int, fits: Fits) -> KMeansFit:
        """Return k-means of the rows."""
        return _kmeans(self.complete, k, fits)

    def rows(
        self, cells: Sequence[Cell], fits: Fits
    ) -> tuple[tuple[SelectionRow, ...], dict[Cell, Found | None]]:
        """Return the rows of models that are fitted together, and their best sound runs."""
        folds = heldout_folds(self.n, folds_of(self.n, fits.folds), fits.seed)
        found, drawn = select_drawn(self.complete, cells, fits.usual, fits.settings, folds)
        return found.rows, drawn

    def fit(
        self, inside: NDArray[np.bool_], k: int, shape: str, start: tuple[str, int], fits: Fits
    ) -> MixtureFit:
        """Return the mixture of some rows from one start."""
        init, seed = start
        return fit_gmm(
            self.complete[inside], k, covariance_type=shape, init=init, n_init=1,
            random_state=seed, **fits.em,
        )  # fmt: skip

    def log_likelihood(self, outside: NDArray[np.bool_], mixture: Mixture) -> float:
        """Return the log-likelihood of some rows, summed over them."""
        return float(score_samples(self.complete[outside], mixture).sum())

    def mass(self, outside: NDArray[np.bool_]) -> float:
        """Return how many rows these are."""
        return int(outside.sum())


@dataclass(frozen=True, slots=True)
class GapCost:
    """Of ``n`` rows of ``d`` columns that lack columns in so many ways."""

    n: int
    d: int
    patterns: int

    def rule(self, fits: Fits) -> Fits:
        """Return the settings with the one kind of start there is; no neighbours are asked."""
        return replace(fits, init=INIT, climbs=False)

    def seconds(self, fits: Fits, shape: str, k: int, *, n_init: int = 1, models: int = 1) -> float:  # noqa: ARG002
        """Return the estimated processor time: every shape works with whole covariances."""
        return models * estimate_gaps_cost(
            self.n, self.d, k, self.patterns, n_init=n_init, tol=fits.tol, max_iter=fits.max_iter
        )


@dataclass(frozen=True, eq=False, slots=True)
class WithGaps:
    """Rows of which not all is known: the complete ones, then the others, in Compare's order.

    Attributes
    ----------
    complete : (m, d) array
    x : (n, d) array
        All of them; NaN where there is no value.
    """

    complete: NDArray[np.float64]
    x: NDArray[np.float64]

    @property
    def n(self) -> int:
        """Number of rows, those with gaps among them."""
        return len(self.x)

    @property
    def n_points(self) -> int:
        """Number of points of the criteria: every row is one."""
        return self.n

    def kmeans(self, k: int, fits: Fits) -> KMeansFit:
        """Return k-means of the complete rows."""
        return _kmeans(self.complete, k, fits)

    @property
    def cost(self) -> GapCost:
        """What its mixtures cost."""
        partly = np.packbits(np.isnan(self.x[len(self.complete) :]), axis=1)
        n, d = self.x.shape
        return GapCost(n, d, 1 + len({row.tobytes() for row in partly}))

    def rows(
        self, cells: Sequence[Cell], fits: Fits
    ) -> tuple[tuple[SelectionRow, ...], dict[Cell, Found | None]]:
        """Return the rows of models that are fitted one by one; no climb begins with them."""
        folds = heldout_folds(self.n, folds_of(self.n, fits.folds), fits.seed)
        found = select_gaps(
            self.x, cells, n_init=fits.n_init, random_state=fits.seed, settings=fits.settings,
            folds=folds,
        )  # fmt: skip
        return found.rows, {}

    def fit(
        self, inside: NDArray[np.bool_], k: int, shape: str, start: tuple[str, int], fits: Fits
    ) -> MixtureFit:
        """Return the mixture of some rows from one start."""
        found = fit_gaps(
            self.x[inside], k, covariance_type=shape, n_init=1, random_state=start[1], **fits.em
        )
        return of_complete_rows(found)

    def log_likelihood(self, outside: NDArray[np.bool_], mixture: Mixture) -> float:
        """Return the log-likelihood of what is known of some rows, summed over them."""
        return known_log_likelihood(self.x[outside], mixture)

    def mass(self, outside: NDArray[np.bool_]) -> float:
        """Return how many rows these are."""
        return int(outside.sum())


@dataclass(frozen=True, slots=True)
class WeightedCost:
    """Of ``n`` rows of ``d`` columns that count by weights, fitted one model after the other."""

    n: int
    d: int

    def rule(self, fits: Fits) -> Fits:
        """Return the settings with a kind of start that knows weights; no neighbours are asked."""
        return replace(fits, init=weighted_init(fits.init), climbs=False)

    def seconds(self, fits: Fits, shape: str, k: int, *, n_init: int = 1, models: int = 1) -> float:
        """Return the estimated processor time: no models share calls."""
        return models * estimate_cost(
            self.n, self.d, k, covariance_type=shape, n_init=n_init, tol=fits.tol,
            max_iter=fits.max_iter,
        )  # fmt: skip


@dataclass(frozen=True, eq=False, slots=True)
class Weighted:
    """Rows without gaps, (n, d), that count by weights."""

    complete: NDArray[np.float64]
    weighting: Weighting

    @property
    def n(self) -> int:
        """Number of rows."""
        return len(self.complete)

    @property
    def n_points(self) -> int | None:
        """Number of points of the criteria: the sum of counts; other weights give none."""
        return self.weighting.n_points

    @property
    def cost(self) -> WeightedCost:
        """What its mixtures cost."""
        return WeightedCost(*self.complete.shape)

    def kmeans(self, k: int, fits: Fits) -> KMeansFit:
        """Return k-means of the weighted rows."""
        return _kmeans(self.complete, k, fits, self.weighting.values)

    def rows(
        self, cells: Sequence[Cell], fits: Fits
    ) -> tuple[tuple[SelectionRow, ...], dict[Cell, Found | None]]:
        """Return the rows of models that are fitted one by one; no climb begins with them."""
        folds = heldout_folds(self.n, folds_of(self.n, fits.folds), fits.seed)
        found = select_weighted(
            self.complete, self.weighting, cells, init=fits.init, n_init=fits.n_init,
            random_state=fits.seed, settings=fits.settings, folds=folds,
        )  # fmt: skip
        return found.rows, {}

    def fit(
        self, inside: NDArray[np.bool_], k: int, shape: str, start: tuple[str, int], fits: Fits
    ) -> MixtureFit:
        """Return the mixture of some rows from one start."""
        init, seed = start
        return fit_gmm(
            self.complete[inside], k, covariance_type=shape, init=init, n_init=1,
            random_state=seed, sample_weight=self.weighting.values[inside], **fits.em,
        )  # fmt: skip

    def log_likelihood(self, outside: NDArray[np.bool_], mixture: Mixture) -> float:
        """Return the weighted log-likelihood of some rows, summed over them."""
        each = self.weighting.values[outside]
        return weighted_log_likelihood(self.complete[outside], each, mixture)

    def mass(self, outside: NDArray[np.bool_]) -> float:
        """Return the weight of these rows."""
        return float(self.weighting.values[outside].sum())


def engine_of(points: Points) -> Engine:
    """Return what computes the mixtures of these points."""
    if points.weighting is not None:
        return Weighted(points.fitted, points.weighting)
    if points.gaps is None:
        return Plain(points.fitted)
    return WithGaps(points.fitted, np.vstack([points.fitted, points.gaps.fitted]))


def _kmeans(
    x: NDArray[np.float64], k: int, fits: Fits, each: NDArray[np.float64] | None = None
) -> KMeansFit:
    """Return the best k-means of the starts asked for."""
    return fit_kmeans(
        x, k, init=fits.kmeans_init, n_init=fits.n_init, random_state=fits.seed, sample_weight=each
    )


def folds_of(n: int, folds: int) -> int:
    """Return how many folds ``n`` rows allow."""
    return min(folds, n) if n > 2 else 0
