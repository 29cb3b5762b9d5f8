"""What is said about the data, and the lists of columns, follow the data."""

from __future__ import annotations

from typing import Any

from dash import Dash, Input, Output, ctx, html, no_update

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
        Output(ids.DATA_NOTES, "children"),
        Output(ids.UPLOAD_STATUS, "children"),
        Output(ids.READING_OPEN, "className"),
        Input(ids.request("data"), "data"),
        prevent_initial_call=True,
    )
    def describe(request: Any) -> tuple[Any, ...]:
        state, _ = read(request)
        try:
            columns = pipeline.columns(state.data)
        except GmmDashError:  # the view says what is wrong; the lists stay as they are
            ctx.response.set_header("Cache-Control", "no-store")  # true now, not for ever
            return (no_update,) * (len(_COLUMN_LISTS) + 5)
        axes = columns.axes
        lists = (list(columns.numeric), list(columns.all), axes, axes)
        return (
            *lists,
            _shown(class_name="control", when=len(columns.numeric) > 2),
            _shown(class_name="control", when=columns.own_table),
            [html.P(note) for note in columns.notes],
            columns.account,
            _shown(class_name="reading-open", when=bool(columns.account)),
        )


def _shown(*, class_name: str, when: bool) -> str:
    return class_name if when else f"{class_name} absent"
