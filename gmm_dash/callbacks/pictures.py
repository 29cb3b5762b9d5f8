"""Pictures to plots: the browser draws what the server sent, at the user's own zoom."""

from __future__ import annotations

from dash import MATCH, Dash, Input, Output

from gmm_dash import ids
from gmm_dash.callbacks.in_browser import calls


def register(app: Dash) -> None:
    """Attach the callbacks of this module."""
    app.clientside_callback(
        calls("plots", "draw"),
        Output(ids.graph(MATCH), "figure"),
        Input(ids.picture(MATCH), "data"),
        prevent_initial_call=True,
    )
