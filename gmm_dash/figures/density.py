"""The mixture as a landscape, with its marginal curves along the margins."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from gmm_dash.engine import density_grid, marginal_density, project, sample, score_samples
from gmm_dash.figures import bent_axis, frame, layers, line, slices
from gmm_dash.figures.arrays import outlines, packed
from gmm_dash.figures.scatter import MOST_POINTS, shown_points
from gmm_dash.results import one_column
from gmm_dash.theme import fade
from gmm_dash.theme import look as look_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from gmm_dash.engine import Mixture
    from gmm_dash.results import DensityStudy, Projection
    from gmm_dash.results.slice import Slice
    from gmm_dash.theme import Look

_CELLS: Final = 180  # along each side of a map
_COARSE: Final = 110  # the same for contours alone
_CURVE: Final = 160  # vertices of a marginal curve
_BINS: Final = 40
_REACH: Final = 0.9  # half of the map's side over the plot's: a card may be wider than tall
_DEPTH: Final = 5.0  # decades that the log scale shows
_PADDING: Final = 0.06
_CLEAR: Final = 0.2  # of a crowd of points: one of them alone is still seen
_MASS_DRAWS: Final = 20_000  # that contours are placed by
_STEPS: Final = 60_000  # shares of probability are sent as whole numbers of these
_FAINT: Final = 1e-3  # of its peak, below which a marginal curve is not drawn
_MARGIN: Final = 0.84  # where the marginal plots begin, as a share of the plot


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """Everything a density plot is drawn from.

    Attributes
    ----------
    study : DensityStudy
    projection : Projection
    heat, contours : bool
        What of the landscape to show.
    log : bool
        Whether its colours follow the logarithm of the density.
    data, draws : bool
        Which points to show.
    scheme : str
        ``"light"`` or ``"dark"``.
    ranges : (2, 2) array
        Lowest and highest value of each axis.
    cut : Slice or None
        What to show of the vertical axis at one place.
    most : int
        Points of the data that are drawn at most, and rings around such at most.
    """

    study: DensityStudy
    projection: Projection
    heat: bool
    contours: bool
    log: bool
    data: bool
    draws: bool
    scheme: str
    ranges: NDArray[np.float64]
    cut: Slice | None = None
    most: int = MOST_POINTS


def ranges(study: DensityStudy, projection: Projection) -> NDArray[np.float64]:
    """Return axis ranges that hold every point and every draw."""
    if projection.line:
        return line.density_ranges(study, projection)
    xy = projection.points(np.vstack([study.points.fitted, study.draws]))
    low, high = xy.min(axis=0), xy.max(axis=0)
    pad = _PADDING * np.where(high > low, high - low, 1.0)
    return np.column_stack([low - pad, high + pad])


def build(scene: Scene) -> dict[str, Any]:
    """Return the figure, as a plain dict with ``data`` and ``layout``."""
    look = look_of(scene.scheme)
    if scene.projection.line:
        return _of_one_column(scene, look)
    flat = project(scene.study.fit.mixture, scene.projection.matrix, scene.projection.offset)
    data = [*_landscape(scene, flat, look), *_points(scene, look)]
    for axis in (0, 1):
        data += _margin(scene, flat, axis, look)
    layout = _layout(scene, look)
    if scene.cut is not None:
        across = scene.projection.points(scene.study.points.fitted)[:, 0]
        ends = (float(across.min()), float(across.max()))
        data += slices.traces(scene.cut, ends, look)
        told = slices.meta(scene.cut, ends, scene.projection.bends, look)
        layout["meta"] = {**layout.get("meta", {}), "slice": told}
    return {"data": data, "layout": layout}


def _of_one_column(scene: Scene, look: Look) -> dict[str, Any]:
    """Return the density as a curve, over the histogram of the points that are shown."""
    study, seen = scene.study, scene.projection
    drawn = not scene.data
    shown = study.draws if drawn else study.points.fitted
    data = line.bars(seen.points(shown)[:, 0], look.component(1) if drawn else look.muted)
    fitted = one_column.flat(study.fit.mixture.reordered(study.order), seen)
    colours = [look.component(i) for i in range(study.fit.n_components)]
    data += line.curves(fitted, colours, scene.ranges[0], look)
    layout = frame.layout(look, **line.axes(look, seen, scene.ranges))
    return {"data": [*data, *_points(scene, look)], "layout": layout}


def _landscape(scene: Scene, flat: Mixture, look: Look) -> list[dict[str, Any]]:
    cells = _CELLS if scene.heat else _COARSE
    x, y = (_line(low, high, cells, _REACH) for low, high in scene.ranges)
    log_density = density_grid(flat, x, y)
    traces = [_heat(x, y, log_density, look, log=scene.log)] if scene.heat else []
    if scene.contours:
        traces.append(_contours(x, y, log_density, flat, look))
    return traces


def _line(low: float, high: float, cells: int, reach: float = 0.5) -> NDArray[np.float64]:
    centre, half = (low + high) / 2, (high - low) * reach
    return np.linspace(centre - half, centre + half, cells)


def _heat(
    x: NDArray[np.float64],
    y: NDArray[np.float64],
    log_density: NDArray[np.float64],
    look: Look,
    *,
    log: bool,
) -> dict[str, Any]:
    """Return the density as shades of one colour, darker where there is more of it."""
    top = float(log_density.max())
    if log:
        z = np.maximum(log_density, top - _DEPTH * np.log(10)) / np.log(10)
        says = "density 10^%{z:.2f}<extra></extra>"
    else:
        z = np.exp(log_density)
        says = "density %{z:.3~g}<extra></extra>"
    base = look.component(0)
    linear = ((0.0, 0.0), (0.15, 0.16), (0.5, 0.5), (1.0, 0.95))
    steps = ((0.0, 0.0), (0.5, 0.15), (0.8, 0.4), (1.0, 0.9)) if log else linear
    return {
        "type": "heatmap",
        "x": packed(x),
        "y": packed(y),
        "z": packed(z),
        "colorscale": [[at, fade(base, alpha)] for at, alpha in steps],
        "zsmooth": "best",
        "showscale": False,
        "hovertemplate": says,
    }


def _contours(
    x: NDArray[np.float64],
    y: NDArray[np.float64],
    log_density: NDArray[np.float64],
    flat: Mixture,
    look: Look,
) -> dict[str, Any]:
    """Return lines that hold 10, 30, 50, 70 and 90 % of the mixture's probability."""
    drawn = np.sort(score_samples(sample(flat, _MASS_DRAWS, 0)[0], flat))
    outside = np.searchsorted(drawn, log_density) / len(drawn)
    return {
        "type": "contour",
        "x": packed(x),
        "y": packed(y),
        "z": packed((outside * _STEPS).round(), "uint16"),
        "contours": {
            "coloring": "none",
            "start": 0.1 * _STEPS,
            "end": 0.9 * _STEPS,
            "size": 0.2 * _STEPS,
        },
        "line": {"width": 1.1, "color": fade(look.ink, 0.5), "smoothing": 1},
        "showscale": False,
        "hoverinfo": "skip",
    }


