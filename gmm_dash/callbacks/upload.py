"""A user's table: sent as it is to an address of its own, then referred to by its key.

Files do not travel through callbacks: they would be repeated with every later request.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from dash import ClientsideFunction, Dash, Input, Output, State
from flask import Response, request

from gmm_dash import ids
from gmm_dash.errors import BusyError, GmmDashError, ImportProblem
from gmm_dash.pipeline.drawing import DRAWN_COLUMNS, MOST_POINTS
from gmm_dash.state import DataChoice
from gmm_dash.tables import Limits, ReadOptions, doubts, ingest

if TYPE_CHECKING:
    from gmm_dash.config import Config
    from gmm_dash.pipeline import Pipeline
    from gmm_dash.tables import ReadReport

_CHOSEN: Final = ("data", "table", "scale", "cols", "label", "x", "y", "transform")
_LONGEST_OPTIONS: Final = 2_000  # characters


def register(app: Dash, pipeline: Pipeline) -> None:
    """Attach the address that takes tables, and the callbacks that send and open them."""
    config = pipeline.config
    limits = Limits.of(config)

    def take() -> Response:
        try:
            key, report = ingest(_body(config), _options(), limits, pipeline.store)
            if request.args.get("as") == "drawn":
                return _json(_drawing(pipeline, key, report))
        except BusyError:  # whoever sends is told when to come again
            raise
        except GmmDashError as problem:
            return _json({"message": problem.sentence})
        return _json(_table(pipeline, key, report))

    app.server.add_url_rule(f"{config.base_path}tables", "take_table", take, methods=["POST"])
    app.clientside_callback(
        ClientsideFunction("explorerUpload", "open"),
        *(Output(ids.control(key), "value", allow_duplicate=True) for key in _CHOSEN),
        Output(ids.DATA_PICK, "value", allow_duplicate=True),
        Input(ids.UPLOADED, "data"),
        State(ids.STATE, "data"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        ClientsideFunction("explorerUpload", "cancel"),
        Output(ids.UPLOAD_CANCEL, "title"),
        Input(ids.UPLOAD_CANCEL, "n_clicks"),
        prevent_initial_call=True,
    )
    _register_paste(app)


def _register_paste(app: Dash) -> None:
    for function, button in (
        ("openPaste", ids.PASTE),
        ("closePaste", ids.PASTE_CANCEL),
        ("readPaste", ids.PASTE_READ),
    ):
        app.clientside_callback(
            ClientsideFunction("explorerUpload", function),
            Output(ids.PASTE_DIALOG, "opened", allow_duplicate=True),
            Input(button, "n_clicks"),
            prevent_initial_call=True,
        )


def _table(pipeline: Pipeline, key: str, report: ReadReport) -> dict[str, Any]:
    """Return the answer for a stored table; one that cannot be clustered has no ``key``."""
    try:
        pipeline.points(DataChoice(dataset="upload", table=key, scale="standard"))
    except GmmDashError as problem:  # a table, but none to cluster: the data stay
        return {"message": f"{report.sentence} {problem.sentence}", "account": key}
    return {
        "key": key,
        "sentence": report.sentence,
        "doubts": len(doubts(report)),
        "columns": [column.name for column in report.columns],
    }


def _drawing(pipeline: Pipeline, key: str, report: ReadReport) -> dict[str, Any]:
    """Return the answer for a stored drawing, or raise ``GmmDashError``."""
    if report.n_rows > MOST_POINTS:
        raise ImportProblem(
            f"A drawing has at most {MOST_POINTS:,} points.", hint="Open larger tables as a file."
        )
    pipeline.points(DataChoice(dataset="drawn", table=key, cols=DRAWN_COLUMNS))
    return {"key": key, "columns": [column.name for column in report.columns]}


def _body(config: Config) -> bytes:
    length = request.content_length
    if length is None or length > config.upload_bytes:
        raise ImportProblem(
            f"The file is larger than {config.upload_bytes / 1_000_000:g} MB.",
            hint="Keep fewer rows or columns, or save it as Parquet, and try again.",
        )
    return request.get_data(cache=False)


def _options() -> ReadOptions:
    text = request.args.get("options", "")
    if not text:
        return ReadOptions()
    try:
        given = json.loads(text) if len(text) <= _LONGEST_OPTIONS else None
    except (ValueError, RecursionError):
        given = None
    if not isinstance(given, dict):
        raise ImportProblem(
            "The reading options cannot be understood.", hint="Reload the page and try again."
        )
    return ReadOptions.from_json(given)


def _json(content: dict[str, Any]) -> Response:
    """Return an answer; a refusal is one too, as browsers log every other status as a fault."""
    return Response(json.dumps(content), mimetype="application/json")
