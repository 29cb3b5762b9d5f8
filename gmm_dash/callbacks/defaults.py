"""What scikit-learn's defaults would have given, at the press of a button."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from dash import ClientsideFunction, Dash, Input, Output, State, no_update

from gmm_dash import explain, ids
from gmm_dash.callbacks.requests import read

if TYPE_CHECKING:
    from gmm_dash.pipeline import Pipeline

DEFAULTS: Final = {
    "init": "kmeans",
    "n_init": 1,
    "tol": 1e-3,
    "max_iter": 100,
    "reg": 1e-6,
    "kinit": "k-means++",
}


def register(app: Dash, pipeline: Pipeline) -> None:
    """Attach the callbacks of this module."""

    @app.callback(
        Output(ids.DEFAULTS_SAID, "children"),
        Input(ids.DEFAULTS_COMPARE, "n_clicks"),
        State(ids.STATE, "data"),
        prevent_initial_call=True,
    )
    def compare(clicks: Any, flat: Any) -> Any:
        if not clicks:
            return no_update
        state, _ = read(flat)
        default = pipeline.comparison(state.but(**DEFAULTS))
        return explain.against_defaults(pipeline.comparison(state), default)

    app.clientside_callback(
        ClientsideFunction("explorerLessons", "forget"),
        Output(ids.DEFAULTS_SAID, "children", allow_duplicate=True),
        Input(ids.STATE, "data"),
        prevent_initial_call=True,
    )
