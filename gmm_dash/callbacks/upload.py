"""A user's file: sent as it is to an address of its own, then referred to by its key.

Files do not travel through callbacks: they would be repeated with every later request.
"""

from __future__ import annotations

import json
import logging
from typing import TYPE_CHECKING, Any

from dash import ClientsideFunction, Dash, Input, Output
from flask import Response, request

from gmm_dash import ids
from gmm_dash.errors import GmmDashError, ImportProblem
from gmm_dash.state import DataChoice
from gmm_dash.tables import Limits, ReadOptions, ingest

if TYPE_CHECKING:
    from gmm_dash.config import Config
    from gmm_dash.pipeline import Pipeline

_log = logging.getLogger(__name__)
_CHOSEN = ("data", "table", "scale", "cols", "label", "x", "y")


def register(app: Dash, pipeline: Pipeline) -> None:
    """Attach the address that takes files, and the callback that opens the stored table."""
    config = pipeline.config
    limits = limits_of(config)

    def take() -> Response:
        try:
            key, report = ingest(_body(config), _options(), limits, pipeline.store)
        except GmmDashError as problem:
            return _json({"message": problem.sentence})
        try:
            pipeline.points(DataChoice(dataset="upload", table=key, scale="standard"))
        except GmmDashError as problem:  # a table, but none to cluster: the data stay
            return _json({"message": f"{report.sentence} {problem.sentence}"})
        return _json({"key": key, "sentence": report.sentence})

    app.server.add_url_rule(f"{config.base_path}tables", "take_table", take, methods=["POST"])
    app.clientside_callback(
        ClientsideFunction("explorerUpload", "open"),
        *(Output(ids.control(key), "value", allow_duplicate=True) for key in _CHOSEN),
        Output(ids.DATA_PICK, "value", allow_duplicate=True),
        Input(ids.UPLOADED, "data"),
        prevent_initial_call=True,
    )


def limits_of(config: Config) -> Limits:
    """Return the importer's limits as this deployment sets them."""
    return Limits(
        max_bytes=config.upload_bytes,
        max_rows=config.table_rows,
        max_columns=config.table_columns,
        max_cells=config.table_cells,
        max_unpacked=config.upload_unpacked_bytes,
        max_table_bytes=config.table_bytes,
        seconds=config.upload_seconds,
        memory_mb=config.upload_memory_mb,
        concurrent=config.uploads_at_once,
        queue_seconds=config.upload_queue_seconds,
    )


def _body(config: Config) -> bytes:
    length = request.content_length
    if length is None or length > config.upload_bytes:
        raise ImportProblem(
            f"The file is larger than {config.upload_bytes // 1_000_000} MB.",
            hint="Keep fewer rows or columns, or save it as Parquet, and try again.",
        )
    return request.get_data(cache=False)


def _options() -> ReadOptions:
    text = request.args.get("options", "")
    try:
        given = json.loads(text) if text else {}
        return ReadOptions(**given)
    except (TypeError, ValueError) as error:
        raise ImportProblem(
            "The reading options cannot be understood.", hint="Reload the page and try again."
        ) from error


def _json(content: dict[str, Any]) -> Response:
    """Return an answer; a refusal is one too, as browsers log every other status as a fault."""
    return Response(json.dumps(content), mimetype="application/json")
