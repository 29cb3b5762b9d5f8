"""Several criteria of one covariance type over the number of components: the textbook's picture."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from gmm_dash.engine.criteria import CURVES
from gmm_dash.figures import select
from gmm_dash.figures.law_marks import marks
from gmm_dash.results.criteria_claims import lowest
from gmm_dash.results.select import score
from gmm_dash.theme import fade, look

if TYPE_CHECKING:
    from collections.abc import Callable

    from gmm_dash.engine import SelectionRow
    from gmm_dash.results.select import Selection

# Of the curves in the order in which they are offered, and again from the first.
_SYMBOLS: Final = ("circle", "square", "diamond", "triangle-up", "pentagon", "hexagon")
_DASHES: Final = ("solid", "dash", "dot", "dashdot", "longdash", "longdashdot")
LOWEST: Final = "lowest of each"
_ROOM: Final = 0.1  # of the height, under the lowest point, for what is written there


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """Everything the plot is drawn from.

    Attributes
    ----------
    selection : Selection
    criteria : tuple of str
        One curve each.
    kind : str
        The covariance type whose models are drawn.
    scheme : str
    counts : range
        Numbers of components asked for.
    title : str
        Of the vertical axis.
    names : mapping
        What the criteria are called.
    hover : callable
        ``hover(row, criterion)`` returns the lines shown for a model.
    """

    selection: Selection
    criteria: tuple[str, ...]
    kind: str
    scheme: str
    counts: range
    title: str
    names: dict[str, str]
    hover: Callable[[SelectionRow, str], str]


def build(scene: Scene) -> dict[str, Any]:
    """Return the figure, as a plain dict with ``data`` and ``layout``."""
    every = [pair for name in scene.criteria for pair in _scored(scene, name)]
    low, high = select.limits_of(every)
    low -= _ROOM * (high - low)
    curves = [_curve(scene, name, low, high) for name in scene.criteria]
    layout = select.layout_of(scene.scheme, scene.counts, scene.title, (low, high))
    stars = _stars(scene, low, high)
    layout["annotations"] = [one for trace in stars for one in _written(trace, scene)]
    drawn = [(row, row.n_components, select.inside(value, low, high)) for row, value in every]
    crosses = marks(scene.selection, drawn, scene.scheme)
    return {"data": [*curves, *crosses, *stars], "layout": layout}


def _scored(scene: Scene, name: str) -> list[tuple[SelectionRow, float]]:
    rows = scene.selection.of_type(scene.kind)
    return [(row, value) for row in rows if (value := score(row, name)) is not None]


def _curve(scene: Scene, name: str, low: float, high: float) -> dict[str, Any]:
    place = list(CURVES).index(name)
    colour = look(scene.scheme).component(place)
    usual = _SYMBOLS[place % len(_SYMBOLS)]
    found = _scored(scene, name)
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": f"{scene.names[name]}, {scene.kind}",
        "x": [row.n_components for row, _ in found],
        "y": [select.inside(value, low, high) for _, value in found],
        "line": {"color": colour, "width": 2.2, "dash": _DASHES[place % len(_DASHES)]},
        "marker": {
            "color": colour,
            "size": 9,
            "symbol": [select.symbol(row, value, low, usual) for row, value in found],
            "line": {"width": 1.8, "color": colour},
        },
        "customdata": [[scene.kind, row.n_components] for row, _ in found],
        "hovertext": [scene.hover(row, name) for row, _ in found],
        "hoverinfo": "text",
        "showlegend": True,
    }


def _stars(scene: Scene, low: float, high: float) -> list[dict[str, Any]]:
    """Return one trace that marks the lowest point of each curve, and says its K."""
    found = lowest(scene.selection, scene.criteria, scene.kind)
    if not found:
        return []
    return [
        {
            "type": "scatter",
            "mode": "markers",
            "name": LOWEST,
            "x": [row.n_components for row in found.values()],
            "y": [select.inside(score(row, n) or 0.0, low, high) for n, row in found.items()],
            "marker": select.star(scene.scheme),
            "hoverinfo": "skip",
            "showlegend": True,
        }
    ]


def _written(stars: dict[str, Any], scene: Scene) -> list[dict[str, Any]]:
    """Return whose star it is and at which K, written under it on the colour of the card."""
    style = look(scene.scheme)
    whose = lowest(scene.selection, scene.criteria, scene.kind)
    return [
        {
            "x": k,
            "y": value,
            "yshift": -10,
            "yanchor": "top",
            "text": f"{scene.names[name]}: K = {k}",
            "showarrow": False,
            "bgcolor": fade(style.paper, 0.75),
            "borderpad": 0,
            "font": {"size": 13, "color": style.ink},
        }
        for name, k, value in zip(whose, stars["x"], stars["y"], strict=True)
    ]
