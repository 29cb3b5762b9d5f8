"""What is said about the data, and the lists of columns, follow the data."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from dash import Dash, Input, Output, ctx, html, no_update

from gmm_dash import ids
from gmm_dash.callbacks.asked import read
from gmm_dash.callbacks.declare import answers
from gmm_dash.contract.directions import PATTERN
from gmm_dash.datasets import DATASETS
from gmm_dash.errors import GmmDashError
from gmm_dash.layout import column_doubts, column_transforms

if TYPE_CHECKING:
    from gmm_dash.contract.answers import DataPanel
    from gmm_dash.pipeline import Pipeline
    from gmm_dash.pipeline.load import Columns
    from gmm_dash.results.columns import ColumnDoubt
    from gmm_dash.state import AppState


_FEW = 2  # columns that a plot shows whole


def register(app: Dash, pipeline: Pipeline) -> None:
    """Attach the callbacks of this module."""

    @app.callback(
        Output(ids.answer("data"), "data"),  # the page asks, and fills itself
        Input(ids.request("data"), "data"),
        prevent_initial_call=True,
    )
    @answers("shared")
    def describe(request: Any) -> Any:
        state, _ = read(request)
        try:
            columns = pipeline.data.columns(state.data)
        except GmmDashError:  # the view says what is wrong; the lists stay as they are
            ctx.response.set_header("Cache-Control", "no-store")  # true now, not for ever
            return no_update
        return _answer(columns, _doubts(pipeline, state), state)


def _answer(columns: Columns, doubts: tuple[ColumnDoubt, ...], state: AppState) -> DataPanel:
    axes, bendable = _axes(columns, state), _bendable(columns, state)
    withheld = {*state.view.lock, *state.view.hide}
    lists = {"cols": list(columns.numeric), "label": list(columns.all), "x": axes, "y": axes}
    chosen = (state.data.weights,) if columns.weights and state.data.weights else ()
    lists["weights"] = list(dict.fromkeys((*columns.weights, *chosen)))  # also one to be left
    gapped = columns.gapped or state.data.gaps != "drop"
    own, bends = columns.own_table, bool(bendable)
    several = len(columns.numeric) > (1 if _measured(state, own_table=own) else 2)
    return {
        "parts": [
            *((ids.control(key), {"data": names}) for key, names in lists.items()),
            (ids.wrapper("cols"), {"className": _shown(class_name="control", when=several)}),
            (ids.wrapper("label"), {"className": _shown(class_name="control", when=own)}),
            (
                ids.wrapper("weights"),
                {"className": _shown(class_name="control", when=bool(columns.weights))},
            ),
            (ids.wrapper("gaps"), {"className": _shown(class_name="control", when=gapped)}),
            (ids.wrapper("transform"), {"className": _shown(class_name="control", when=bends)}),
            (ids.wrapper("pcs"), {"className": _components_class(columns, state)}),
            *((ids.wrapper(key), {"className": _axis_class(key, columns, state)}) for key in "xy"),
            (ids.DATA_NOTES, {"children": [html.P(note) for note in columns.notes]}),
            (ids.UPLOAD_STATUS, {"children": columns.account}),
            (
                ids.READING_OPEN,
                {"className": _shown(class_name="reading-open", when=bool(columns.account))},
            ),
            (ids.COLUMN_DOUBTS, {"children": column_doubts.rows(doubts, withheld)}),
        ],
        "transforms": column_transforms.told(bendable, state),
        "line": len(columns.axes) == 1,
    }


def _axes(columns: Columns, state: AppState) -> tuple[str, ...]:
    """Return what an axis may show, with the directions that the axes show now."""
    chosen = [name for name in (state.view.x, state.view.y) if re.fullmatch(PATTERN, name)]
    return (*columns.axes, *dict.fromkeys(chosen))


def _bendable(columns: Columns, state: AppState) -> tuple[str, ...]:
    """Return the columns that may be transformed: measured ones, not the lessons' shapes."""
    measured = _measured(state, own_table=columns.own_table)
    chosen = state.data.cols or columns.numeric
    if not measured or len(chosen) > column_transforms.MOST or "transform" in state.view.hide:
        return ()
    return tuple(column for column in chosen if column in columns.numeric)


def _components_class(columns: Columns, state: AppState) -> str:
    """Return the class of the control of principal components: of two columns there is no need."""
    chosen = state.data.cols or columns.numeric
    offered = len(chosen) > _FEW and _measured(state, own_table=columns.own_table)
    locked = "control locked" if "pcs" in state.view.lock else "control"
    return _shown(class_name=locked, when=offered or bool(state.data.components))


def _measured(state: AppState, *, own_table: bool) -> bool:
    """Return whether columns are measured ones, of which one alone may be worth a look."""
    return own_table or DATASETS[state.data.dataset].group == "Real data"


def _doubts(pipeline: Pipeline, state: AppState) -> tuple[ColumnDoubt, ...]:
    """Return what stands out about the columns of the user's file; nothing without points."""
    if state.data.dataset != "upload":
        return ()
    try:
        return pipeline.data.column_doubts(state.data, state.model.reg_covar)
    except GmmDashError:
        return ()


def _axis_class(key: str, columns: Columns, state: AppState) -> str:
    """Return the class of an axis' control: with one column there is nothing to choose."""
    locked = "control locked" if key in state.view.lock else "control"
    return _shown(class_name=locked, when=len(columns.axes) != 1)


def _shown(*, class_name: str, when: bool) -> str:
    return class_name if when else f"{class_name} absent"
