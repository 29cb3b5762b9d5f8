"""k-means' three scores over the number of clusters, one under the other on one axis."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from gmm_dash.figures import frame
from gmm_dash.theme import look

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from gmm_dash.results.select import KMeansRow
    from gmm_dash.theme import Look

SCORES: Final = {
    "inertia": "Inertia",
    "silhouette": "Silhouette",
    "calinski_harabasz": "Calinski–Harabasz",
}
_BETTER: Final = {"silhouette": " (higher is better)", "calinski_harabasz": " (higher is better)"}
_GAP: Final = 0.11
_HEAD: Final = 0.06  # over the first plot, for its title
_SYMBOLS: Final = ("circle", "square", "diamond")
_WIDE: Final = 12  # so many numbers fit under these narrow plots


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
        "cliponaxis": False,
        "customdata": [["kmeans", row.n_clusters] for row in found],
        "hovertext": [hover(row) for row in found],
        "hoverinfo": "text",
    }


def _layout(counts: range, scheme: str) -> dict[str, Any]:
    style = look(scheme)
    height = (1 - _HEAD - 2 * _GAP) / 3
    axes: dict[str, Any] = {}
    titles = []
    for i, (name, title) in enumerate(SCORES.items()):
        top = 1 - _HEAD - i * (height + _GAP)
        titles.append(_title(style, title + _BETTER.get(name, ""), top))
        axes[f"yaxis{i + 1}" if i else "yaxis"] = frame.axis(
            style,
            "",
            domain=[max(0.0, top - height), top],
            anchor="x",
            fixedrange=True,
            nticks=4,
            separatethousands=True,
            rangemode="tozero" if name != "silhouette" else "normal",
        )
    horizontal = frame.axis(
        style,
        "Clusters K",
        range=[counts[0] - 0.6, counts[-1] + 0.6],
        fixedrange=True,
        anchor="y3",
        tickmode="array",
        tickvals=frame.count_ticks(counts)[:: 1 if len(counts) <= _WIDE else 2],
    )
    return frame.layout(style, xaxis=horizontal, **axes, annotations=titles, dragmode=False)


def _title(style: Look, text: str, top: float) -> dict[str, Any]:
    """Return a title over one of the plots; on its side it would not fit."""
    return {
        "text": text,
        "x": 0,
        "y": top,
        "xref": "paper",
        "yref": "paper",
        "xanchor": "left",
        "yanchor": "bottom",
        "showarrow": False,
        "font": {"size": 12, "color": style.muted},
    }
