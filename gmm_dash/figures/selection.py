"""A criterion over the number of components: one line, or group of bars, for each shape."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from gmm_dash.figures import frame
from gmm_dash.results.sweep import score
from gmm_dash.theme import fade, look

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from gmm_dash.engine import SelectionRow
    from gmm_dash.results.sweep import Sweep
    from gmm_dash.theme import Look

SYMBOLS: Final = {
    "full": "circle",
    "tied": "square",
    "diag": "diamond",
    "spherical": "triangle-up",
}
BELOW: Final = "triangle-down-open"  # a score that lies under the plot
_STAR: Final = {"light": "#E0A800", "dark": "#FFD24A"}
_PADDING: Final = 0.06
_DEPTH: Final = 0.6  # how far under the sound models the plot reaches for collapsed ones
_GROUP: Final = 0.84  # of the distance between two K


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """Everything the plot is drawn from.

    Attributes
    ----------
    sweep : Sweep
    criterion, chart, scheme : str
    shapes : tuple of str
        Covariance types asked for, in order.
    counts : range
        Numbers of components asked for; the axis shows all of them from the beginning.
    title : str
        Of the vertical axis.
    hover : callable
        ``hover(row)`` returns the lines shown for a model.
    """

    sweep: Sweep
    criterion: str
    chart: str
    scheme: str
    shapes: tuple[str, ...]
    counts: range
    title: str
    hover: Callable[[SelectionRow], str]


def build(scene: Scene) -> dict[str, Any]:
    """Return the figure, as a plain dict with ``data`` and ``layout``."""
    low, high = limits(scene.sweep, scene.criterion)
    draw = _bars if scene.chart == "bars" else _line
    data = [draw(scene, i, low, high) for i in range(len(scene.shapes))]
    return {"data": [*data, *_star(scene, low, high)], "layout": _layout(scene, low, high)}


def limits(sweep: Sweep, criterion: str) -> tuple[float, float]:
    """Return the ends of the vertical axis.

    Sound models all lie inside; collapsed ones may reach far below, and widen the plot by a
    part of its height only.
    """
    sound = [
        v for r in sweep.mixtures if not r.degenerate and (v := score(r, criterion)) is not None
    ]
    every = [v for r in sweep.mixtures if (v := score(r, criterion)) is not None]
    values = sound or every or [0.0, 1.0]
    low, high = min(values), max(values)
    height = (high - low) or max(abs(high), 1.0) * 0.1
    low = max(min([*every, low]), low - _DEPTH * height)
    if every:
        high = min(max(every), high + _DEPTH * height)
    height = (high - low) or height
    return low - _PADDING * height, high + _PADDING * height


def position(scene: Scene, shape: str, k: int) -> float:
    """Return where a model stands on the horizontal axis."""
    if scene.chart != "bars":
        return float(k)
    width = _GROUP / len(scene.shapes)
    return k + (scene.shapes.index(shape) - (len(scene.shapes) - 1) / 2) * width


def _scored(scene: Scene, shape: str) -> list[tuple[SelectionRow, float]]:
    rows = scene.sweep.of_type(shape)
    return [(row, v) for row in rows if (v := score(row, scene.criterion)) is not None]


def _line(scene: Scene, i: int, low: float, high: float) -> dict[str, Any]:
    shape, colour = scene.shapes[i], _colour(look(scene.scheme), scene.shapes[i])
    found = _scored(scene, shape)
    return _common(scene, shape, found) | {
        "type": "scatter",
        "mode": "lines+markers",
        "y": [_inside(value, low, high) for _, value in found],
        "line": {"color": colour, "width": 1.8},
        "marker": {
            "color": colour,
            "size": 9,
            "symbol": [_symbol(row, value, low) for row, value in found],
            "line": {"width": 1.8, "color": colour},
        },
    }


def _bars(scene: Scene, i: int, low: float, high: float) -> dict[str, Any]:
    shape, colour = scene.shapes[i], _colour(look(scene.scheme), scene.shapes[i])
    found = _scored(scene, shape)
    hollow = fade(colour, 0.0)
    return _common(scene, shape, found) | {
        "type": "bar",
        "width": 0.92 * _GROUP / len(scene.shapes),
        "base": low,
        "y": [_inside(value, low, high) - low for _, value in found],
        "marker": {
            "color": [hollow if row.degenerate else colour for row, _ in found],
            "line": {"width": 1.4, "color": colour},
        },
    }


def _common(
    scene: Scene, shape: str, found: Sequence[tuple[SelectionRow, float]]
) -> dict[str, Any]:
    return {
        "name": shape,
        "x": [position(scene, shape, row.n_components) for row, _ in found],
        "customdata": [[shape, row.n_components, row.informed] for row, _ in found],
        "hovertext": [scene.hover(row) for row, _ in found],
        "hoverinfo": "text",
        "showlegend": True,
    }


def _symbol(row: SelectionRow, value: float, low: float) -> str:
    if row.degenerate and value < low:
        return BELOW
    symbol = SYMBOLS[row.covariance_type]
    return f"{symbol}-open" if row.degenerate else symbol


def _inside(value: float, low: float, high: float) -> float:
    """Return ``value`` moved to the nearer edge of the plot if it lies outside."""
    margin = 0.02 * (high - low)
    return min(max(value, low + margin), high - margin)


def _star(scene: Scene, low: float, high: float) -> list[dict[str, Any]]:
    best = scene.sweep.best(scene.criterion)
    value = None if best is None else score(best, scene.criterion)
    if best is None or value is None:
        return []
    return [
        {
            "type": "scatter",
            "mode": "markers",
            "name": "best",
            "x": [position(scene, best.covariance_type, best.n_components)],
            "y": [_inside(value, low, high)],
            "marker": {
                "symbol": "star",
                "size": 20,
                "color": _STAR[scene.scheme],
                "line": {"width": 1.5, "color": look(scene.scheme).ink},
            },
            "hoverinfo": "skip",
            "showlegend": True,
        }
    ]


def _colour(palette: Look, shape: str) -> str:
    return palette.component(list(SYMBOLS).index(shape))


def _layout(scene: Scene, low: float, high: float) -> dict[str, Any]:
    style = look(scene.scheme)
    counts = scene.counts
    horizontal = frame.axis(
        style,
        "Components K",
        range=[counts[0] - 0.6, counts[-1] + 0.6],
        tickmode="array",
        tickvals=frame.count_ticks(counts),
        showgrid=scene.chart != "bars",
    )
    vertical = frame.score_axis(
        style, scene.title, range=[low, high], separatethousands=True, exponentformat="none"
    )
    legend = {"orientation": "h", "x": 0, "y": 1.0, "yanchor": "bottom", "font": {"size": 12}}
    return frame.layout(
        style,
        xaxis=horizontal,
        yaxis=vertical,
        showlegend=True,
        legend=legend,
        barmode="overlay",
        dragmode=False,
    )
