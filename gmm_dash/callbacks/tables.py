"""Every table on the page: the server sends rows, the browser makes cells of them."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from dash import MATCH, Dash, Input, Output, State

from gmm_dash import ids
from gmm_dash.callbacks.in_browser import calls

if TYPE_CHECKING:
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


def rows_of(page: TablePage) -> tuple[dict[str, Any], int]:
    """Return one page of a table as the browser wants it, and the number of pages."""
    return asdict(page), page.n_pages
