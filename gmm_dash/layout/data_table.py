"""A table to read and sort, one page at a time; the server sorts all rows, not only these.

Rows and headings are made by ``parts/table.ts``: hundreds of cells as components of Dash would
cost every later change of the page more than all the rest of it (docs/adr/0004).
"""

from __future__ import annotations

from typing import Any

import dash_mantine_components as dmc
from dash import dcc, html

from gmm_dash import ids
from gmm_dash.layout import parts


def head(said: Any, words: str, button: str, download: str, *more: Any) -> html.Div:
    """Return what stands over a table: what it is, and the button that saves all of it.

    Parameters
    ----------
    said : component
    words : str
        Of the button.
    button, download : str
        Their ids.
    *more : component
        What else the button needs.
    """
    return html.Div(
        [
            said,
            dmc.Button(
                words,
                id=button,
                leftSection=parts.icon("download"),
                variant="default",
                size="xs",
            ),
            dcc.Download(id=download),
            *more,
        ],
        className="table-head",
    )


def empty(name: str) -> html.Div:
    """Return the place of a table, empty until a page of it comes."""
    return html.Div(
        [
            dcc.Store(id=ids.table_order(name)),
            dcc.Store(id=ids.table_rows(name)),
            html.Div(
                id=ids.table(name),
                className="data-table-box",
                tabIndex=0,
                role="region",
                **{"aria-label": "Table, scrolls sideways", "data-table": name},
            ),
            dmc.Pagination(
                id=ids.table_page(name), total=1, value=1, size="sm", mt=8, withControls=False
            ),
        ],
        className="data-table-frame",
    )
