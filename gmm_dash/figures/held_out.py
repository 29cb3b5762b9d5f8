"""Log-likelihood of seen and unseen points against the number of components."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gmm_dash.figures import frame
from gmm_dash.theme import fade
from gmm_dash.theme import look as look_of

if TYPE_CHECKING:
    from gmm_dash.results import HeldOut
    from gmm_dash.theme import Look


def build(result: HeldOut, k: int, scheme: str) -> dict[str, Any]:
    """Return the chart, with the K in use and the best K marked."""
    look = look_of(scheme)
    ks = list(result.n_components)
    curves = (
        ("points the fit has seen", result.seen, look.muted, "dot"),
        ("points held out", result.unseen, look.component(0), "solid"),
    )
    data = [
        {
            "type": "scatter",
            "mode": "lines+markers",
            "name": name,
            "x": ks,
            "y": list(values),
            "line": {"color": colour, "width": 2, "dash": dash},
            "marker": {"size": 5},
            "hovertemplate": "K = %{x}: %{y:.4f}",
        }
        for name, values, colour, dash in curves
    ]
    if result.best is not None:
        data.append(_star(result, look.component(1)))
    return {"data": data, "layout": _layout(look, ks, k, _range(result))}


def _star(result: HeldOut, colour: str) -> dict[str, Any]:
    at = result.n_components.index(result.best or 0)
    return {
        "type": "scatter",
        "mode": "markers",
        "name": "best for held-out points",
        "x": [result.best],
        "y": [result.unseen[at]],
        "marker": {"size": 14, "symbol": "star", "color": colour},
        "hoverinfo": "skip",
    }


def _range(result: HeldOut) -> list[float] | None:
    """Return a vertical range in which the curves' bend shows, however far the tail falls."""
    seen = [value for value in result.seen if value is not None]
    unseen = [value for value in result.unseen if value is not None]
    if not seen or not unseen:
        return None
    spread = max(seen) - min(seen) + 0.1
    low = max(min(seen + unseen), max(unseen) - 2 * spread)
    return [low - 0.1 * spread, max(seen + unseen) + 0.1 * spread]


def _layout(look: Look, ks: list[int], k: int, span: list[float] | None) -> dict[str, Any]:
    line = {
        "type": "line",
        "x0": k,
        "x1": k,
        "y0": 0,
        "y1": 1,
        "yref": "paper",
        "line": {"color": fade(look.ink, 0.35), "width": 1.5, "dash": "dash"},
    }
    return frame.layout(
        look,
        xaxis=frame.axis(look, "K", range=[0.5, ks[-1] + 0.5], tickformat="d"),
        yaxis=frame.score_axis(look, "Log-likelihood per point (higher is better)", range=span),
        shapes=[line],
        showlegend=True,
        legend={"orientation": "h", "x": 0, "y": 1, "yanchor": "bottom", "font": {"size": 12}},
        hovermode="x unified",
        dragmode=False,
    )
