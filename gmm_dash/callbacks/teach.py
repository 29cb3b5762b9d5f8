"""The dialog that makes a link for a class; all of it happens in the browser."""

from __future__ import annotations

from typing import Final

from dash import ALL, ClientsideFunction, Dash, Input, Output, State

from gmm_dash import ids

_NAMESPACE: Final = "explorerTeach"


def register(app: Dash) -> None:
    """Attach the callbacks of this module."""
    app.clientside_callback(
        ClientsideFunction(_NAMESPACE, "open"),
        Output(ids.TEACH_DIALOG, "opened"),
        Input(ids.TEACH_OPEN, "n_clicks"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        ClientsideFunction(_NAMESPACE, "link"),
        Output(ids.TEACH_LINK, "value"),
        Input(ids.TEACH_DIALOG, "opened"),
        Input(ids.TEACH_PRESENT, "checked"),
        Input(ids.teach_key(ALL), "value"),
        State(ids.teach_key(ALL), "id"),
        State(ids.STATE, "data"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        ClientsideFunction(_NAMESPACE, "copy"),
        Output(ids.TEACH_COPY, "title"),
        Input(ids.TEACH_COPY, "n_clicks"),
        State(ids.TEACH_LINK, "value"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        ClientsideFunction(_NAMESPACE, "leave"),
        Output(ids.PRESENT_LEAVE, "title"),
        Input(ids.PRESENT_LEAVE, "n_clicks"),
        State(ids.STATE, "data"),
        prevent_initial_call=True,
    )
