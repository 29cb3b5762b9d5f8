"""What the mixtures of "How many?" cost, and which settings they know, by kind of data."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from gmm_dash.engine import estimate_cost, estimate_gaps_cost, weighted_init
from gmm_dash.engine.gaps import GAPS_INIT

if TYPE_CHECKING:
    from gmm_dash.pipeline.fits import Fits


class Cost(Protocol):
    """What mixtures of some data cost, and which settings they know."""

    def rule(self, fits: Fits) -> Fits:
        """Return the settings by which these mixtures are fitted."""

    def seconds(self, fits: Fits, shape: str, k: int, *, n_init: int = 1, models: int = 1) -> float:
        """Return the estimated processor time of so many models from ``n_init`` starts each."""


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


@dataclass(frozen=True, slots=True)
class GapCost:
    """Of ``n`` rows of ``d`` columns that lack columns in so many ways."""

    n: int
    d: int
    patterns: int

    def rule(self, fits: Fits) -> Fits:
        """Return the settings with the one kind of start there is; no neighbours are asked."""
        return replace(fits, init=GAPS_INIT, climbs=False)

    def seconds(self, fits: Fits, shape: str, k: int, *, n_init: int = 1, models: int = 1) -> float:  # noqa: ARG002
        """Return the estimated processor time: every shape works with whole covariances."""
        return models * estimate_gaps_cost(
            self.n, self.d, k, self.patterns, n_init=n_init, tol=fits.tol, max_iter=fits.max_iter
        )


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