def _points(scene: Scene, look: Look) -> list[dict[str, Any]]:
    study, traces = scene.study, []
    if scene.data:
        xy = scene.projection.points(study.points.fitted)
        shown = shown_points(xy, scene.most)
        below = scene.heat or scene.contours
        opaque = _opacity_of(len(shown)) if below else 1.0
        ink = fade(look.muted, 0.45 * opaque) if scene.draws else fade(look.ink, 0.55 * opaque)
        traces.append(_marks(xy[shown], ink, 4.5, "Data"))
        if study.outliers.any():
            traces.append(_outliers(study, xy, look, scene.most))
    if scene.draws and len(study.draws):
        xy = scene.projection.points(study.draws)
        if scene.projection.line and scene.data:  # below the points, or they would be hidden
            xy = one_column.lowered(scene.projection).points(study.draws)
        traces.append(_marks(xy, look.component(1), 4.5, "New points"))
    return traces


def _opacity_of(n: int) -> float:
    """Return how opaque many points may be, from 1, so that the density is seen below them."""
    return max(_CLEAR, min(1.0, layers.SVG_POINTS / max(n, 1)))


def _marks(xy: NDArray[np.float64], colour: str, size: float, name: str) -> dict[str, Any]:
    crowd = max(0.45, min(1.0, (1500 / max(len(xy), 1)) ** 0.25))
    return {
        "type": "scatter" if len(xy) <= layers.SVG_POINTS else "scattergl",
        "mode": "markers",
        "name": name,
        "x": packed(xy[:, 0]),
        "y": packed(xy[:, 1]),
        "marker": {"size": round(size * crowd, 2), "color": colour},
        "hoverinfo": "skip",
    }


