"""What two fits say of every complete row, also of those that a sample left out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

import numpy as np
from sklearn.metrics import pairwise_distances_argmin

from gmm_dash.engine import responsibilities, score_samples
from gmm_dash.results.density_study import lowest

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from gmm_dash.results.comparison import Comparison
    from gmm_dash.results.points import Points


@dataclass(frozen=True, eq=False)
class Assigned:
    """Labels and densities of m rows.

    Attributes
    ----------
    rows : (m,) int array
        Position of each row in the whole table, rising.
    fitted : (m,) bool array
        Whether the fits saw the row.
    cluster, component : (m,) int arrays
        k-means' cluster and the mixture's component, numbered from 1 as on the page.
    posteriors : (m, k) array
    log_density : (m,) array
        In nats, in the space that the mixture was fitted in.
    outlier : (m,) bool array
        The rows of lowest density; a row that was not fitted, where it has no more than they.
    """

    rows: NDArray[np.int64]
    fitted: NDArray[np.bool_]
    cluster: NDArray[np.int64]
    component: NDArray[np.int64]
    posteriors: NDArray[np.float64]
    log_density: NDArray[np.float64]
    outlier: NDArray[np.bool_]

    @classmethod
    def of(cls, result: Comparison, every: Points, outlier_share: float) -> Self:
        """Return what a comparison says of its own points and of the others of the same table.

        Parameters
        ----------
        result : Comparison
        every : Points
            All complete rows; the points of ``result`` are among them.
        outlier_share : float
            Share of the fitted points, from 0 to 1, to mark.
        """
        points, mixture = result.points, result.gmm.mixture
        other = ~np.isin(every.rows, points.rows)
        x = points.seen(every.raw[other])
        posteriors, density = np.empty((0, mixture.n_components)), np.empty(0)
        cluster = np.empty(0, dtype=np.int64)
        if len(x):
            posteriors, density = responsibilities(x, mixture), score_samples(x, mixture)
            cluster = pairwise_distances_argmin(x, result.kmeans.mixture.means)
        own = score_samples(points.fitted, mixture)
        outlier = lowest(own, outlier_share)
        limit = own[outlier].max(initial=-np.inf)
        rows = np.concatenate([points.rows, every.rows[other]])
        order = np.argsort(rows, kind="stable")
        return cls(
            rows[order],
            np.concatenate([np.ones(points.n, bool), np.zeros(len(x), bool)])[order],
            np.concatenate([result.kmeans.labels, cluster])[order] + 1,
            np.concatenate([result.gmm.labels, posteriors.argmax(axis=1)])[order] + 1,
            np.concatenate([result.gmm.responsibilities, posteriors])[order],
            np.concatenate([own, density])[order],
            np.concatenate([outlier, density <= limit])[order],
        )

    @property
    def certainty(self) -> NDArray[np.float64]:
        """The posterior of each row's own component, (m,)."""
        taken: NDArray[np.float64] = np.take_along_axis(
            self.posteriors, self.component[:, None] - 1, axis=1
        )[:, 0]
        return taken
