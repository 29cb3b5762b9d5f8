"""A user's table: sent as it is to an address of its own, then referred to by its key.

A saved model that is sent there is applied to the table that the page shows.

Files do not travel through callbacks: they would be repeated with every later request.
"""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from dash import Dash, Input, Output, State
from flask import Response, request

from gmm_dash import ids
from gmm_dash.callbacks.applying import applied, applied_file
from gmm_dash.callbacks.in_browser import calls
from gmm_dash.config import addresses_in
from gmm_dash.contract import addresses
from gmm_dash.contract.drawing import COLUMNS, MOST_POINTS
from gmm_dash.contract.keys import OPENED
from gmm_dash.errors import BusyError, GmmDashError, ImportProblem, ReadingProblem, StateError
from gmm_dash.files.limits import Limits
from gmm_dash.state import DataChoice
from gmm_dash.tables import ReadOptions, doubts, looks_like_model, read_and_store

if TYPE_CHECKING:
    from gmm_dash.config import Config
    from gmm_dash.contract.answers import Applied, Refused, StoredTable
    from gmm_dash.pipeline import Pipeline
    from gmm_dash.tables import ReadReport

PLACE_ENDPOINT: Final = "take_place"
_LONGEST_OPTIONS: Final = 2_000  # characters


def register(app: Dash, pipeline: Pipeline) -> None:
    """Attach the address that takes tables, and the callbacks that send and open them."""
    config = pipeline.config
    limits = Limits.of(config)

    def take() -> Response:
        try:
            body = _body(config)
            if looks_like_model(body):
                return _applied(pipeline, body)
            key, report = read_and_store(body, _options(), limits, pipeline.store, name=_name())
            if request.args.get(addresses.KIND) == "drawn":
                return _json(_drawing(pipeline, key, report))
        except BusyError:  # whoever sends is told when to come again
            raise
        except ReadingProblem as problem:  # the browser keeps the file and asks how to read it
            return _json({"message": problem.sentence, "ways": problem.ways})
        except GmmDashError as problem:
            return _json({"message": problem.sentence})
        return _json(_table(pipeline, key, report))

    app.server.add_url_rule(
        f"{config.base_path}{addresses.TABLES}", "take_table", take, methods=["POST"]
    )
    if addresses_in(config.sources):
        app.server.add_url_rule(
            f"{config.base_path}{addresses.PLACE}",
            PLACE_ENDPOINT,
            partial(_at_place, pipeline),
            methods=["POST"],
        )
    app.clientside_callback(
        calls("upload", "open"),
        *(Output(ids.control(key), "value", allow_duplicate=True) for key in OPENED),
        Output(ids.DATA_PICK, "value", allow_duplicate=True),
        Input(ids.UPLOADED, "data"),
        State(ids.STATE, "data"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        calls("upload", "cancel"),
        Input(ids.UPLOAD_CANCEL, "n_clicks"),
        prevent_initial_call=True,
    )
    _register_paste(app)


def _register_paste(app: Dash) -> None:
    for function, button in (("openPaste", ids.PASTE), ("closePaste", ids.PASTE_CANCEL)):
        app.clientside_callback(
            calls("upload", function),
            Output(ids.PASTE_DIALOG, "opened", allow_duplicate=True),
            Input(button, "n_clicks"),
            prevent_initial_call=True,
        )
    app.clientside_callback(
        calls("upload", "readPaste"), Input(ids.PASTE_READ, "n_clicks"), prevent_initial_call=True
    )


def _applied(pipeline: Pipeline, body: bytes) -> Response:
    """Return what a saved model says of the page's data: in words, or as a file on request."""
    link = request.headers.get(addresses.BESIDE, "")
    if request.args.get(addresses.KIND) == "labels":
        return Response(applied_file(pipeline, body, link), mimetype="text/csv")
    return _json(applied(pipeline, body, link))


def _at_place(pipeline: Pipeline) -> Response:
    """Open a table at the address that somebody typed."""
    address = request.get_json().get("address")
    try:
        if not isinstance(address, str):
            raise StateError("The page sent no address.", hint="Reload the page.")
        return _json(_table(pipeline, *pipeline.sources.open(address)))
    except BusyError:
        raise
    except GmmDashError as problem:
        return _json({"message": problem.sentence})


def _table(pipeline: Pipeline, key: str, report: ReadReport) -> StoredTable | Refused:
    """Return the answer for a stored table; one that cannot be clustered has no ``key``."""
    try:
        points = pipeline.points(DataChoice(dataset="upload", table=key, scale="standard"))
    except GmmDashError as problem:  # a table, but none to cluster: the data stay
        return {"message": f"{report.sentence} {problem.sentence}", "account": key}
    return {
        "key": key,
        "sentence": report.sentence,
        "doubts": len(doubts(report)),
        "columns": [column.name for column in report.columns],
        "d": points.d,
    }


def _drawing(pipeline: Pipeline, key: str, report: ReadReport) -> StoredTable:
    """Return the answer for a stored drawing, or raise ``GmmDashError``."""
    if report.n_rows > MOST_POINTS:
        raise ImportProblem(
            f"A drawing has at most {MOST_POINTS:,} points.", hint="Open larger tables as a file."
        )
    pipeline.points(DataChoice(dataset="drawn", table=key, cols=COLUMNS))
    return {"key": key, "columns": [column.name for column in report.columns]}


def _body(config: Config) -> bytes:
    length = request.content_length
    if length is None or length > config.upload_bytes:
        raise ImportProblem(
            f"The file is larger than {config.upload_bytes / 1_000_000:g} MB.",
            hint="Keep fewer rows or columns, or save it as Parquet, and try again.",
        )
    return request.get_data(cache=False)


def _name() -> str:
    """Return what the file is called where it comes from; pasted text has no name."""
    return unquote(request.headers.get(addresses.FILE_NAME, ""))[:_LONGEST_OPTIONS]


def _options() -> ReadOptions:
    text = request.args.get(addresses.OPTIONS, "")
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


def _json(content: StoredTable | Applied | Refused) -> Response:
    """Return an answer; a refusal is one too, as browsers log every other status as a fault."""
    return Response(json.dumps(content), mimetype="application/json")
