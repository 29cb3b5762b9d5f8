"""Compare: the box from which both models are fitted to all rows of a long table."""

from __future__ import annotations

from dash import dcc, html

from gmm_dash import ids


def build() -> html.Div:
    """Return the box, which shows where models of a sample can go on to all rows in pieces."""
    bar = html.Div(
        html.Div(className="chain-fill"),
        id=ids.ALL_ROWS_BAR,
        className="chain-bar",
        role="progressbar",
        hidden=True,
        **{"aria-label": "How far the fit to all rows is", "aria-valuenow": "0"},
    )
    return html.Div(
        [
            dcc.Store(id=ids.ALL_ROWS_REACHED),
            html.P(id=ids.ALL_ROWS_SAYS, className="all-rows-says"),
            html.Div(
                [
                    html.Button("Fit all rows", id=ids.ALL_ROWS_START, type="button"),
                    html.Button("Stop", id=ids.ALL_ROWS_STOP, type="button", hidden=True),
                    bar,
                    html.Span(id=ids.ALL_ROWS_TEXT, className="chain-text", role="status"),
                ],
                className="all-rows-tools",
            ),
            html.Div(id=ids.ALL_ROWS_FOUND, className="all-rows-found"),
        ],
        id=ids.ALL_ROWS,
        className="table-panel all-rows",
        hidden=True,
    )
