"""Where two answers to the same points part: k-means' straight borders, and who is ringed.

k-means gives a point to the nearest centre, so the border of two clusters is the part of their
centres' bisector to which no third centre is nearer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from gmm_dash.figures.arrays import outlines, packed, unpacked
from gmm_dash.theme import fade

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from gmm_dash.results import Points, Projection, Side
    from gmm_dash.theme import Look

    Floats = NDArray[np.float64]

_WIDTH: Final = 1.8  # pixels
_FAR: Final = 5.0  # times as far as the points reach
_GAP, _RING = 2.0, 5.0  # pixels that disc and ring are wider than the point within


def segments(centers: Floats, reach: float) -> list[Floats]:
    """Return the borders of the cells around centres, (2, 2) each: one end a row.

    Parameters
    ----------
    centers : (k, 2) array
    reach : float
        How far a border without an end goes.
    """
    pairs = zip(*np.triu_indices(len(centers), 1), strict=True)
    found = (_border(centers, int(i), int(j), reach) for i, j in pairs)
    return [border for border in found if border is not None]


def _border(centers: Floats, i: int, j: int, reach: float) -> Floats | None:
    """Return the border of two cells; nothing where they do not touch.

    On the bisector ``middle + t * along`` a third centre ``c`` is as near as ``centers[i]`` where
    ``2 t along . (c - ci) = |c|^2 - |ci|^2 - 2 middle . (c - ci)``, and nearer on one side of it.
    """
    apart = centers[j] - centers[i]
    length = float(np.linalg.norm(apart))
    if length == 0:
        return None
    along, middle = np.array([-apart[1], apart[0]]) / length, (centers[i] + centers[j]) / 2
    others = np.delete(centers, (i, j), axis=0) - centers[i]
    slope = 2 * others @ along
    room = (others**2).sum(axis=1) - 2 * others @ (middle - centers[i])
    if (room[slope == 0] < 0).any():
        return None
    with np.errstate(divide="ignore"):
        ends = room[slope != 0] / slope[slope != 0]
    rising = slope[slope != 0] > 0
    low = max(-reach, float(ends[~rising].max(initial=-np.inf)))
    high = min(reach, float(ends[rising].min(initial=np.inf)))
    return middle + np.array([[low], [high]]) * along if low < high else None


def borders_layer(side: Side, points: Points, projection: Projection, look: Look) -> list[Any]:
    """Return the dashed borders of k-means' clusters; none where there is one cluster.

    Parameters
    ----------
    side : Side
        k-means' answer.
    points : Points
        In two columns, both of which are shown.
    projection : Projection
    look : Look
    """
    reach = _FAR * float(np.linalg.norm(np.ptp(points.fitted, axis=0)))
    found = segments(side.mixture.means, reach)
    if not found:
        return []
    x, y = outlines([projection.points(border) for border in found])
    return [
        {
            "type": "scatter",
            "mode": "lines",
            "x": x,
            "y": y,
            "line": {"color": fade(look.ink, 0.75), "width": _WIDTH, "dash": "5px,4px"},
            "hoverinfo": "skip",
        }
    ]


def rings_layer(points: list[dict[str, Any]], differ: NDArray[np.bool_], look: Look) -> list[Any]:
    """Return what lies under the points that differ: a ring of ink around a disc of paper.

    Parameters
    ----------
    points : list of dict
        The points' own traces; a ring has the size of its point.
    differ : (n,) array of bool
    look : Look
    """
    traces = []
    for trace in points:
        rows = unpacked(trace["customdata"])
        mine = np.flatnonzero(differ[rows])
        if len(mine):
            traces += [_discs(trace, mine, wider, look) for wider in (_RING, _GAP)]
    return traces


def _discs(
    trace: dict[str, Any], mine: NDArray[np.int64], wider: float, look: Look
) -> dict[str, Any]:
    size = trace["marker"]["size"]
    colour = look.ink if wider == _RING else look.paper
    one = isinstance(size, dict)
    return {
        "type": trace["type"],
        "mode": "markers",
        "x": packed(unpacked(trace["x"])[mine]),
        "y": packed(unpacked(trace["y"])[mine]),
        "customdata": packed(unpacked(trace["customdata"])[mine], "int32"),
        "marker": {
            "color": colour,
            "opacity": 1.0,
            "line": {"width": 0, "color": colour},
            "size": packed(unpacked(size)[mine] + wider) if one else round(size + wider, 2),
        },
        "hoverinfo": "skip",
    }
