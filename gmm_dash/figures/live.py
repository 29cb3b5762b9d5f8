"""A cluster plot for the browser's own canvas: the same traces, told with fewer bytes.

While a slider is dragged the points stand still. So they are told once, and each picture names
them by number.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from gmm_dash.figures import scatter
from gmm_dash.figures.arrays import packed, unpacked

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from gmm_dash.figures.scatter import Scene

_TOLD_ONCE: Final = ("x", "y", "name", "hoverinfo")


def traces(scene: Scene) -> list[dict[str, Any]]:
    """Return the traces of the figure, with less to send.

    Points have numbers in place of positions, outlines a centre and half axes in place of corners;
    borders keep their ends, and the bars and curves of one column all of their corners.
    """
    data = scatter.build(scene)["data"]
    plane = not scene.projection.line
    # A canvas writes no names.
    return [_lean(trace, plane=plane) for trace in data if trace["mode"] != "text"]


def positions(scene: Scene) -> dict[str, Any]:
    """Return where each point is drawn, by number, with the digits that the figure has."""
    xy = scene.projection.points(scene.points.fitted)
    return {"x": packed(xy[:, 0]), "y": packed(xy[:, 1])}


def _lean(trace: dict[str, Any], *, plane: bool) -> dict[str, Any]:
    lean = {name: value for name, value in trace.items() if name not in _TOLD_ONCE}
    if "customdata" in trace:
        return lean
    if plane and trace.get("fill") == "toself":
        return lean | {"ellipse": packed(_ellipse(trace))}
    return lean | {"x": trace["x"], "y": trace["y"]}


def _ellipse(trace: dict[str, Any]) -> NDArray[np.float64]:
    """Return centre and half axes of an outline: a quarter of the way round lies the other one."""
    corners = np.column_stack([unpacked(trace[name]) for name in ("x", "y")]).astype(np.float64)
    half = len(corners) // 2  # the first corner is repeated at the end
    centre = (corners[0] + corners[half]) / 2
    return np.concatenate([centre, corners[0] - centre, corners[half // 2] - centre])
