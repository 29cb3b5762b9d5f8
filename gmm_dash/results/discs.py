"""Whether k-means' circles still tell its clusters apart when many columns are laid on a plane."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from gmm_dash.results.comparison import Side
    from gmm_dash.results.points import Points
    from gmm_dash.results.projection import Projection

_ROWS: Final = 16_384  # at a time: what stays near the processor
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
    shape = np.linalg.pinv(projection.matrix @ projection.matrix.T)
    lengths, axes = np.linalg.eigh(shape)
    rounded = (axes * np.sqrt(lengths.clip(min=0))).T  # the plane in which the discs are round
    centres = projection.points(side.mixture.means) @ rounded.T
    covered = 0
    for first in range(0, points.n, _ROWS):
        block = slice(first, first + _ROWS)
        x, y = rounded @ projection.points(points.fitted[block]).T
        for i, (centre, radius) in enumerate(zip(centres, radii.tolist(), strict=True)):
            inside = (x - centre[0]) ** 2 + (y - centre[1]) ** 2 <= radius**2
            covered += int(np.count_nonzero(inside & (side.labels[block] != i)))
    return covered / (points.n * (len(radii) - 1))
