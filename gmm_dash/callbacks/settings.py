"""Controls to state to link and requests, all in the browser."""

from __future__ import annotations

from dash import ALL, Dash, Input, Output, State

from gmm_dash import ids
from gmm_dash.callbacks.in_browser import calls
from gmm_dash.contract.keys import PICKED
from gmm_dash.contract.methods import SKLEARN_DEFAULTS


def register(app: Dash) -> None:
    """Attach the callbacks of this module."""
    app.clientside_callback(
        calls("settings", "collect"),
        Output(ids.STATE, "data"),
        Input(ids.control(ALL), "value"),
        Input(ids.SCHEME, "data"),
        Input(ids.MOUNTED, "data"),
        State(ids.control(ALL), "id"),
        State(ids.ROUTES, "data"),
        State(ids.ASIDE, "data"),
        State(ids.EXPORT_SCENE, "data"),
        State(ids.EXPORT_WORDS, "data"),
        State(ids.STATE, "data"),
    )
    app.clientside_callback(
        calls("settings", "pick"),
        *(Output(ids.control(key), "value", allow_duplicate=True) for key in PICKED),
        Input(ids.DATA_PICK, "value"),
        State(ids.DATASETS, "data"),
        State(ids.STATE, "data"),
        prevent_initial_call="initial_duplicate",
    )
    _buttons(app)


def _buttons(app: Dash) -> None:
    """Attach the buttons that set other controls."""
    app.clientside_callback(
        calls("settings", "next"),
        Output(ids.control("dseed"), "value", allow_duplicate=True),
        Input(ids.NEW_POINTS, "n_clicks"),
        State(ids.control("dseed"), "value"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        calls("settings", "next"),
        Output(ids.control("seed"), "value", allow_duplicate=True),
        Input(ids.NEW_START, "n_clicks"),
        State(ids.control("seed"), "value"),
        State(ids.control("n_init"), "value"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        calls("settings", "sklearnDefaults"),
        *(Output(ids.control(key), "value", allow_duplicate=True) for key in SKLEARN_DEFAULTS),
        Input(ids.SKLEARN_DEFAULTS, "n_clicks"),
        prevent_initial_call=True,
    )
