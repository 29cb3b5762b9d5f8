"""The dialog "How I read it": filled for one stored table; the browser sends corrections."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import Dash, Input, Output, State

from gmm_dash import ids
from gmm_dash.callbacks.declare import answers
from gmm_dash.callbacks.in_browser import calls
from gmm_dash.errors import StateError
from gmm_dash.layout import reading
from gmm_dash.layout.reading import OPTION_NAMES, OPTIONS_OF
from gmm_dash.tables import ReadOptions

if TYPE_CHECKING:
    from gmm_dash.pipeline import Pipeline
    from gmm_dash.pipeline.reading import TableReading

_UNREADABLE = "The page sent a request that cannot be read."


def register(app: Dash, pipeline: Pipeline) -> None:
    """Attach the callbacks of this module."""

    @app.callback(
        output={
            "opened": Output(ids.READING_DIALOG, "opened"),
            "account": Output(ids.READING_ACCOUNT, "children"),
            "columns": Output(ids.READING_COLUMNS, "children"),
            "ticks": Output(ids.READING_COLUMNS, "value"),
            "labels": Output(ids.READING_LABEL, "data"),
            "label": Output(ids.READING_LABEL, "value"),
            "head": Output(ids.READING_HEAD, "children"),
            "sheets": Output(ids.reading_option("sheet"), "data"),
            "values": {n: Output(ids.reading_option(n), "value") for n in OPTION_NAMES},
            "boxes": {n: Output(ids.reading_box(n), "className") for n in OPTION_NAMES},
            "shown": Output(ids.READING_SHOWN, "data"),
        },
        inputs={"asked": Input(ids.READING, "data")},
        prevent_initial_call=True,
    )
    @answers("shared")
    def show(asked: Any) -> dict[str, Any]:
        if isinstance(asked, dict) and "refused" in asked:
            return _refusal(asked)
        key, cols, label = _asked(asked)
        return _answer(pipeline.data.reading(key), key, cols, label)

    _register_browser(app)


def _asked(asked: Any) -> tuple[str, list[str], str]:
    """Return the key, the columns ticked so far (none: the usual ones) and the label column."""
    wanted = asked if isinstance(asked, dict) else {}
    key, cols, label = wanted.get("key"), wanted.get("cols") or [], wanted.get("label") or ""
    good = isinstance(key, str) and isinstance(label, str) and isinstance(cols, list)
    if not good or not all(isinstance(name, str) for name in cols):
        raise StateError(_UNREADABLE, hint="Reload the page.")
    return str(key), cols, str(label)


def _answer(found: TableReading, key: str, cols: list[str], label: str) -> dict[str, Any]:
    report, resolved = found.report, found.report.options.to_json()
    names = [column.name for column in report.columns]
    single = {c.name for c in report.columns if c.kind in ("constant", "empty")}
    groups = [name for name in found.offered if name not in single]
    shown = OPTIONS_OF.get(report.kind, ())
    return {
        "opened": True,
        "account": reading.account(report, found.doubts, found.problem),
        "columns": reading.columns(report.columns),
        "ticks": [name for name in cols if name in names] or list(found.usual),
        "labels": groups,
        "label": label if label in groups else None,
        "head": reading.head(report, found.head),
        "sheets": reading.option_values("sheet", report),
        "values": {name: resolved[name] for name in OPTION_NAMES},
        "boxes": {name: "reading-box" if name in shown else "absent" for name in OPTION_NAMES},
        "shown": {
            "key": key,
            "options": {name: resolved[name] for name in shown},
            "names": names,
            "usual": list(found.usual),
        },
    }


def _refusal(asked: dict[str, Any]) -> dict[str, Any]:
    """Return the dialog for a text that is no table yet: how to read it can be said here.

    There is no key, nothing to tick, and nothing to use before it is read.
    """
    message, ways = asked["refused"], asked.get("ways")
    try:
        found = [(str(label)[:200], dict(way)) for label, way in ways or []][:20]
        options = ReadOptions.from_json(asked.get("options") or {}).to_json()
    except (TypeError, ValueError) as error:
        raise StateError(_UNREADABLE, hint="Reload the page.") from error
    shown = OPTIONS_OF["csv"]
    return {
        "opened": True,
        "account": reading.refused(str(message)[:2000], found),
        "columns": None,
        "ticks": [],
        "labels": [],
        "label": None,
        "head": None,
        "sheets": [],
        "values": {name: options[name] for name in OPTION_NAMES},
        "boxes": {name: "reading-box" if name in shown else "absent" for name in OPTION_NAMES},
        "shown": {
            "key": "",
            "options": {name: options[name] for name in shown},
            "names": [],
            "usual": [],
        },
    }


def _register_browser(app: Dash) -> None:
    """Attach what the browser does by itself: opening, reading again, using, leaving."""
    app.clientside_callback(
        calls("reading", "open"),
        Input(ids.READING_OPEN, "n_clicks"),
        State(ids.STATE, "data"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        calls("reading", "correct"),
        Output(ids.READING_HELD, "children"),
        *(Input(ids.reading_option(name), "value") for name in OPTION_NAMES),
        Input(ids.READING_SHOWN, "data"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        calls("reading", "enough"),
        Output(ids.READING_USE, "disabled"),
        Input(ids.READING_COLUMNS, "value"),
    )
    app.clientside_callback(
        calls("reading", "use"),
        Output(ids.UPLOADED, "data"),
        Output(ids.READING_DIALOG, "opened", allow_duplicate=True),
        Output(ids.READING_STATUS, "children"),
        Input(ids.READING_USE, "n_clicks"),
        State(ids.READING_SHOWN, "data"),
        State(ids.READING_COLUMNS, "value"),
        State(ids.READING_LABEL, "value"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        calls("reading", "closed"),
        Input(ids.READING_DIALOG, "opened"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        calls("reading", "leave"),
        Output(ids.READING_DIALOG, "opened", allow_duplicate=True),
        Input(ids.READING_CANCEL, "n_clicks"),
        prevent_initial_call=True,
    )
