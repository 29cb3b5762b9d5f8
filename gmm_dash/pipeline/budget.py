"""What a request may cost: estimated before anything is computed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gmm_dash.engine import check_budget, estimate_cost

if TYPE_CHECKING:
    from gmm_dash.results import Points
    from gmm_dash.state import ModelChoice

# Lloyd's algorithm: iterations it usually needs, and seconds for one coordinate of one
# distance (measured on one core; right within a factor of about three).
_LLOYD_ITERATIONS: Final = 40
_LLOYD_SECONDS: Final = 1e-9


def check_comparison(points: Points, model: ModelChoice, seconds: float, fits: int = 1) -> None:
    """Refuse a k-means fit and ``fits`` mixtures that would take longer than ``seconds``.

    Raises
    ------
    WorkLimitError
        With the estimate, and what to make smaller.
    """
    lloyd = _LLOYD_ITERATIONS * _LLOYD_SECONDS * model.n_init
    kmeans = lloyd * points.n * model.k * (points.d + 2)
    mixture = estimate_cost(
        points.n,
        points.d,
        model.k,
        covariance_type=model.covariance_type,
        n_init=model.n_init,
        max_iter=model.max_iter,
        models=fits,
    )
    check_budget(kmeans + mixture, seconds)
