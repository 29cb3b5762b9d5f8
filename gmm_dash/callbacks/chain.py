"""The browser's chain of requests for :mod:`gmm_dash.callbacks.pieces`, as Dash sets it off."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import Dash, Input, State

from gmm_dash import ids
from gmm_dash.callbacks.asked import read
from gmm_dash.callbacks.in_browser import calls
from gmm_dash.errors import StateError

if TYPE_CHECKING:
    from gmm_dash.state import AppState


def register(app: Dash, name: str) -> None:
    """Attach the chain of view ``name``: its request begins it, two buttons start and stop it."""
    app.clientside_callback(
        calls("chain", "begin"),
        Input(ids.request(name), "data"),
        State(ids.chain(name, "config"), "data"),
        prevent_initial_call=True,
    )
    buttons(app, name)


def buttons(app: Dash, name: str) -> None:
    """Attach the two buttons that start and stop the chain ``name``."""
    config = State(ids.chain(name, "config"), "data")
    triggers = {
        "start": Input(ids.chain(name, "start"), "n_clicks"),
        "stop": Input(ids.chain(name, "stop"), "n_clicks"),
    }
    for function, trigger in triggers.items():
        app.clientside_callback(
            calls("chain", function),
            trigger,
            config,
            prevent_initial_call=True,
        )


def gathered(result: Any) -> tuple[AppState, str, dict[str, list[dict[str, Any]]]]:
    """Return state, colour scheme, and the rows of each kind that the browser has gathered.

    Raises
    ------
    StateError
        When the rows are not tables of columns and data (``contract.answers.SplitRows``).
    """
    tables = result.get("rows") if isinstance(result, dict) else None
    if not isinstance(tables, dict):
        raise _unreadable()
    state, scheme = read(result.get("request"))
    return state, scheme, {kind: _joined(some) for kind, some in tables.items()}


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
