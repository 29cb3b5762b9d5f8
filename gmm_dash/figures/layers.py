"""The layers of a cluster plot, back to front, each a list of plain Plotly traces."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from gmm_dash.engine import density_grid, ellipse, ellipses, merged, project
from gmm_dash.figures import frame
from gmm_dash.figures.arrays import outlines, packed
from gmm_dash.results import known
from gmm_dash.results.backed import likeliest, posteriors
from gmm_dash.theme import fade

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from gmm_dash.engine import Mixture
    from gmm_dash.results import Projection, Side
    from gmm_dash.results.gap_marks import GapMarks
    from gmm_dash.theme import Look

SIGMAS: Final = (3, 2, 1)  # outermost first, so that the inner fills lie on top
LARGEST_MARKER: Final = 9.0  # pixels across, at certainty 1
SMALLEST_MARKER: Final = 1.5
SVG_POINTS: Final = 2_000  # above this many, WebGL draws the points
_GRID: Final = 220  # cells along each side of a region or density map
_HOLLOW: Final = "circle-open"
_HOLLOW_RIM: Final = 1.6  # pixels
_RIM: Final = 0.5
_CROSS: Final = 5.0  # pixels across
GAP: Final = "gap "  # before the number of a mark of a row with gaps, which is no point
_SYMBOLS: Final = ("circle", "square", "diamond", "triangle-up", "x", "star", "pentagon", "cross")


def points_layer(
    side: Side, xy: NDArray[np.float64], shown: NDArray[np.int64], overlays: set[str], look: Look
) -> list[dict[str, Any]]:
    """Return one trace per group, so that colours stay single values; last that of a background.

    Parameters
    ----------
    side : Side
    xy : (n, 2) array
        Plot positions.
    shown : (m,) int array
        Which points to draw.
    overlays : set of str
        ``size`` shrinks uncertain points; ``plain`` drops the colours.
    """
    traces = []
    kind = "scatter" if len(shown) <= SVG_POINTS else "scattergl"
    for group, colour in enumerate(side.colours):
        mine = shown[side.labels[shown] == group]
        marker: dict[str, Any] = {
            "color": look.muted if "plain" in overlays else look.component(int(colour)),
            "opacity": 0.8,
            "line": {"width": _RIM, "color": look.paper},
            "size": _sizes(side.certainty[mine], overlays, len(shown)),
        }
        traces.append(
            {
                "type": kind,
                "mode": "markers",
                "name": f"Cluster {side.called[group]}",
                "x": packed(xy[mine, 0]),
                "y": packed(xy[mine, 1]),
                "customdata": packed(mine, "int32"),
                "marker": marker,
                "hoverinfo": "none",
            }
        )
    if side.background is not None:
        traces.append(_crosses(kind, xy, shown[side.labels[shown] < 0], look))
    return traces


def _crosses(
    kind: str, xy: NDArray[np.float64], mine: NDArray[np.int64], look: Look
) -> dict[str, Any]:
    """Return a small cross for each point of the background: all alike, as it is no group."""
    return {
        "type": kind,
        "mode": "markers",
        "name": "Background",
        "x": packed(xy[mine, 0]),
        "y": packed(xy[mine, 1]),
        "customdata": packed(mine, "int32"),
        "marker": {
            "symbol": "x-thin",
            "size": _CROSS,
            "color": look.muted,
            "opacity": 0.9,
            "line": {"width": 1.2, "color": look.muted},
        },
        "hoverinfo": "none",
    }


def gaps_layer(
    side: Side, gaps: GapMarks, most: int, overlays: set[str], look: Look
) -> list[dict[str, Any]]:
    """Return bars and a diamond for each row with gaps, one trace of each per group.

    Parameters
    ----------
    side : Side
    gaps : GapMarks
    most : int
        Rows that are drawn at most: at even distances in their order.
    overlays : set of str
        ``plain`` drops the colours.
    look : Look
    """
    shown = np.linspace(0, len(gaps.at) - 1, min(most, len(gaps.at))).astype(np.int64)
    traces: list[dict[str, Any]] = []
    for group, colour in enumerate(side.colours):
        mine = shown[gaps.labels[shown] == group]
        if not len(mine):
            continue
        base = look.muted if "plain" in overlays else look.component(int(colour))
        at, spread = gaps.at[mine], gaps.spread[mine]
        bars = [
            np.stack([one - way, one + way])
            for one, width in zip(at, spread, strict=True)
            for way in np.diag(width)[width > 0]
        ]
        if bars:
            x, y = outlines(bars)
            line = {"color": fade(base, 0.75), "width": 1.4}
            shape = {"type": "scatter", "mode": "lines", "x": x, "y": y, "line": line}
            traces.append({**shape, "hoverinfo": "skip"})
        marker = {
            "symbol": "diamond",
            "size": 7,
            "color": look.paper,
            "opacity": 1,
            "line": {"width": 1.6, "color": base},
        }
        traces.append(
            {
                "type": "scatter",
                "mode": "markers",
                "x": packed(at[:, 0]),
                "y": packed(at[:, 1]),
                "customdata": [f"{GAP}{i}" for i in mine.tolist()],
                "marker": marker,
                "hoverinfo": "none",
            }
        )
    return traces


def truth_symbols(labels: NDArray[np.int64]) -> list[str]:
    """Return a marker symbol for each point's true group; they repeat after the eighth.

    A point whose group is not known is hollow.
    """
    symbols = np.array([*_SYMBOLS, _HOLLOW])
    codes = np.where(known.labelled(labels), labels % len(_SYMBOLS), len(_SYMBOLS))
    return [str(symbol) for symbol in symbols[codes]]


def truth_rims(labels: NDArray[np.int64]) -> Any:
    """Return how wide each marker's rim is, in pixels: a hollow one is nothing but its rim."""
    filled = known.labelled(labels)
    return _RIM if filled.all() else packed(np.where(filled, _RIM, _HOLLOW_RIM))


