"""Final objectives of many starts, as one strip for each kind of start."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from gmm_dash.figures import frame
from gmm_dash.results.restarts import KINDS
from gmm_dash.theme import look

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from gmm_dash.results.restarts import Restarts, Start

_GOLDEN: Final = 0.6180339887498949  # successive multiples fill an interval evenly
_WIDTH: Final = 0.62
_PADDING: Final = 0.08
_BEST: Final = "as good as the best"
_RANKS: Final = {_BEST: 1, "another end": 2, "collapsed": 3}


def build(
    restarts: Restarts,
    scheme: str,
    names: Mapping[str, str],
    title: str,
    hover: Callable[[Restarts, int], str],
    picked: int | None = None,
) -> dict[str, Any]:
    """Return the figure, as a plain dict with ``data`` and ``layout``.

    Parameters
    ----------
    restarts : Restarts
    scheme : str
    names : mapping
        What each kind of start is called.
    title : str
        Of the vertical axis.
    hover : callable
        ``hover(study, i)`` returns the lines shown for a start.
    picked : int, optional
        Number of the start that is ringed.
    """
    drawn = [i for i, start in enumerate(restarts.starts) if start.objective is not None]
    groups = {  # the best are drawn last: ends that are hardly worse must not hide them
        "collapsed": [i for i in drawn if restarts.optimum[i] < 0],
        "another end": [i for i in drawn if restarts.optimum[i] > 0],
        _BEST: [i for i in drawn if restarts.optimum[i] == 0],
    }
    low, high = _limits(restarts)
    data = [
        _strip(restarts, members, name, scheme, hover, (low, high))
        for name, members in groups.items()
        if members
    ]
    chosen = [i for i in drawn if restarts.starts[i].number == picked]
    data += [_ring(restarts, i, scheme, (low, high)) for i in chosen]
    return {"data": data, "layout": _layout(restarts, scheme, names, title, (low, high))}


def place(restarts: Restarts, start: Start) -> float:
    """Return where a start stands on the horizontal axis: in its kind's strip, spread out."""
    kinds = KINDS[restarts.algorithm]
    turn = start.number // len(kinds)
    return kinds.index(start.kind) + _WIDTH * ((turn * _GOLDEN) % 1.0 - 0.5)


def _limits(restarts: Restarts) -> tuple[float, float]:
    """Return the ends of the axis: all sound ends, and collapsed ones half as far again."""
    sound = [s.objective for s in restarts.starts if s.sound and s.objective is not None]
    every = [s.objective for s in restarts.starts if s.objective is not None]
    values = sound or every or [0.0, 1.0]
    low, high = min(values), max(values)
    height = (high - low) or 0.02 * max(abs(high), 1e-3)
    if every:
        low, high = max(min(every), low - height / 2), min(max(every), high + height / 2)
    height = max(high - low, height)
    return low - _PADDING * height, high + _PADDING * height


def _strip(
    restarts: Restarts,
    members: list[int],
    name: str,
    scheme: str,
    hover: Callable[[Restarts, int], str],
    limits: tuple[float, float],
) -> dict[str, Any]:
    style = look(scheme)
    colour = {_BEST: style.component(2), "another end": style.component(1)}.get(name, style.muted)
    symbol = {"another end": "diamond", "collapsed": "circle-open"}.get(name, "circle")
    starts = [restarts.starts[i] for i in members]
    return {
        "type": "scatter",
        "mode": "markers",
        "name": name,
        "x": [place(restarts, start) for start in starts],
        "y": [_inside(start.objective, limits) for start in starts],
        "customdata": [[restarts.algorithm, start.number] for start in starts],
        "hovertext": [hover(restarts, i) for i in members],
        "hoverinfo": "text",
        "legendrank": _RANKS[name],
        "marker": {
            "color": colour,
            "symbol": symbol,
            "size": 9,
            "opacity": 0.8,
            "line": {"width": 1.6 if name == "collapsed" else 0.6, "color": colour},
        },
    }


def _ring(restarts: Restarts, i: int, scheme: str, limits: tuple[float, float]) -> dict[str, Any]:
    start = restarts.starts[i]
    return {
        "type": "scatter",
        "mode": "markers",
        "name": "shown below",
        "legendrank": 4,
        "x": [place(restarts, start)],
        "y": [_inside(start.objective, limits)],
        "marker": {
            "color": "rgba(0,0,0,0)",
            "size": 18,
            "line": {"width": 2.4, "color": look(scheme).ink},
        },
        "hoverinfo": "skip",
    }


def _inside(value: float | None, limits: tuple[float, float]) -> float:
    low, high = limits
    margin = 0.02 * (high - low)
    return float(np.clip(0.0 if value is None else value, low + margin, high - margin))


def tick_format(limits: tuple[float, float]) -> str:
    """Return a format that gives every tick the same, sufficient number of decimals."""
    height = limits[1] - limits[0]
    decimals = int(np.clip(1 - np.floor(np.log10(height)), 0, 9)) if height > 0 else 0
    return f",.{decimals}f"


def _layout(
    restarts: Restarts,
    scheme: str,
    names: Mapping[str, str],
    title: str,
    limits: tuple[float, float],
) -> dict[str, Any]:
    style, kinds = look(scheme), KINDS[restarts.algorithm]
    horizontal = frame.axis(
        style,
        "Start from",
        range=[-0.55, len(kinds) - 0.45],
        tickmode="array",
        tickvals=list(range(len(kinds))),
        ticktext=[names.get(kind, kind).replace(" ", "<br>") for kind in kinds],
        tickangle=0,
        showgrid=False,
    )
    vertical = frame.score_axis(
        style, title, range=list(limits), tickformat=tick_format(limits), exponentformat="none"
    )
    legend = {"orientation": "h", "x": 0, "y": 1.0, "yanchor": "bottom", "font": {"size": 12}}
    return frame.layout(
        style, xaxis=horizontal, yaxis=vertical, showlegend=True, legend=legend, dragmode=False
    )
