"""The drawing pad: the browser draws; the server only hands back a stored drawing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import Dash, Input, Output, State, ctx

from gmm_dash import ids
from gmm_dash.callbacks.declare import answers
from gmm_dash.callbacks.in_browser import calls
from gmm_dash.errors import GmmDashError

if TYPE_CHECKING:
    from gmm_dash.contract.answers import Drawing
    from gmm_dash.pipeline import Pipeline

_BUTTONS = (
    ids.DRAW_UNDO,
    ids.DRAW_REDO,
    ids.DRAW_CLEAR,
    ids.DRAW_ADD,
    ids.DRAW_USE,
    ids.DRAW_CANCEL,
)


def register(app: Dash, pipeline: Pipeline) -> None:
    """Attach the callbacks of this module."""

    @app.callback(
        Output(ids.DRAW_LOADED, "data"),
        Input(ids.DRAW_WANTED, "data"),
        prevent_initial_call=True,
    )
    @answers("shared")
    def load(key: Any) -> Drawing:
        try:
            return {"key": key, "points": pipeline.data.drawing(str(key)), "problem": ""}
        except GmmDashError as problem:  # the pad says it; what is on the page stays
            ctx.response.set_header("Cache-Control", "no-store")  # true now, not for ever
            return {"key": key, "points": [], "problem": problem.sentence}

    app.clientside_callback(
        calls("draw", "open"),
        Output(ids.DRAW_DIALOG, "opened"),
        Input(ids.DRAW, "n_clicks"),
        State(ids.STATE, "data"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        calls("draw", "loaded"),
        Input(ids.DRAW_LOADED, "data"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        calls("draw", "choose"),
        Output(ids.DRAW_BRUSH, "className"),
        Input(ids.DRAW_TOOL, "value"),
        Input(ids.DRAW_GROUP, "value"),
        Input(ids.DRAW_RADIUS, "value"),
        Input(ids.DRAW_DENSITY, "value"),
    )
    for name in _BUTTONS:
        app.clientside_callback(
            calls("draw", name.removeprefix(f"{ids.DRAW}-")),
            Input(name, "n_clicks"),
            State(ids.DRAW_X, "value"),
            State(ids.DRAW_Y, "value"),
            prevent_initial_call=True,
        )