def _outliers(
    study: DensityStudy, xy: NDArray[np.float64], look: Look, most: int
) -> dict[str, Any]:
    """Return rings around the points of lowest density, with their row on hover."""
    chosen = np.flatnonzero(study.outliers)
    if len(chosen) > most:
        least = np.argsort(study.log_density[chosen], kind="stable")[:most]
        chosen = np.sort(chosen[least])
    ring = _marks(xy[chosen], look.component(7), 11, "Outliers")
    ring["marker"] |= {"size": 11, "symbol": "circle-open", "line": {"width": 2}}
    nats = study.log_density[chosen]
    return ring | {
        "customdata": packed(np.column_stack([study.points.rows[chosen] + 1, nats])),
        "hoverinfo": "text",
        "hovertemplate": "point %{customdata[0]:.0f}<br>log density %{customdata[1]:.2f}"
        "<extra></extra>",
    }


def _margin(scene: Scene, flat: Mixture, axis: int, look: Look) -> list[dict[str, Any]]:
    """Return histogram, components and their sum along one axis.

    Along the horizontal axis they stand on top of the map, along the vertical one beside it.
    """
    low, high = scene.ranges[axis].tolist()
    grid = _line(low, high, _CURVE, _REACH)
    parts = marginal_density(flat, axis, grid)
    values = _shown_values(scene, axis)
    traces = [_bars(values, (low, high), axis, look, drawn=not scene.data)] if len(values) else []
    for i, component in enumerate(scene.study.order.tolist()):
        colour = fade(look.component(i), 0.75)
        traces.append(_curve(grid, parts[component], axis, colour, 1.0))
    return [*traces, _curve(grid, parts.sum(axis=0), axis, look.ink, 1.8)]


def _shown_values(scene: Scene, axis: int) -> NDArray[np.float64]:
    shown = scene.study.points.fitted if scene.data else scene.study.draws
    return scene.projection.points(shown)[:, axis]


def _bars(
    values: NDArray[np.float64], span: tuple[float, float], axis: int, look: Look, *, drawn: bool
) -> dict[str, Any]:
    height, edges = np.histogram(values, bins=_BINS, range=span, density=True)
    along = packed((edges[:-1] + edges[1:]) / 2)
    first, second = (along, packed(height)) if axis == 0 else (packed(height), along)
    return _on_margin(axis) | {
        "type": "bar",
        "orientation": "v" if axis == 0 else "h",
        "x": first,
        "y": second,
        "width": float(edges[1] - edges[0]),
        "marker": {
            "color": fade(look.component(1) if drawn else look.muted, 0.35),
            "line": {"width": 0},
        },
        "hoverinfo": "skip",
    }


def _curve(
    grid: NDArray[np.float64], height: NDArray[np.float64], axis: int, colour: str, width: float
) -> dict[str, Any]:
    seen = height > _FAINT * height.max()
    height = np.where(seen, height, np.nan)  # a curve along the axis would look like its line
    path = np.column_stack([grid, height] if axis == 0 else [height, grid])
    x, y = outlines([path])
    return _on_margin(axis) | {
        "type": "scatter",
        "mode": "lines",
        "x": x,
        "y": y,
        "line": {"color": colour, "width": width},
        "hoverinfo": "skip",
    }


def _on_margin(axis: int) -> dict[str, str]:
    return {"xaxis": "x", "yaxis": "y2"} if axis == 0 else {"xaxis": "x2", "yaxis": "y"}


def _layout(scene: Scene, look: Look) -> dict[str, Any]:
    ranges = scene.ranges.tolist()
    inside, seen = [0, _MARGIN - 0.01], scene.projection
    horizontal = bent_axis.axis(look, seen, 0, ranges, domain=inside)
    vertical = bent_axis.axis(look, seen, 1, ranges, domain=inside)
    if scene.projection.scale_ratio is not None:
        vertical |= {"scaleanchor": "x", "scaleratio": scene.projection.scale_ratio}
    margin = {
        "domain": [_MARGIN, 1],
        "visible": False,
        "rangemode": "tozero",
        "fixedrange": True,
        "automargin": False,
    }
    return frame.layout(
        look,
        xaxis=horizontal,
        yaxis=vertical,
        xaxis2=margin | {"anchor": "y"},
        yaxis2=margin | {"anchor": "x"},
        bargap=0,
    )
