"""k-means' three scores over the number of clusters, one under the other on one axis."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from gmm_dash.figures import frame
from gmm_dash.theme import look

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from gmm_dash.results.sweep import KMeansRow

SCORES: Final = {
    "inertia": "Inertia",
    "silhouette": "Silhouette",
    "calinski_harabasz": "Calinski–Harabasz",
}
_GAP: Final = 0.07
_SYMBOLS: Final = ("circle", "square", "diamond")


def build(
    rows: Sequence[KMeansRow],
    counts: range,
    scheme: str,
    hover: Callable[[KMeansRow], str],
) -> dict[str, Any]:
    """Return the figure, as a plain dict with ``data`` and ``layout``.

    Parameters
    ----------
    rows : sequence of KMeansRow
    counts : range
        Numbers of clusters asked for.
    scheme : str
    hover : callable
        ``hover(row)`` returns the lines shown for one K.
    """
    data = [_trace(rows, i, name, scheme, hover) for i, name in enumerate(SCORES)]
    return {"data": data, "layout": _layout(counts, scheme)}


def _trace(
    rows: Sequence[KMeansRow], i: int, name: str, scheme: str, hover: Callable[[KMeansRow], str]
) -> dict[str, Any]:
    found = [row for row in rows if getattr(row, name) is not None]
    colour = look(scheme).component(i)
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": SCORES[name],
        "x": [row.n_clusters for row in found],
        "y": [getattr(row, name) for row in found],
        "yaxis": f"y{i + 1}" if i else "y",
        "line": {"color": colour, "width": 1.8},
        "marker": {"color": colour, "size": 7, "symbol": _SYMBOLS[i]},
        "customdata": [["kmeans", row.n_clusters] for row in found],
        "hovertext": [hover(row) for row in found],
        "hoverinfo": "text",
    }


def _layout(counts: range, scheme: str) -> dict[str, Any]:
    style = look(scheme)
    height = (1 - 2 * _GAP) / 3
    axes: dict[str, Any] = {}
    for i, title in enumerate(SCORES.values()):
        top = 1 - i * (height + _GAP)
        axes[f"yaxis{i + 1}" if i else "yaxis"] = frame.axis(
            style,
            title,
            domain=[max(0.0, top - height), top],
            anchor="x",
            fixedrange=True,
            nticks=4,
            separatethousands=True,
            rangemode="tozero" if title != "Silhouette" else "normal",
        )
    horizontal = frame.axis(
        style,
        "Clusters K",
        range=[counts[0] - 0.6, counts[-1] + 0.6],
        fixedrange=True,
        anchor="y3",
        nticks=12,
        tickformat="d",
    )
    return frame.layout(style, xaxis=horizontal, **axes, dragmode=False)
