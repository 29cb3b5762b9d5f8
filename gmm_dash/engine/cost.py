"""What a fit will cost, before it is started."""

from __future__ import annotations

from gmm_dash.engine.types import CovarianceType
from gmm_dash.errors import WorkLimitError

CALL_SECONDS = 2.0e-4
"""One iteration of any batch, however small: some hundred NumPy calls."""

CELL_SECONDS = 6.0e-9
"""One responsibility: exponential, sum and division."""

PRODUCT_SECONDS = 1.0e-10
"""One multiply-add of the two matrix products."""

MATRIX_SECONDS = 2.0e-9
"""One multiply-add in factoring a covariance of more than two features."""

TYPICAL_ITERATIONS = 60
"""Iterations that a run takes on average when its limit is far away."""


def estimate_cost(
    n: int,
    d: int,
    k: int,
    *,
    covariance_type: str = "full",
    n_init: int = 1,
    max_iter: int = 500,
    models: int = 1,
) -> float:
    """Return roughly how many seconds of CPU a fit takes.

    Parameters
    ----------
    n, d, k : int
        Points, features, components (the largest number, when there are several models).
    covariance_type : str
    n_init, max_iter : int
    models : int
        Fits of about this size.

    Notes
    -----
    Iterations are guessed; the other constants are measured, and ``python -m benchmarks``
    prints estimates beside measurements. Right within a factor of about five.
    """
    iterations = min(max_iter, TYPICAL_ITERATIONS)
    aligned = covariance_type in (CovarianceType.DIAG, CovarianceType.SPHERICAL)
    features = 1 + d + (d if aligned else d * (d + 1) // 2)
    columns = float(k) * n_init * models
    cell = CELL_SECONDS + 2.0 * features * PRODUCT_SECONDS
    matrix = 0.0 if aligned or d <= 2 else MATRIX_SECONDS * d**3
    calls = CALL_SECONDS * max(1.0, columns * min(n, 8192) / 170_000)
    return iterations * (calls + columns * (n * cell + matrix))


def check_budget(seconds: float, limit: float) -> None:
    """Raise :class:`WorkLimitError` when an estimate is above the limit.

    Parameters
    ----------
    seconds : float
        From :func:`estimate_cost`.
    limit : float
        The most that may be spent.
    """
    if seconds > limit:
        raise WorkLimitError(
            f"This would take about {_spoken(seconds)} of computing; the limit is "
            f"{_spoken(limit)}.",
            hint="Use fewer rows (a random sample), a smaller K, or fewer restarts.",
        )


def _spoken(seconds: float) -> str:
    """Return a duration in words."""
    if seconds < 90:
        return f"{seconds:.2g} s" if seconds < 10 else f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} minutes"
