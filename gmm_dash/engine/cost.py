"""What a fit will cost, before it is started."""

from __future__ import annotations

from gmm_dash.engine.covariances import CovarianceType
from gmm_dash.errors import WorkLimitError

CALL_SECONDS = 2.0e-4
"""One iteration of any batch, however small: some hundred NumPy calls."""

CELL_SECONDS = 6.0e-9
"""One responsibility: exponential, sum and division."""

PRODUCT_SECONDS = 1.0e-10
"""One multiply-add of the two matrix products."""

MATRIX_SECONDS = 8.0e-6
"""Handling a covariance of more than two features, whatever its size."""

FACTOR_SECONDS = 5.0e-10
"""One multiply-add in factoring it."""

DISTANCE_SECONDS = 1.0e-7
"""k-means from one start, for one point and cluster in few columns."""

ENTROPY_SECONDS = 8.0e-9
"""One posterior's part in an entropy: logarithm and product."""

PATTERN_SECONDS = 2.5e-4
"""The E-step of one more kind of gaps, however few rows have it."""

GAP_SECONDS = 1.5e-7
"""That step for one column of one row and component."""

START_SHARE = 0.4
"""What starts cost beside as many fits of k-means: some of them are, others only draw points."""

ITERATIONS = 60.0
"""Iterations that k = 2 needs at ``USUAL_TOL``; they grow with the root of the other components,
as more of them share a group."""

FEW_POINTS = 20.0
"""Points of a component at which it needs half the iterations that many points need."""

NARROW = 10.0
"""Columns up to which the number of them says nothing about iterations."""

WAYS_OUT = "Use fewer rows (a random sample), a smaller K, or fewer restarts."
USUAL_TOL = 1e-6
TOL_POWER = 0.36
"""How iterations grow when ``tol`` falls: a thousandth of it takes twelve times as many."""


def typical_iterations(n: int, k: int, tol: float, max_iter: int, wide: float = 1.0) -> float:
    """Return how many iterations a run of EM takes on average.

    Parameters
    ----------
    n, k : int
        Points and components.
    tol : float
    max_iter : int
    wide : float
        How many times as many points a component takes to need as many iterations as it may:
        with full covariances of many columns few points are soon fitted as well as can be.

    Notes
    -----
    Measured over many kinds of data. Groups that stand apart and are as many as the components
    are found in a handful, and nothing in the settings tells.
    """
    crowded = n / (n + FEW_POINTS * wide * k)
    slow = (USUAL_TOL / max(tol, 1e-15)) ** TOL_POWER
    return float(min(max_iter, 2.0 + ITERATIONS * (k - 1) ** 0.5 * crowded * slow))


def estimate_kmeans_cost(n: int, d: int, k: int, *, n_init: int = 1) -> float:
    """Return roughly how many seconds of CPU k-means takes.

    Within a factor of three for nineteen settings in twenty.
    """
    return DISTANCE_SECONDS * n * k * n_init * (1.0 + d / 4.0)


def estimate_gaps_cost(
    n: int,
    d: int,
    k: int,
    patterns: int,
    *,
    n_init: int = 1,
    tol: float = USUAL_TOL,
    max_iter: int = 500,
) -> float:
    """Return roughly how many seconds of CPU a fit to rows with gaps takes.

    Parameters
    ----------
    n, d, k : int
    patterns : int
        Kinds of gaps: sets of columns that a row has.
    n_init : int
    tol : float
    max_iter : int

    Notes
    -----
    Iterations are the same guess as without gaps. The more is missing, the more of them it takes.
    """
    iteration = PATTERN_SECONDS * patterns + GAP_SECONDS * n * k * d
    starts = estimate_kmeans_cost(n, d, k, n_init=n_init)
    return starts + n_init * typical_iterations(n, k, tol, max_iter) * iteration


def estimate_cost(
    n: int,
    d: int,
    k: int,
    *,
    covariance_type: str = "full",
    n_init: int = 1,
    tol: float = USUAL_TOL,
    max_iter: int = 500,
    models: int = 1,
) -> float:
    """Return roughly how many seconds of CPU a fit takes.

    Parameters
    ----------
    n, d, k : int
        Points, features, components (the largest number, when there are several models).
    covariance_type : str
    n_init : int
    tol : float
    max_iter : int
    models : int
        Fits of about this size.

    Notes
    -----
    Iterations are a guess; the other constants are measured, and ``python -m benchmarks``
    prints estimates beside measurements. Of settings that take more than 1 s, 94 % are within a
    factor of three; too high for groups that stand apart and for tied covariances, too low where
    covariances are nearly singular (docs/scaling.md).
    """
    aligned = CovarianceType(covariance_type).shape.aligned
    features = 1 + d + (d if aligned else d * (d + 1) // 2)
    columns = float(k) * n_init * models
    cell = CELL_SECONDS + 2.0 * features * PRODUCT_SECONDS
    matrix = 0.0 if aligned or d <= 2 else MATRIX_SECONDS + FACTOR_SECONDS * d**3
    calls = CALL_SECONDS * max(1.0, columns * min(n, 8192) / 170_000)
    iteration = calls + columns * (n * cell + matrix)
    starts = START_SHARE * models * estimate_kmeans_cost(n, d, k, n_init=n_init)
    shape = CovarianceType(covariance_type).shape
    wide = 1.0 if shape.aligned or shape.pooled else max(1.0, d / NARROW)
    return starts + typical_iterations(n, k, tol, max_iter, wide) * iteration


def estimate_joining_cost(n: int, k: int) -> float:
    """Return roughly how many seconds of CPU all joinings of k components take, on n rows.

    Each two components are tried, and each joined one with all that are left.
    """
    return ENTROPY_SECONDS * n * k * (k - 1)


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
            f"This would take about {spoken(seconds)} of computing; the limit is {spoken(limit)}.",
            hint=WAYS_OUT,
        )


def spoken(seconds: float) -> str:
    """Return a duration in words."""
    if seconds < 90:
        return f"{seconds:.2g} s" if seconds < 10 else f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} minutes"
