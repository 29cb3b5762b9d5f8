"""The lists of columns follow the data."""

from __future__ import annotations

from typing import Any

from dash import Dash, Input, Output, ctx, no_update

from gmm_dash import ids
from gmm_dash.callbacks.requests import read
from gmm_dash.errors import GmmDashError
from gmm_dash.pipeline import Pipeline

_COLUMN_LISTS = ("cols", "label", "x", "y")


def register(app: Dash, pipeline: Pipeline) -> None:
    """Attach the callbacks of this module."""

    @app.callback(
        *(Output(ids.control(key), "data") for key in _COLUMN_LISTS),
        Output(ids.wrapper("cols"), "className"),
        Output(ids.wrapper("label"), "className"),
        Input(ids.request("data"), "data"),
        prevent_initial_call=True,
    )
    def offer_columns(request: Any) -> tuple[Any, ...]:
        state, _ = read(request)
        try:
            columns = pipeline.columns(state.data)
        except GmmDashError:  # the view says what is wrong; the lists stay as they are
            ctx.response.set_header("Cache-Control", "no-store")  # true now, not for ever
            return (no_update,) * (len(_COLUMN_LISTS) + 2)
        own = "control" if columns.own_table else "control absent"
        several = "control" if len(columns.numeric) > 2 else "control absent"
        axes = columns.axes
        return list(columns.numeric), list(columns.all), axes, axes, several, own
