"""Whether k-means' circles still tell its clusters apart when many columns are laid on a plane."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from gmm_dash.results.comparison import Side
    from gmm_dash.results.points import Points
    from gmm_dash.results.projection import Projection

TOO_MUCH: Final = 0.75  # of the other clusters' discs, over the average point


def floods(points: Points, side: Side, radii: NDArray[np.float64], projection: Projection) -> bool:
    """Return whether the average point lies in most discs of clusters that it is not in.

    In many columns each cluster's farthest member lies far away in all of them together, and
    hardly in the two directions of the plot: the discs then reach over all of it.

    Parameters
    ----------
    points : Points
    side : Side
        k-means' answer.
    radii : (k,) array
        Distance from each centre to its farthest member, in display order.
    projection : Projection
    """
    if projection.faithful or projection.line or len(radii) < 2:
        return False
    covered = covered_share(points, side, radii, projection)
    return covered > TOO_MUCH


def covered_share(
    points: Points, side: Side, radii: NDArray[np.float64], projection: Projection
) -> float:
    """Return how many of the other clusters' discs the average point lies in, as a share."""
    xy, centres = projection.points(points.fitted), projection.points(side.mixture.means)
    shape = np.linalg.pinv(projection.matrix @ projection.matrix.T)
    covered = 0
    for i, (centre, radius) in enumerate(zip(centres, radii.tolist(), strict=True)):
        away = xy[side.labels != i] - centre
        covered += int((np.einsum("nd,de,ne->n", away, shape, away) <= radius**2).sum())
    return covered / (points.n * (len(radii) - 1))
