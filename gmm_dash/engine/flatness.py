"""How flat a component is beside the data it is fitted to, whatever the units are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

import numpy as np
from scipy.linalg import lapack

if TYPE_CHECKING:
    from gmm_dash.engine.types import Bools, Floats

ABSENT = 1e-10
"""Share of the correlation matrix's largest eigenvalue below which the data have no width in a
direction: a constant column, or one that is a sum of others."""

THIN = 1e-4
"""A variance below this share of the data's own in that direction is next to none."""

NONE = 1e-10
"""A variance below this share of the data's own in that direction is numerically none at all."""

FEW_DIRECTIONS = 2
"""Up to so many, eigenvalues of all components at once are as fast as one factor after another."""


@dataclass(frozen=True, eq=False)
class DataShape:
    """The directions in which data have width, scaled so that their variance is one in each.

    Attributes
    ----------
    whitening : (d, r) array
        ``x @ whitening`` has unit covariance; ``r < d`` where columns are constant or depend
        linearly on others, as no component can be judged by a width that the data lack.
    """

    whitening: Floats

    @classmethod
    def of(cls, covariance: Floats) -> Self:
        """Return the shape of data with this (d, d) covariance."""
        deviation = np.sqrt(np.diagonal(covariance))
        live = np.flatnonzero(deviation > 0)
        whitening = np.zeros((len(covariance), 0))
        if live.size:
            scale = deviation[live]
            correlation = covariance[np.ix_(live, live)] / np.outer(scale, scale)
            values, vectors = np.linalg.eigh(correlation)
            kept = values > ABSENT * values[-1]
            whitening = np.zeros((len(covariance), int(kept.sum())))
            whitening[live] = vectors[:, kept] / np.sqrt(values[kept]) / scale[:, None]
        return cls(whitening)

    def flat(self, covariances: Floats, reg_covar: float, few: Bools) -> Bools:
        """Return which (k, d, d) covariances have next to no width in some direction, (k,).

        What ``reg_covar`` added to every variance is not width. Taken off, a component is flat
        where it has no width at all; or where it is thin beside the data and either most of what
        is left to it there is ``reg_covar``, or it holds only a ``few`` points: a handful on a
        line is the textbook's spurious maximum.
        """
        if not self.whitening.shape[1]:
            return np.ones(len(covariances), dtype=bool)  # all points are one
        own = covariances - reg_covar * np.eye(covariances.shape[1])
        widths = self.whitening.T @ own @ self.whitening
        out = ~_wider(widths, NONE)
        doubtful = np.flatnonzero(~out & ~_wider(widths, THIN))
        if doubtful.size:
            values, vectors = np.linalg.eigh(widths[doubtful])
            directions = vectors[:, :, 0] @ self.whitening.T
            added = reg_covar * np.square(directions).sum(axis=1)
            out[doubtful] = (values[:, 0] <= added) | np.broadcast_to(few, out.shape)[doubtful]
        return np.asarray(out)


def _wider(matrices: Floats, width: float) -> Bools:
    """Return which (k, r, r) symmetric matrices have no eigenvalue up to a width.

    With it taken off their diagonals they have a Cholesky factor, which takes a fiftieth of the
    time of eigenvalues.
    """
    if matrices.shape[1] <= FEW_DIRECTIONS:
        return np.asarray(np.linalg.eigvalsh(matrices)[:, 0] > width)
    rest = matrices - width * np.eye(matrices.shape[1])
    return np.array([lapack.dpotrf(one, lower=1)[1] == 0 for one in rest], dtype=bool)
