"""The browser's chain of requests for :mod:`gmm_dash.callbacks.pieces`, as Dash sets it off."""

from __future__ import annotations

from dash import Dash, Input, Output, State

from gmm_dash import ids
from gmm_dash.callbacks.in_browser import calls


def register(app: Dash, name: str) -> None:
    """Attach the chain of view ``name``: its request begins it, two buttons start and stop it."""
    config = State(ids.chain(name, "config"), "data")
    triggers = {
        "begin": Input(ids.request(name), "data"),
        "start": Input(ids.chain(name, "start"), "n_clicks"),
        "stop": Input(ids.chain(name, "stop"), "n_clicks"),
    }
    for function, trigger in triggers.items():
        app.clientside_callback(
            calls("chain", function),
            Output(ids.chain(name, "done"), "data", allow_duplicate=True),
            trigger,
            config,
            prevent_initial_call=True,
        )
