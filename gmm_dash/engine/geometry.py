"""Outlines to draw: ellipses of covariances, and how much of a Gaussian they hold."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.stats import chi2

from gmm_dash.engine.validate import as_count, as_nonnegative, as_points
from gmm_dash.errors import FitError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gmm_dash.engine.types import Floats


def ellipse(mean: Any, covariance: Any, n_std: float, n_vertices: int = 64) -> Floats:
    """Return the closed outline at ``n_std`` standard deviations of a Gaussian.

    Parameters
    ----------
    mean : (2,) array
    covariance : (2, 2) array
        Symmetric and positive semidefinite.
    n_std : float
        Mahalanobis radius.
    n_vertices : int
        Corners of the polygon.

    Returns
    -------
    (n_vertices + 1, 2) array
        The first vertex is repeated at the end.
    """
    return ellipses(mean, covariance, (n_std,), n_vertices)[0]


def ellipses(
    mean: Any, covariance: Any, n_stds: Iterable[float], n_vertices: int = 64
) -> list[Floats]:
    """Return the outlines of one Gaussian at several radii; see :func:`ellipse`."""
    centre = as_points(np.reshape(mean, (1, -1)), what="The mean")[0]
    spread = as_points(covariance, what="The covariance")
    if centre.shape != (2,) or spread.shape != (2, 2):
        raise FitError(
            "An ellipse needs a mean of 2 and a covariance of 2 x 2 numbers.",
            hint="Project the mixture onto two axes first.",
        )
    radii = [as_nonnegative(n_std, "n_std") for n_std in n_stds]
    corners = as_count(n_vertices, "n_vertices", 3, 10_000)
    values, vectors = np.linalg.eigh((spread + spread.T) / 2.0)
    axes = vectors * np.sqrt(np.maximum(values, 0.0))
    return [np.asarray(centre + radius * _circle(corners) @ axes.T) for radius in radii]


@lru_cache(maxsize=8)
def _circle(corners: int) -> Floats:
    """Return the closed unit circle: a picture asks for the same one for each outline."""
    angle = np.linspace(0.0, 2.0 * np.pi, corners + 1)
    circle = np.column_stack((np.cos(angle), np.sin(angle)))
    circle[-1] = circle[0]
    circle.flags.writeable = False
    return circle


def ellipse_mass(n_std: float, d: int = 2) -> float:
    """Return the share of a d-dimensional Gaussian within ``n_std`` standard deviations.

    In two dimensions 0.39, 0.86 and 0.99 for 1, 2 and 3.
    """
    return float(chi2.cdf(as_nonnegative(n_std, "n_std") ** 2, as_count(d, "d", 1, 100_000)))