def _sizes(certainty: NDArray[np.float64], overlays: set[str], n: int) -> Any:
    """Return marker diameters, so that areas go with certainty squared; smaller in a crowd."""
    largest = LARGEST_MARKER * (1.0 if n <= 1000 else max(0.35, (1000 / n) ** 0.25))
    if "size" not in overlays:
        return round(0.8 * largest, 2)
    return packed(np.maximum(SMALLEST_MARKER, largest * certainty))


def circles_layer(
    side: Side, radii: NDArray[np.float64], projection: Projection, look: Look
) -> list[dict[str, Any]]:
    """Return each cluster's circle: centre, and radius out to the farthest member."""
    d = side.mixture.means.shape[1]
    balls = type(side.mixture)(
        side.mixture.weights, side.mixture.means, radii[:, None, None] ** 2 * np.eye(d)
    )
    flat = project(balls, projection.matrix, projection.offset)
    return [
        _outline([ellipse(flat.means[i], flat.covariances[i], 1.0)], look, int(colour), 0.10)
        for i, colour in enumerate(side.colours)
        if radii[i] > 0
    ]


def ellipses_layer(side: Side, projection: Projection, look: Look) -> list[dict[str, Any]]:
    """Return the ellipses at 1, 2 and 3 standard deviations, fainter for lighter weights."""
    flat = project(side.mixture, projection.matrix, projection.offset)
    heaviest = float(flat.weights.max()) or 1.0  # a background may have taken all
    traces = []
    for i, colour in enumerate(side.component_colours):
        weight = float(flat.weights[i]) / heaviest
        alpha = 0.04 + 0.08 * weight
        traces += [
            _outline([curve], look, int(colour), alpha, 0.25 + 0.55 * weight)
            for curve in ellipses(flat.means[i], flat.covariances[i], SIGMAS)
        ]
    return traces


def _outline(
    curves: list[NDArray[np.float64]],
    look: Look,
    colour: int,
    fill: float,
    line: float = 0.7,
) -> dict[str, Any]:
    x, y = outlines(curves)
    base = look.component(colour)
    return {
        "type": "scatter",
        "mode": "lines",
        "x": x,
        "y": y,
        "line": {"color": fade(base, line), "width": 1.3},
        "fill": "toself",
        "fillcolor": fade(base, fill),
        "hoverinfo": "skip",
    }


def centers_layer(side: Side, projection: Projection, look: Look) -> list[dict[str, Any]]:
    """Return the numbered centres, on a disc of the card's colour so that none drowns."""
    flat = projection.points(side.mixture.means)
    colours = [look.component(int(c)) for c in side.component_colours]
    return [
        {
            "type": "scatter",
            "mode": "markers+text",
            "x": packed(flat[:, 0]),
            "y": packed(flat[:, 1]),
            "text": [str(i + 1) for i in range(len(flat))],
            "textposition": "middle center",
            "textfont": {"size": 11, "color": look.ink, "weight": 700},
            "marker": {
                "size": 19,
                "color": look.paper,
                "opacity": 0.92,
                "line": {"width": 2.2, "color": colours},
            },
            "hoverinfo": "skip",
            "cliponaxis": True,
        }
    ]


