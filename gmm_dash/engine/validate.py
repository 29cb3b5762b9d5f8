"""Checks on what callers hand in: a clean array or number, or a ``FitError`` that says why."""

from __future__ import annotations

import operator
from typing import TYPE_CHECKING, Any

import numpy as np

from gmm_dash.engine.covariances import CovarianceType
from gmm_dash.engine.em import Settings
from gmm_dash.errors import FitError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gmm_dash.engine.types import Floats

LARGEST = 1e100
"""Largest size of a value: its square, summed over any table, still fits a double."""

MAX_RESTARTS = 100_000
MAX_ITERATIONS = 1_000_000

LARGEST_SEED = 2**32 - 1
"""Largest seed that NumPy's ``RandomState`` takes."""


def as_points(x: Any, *, minimum: int = 1, what: str = "The data") -> Floats:
    """Return ``x`` as a finite (n, d) array of doubles in C order.

    Parameters
    ----------
    x : array-like
        Anything NumPy can read as a table of real numbers.
    minimum : int
        Fewest rows to accept.
    what : str
        How to call it in messages.

    Raises
    ------
    FitError
        When it is no table of finite numbers of sensible size.
    """
    array = _as_floats(x, what)
    if array.ndim != 2:
        raise FitError(
            f"{what} must be a table with rows and columns, not {array.ndim}-dimensional.",
            hint="Put one point in each row; for a single column use x.reshape(-1, 1).",
        )
    if array.shape[0] < minimum or array.shape[1] < 1:
        raise FitError(
            f"{what} must have at least {minimum} row(s) and one column, not {array.shape}.",
            hint="Choose more rows, or at least one numeric column.",
        )
    _refuse_unusable(array, what)
    return np.ascontiguousarray(array)


def _as_floats(x: Any, what: str) -> Floats:
    """Convert to doubles, or say that these are no real numbers."""
    problem = FitError(
        f"{what} must be numbers.", hint="Choose numeric columns, or convert text to numbers."
    )
    if np.ma.isMaskedArray(x) and np.ma.getmaskarray(x).any():
        raise FitError(f"{what} have missing values.", hint="Drop the rows with gaps first.")
    try:
        raw = np.asarray(x)
        if raw.dtype.kind not in "biufO":
            raise problem
        with np.errstate(over="ignore", invalid="ignore"):
            return np.asarray(raw, dtype=np.float64)
    except (TypeError, ValueError, OverflowError, AttributeError) as error:
        raise problem from error


def _refuse_unusable(array: Floats, what: str) -> None:
    """Raise when a value is missing, infinite, or too large to be squared."""
    low, high = float(array.min()), float(array.max())
    if not (np.isfinite(low) and np.isfinite(high)):
        raise FitError(
            f"{what} have missing or infinite values.", hint="Drop or fill those rows first."
        )
    if max(-low, high) > LARGEST:
        raise FitError(
            f"{what} have values beyond {LARGEST:g}, too large to be squared.",
            hint="Divide the column by a large number, or standardise it.",
        )


def as_count(value: Any, name: str, low: int, high: int) -> int:
    """Return ``value`` as an int within ``low..high``, or raise ``FitError``."""
    try:
        number = operator.index(value)
    except TypeError as error:
        raise FitError(
            f"{name} must be a whole number, not {value!r}.", hint=f"Use {low} to {high}."
        ) from error
    if isinstance(value, bool | np.bool_) or not low <= number <= high:
        raise FitError(
            f"{name} must lie between {low} and {high}, not {value!r}.",
            hint=f"Use a whole number from {low} to {high}.",
        )
    return number


def as_nonnegative(value: Any, name: str) -> float:
    """Return ``value`` as a finite float of at least zero, or raise ``FitError``."""
    try:
        number = float(value)
    except (TypeError, ValueError, OverflowError) as error:
        raise FitError(f"{name} must be a number, not {value!r}.", hint="Use 0 or more.") from error
    if not 0.0 <= number <= LARGEST:
        raise FitError(
            f"{name} must be a number from 0 to {LARGEST:g}, not {value!r}.",
            hint="Use a small number such as 1e-6.",
        )
    return number


def as_components(value: Any, n: int, name: str) -> int:
    """Return the number of components as an int from 1 to ``n`` points."""
    number = as_count(value, name, 1, 2**31)
    if number > n:
        raise FitError(
            f"{number} components need at least {number} points, but there are {n}.",
            hint="Choose fewer components, or more points.",
        )
    return number


def as_seeds(random_state: Any, count: int) -> range:
    """Return the ``count`` seeds that start at ``random_state``, one for each restart."""
    first = as_count(random_state, "random_state", 0, LARGEST_SEED - count + 1)
    return range(first, first + count)


def as_choice(value: Any, name: str, choices: Iterable[str]) -> str:
    """Return ``value`` when it is one of ``choices``, or raise ``FitError``."""
    allowed = tuple(choices)
    if not isinstance(value, str) or value not in allowed:
        raise FitError(
            f"{name} must be one of {', '.join(allowed)}, not {value!r}.",
            hint=f"Use {name}={allowed[0]!r}.",
        )
    return str(value)


def as_covariance_type(value: Any) -> CovarianceType:
    """Return ``value`` as a :class:`CovarianceType`, or raise ``FitError``."""
    return CovarianceType(as_choice(value, "covariance_type", tuple(CovarianceType)))


def as_settings(tol: Any, reg_covar: Any, max_iter: Any) -> Settings:
    """Return what every run of EM of a fit shares.

    Raises
    ------
    FitError
        When one of them is no number or out of bounds.
    """
    return Settings(
        as_nonnegative(tol, "tol"),
        as_nonnegative(reg_covar, "reg_covar"),
        as_count(max_iter, "max_iter", 1, MAX_ITERATIONS),
    )
