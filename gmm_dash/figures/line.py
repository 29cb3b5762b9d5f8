"""One column of data: a histogram with the components' curves or k-means' cuts, points below."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from gmm_dash.engine import Mixture, marginal_density, merged, responsibilities
from gmm_dash.figures import bent_axis, frame
from gmm_dash.figures.arrays import outlines, packed
from gmm_dash.results import one_column
from gmm_dash.results.backed import likeliest, posteriors
from gmm_dash.results.histogram import cuts, histogram
from gmm_dash.theme import fade

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from gmm_dash.results import DensityStudy, Projection, Side
    from gmm_dash.theme import Look

    Floats = NDArray[np.float64]

_PADDING: Final = 0.06
_BEYOND: Final = 1.0  # of the plot's width, to either side: how far intervals are shaded
_PLACES: Final = 4001  # at which it is seen who wins
_TICKS: Final = 5
_MOST_PLACES: Final = 6


def density_ranges(study: DensityStudy, projection: Projection) -> Floats:
    """Return the ends of both axes: every point and every draw, the bars and the curves."""
    ends = one_column.ranges(study.points, projection, [study.fit.mixture])
    x = projection.points(np.vstack([study.points.fitted, study.draws]))[:, 0]
    pad = _PADDING * float(np.ptp(x))
    ends[0] = min(ends[0, 0], x.min() - pad), max(ends[0, 1], x.max() + pad)
    return ends


def bars(values: Floats, colour: str) -> list[dict[str, Any]]:
    """Return a histogram whose area is one, as one outline for each bar that holds a point."""
    heights, edges = histogram(values)
    boxes = [
        np.array([[low, 0.0], [low, height], [high, height], [high, 0.0], [low, 0.0]])
        for height, low, high in zip(heights, edges[:-1], edges[1:], strict=True)
        if height > 0
    ]
    x, y = outlines(boxes)
    return [
        {
            "type": "scatter",
            "mode": "lines",
            "x": x,
            "y": y,
            "line": {"color": fade(colour, 0.45), "width": 1},
            "fill": "toself",
            "fillcolor": fade(colour, 0.22),
            "hoverinfo": "skip",
        }
    ]


def curves(
    line: Mixture, colours: Sequence[str], span: Floats, look: Look, *, parts: bool = True
) -> list[dict[str, Any]]:
    """Return each component's density times its weight, and in front their sum.

    Parameters
    ----------
    line : Mixture
        In the units of the axis; one without width somewhere has no density, and no curve.
    colours : sequence of str
        Of the components.
    span : (2,) array
        Ends of the axis: curves go on at least so far.
    look : Look
    parts : bool
        Whether the components have curves of their own.
    """
    if not (line.covariances > 0).all():
        return []
    x = one_column.places(line, float(span[0]), float(span[1]))
    each = marginal_density(line, 0, x)
    traces = [
        _curve(x, y, fade(colour, 0.9), 1.4) | {"fill": "tozeroy", "fillcolor": fade(colour, 0.16)}
        for y, colour in zip(each, colours, strict=True)
    ]
    return [*(traces if parts else []), _curve(x, each.sum(axis=0), look.ink, 2.0)]


def _curve(x: Floats, y: Floats, colour: str, width: float) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines",
        "x": packed(x),
        "y": packed(y),
        "line": {"color": colour, "width": width},
        "hoverinfo": "skip",
    }


def cut_lines(side: Side, projection: Projection, top: float, look: Look) -> list[dict[str, Any]]:
    """Return the dashed cuts of k-means; none where there is one centre."""
    places = cuts(projection.points(side.mixture.means)[:, 0])
    if not len(places):
        return []
    bottom = 1.6 * projection.offset[1]
    x, y = outlines([np.array([[place, bottom], [place, top]]) for place in places])
    line = {"color": fade(look.ink, 0.75), "width": 1.8, "dash": "5px,4px"}
    return [{"type": "scatter", "mode": "lines", "x": x, "y": y, "line": line, "hoverinfo": "skip"}]


def intervals(
    deciding: Mixture, side: Side, projection: Projection, ends: Floats, look: Look
) -> list[dict[str, Any]]:
    """Return which group wins where, as shaded intervals.

    Parameters
    ----------
    deciding : Mixture
        Whose posteriors decide, in the fitted space.
    side : Side
    projection : Projection
    ends : (2, 2) array
        Of both axes.
    look : Look
    """
    (low, high), (bottom, top) = ends
    room = _BEYOND * (high - low)
    x = np.linspace(low - room, high + room, _PLACES)
    if side.background is None:
        shares, behind = responsibilities(x[:, None], one_column.flat(deciding, projection)), None
    else:
        seen = (x[:, None] - projection.offset[:1]) / projection.matrix[0]
        shares, behind = posteriors(seen, side.mixture, side.background)
    shares = shares if side.groups is None else merged(shares, side.groups)
    winner, _ = likeliest(shares, behind)
    change = np.flatnonzero(np.diff(winner)) + 1
    starts = np.concatenate([[0], change])
    edges = np.concatenate([x[:1], (x[change - 1] + x[change]) / 2, x[-1:]])
    traces = []
    for group, colour in enumerate(side.colours.tolist()):
        mine = np.flatnonzero(winner[starts] == group)
        if not len(mine):
            continue
        boxes = [_box(edges[i], edges[i + 1], bottom, top) for i in mine]
        across, up = outlines(boxes)
        shade = fade(look.component(int(colour)), 0.20)
        traces.append(
            {
                "type": "scatter",
                "mode": "lines",
                "x": across,
                "y": up,
                "line": {"color": shade, "width": 0},
                "fill": "toself",
                "fillcolor": shade,
                "hoverinfo": "skip",
            }
        )
    return traces


def _box(left: float, right: float, bottom: float, top: float) -> Floats:
    return np.array([[left, bottom], [left, top], [right, top], [right, bottom], [left, bottom]])


def axes(look: Look, projection: Projection, ends: Floats) -> dict[str, dict[str, Any]]:
    """Return both axes: the vertical one counts from zero up, and keeps its place in a zoom."""
    ticks, texts = zip(*height_ticks(ends), strict=True)
    vertical = frame.axis(
        look,
        projection.titles[1],
        range=ends[1].tolist(),
        tickmode="array",
        tickvals=list(ticks),
        ticktext=list(texts),
        fixedrange=True,
        automargin="width",
        zeroline=True,
        zerolinecolor=look.muted,
        zerolinewidth=1,
    )
    return {
        "xaxis": bent_axis.axis(look, projection, 0, ends.tolist()),
        "yaxis": vertical,
    }


def height_ticks(ends: Floats) -> list[tuple[float, str]]:
    """Return where the vertical axis has ticks, and what is written there: from zero up."""
    ticks = _ticks(float(ends[1, 1]))
    return list(zip(ticks, _written(ticks), strict=True))


def _written(ticks: Sequence[float]) -> list[str]:
    """Return ticks as decimals, as long as these are not too long to read."""
    places = max(0, math.ceil(-math.log10(ticks[1] * (1 + 1e-9))))
    far = places > _MOST_PLACES or ticks[-1] > 10**_MOST_PLACES
    return [f"{tick:.4g}" if far else f"{tick:.{places}f}" for tick in ticks]


def _ticks(top: float) -> list[float]:
    """Return round numbers from zero up to the top."""
    rough = top / _TICKS
    power = 10.0 ** math.floor(math.log10(rough))
    step = power * next(m for m in (1, 2, 5, 10) if m * power >= rough)
    return [step * i for i in range(int(top / step) + 1)]
