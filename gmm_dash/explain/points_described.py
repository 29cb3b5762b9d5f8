"""What a plot of points alone shows, for those who do not see it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gmm_dash.explain.numbers import counted, shown

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from gmm_dash.results import Points, Projection


def points_described(
    points: Points, projection: Projection, centers: NDArray[np.float64] | None = None
) -> str:
    """Return how far points in one colour reach on the axes of the plot, and where starts stand.

    Parameters
    ----------
    points : Points
    projection : Projection
    centers : (k, d) array, optional
        Where both methods will start, in the fitted space.
    """
    places = projection.points(points.fitted)
    axes = (0,) if projection.line else (0, 1)
    reach = [
        f"{projection.titles[i]} from {shown(float(places[:, i].min()), 3)} to "
        f"{shown(float(places[:, i].max()), 3)}"
        for i in axes
    ]
    said = f"{counted(points.n, 'point')} in one colour; {', '.join(reach)}"
    if centers is None:
        return f"{said}."
    starts = [
        f"{number} at ({', '.join(shown(float(place[i]), 2) for i in axes)})"
        for number, place in enumerate(projection.points(centers), 1)
    ]
    return f"{said}. Starts: {'; '.join(starts)}."