def names_layer(side: Side, projection: Projection, look: Look) -> list[dict[str, Any]]:
    """Return what a person calls the groups, below the lowest-numbered centre of each."""
    chosen = [
        (group[0], name) for group, name in zip(side.members, side.names, strict=True) if name
    ]
    flat = projection.points(side.mixture.means[[component for component, _ in chosen]])
    rim = ",".join([f"0 0 3px {look.paper}"] * 4)  # readable on points, too
    return [
        {
            "type": "scatter",
            "mode": "text",
            "x": packed(flat[:, 0]),
            "y": packed(flat[:, 1]),
            "text": [f"<br><b>{frame.literal(name)}</b>" for _, name in chosen],
            "textposition": "bottom center",
            "textfont": {"size": 12, "color": look.ink, "shadow": rim},
            "hoverinfo": "skip",
            "cliponaxis": False,
        }
    ]


def sources_layer(
    sources: Mixture, projection: Projection, look: Look, *, numbered: bool
) -> list[dict[str, Any]]:
    """Return a cross at each centre that a true group was drawn from, with a rim of paper.

    Where the clusters' centres are ``numbered``, its arms reach out from under their discs.
    """
    flat = projection.points(sources.means)
    return [
        {
            "type": "scatter",
            "mode": "markers",
            "x": packed(flat[:, 0]),
            "y": packed(flat[:, 1]),
            "marker": {
                "symbol": "x-thin",
                "size": 25 if numbered else 13,
                "color": colour,
                "line": {"width": width, "color": colour},
            },
            "hoverinfo": "skip",
        }
        for colour, width in ((look.paper, 6.5), (look.ink, 3.2))
    ]


def regions_layer(
    mixture: Mixture,
    side: Side,
    projection: Projection,
    ranges: NDArray[np.float64],
    look: Look,
) -> list[dict[str, Any]]:
    """Return the map of which group wins where; only for a faithful projection.

    For k-means the components are equal spheres of equal weight, so the borders are
    those of the Voronoi cells.
    """
    x, y = _axes(ranges)
    grid = np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)
    winner, k = _winners(projection.inverse(grid), mixture, side), side.k
    scale = []
    for i, colour in enumerate(side.colours):
        shade = fade(look.component(int(colour)), 0.20)
        scale += [[i / k, shade], [(i + 1) / k, shade]]
    return [
        {
            "type": "heatmap",
            "x": packed(x),
            "y": packed(y),
            "z": packed(
                winner.reshape(len(y), len(x)), "uint8" if side.background is None else "float32"
            ),
            "zmin": -0.5,
            "zmax": k - 0.5,
            "colorscale": scale,
            "showscale": False,
            "hoverinfo": "skip",
        }
    ]


def _winners(x: NDArray[np.float64], mixture: Mixture, side: Side) -> NDArray[np.float64]:
    """Return the (m,) likeliest group at each place; NaN where that is the background."""
    shares, behind = posteriors(x, mixture, side.background)
    shares = shares if side.groups is None else merged(shares, side.groups)
    winner, _ = likeliest(shares, behind)
    return np.where(winner < 0, np.nan, winner)


def density_layer(
    mixture: Mixture, projection: Projection, ranges: NDArray[np.float64], look: Look
) -> list[dict[str, Any]]:
    """Return contours of the mixture's density as it appears in this projection."""
    flat = project(mixture, projection.matrix, projection.offset)
    if not flat.weights.any():  # a background has taken all
        return []
    x, y = _axes(ranges)
    log_density = density_grid(flat, x, y)
    top = float(log_density.max())
    return [
        {
            "type": "contour",
            "x": packed(x),
            "y": packed(y),
            "z": packed(np.maximum(log_density, top - 12.0)),
            "contours": {"coloring": "lines", "start": top - 8.5, "end": top - 0.5, "size": 1.0},
            "colorscale": [[0, fade(look.ink, 0.15)], [1, fade(look.ink, 0.75)]],
            "line": {"width": 1},
            "showscale": False,
            "hoverinfo": "skip",
        }
    ]


def _axes(ranges: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return grid positions that cover twice the plot, for a card wider than it is tall."""
    centre, half = ranges.mean(axis=1), np.ptp(ranges, axis=1) * 0.9
    x, y = (np.linspace(c - h, c + h, _GRID) for c, h in zip(centre, half, strict=True))
    return x, y
