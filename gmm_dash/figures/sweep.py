"""AIC and BIC against the number of components, to be filled in point by point."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from gmm_dash.engine.criteria import AIC, BIC
from gmm_dash.figures import frame
from gmm_dash.theme import fade
from gmm_dash.theme import look as look_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gmm_dash.theme import Look

CRITERIA: Final = (AIC, BIC)


def build(sizes: Sequence[int], k: int, scheme: str) -> dict[str, Any]:
    """Return the empty chart; ``meta.criterion`` of a curve names the score it waits for."""
    look = look_of(scheme)
    data = [
        {
            "type": "scatter",
            "mode": "lines+markers",
            "name": one.label,
            "x": [],
            "y": [],
            "meta": {"criterion": one.name},
            "line": {"color": look.component(i), "width": 2},
            "marker": {"size": 8, "symbol": "circle"},
            "hovertemplate": "%{x} components: %{y:,.0f}",
        }
        for i, one in enumerate(CRITERIA)
    ]
    pad = max(1, (sizes[-1] - sizes[0]) // 20)
    here = {
        "type": "line",
        "x0": k,
        "x1": k,
        "y0": 0,
        "y1": 1,
        "yref": "paper",
        "line": {"color": fade(look.ink, 0.35), "width": 1.5, "dash": "dash"},
    }
    layout = frame.layout(
        look,
        xaxis=frame.axis(look, "components", range=[sizes[0] - pad, sizes[-1] + pad]),
        yaxis=frame.axis(look, "lower is better", autorange=True),
        shapes=[here],
        annotations=[_invitation(look)],
        showlegend=True,
        legend={"orientation": "h", "x": 0, "y": 1, "yanchor": "bottom", "font": {"size": 12}},
        hovermode="x unified",
        dragmode=False,
    )
    return {"data": data, "layout": layout}


def _invitation(look: Look) -> dict[str, Any]:
    """Return what stands in the empty chart; the browser takes it away with the first point."""
    return {
        "text": "Press Start to compare numbers of components",
        "x": 0.5,
        "y": 0.5,
        "xref": "paper",
        "yref": "paper",
        "showarrow": False,
        "bgcolor": look.paper,
        "borderpad": 6,
        "font": {"size": 13, "color": look.muted},
    }
