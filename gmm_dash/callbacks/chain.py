"""The browser's chain of requests for :mod:`gmm_dash.callbacks.pieces`, as Dash sets it off."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import Dash, Input, State, set_props

from gmm_dash import ids
from gmm_dash.callbacks.asked import read
from gmm_dash.callbacks.in_browser import calls
from gmm_dash.errors import RowsGoneError, StateError

if TYPE_CHECKING:
    from gmm_dash.contract.answers import KeptUnder
    from gmm_dash.pipeline.kept_rows import KeptRows
    from gmm_dash.state import AppState


def register(app: Dash, name: str) -> None:
    """Attach the chain of view ``name``: its request begins it."""
    app.clientside_callback(
        calls("chain", "begin"),
        Input(ids.request(name), "data"),
        State(ids.chain(name, "config"), "data"),
        prevent_initial_call=True,
    )
    buttons(app, name)


def buttons(app: Dash, name: str) -> None:
    """Attach what else the chain ``name`` is told.

    Two buttons start and stop it, and the server says which rows it lacks.
    """
    config = State(ids.chain(name, "config"), "data")
    triggers = {
        "start": Input(ids.chain(name, "start"), "n_clicks"),
        "stop": Input(ids.chain(name, "stop"), "n_clicks"),
        "gone": Input(ids.chain(name, "gone"), "data"),
        "kept": Input(ids.chain(name, "kept"), "data"),
    }
    for function, trigger in triggers.items():
        app.clientside_callback(
            calls("chain", function),
            trigger,
            config,
            prevent_initial_call=True,
        )


def gathered(
    kept: KeptRows, name: str, result: Any
) -> tuple[AppState, str, dict[str, list[dict[str, Any]]]]:
    """Return state, colour scheme, and the rows of each kind that chain ``name`` has gathered.

    The page is told of rows that are not here, and what those that it had to send are called now.

    Raises
    ------
    StateError
        When it is no ``contract.answers.Gathered``.
    RowsGoneError
        When rows are named that are not here.
    """
    names = named(result)
    state, scheme = read(result.get("request"))
    if "rows" not in result:
        try:
            return state, scheme, kept.joined(names)
        except RowsGoneError as gone:
            set_props(ids.chain(name, "gone"), {"data": gone.names})
            raise
    rows = sent(result)
    under: KeptUnder = {"name": kept.keep(rows), "instead": names}
    set_props(ids.chain(name, "kept"), {"data": under})
    return state, scheme, rows


def named(result: Any) -> list[str]:
    """Return the names of the rows that a page means."""
    names = result.get("names") if isinstance(result, dict) else None
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise _unreadable()
    return names


def sent(result: Any) -> dict[str, list[dict[str, Any]]]:
    """Return the rows of each kind that a page has had to send."""
    tables = result.get("rows")
    if not isinstance(tables, dict):
        raise _unreadable()
    return {kind: _joined(some) for kind, some in tables.items()}


def _joined(tables: Any) -> list[dict[str, Any]]:
    try:
        return [
            dict(zip(map(str, table["columns"]), values, strict=True))
            for table in tables
            for values in table["data"]
        ]
    except (TypeError, KeyError, ValueError):
        raise _unreadable() from None


def _unreadable() -> StateError:
    return StateError("The page sent results that cannot be read.", hint="Reload the page.")
