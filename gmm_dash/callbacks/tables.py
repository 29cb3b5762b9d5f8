"""Every table on the page: the server sends rows, the browser makes cells of them."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from dash import MATCH, Dash, Input, Output, State, no_update

from gmm_dash import ids
from gmm_dash.callbacks.declare import answers
from gmm_dash.callbacks.in_browser import calls

if TYPE_CHECKING:
    from collections.abc import Callable

    from gmm_dash.export import TablePage


def register(app: Dash) -> None:
    """Attach the callback that fills a table when its rows come."""
    app.clientside_callback(
        calls("tables", "fill"),
        Output(ids.table(MATCH), "data-rows"),
        Input(ids.table_rows(MATCH), "data"),
        State(ids.table_rows(MATCH), "id"),
        prevent_initial_call=True,
    )


def fill_when(
    app: Dash, name: str, asked: Input, page_of: Callable[[Any, Any, Any], TablePage]
) -> None:
    """Fill table ``name`` when it is asked for, sorted, or turned to another page.

    Parameters
    ----------
    app : Dash
    name : str
    asked : Input
        None before anybody asks.
    page_of : callable
        ``page_of(asked, order, page)`` returns the page of the table.
    """

    @app.callback(
        Output(ids.table_rows(name), "data"),
        Output(ids.table_page(name), "total"),
        asked,
        Input(ids.table_order(name), "data"),
        Input(ids.table_page(name), "value"),
        prevent_initial_call=True,
    )
    @answers("shared")
    def fill(request: Any, order: Any, page: Any) -> tuple[Any, Any]:
        if request is None:
            return no_update, no_update
        found = page_of(request, order, page)
        return asdict(found), found.n_pages
