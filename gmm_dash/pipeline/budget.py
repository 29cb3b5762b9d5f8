"""What a request may cost: estimated before anything is computed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from gmm_dash.engine import (
    LEFT_OUT,
    check_budget,
    estimate_cost,
    estimate_joining_cost,
    estimate_kmeans_cost,
)
from gmm_dash.engine.types import INFORMED
from gmm_dash.pipeline.climb import climb_seconds
from gmm_dash.pipeline.fits import Fits
from gmm_dash.state import AppState

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gmm_dash.results import Points
    from gmm_dash.state import ModelChoice

_SLOW_BACKGROUND: Final = 4  # beside other runs: shares come to rest slowly


def check_comparison(
    points: Points, model: ModelChoice, seconds: float, shapes: Sequence[str] = ()
) -> None:
    """Refuse a k-means fit and mixtures that would take longer than ``seconds``.

    Parameters
    ----------
    points : Points
    model : ModelChoice
    seconds : float
    shapes : sequence of str, optional
        Covariance types of the mixtures; the model's own when left out.

    Raises
    ------
    WorkLimitError
        With the estimate, and what to make smaller.
    """
    estimate = partial(
        estimate_cost, points.n, points.d, model.k,
        n_init=model.n_init, tol=model.tol, max_iter=model.max_iter,
    )  # fmt: skip
    kinds = shapes or (model.covariance_type,)
    mixtures = sum(estimate(covariance_type=kind) for kind in kinds)
    if model.init == INFORMED:
        mixtures = climb_seconds(Fits.of(AppState(model=model)), points.n, points.d, model.k)
    kmeans = estimate_kmeans_cost(points.n, points.d, model.k, n_init=model.n_init)
    check_budget(kmeans + mixtures, seconds)


def check_background(points: Points, model: ModelChoice, seconds: float) -> None:
    """Refuse a mixture with a background that would take longer than ``seconds``.

    Each of its starts is tried with several amounts of lonely points left out, the background is
    one component more, and the best of these runs is done once more alone.

    Raises
    ------
    WorkLimitError
        With the estimate, and what to make smaller.
    """
    estimate = partial(
        estimate_cost, points.n, points.d, model.k + 1,
        covariance_type=model.covariance_type, tol=model.tol, max_iter=model.max_iter,
    )  # fmt: skip
    runs = estimate(n_init=len(LEFT_OUT) * model.n_init) + estimate(n_init=1)
    check_budget(_SLOW_BACKGROUND * runs, seconds)


def check_joining(n: int, k: int, seconds: float) -> None:
    """Refuse to join the components of a mixture where that would take longer than ``seconds``.

    Parameters
    ----------
    n, k : int
        Rows and components.
    seconds : float

    Raises
    ------
    WorkLimitError
        With the estimate, and what to make smaller.
    """
    check_budget(estimate_joining_cost(n, k), seconds)
