"""A table to read and sort, one page at a time; the server sorts all rows, not only these."""

from __future__ import annotations

from typing import TYPE_CHECKING

import dash_mantine_components as dmc
from dash import dcc, html

from gmm_dash import ids

if TYPE_CHECKING:
    from gmm_dash.export import TablePage


def empty(name: str) -> html.Div:
    """Return the place of a table; a click on a heading is ``assets/table.js``'s."""
    return html.Div(
        [
            dcc.Store(id=ids.table_order(name)),
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


def body(page: TablePage) -> html.Table:
    """Return one page of a table, with headings that sort."""
    headings = [
        html.Th(
            html.Button(
                [name, html.Span(className=_arrow(page, i), **{"aria-hidden": "true"})],
                type="button",
                className="sort-head",
                **{"data-column": str(i)},
            ),
            className="numeric" if numeric else "",
            scope="col",
            **{"aria-sort": _sorting(page, i)},
        )
        for i, (name, numeric) in enumerate(page.columns)
    ]
    rows = [
        html.Tr(
            [
                html.Td(cell, className="numeric" if numeric else "")
                for cell, (_, numeric) in zip(row, page.columns, strict=True)
            ]
        )
        for row in page.rows
    ]
    return html.Table([html.Thead(html.Tr(headings)), html.Tbody(rows)], className="data-table")


def _sorting(page: TablePage, column: int) -> str:
    if page.by != column:
        return "none"
    return "descending" if page.descending else "ascending"


def _arrow(page: TablePage, column: int) -> str:
    return f"sort-arrow {_sorting(page, column)}"
