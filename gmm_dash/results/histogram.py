"""One column of data: its histogram, and where k-means cuts it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from gmm_dash.engine.hardening import NOTHING

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from gmm_dash.engine import Mixture

HIGHEST: Final = 1.8  # of the highest bar: a curve that goes on above would flatten the rest
_MOST_BINS: Final = 120


def histogram(values: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the (b,) heights and (b + 1,) edges of a histogram whose bars hold an area of one.

    Its bars are as wide as Freedman and Diaconis (1981) or Sturges (1926) would have them,
    whichever are narrower; never more than 120 of them.

    Parameters
    ----------
    values : (n,) array
        At least one.
    """
    low, high = float(values.min()), float(values.max())
    if not high > low:
        room = max(abs(low), 1.0) / 2
        low, high = low - room, high + room
    width = min(_freedman_diaconis(values), (high - low) / (np.log2(len(values)) + 1))
    bins = int(np.ceil(min((high - low) / width, _MOST_BINS)))
    heights, edges = np.histogram(values, bins=bins, range=(low, high), density=True)
    return heights, edges


def cuts(centers: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return where (k,) centres part a line, rising: halfway between neighbours."""
    ordered = np.unique(centers)
    return np.asarray((ordered[:-1] + ordered[1:]) / 2)


def apart(centers: NDArray[np.float64]) -> int:
    """Return how many different places (k, d) centres have."""
    return len(np.unique(centers, axis=0))


def peaks(line: Mixture) -> NDArray[np.float64]:
    """Return how high each component of a (1,) mixture reaches, (k,): infinite without width."""
    with np.errstate(divide="ignore"):
        return np.asarray(line.weights / np.sqrt(2 * np.pi * line.covariances[:, 0, 0]))


def has_curves(mixture: Mixture, x: NDArray[np.float64]) -> bool:
    """Return whether a mixture of (n, 1) points has a density: not without any width.

    What stands for no width there is that of ``engine.hardening``.
    """
    variances, nothing = mixture.covariances, 2 * NOTHING * float(x.var())
    return bool((variances > 0).all() and (variances > nothing).any())


def _freedman_diaconis(values: NDArray[np.float64]) -> float:
    """Return the width of bars by the quartiles; no limit where half of the values are one."""
    lower, upper = np.percentile(values, [25, 75])
    return float(2 * (upper - lower) / len(values) ** (1 / 3)) or np.inf
