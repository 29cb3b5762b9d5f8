"""The sub-tab "Rows" of Compare: which rows are where, found in the plots or by their names."""

from __future__ import annotations

from typing import Any, Final

import dash_mantine_components as dmc
from dash import dcc, html

from gmm_dash import ids
from gmm_dash.layout import data_table

_TOOLS: Final = [
    {"value": "pan", "label": "Press a point"},
    {"value": "select", "label": "Box"},
    {"value": "lasso", "label": "Lasso"},
]
_HINT: Final = (
    "Press a point for its record, or drag a box or a lasso around some; with the Shift key "
    "another is added."
)


def tools() -> html.Div:
    """Return what stands above the plots: how points are chosen there, and the search."""
    return html.Div(
        [
            dmc.SegmentedControl(
                id=ids.ROWS_TOOL,
                data=_TOOLS,
                value="pan",
                size="xs",
                **{"aria-label": "What the mouse or a finger does in the plots"},
            ),
            html.Div(
                [
                    dmc.TextInput(
                        id=ids.ROWS_SEARCH,
                        placeholder="name or number",
                        size="xs",
                        **{"aria-label": "Find a row by its name or number"},
                    ),
                    dmc.Button("Find", id=ids.ROWS_FIND, size="xs", variant="default"),
                ],
                className="rows-find",
                role="search",
            ),
            dmc.Button("Least likely rows", id=ids.ROWS_LEAST, size="xs", variant="default"),
            html.P(_HINT, className="hint"),
        ],
        id=ids.ROWS_TOOLS,
        className="rows-tools",
    )


def build() -> list[Any]:
    """Return the empty list, and the empty record beside it."""
    return [
        dcc.Store(id=ids.ROWS_LIST_REQUEST),
        dcc.Store(id=ids.ROWS_RECORD_REQUEST),
        dcc.Store(id=ids.ROWS_RECORD),
        _list(),
        dmc.Paper(
            html.Div(id=ids.ROWS_RECORD_BOX, role="region", **{"aria-label": "Record"}),
            withBorder=True,
            radius="md",
            className="panel row-record",
        ),
    ]


def _list() -> dmc.Paper:
    return dmc.Paper(
        [
            data_table.head(
                html.Div(id=ids.ROWS_SAID, className="rows-said", role="status"),
                "Download these (CSV)",
                ids.ROWS_DOWNLOAD_BUTTON,
                ids.ROWS_DOWNLOAD,
            ),
            data_table.empty(ids.ROWS_TABLE),
        ],
        withBorder=True,
        radius="md",
        className="panel row-list",
    )
