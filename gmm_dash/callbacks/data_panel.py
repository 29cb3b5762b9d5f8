"""What is said about the data, and the lists of columns, follow the data."""

from __future__ import annotations

import re
from typing import Any

from dash import Dash, Input, Output, ctx, html, no_update

from gmm_dash import ids
from gmm_dash.callbacks.asked import read
from gmm_dash.callbacks.declare import answers
from gmm_dash.callbacks.in_browser import calls
from gmm_dash.contract.directions import PATTERN
from gmm_dash.datasets import DATASETS
from gmm_dash.errors import GmmDashError
from gmm_dash.layout import column_doubts, column_transforms
from gmm_dash.pipeline import Pipeline
from gmm_dash.pipeline.load import Columns
from gmm_dash.results.columns import ColumnDoubt
from gmm_dash.state import AppState

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
        Output(ids.COLUMN_DOUBTS, "children"),
        Output(ids.wrapper("transform"), "className"),
        Output(ids.COLUMN_TRANSFORMS, "data"),
        Input(ids.request("data"), "data"),
        prevent_initial_call=True,
    )
    @answers("shared")
    def describe(request: Any) -> tuple[Any, ...]:
        state, _ = read(request)
        try:
            columns = pipeline.columns(state.data)
        except GmmDashError:  # the view says what is wrong; the lists stay as they are
            ctx.response.set_header("Cache-Control", "no-store")  # true now, not for ever
            return (no_update,) * (len(_COLUMN_LISTS) + 8)
        axes, bendable = _axes(columns, state), _bendable(columns, state)
        lists = (list(columns.numeric), list(columns.all), axes, axes)
        return (
            *lists,
            _shown(class_name="control", when=len(columns.numeric) > 2),
            _shown(class_name="control", when=columns.own_table),
            [html.P(note) for note in columns.notes],
            columns.account,
            _shown(class_name="reading-open", when=bool(columns.account)),
            column_doubts.rows(_doubts(pipeline, state), {*state.view.lock, *state.view.hide}),
            _shown(class_name="control", when=bool(bendable)),
            column_transforms.told(bendable, state),
        )

    app.clientside_callback(
        calls("columns", "show"),
        Input(ids.COLUMN_TRANSFORMS, "data"),
        prevent_initial_call=True,
    )


def _axes(columns: Columns, state: AppState) -> tuple[str, ...]:
    """Return what an axis may show, with the directions that the axes show now."""
    chosen = [name for name in (state.view.x, state.view.y) if re.fullmatch(PATTERN, name)]
    return (*columns.axes, *dict.fromkeys(chosen))


def _bendable(columns: Columns, state: AppState) -> tuple[str, ...]:
    """Return the columns that may be transformed: measured ones, not the lessons' shapes."""
    name = state.data.dataset
    measured = columns.own_table or DATASETS[name].group == "Real data"
    chosen = state.data.cols or columns.numeric
    if not measured or len(chosen) > column_transforms.MOST or "transform" in state.view.hide:
        return ()
    return tuple(column for column in chosen if column in columns.numeric)


def _doubts(pipeline: Pipeline, state: AppState) -> tuple[ColumnDoubt, ...]:
    """Return what stands out about the columns of the user's file; nothing without points."""
    if state.data.dataset != "upload":
        return ()
    try:
        return pipeline.column_doubts(state.data, state.model.reg_covar)
    except GmmDashError:
        return ()


def _shown(*, class_name: str, when: bool) -> str:
    return class_name if when else f"{class_name} absent"
