"""How every plot answers to the mouse; the same for all of them."""

from __future__ import annotations

from typing import Final

# Double click is handled by parts/plots/zoom.ts, which resets all linked plots together.
GRAPH_CONFIG: Final = {
    "displaylogo": False,
    "showSendToCloud": False,
    "responsive": True,
    "scrollZoom": True,
    "doubleClick": False,
    "modeBarButtonsToRemove": [
        "select2d",
        "lasso2d",
        "autoScale2d",
        "resetScale2d",
        "toggleSpikelines",
    ],
    "toImageButtonOptions": {"format": "png", "scale": 2, "filename": "mixture-explorer"},
}
