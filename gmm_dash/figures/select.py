"""A criterion over the number of components: one line, or group of bars, for each shape."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from gmm_dash.engine.covariances import CovarianceType
from gmm_dash.figures import frame
from gmm_dash.figures.law_marks import marks
from gmm_dash.results.select import score
from gmm_dash.theme import fade, look

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from gmm_dash.engine import SelectionRow
    from gmm_dash.results.select import Selection
    from gmm_dash.theme import Look

# Of the covariance types, in their order.
_SYMBOLS: Final = ("circle", "square", "diamond", "triangle-up", "pentagon", "hexagon")
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
    selection : Selection
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

    selection: Selection
    criterion: str
    chart: str
    scheme: str
    shapes: tuple[str, ...]
    counts: range
    title: str
    hover: Callable[[SelectionRow], str]


def build(scene: Scene) -> dict[str, Any]:
    """Return the figure, as a plain dict with ``data`` and ``layout``."""
    low, high = limits(scene.selection, scene.criterion)
    draw = _bars if scene.chart == "bars" else _line
    data = [draw(scene, i, low, high) for i in range(len(scene.shapes))]
    drawn = [
        (row, position(scene, shape, row.n_components), inside(value, low, high))
        for shape in scene.shapes
        for row, value in _scored(scene, shape)
    ]
    return {
        "data": [*data, *marks(scene.selection, drawn, scene.scheme), *_star(scene, low, high)],
        "layout": _layout(scene, low, high),
    }


def limits(selection: Selection, criterion: str) -> tuple[float, float]:
    """Return the ends of the vertical axis.

    Sound models all lie inside; collapsed ones may reach far below, and widen the plot by a
    part of its height only.
    """
    return limits_of([(r, v) for r in selection.mixtures if (v := score(r, criterion)) is not None])


def limits_of(scored: Iterable[tuple[SelectionRow, float]]) -> tuple[float, float]:
    """Return the ends of an axis for rows with what they score."""
    scored = list(scored)
    sound = [value for row, value in scored if not row.degenerate]
    every = [value for _, value in scored]
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
    rows = scene.selection.of_type(shape)
    return [(row, v) for row in rows if (v := score(row, scene.criterion)) is not None]


def _line(scene: Scene, i: int, low: float, high: float) -> dict[str, Any]:
    shape, colour = scene.shapes[i], _colour(look(scene.scheme), scene.shapes[i])
    found = _scored(scene, shape)
    return _common(scene, shape, found) | {
        "type": "scatter",
        "mode": "lines+markers",
        "y": [inside(value, low, high) for _, value in found],
        "line": {"color": colour, "width": 1.8},
        "marker": {
            "color": colour,
            "size": 9,
            "symbol": [symbol(row, value, low, _SYMBOLS[_place(shape)]) for row, value in found],
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
        "y": [inside(value, low, high) - low for _, value in found],
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


def symbol(row: SelectionRow, value: float, low: float, usual: str) -> str:
    """Return the symbol of a model: hollow if degenerate, an arrow if it lies under the plot."""
    if row.degenerate and value < low:
        return BELOW
    return f"{usual}-open" if row.degenerate else usual


def inside(value: float, low: float, high: float) -> float:
    """Return ``value`` moved to the nearer edge of the plot if it lies outside."""
    margin = 0.02 * (high - low)
    return min(max(value, low + margin), high - margin)


def _star(scene: Scene, low: float, high: float) -> list[dict[str, Any]]:
    best = scene.selection.best(scene.criterion)
    value = None if best is None else score(best, scene.criterion)
    if best is None or value is None:
        return []
    return [
        {
            "type": "scatter",
            "mode": "markers",
            "name": "best",
            "x": [position(scene, best.covariance_type, best.n_components)],
            "y": [inside(value, low, high)],
            "marker": star(scene.scheme),
            "hoverinfo": "skip",
            "showlegend": True,
        }
    ]


def star(scheme: str) -> dict[str, Any]:
    """Return the marker of a winner."""
    return {
        "symbol": "star",
        "size": 20,
        "color": _STAR[scheme],
        "line": {"width": 1.5, "color": look(scheme).ink},
    }


def _place(shape: str) -> int:
    return list(CovarianceType).index(CovarianceType(shape))


def _colour(palette: Look, shape: str) -> str:
    return palette.component(_place(shape))


def _layout(scene: Scene, low: float, high: float) -> dict[str, Any]:
    made = layout_of(scene.scheme, scene.counts, scene.title, (low, high))
    made["xaxis"]["showgrid"] = scene.chart != "bars"
    return made


def layout_of(
    scheme: str, counts: range, title: str, limits: tuple[float, float]
) -> dict[str, Any]:
    """Return the layout of a plot of scores over the numbers of components."""
    style = look(scheme)
    horizontal = frame.axis(
        style,
        "Components K",
        range=[counts[0] - 0.6, counts[-1] + 0.6],
        tickmode="array",
        tickvals=frame.count_ticks(counts),
    )
    vertical = frame.score_axis(
        style, title, range=list(limits), separatethousands=True, exponentformat="none"
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
