"""Data turned and scaled until they vary by one along every axis, and along each alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from gmm_dash.engine.types import Floats

ABSENT: Final = 1e-10
"""Directions along which standardised columns vary less than this, beside the most, are left out:
they hold rounding."""


def whitened(x: Floats) -> Floats:
    """Return (n, d) points as (n, r) ones of mean 0 and covariance 1, r their rank.

    Euclidean distances between them are Mahalanobis distances between the points: whatever units
    the columns have, and however they are correlated, k-means sees them as equally wide.

    Notes
    -----
    As ``PCA(n_components=r, whiten=True)`` after ``StandardScaler``, but for turns of the axes and
    one common factor, to neither of which k-means looks.
    """
    z: Floats = x - x.mean(axis=0)
    spread = z.std(axis=0)
    live = spread > 0.0
    if not live.any():
        return z
    z = z[:, live] / spread[live]
    values, axes = np.linalg.eigh(z.T @ z / len(z))
    kept = values > ABSENT * values[-1]
    white: Floats = z @ (axes[:, kept] / np.sqrt(values[kept]))
    return white
