"""What a request may cost: estimated before anything is computed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gmm_dash.engine import check_budget, estimate_cost, estimate_kmeans_cost

if TYPE_CHECKING:
    from gmm_dash.results import Points
    from gmm_dash.state import ModelChoice


def check_comparison(points: Points, model: ModelChoice, seconds: float, fits: int = 1) -> None:
    """Refuse a k-means fit and ``fits`` mixtures that would take longer than ``seconds``.

    Raises
    ------
    WorkLimitError
        With the estimate, and what to make smaller.
    """
    kmeans = estimate_kmeans_cost(points.n, points.d, model.k, n_init=model.n_init)
    mixture = estimate_cost(
        points.n,
        points.d,
        model.k,
        covariance_type=model.covariance_type,
        n_init=model.n_init,
        tol=model.tol,
        max_iter=model.max_iter,
        models=fits,
    )
    check_budget(kmeans + mixture, seconds)
