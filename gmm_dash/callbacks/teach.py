"""The dialog that makes a link for a class; all of it happens in the browser."""

from __future__ import annotations

from dash import ALL, Dash, Input, Output, State

from gmm_dash import ids
from gmm_dash.callbacks.in_browser import calls


def register(app: Dash) -> None:
    """Attach the callbacks of this module."""
    app.clientside_callback(
        calls("teach", "open"),
        Output(ids.TEACH_DIALOG, "opened"),
        Input(ids.TEACH_OPEN, "n_clicks"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        calls("teach", "link"),
        Output(ids.TEACH_LINK, "value"),
        Input(ids.TEACH_DIALOG, "opened"),
        Input(ids.TEACH_PRESENT, "checked"),
        Input(ids.TEACH_CLEAN, "checked"),
        Input(ids.teach_key(ALL), "value"),
        State(ids.teach_key(ALL), "id"),
        State(ids.STATE, "data"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        calls("teach", "preset"),
        Output(ids.teach_key(ALL), "value"),
        Input(ids.teach_preset(ALL), "n_clicks"),
        State(ids.teach_key(ALL), "id"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        calls("teach", "copy"),
        Input(ids.TEACH_COPY, "n_clicks"),
        State(ids.TEACH_LINK, "value"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        calls("teach", "leave"),
        Input(ids.PRESENT_LEAVE, "n_clicks"),
        State(ids.STATE, "data"),
        prevent_initial_call=True,
    )
