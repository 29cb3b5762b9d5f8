"""The points alone, before any fit has coloured them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gmm_dash.figures import bent_axis, frame, line, scatter
from gmm_dash.figures.arrays import packed
from gmm_dash.figures.layers import SVG_POINTS
from gmm_dash.theme import look as look_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from gmm_dash.results import Points, Projection
    from gmm_dash.theme import Look


def build(
    points: Points,
    projection: Projection,
    scheme: str,
    centers: NDArray[np.float64] | None = None,
) -> dict[str, Any]:
    """Return a figure of the points in one neutral colour.

    Parameters
    ----------
    points : Points
    projection : Projection
    scheme : str
        ``"light"`` or ``"dark"``.
    centers : (k, d) array, optional
        Where both methods will start, in the fitted space.
    """
    look = look_of(scheme)
    xy = projection.points(points.fitted)
    xy = xy[scatter.shown_points(xy)]
    ends = scatter.ranges(points, projection)
    if projection.line:
        return _of_one_column(points, projection, look, xy, ends)
    ranges = ends.tolist()
    vertical = bent_axis.axis(look, projection, 1, ranges)
    if projection.scale_ratio is not None:
        vertical |= {"scaleanchor": "x", "scaleratio": projection.scale_ratio}
    horizontal = bent_axis.axis(look, projection, 0, ranges)
    trace = _marks(points, xy, look)
    starts = [] if centers is None else [_starts(projection.points(centers), look)]
    return {
        "data": [trace, *starts],
        "layout": frame.layout(look, xaxis=horizontal, yaxis=vertical),
    }


def _of_one_column(
    points: Points,
    projection: Projection,
    look: Look,
    xy: NDArray[np.float64],
    ends: NDArray[np.float64],
) -> dict[str, Any]:
    """Return the histogram of one column, the points below it."""
    histogram = line.bars(projection.points(points.fitted)[:, 0], look.muted)
    layout = frame.layout(look, **line.axes(look, projection, ends))
    return {"data": [*histogram, _marks(points, xy, look)], "layout": layout}


def _marks(points: Points, xy: NDArray[np.float64], look: Look) -> dict[str, Any]:
    return {
        "type": "scatter" if len(xy) <= SVG_POINTS else "scattergl",
        "mode": "markers",
        "x": packed(xy[:, 0]),
        "y": packed(xy[:, 1]),
        "marker": {"color": look.muted, "size": 6 if points.n <= 1000 else 4, "opacity": 0.8},
        "hoverinfo": "skip",
    }


def _starts(xy: NDArray[np.float64], look: Look) -> dict[str, Any]:
    """Return numbered marks at the start centres; in front, larger than any point."""
    return {
        "type": "scatter",
        "mode": "markers+text",
        "x": packed(xy[:, 0]),
        "y": packed(xy[:, 1]),
        "text": [str(i + 1) for i in range(len(xy))],
        "textfont": {"color": look.paper, "size": 12},
        "marker": {"color": look.ink, "size": 20, "line": {"color": look.paper, "width": 2}},
        "hoverinfo": "skip",
    }
