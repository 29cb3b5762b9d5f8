"""The sub-tab "Rows" of Compare: lists of rows, and one row in full."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import Dash, Input, Output, html, no_update

from gmm_dash import ids
from gmm_dash.callbacks import downloads, tables
from gmm_dash.callbacks.asked import read
from gmm_dash.callbacks.declare import answers
from gmm_dash.callbacks.in_browser import calls
from gmm_dash.contract.methods import FOUR_SHAPES
from gmm_dash.explain.rows import rows_said
from gmm_dash.export.labels import some_labels_csv
from gmm_dash.export.rows import ROWS_FILE, record, rows_page
from gmm_dash.results import project
from gmm_dash.results.row_desk import Wanted
from gmm_dash.theme import look as look_of

if TYPE_CHECKING:
    from gmm_dash.contract.answers import RowRecord
    from gmm_dash.export import TablePage
    from gmm_dash.pipeline import Pipeline
    from gmm_dash.results.row_desk import RowDesk, RowNumbers


def register(app: Dash, pipeline: Pipeline) -> None:
    """Attach the callbacks of this module."""
    app.clientside_callback(
        calls("rows", "tool"),
        Output(ids.ROWS_TOOLS, "data-tool"),
        Input(ids.ROWS_TOOL, "value"),
    )
    app.clientside_callback(
        calls("rows", "show"),
        Output(ids.ROWS_RECORD_BOX, "data-row"),
        Input(ids.ROWS_RECORD, "data"),
    )

    def listed(request: Any, order: Any, page: Any) -> TablePage:
        desk, rows, _ = chosen(pipeline, request)
        return rows_page(desk, rows, order, page)

    tables.fill_when(app, ids.ROWS_TABLE, Input(ids.ROWS_LIST_REQUEST, "data"), listed)
    _register_server(app, pipeline)


def _register_server(app: Dash, pipeline: Pipeline) -> None:
    @app.callback(
        Output(ids.ROWS_SAID, "children"),
        Output(ids.ROWS_DOWNLOAD_BUTTON, "disabled"),
        Input(ids.ROWS_LIST_REQUEST, "data"),
        running=[(Output(ids.ROWS, "className"), "rows-desk busy", "rows-desk")],
        prevent_initial_call=True,
    )
    @answers("shared")
    def say(request: Any) -> tuple[Any, Any]:
        if request is None:
            return no_update, no_update
        desk, rows, wanted = chosen(pipeline, request)
        state, _ = read(request)
        four = state.model.covariance_type if FOUR_SHAPES["overlay"] in state.view.show else ""
        said = rows_said(desk, wanted, len(rows), four=four)
        return [html.P(text) for text in said], not len(rows)

    @app.callback(
        Output(ids.ROWS_RECORD, "data"),
        Input(ids.ROWS_RECORD_REQUEST, "data"),
        prevent_initial_call=True,
    )
    @answers("shared")
    def show(request: Any) -> Any:
        return None if request is None else answer(pipeline, request)

    def file(request: Any) -> downloads.File:
        desk, rows, _ = chosen(pipeline, request)
        return ROWS_FILE, some_labels_csv(desk.labelled, rows)

    downloads.save(app, ids.ROWS_DOWNLOAD, ids.ROWS_DOWNLOAD_BUTTON, ids.ROWS_LIST_REQUEST, file)


def chosen(pipeline: Pipeline, request: Any) -> tuple[RowDesk, RowNumbers, Wanted]:
    """Return all rows, those that a request wants, and what it wants them by.

    Raises
    ------
    StateError
        When the request is none, or more than can be asked for.
    """
    state, _ = read(request)
    wanted = Wanted.of(request.get("wanted"))
    desk = pipeline.labels.desk(state)
    projection = project(desk.points, state.view.x, state.view.y)
    return desk, desk.chosen(wanted, projection), wanted


def answer(pipeline: Pipeline, request: Any) -> RowRecord | None:
    """Return the record that a request wants: of a point, of a row, or of the one row found.

    Raises
    ------
    StateError
        When there is no such row.
    """
    state, scheme = read(request)
    desk = pipeline.labels.desk(state)
    if "point" in request:
        row = desk.row_of_point(request["point"])
    elif "row" in request:
        row = desk.row(request["row"])
    else:
        found = chosen(pipeline, request)[1]
        if not len(found):
            return None
        row = int(found[0])
    look = look_of(scheme)
    projection = project(desk.points, state.view.x, state.view.y)
    return record(desk, row, projection, [*map(look.component, desk.colours), look.muted])
