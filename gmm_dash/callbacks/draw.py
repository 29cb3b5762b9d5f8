"""The drawing pad: the browser draws; the server hands back a stored one, or fits a new one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from dash import Dash, Input, Output, State, ctx

from gmm_dash import ids
from gmm_dash.callbacks import compare
from gmm_dash.callbacks.declare import answers
from gmm_dash.callbacks.in_browser import calls
from gmm_dash.contract import live
from gmm_dash.errors import FitError, GmmDashError
from gmm_dash.pipeline.drawing import sketch

if TYPE_CHECKING:
    from gmm_dash.contract.answers import Drawing, LiveFrame
    from gmm_dash.pipeline import Pipeline
    from gmm_dash.state import AppState

_TABLE: Final = "here"  # a key of none that is stored
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


def frame(
    pipeline: Pipeline, state: AppState, scheme: str, points: list[tuple[float, float, str]]
) -> LiveFrame:
    """Return what Compare will show of points that are being drawn, when they are used.

    It is Compare's own live answer, of a pipeline that has this one table and is gone with the
    answer: nothing of the points is stored or remembered.

    Raises
    ------
    GmmDashError
        As Compare's answer would, and where nobody would wait for it.
    """
    if state.model.background == "on":
        raise FitError(
            "A mixture with a uniform background follows when you press Use these points."
        )
    shown = [name for name in state.view.show if name in live.OVERLAYS]
    drawn = state.but(data="drawn", table=_TABLE, show=shown)
    return compare.frame(pipeline.apart(sketch(points)), drawn, scheme)
