"""The points alone, before any fit has coloured them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gmm_dash.figures import bent_axis, frame, scatter
from gmm_dash.figures.arrays import packed
from gmm_dash.figures.layers import SVG_POINTS
from gmm_dash.theme import look as look_of

if TYPE_CHECKING:
    from gmm_dash.results import Points, Projection


def build(points: Points, projection: Projection, scheme: str) -> dict[str, Any]:
    """Return a figure of the points in one neutral colour.

    Parameters
    ----------
    points : Points
    projection : Projection
    scheme : str
        ``"light"`` or ``"dark"``.
    """
    look = look_of(scheme)
    xy = projection.points(points.fitted)
    xy = xy[scatter.shown_points(xy)]
    ranges = scatter.ranges(points, projection).tolist()
    vertical = bent_axis.axis(look, projection, 1, ranges)
    if projection.scale_ratio is not None:
        vertical |= {"scaleanchor": "x", "scaleratio": projection.scale_ratio}
    horizontal = bent_axis.axis(look, projection, 0, ranges)
    trace = {
        "type": "scatter" if len(xy) <= SVG_POINTS else "scattergl",
        "mode": "markers",
        "x": packed(xy[:, 0]),
        "y": packed(xy[:, 1]),
        "marker": {"color": look.muted, "size": 6 if points.n <= 1000 else 4, "opacity": 0.8},
        "hoverinfo": "skip",
    }
    return {"data": [trace], "layout": frame.layout(look, xaxis=horizontal, yaxis=vertical)}
