"""How the statistics of replicates are spread, and where the data stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from gmm_dash.figures import frame
from gmm_dash.figures.arrays import packed
from gmm_dash.theme import look

if TYPE_CHECKING:
    from numpy.typing import NDArray

_MOST_BARS: Final = 40
_ROOM: Final = 0.04  # beside the outermost, as a share of the axis


def build(statistics: NDArray[np.float64], observed: float, scheme: str) -> dict[str, Any]:
    """Return the figure, as a plain dict with ``data`` and ``layout``.

    Parameters
    ----------
    statistics : (b,) array
    observed : float
        Of the data.
    scheme : str
    """
    style, orange = look(scheme), look(scheme).component(1)
    bars = []
    if len(statistics):
        edges = np.histogram_bin_edges(statistics, _bins(statistics))
        counts = np.histogram(statistics, edges)[0]
        bars.append(_bars(edges, counts, style.component(0)))
    low, high = (float(f([observed, *statistics])) for f in (min, max))
    room = _ROOM * ((high - low) or 1.0)
    left = observed > (low + high) / 2
    line = {
        "type": "line", "x0": observed, "x1": observed, "y0": 0, "y1": 1, "yref": "paper",
        "line": {"color": orange, "width": 3},
    }  # fmt: skip
    words = {
        "text": "the data", "x": observed, "y": 1, "yref": "paper", "showarrow": False,
        "xanchor": "right" if left else "left", "xshift": -6 if left else 6, "yanchor": "top",
        "font": {"color": style.ink, "size": 12},
    }  # fmt: skip
    layout = frame.layout(
        style,
        xaxis=frame.axis(style, "2 log Λ", range=[low - room, high + room], fixedrange=True),
        yaxis=frame.axis(style, "Replicates", rangemode="tozero", fixedrange=True, nticks=5),
        shapes=[line],
        annotations=[words],
        bargap=0.06,
        dragmode=False,
    )
    return {"data": bars, "layout": layout}


def _bins(statistics: NDArray[np.float64]) -> int:
    """Return how many bars there are: about the root of the replicates."""
    return int(min(_MOST_BARS, max(1, round(1.6 * len(statistics) ** 0.5))))


def _bars(edges: NDArray[np.float64], counts: NDArray[np.intp], colour: str) -> dict[str, Any]:
    ends = zip(edges[:-1], edges[1:], counts, strict=True)
    return {
        "type": "bar",
        "name": "replicates",
        "x": packed((edges[:-1] + edges[1:]) / 2),
        "y": packed(counts.astype(np.float64)),
        "marker": {"color": colour},
        "hovertext": [f"{low:.4g} to {high:.4g}: {count}" for low, high, count in ends],
        "hoverinfo": "text",
    }
