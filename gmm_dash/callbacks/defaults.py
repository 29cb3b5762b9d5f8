"""What scikit-learn's defaults would have given, at the press of a button."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import Dash, Input, Output, State, no_update

from gmm_dash import explain, ids
from gmm_dash.callbacks.asked import read
from gmm_dash.callbacks.declare import answers
from gmm_dash.contract.methods import SKLEARN_DEFAULTS

if TYPE_CHECKING:
    from gmm_dash.pipeline import Pipeline


def register(app: Dash, pipeline: Pipeline) -> None:
    """Attach the callbacks of this module."""

    @app.callback(
        Output(ids.DEFAULTS_SAID, "children"),
        Input(ids.DEFAULTS_COMPARE, "n_clicks"),
        State(ids.STATE, "data"),
        prevent_initial_call=True,
    )
    @answers("shared")
    def compare(clicks: Any, flat: Any) -> Any:
        if not clicks:
            return no_update
        state, _ = read(flat)
        state = state.but(hard=0)  # scores compare where the width is estimated
        default = pipeline.compare.comparison(state.but(**SKLEARN_DEFAULTS))
        return explain.against_defaults(pipeline.compare.comparison(state), default)
