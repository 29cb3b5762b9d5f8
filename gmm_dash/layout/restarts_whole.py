"""Restarts, All rows: the ends of the sample's starts carried on, where there is a sample."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import dash_mantine_components as dmc
from dash import dcc, html

from gmm_dash import ids
from gmm_dash.contract.keys import DATA_KEYS
from gmm_dash.explain.restarts_whole import NOTHING, VALUES
from gmm_dash.layout import chain, data_table

if TYPE_CHECKING:
    from collections.abc import Mapping

WORK_KEYS: Final = (*DATA_KEYS, "k", "cov", "seed", "tol", "max_iter", "reg", "ends")
"""What the pieces depend on; ``ends`` is no setting, but which starts reached the ends."""


def build(sides: Mapping[str, str]) -> dmc.Paper:
    """Return the section; without a sample it is hidden.

    Parameters
    ----------
    sides : mapping
        What each method is called.
    """
    tables = [
        html.Div(
            [
                html.H3(f"{title}: {VALUES[side]}", className="table-title"),
                dmc.Table(id=ids.restarts_ends(side), data={"head": [], "body": []}),
                html.P(id=ids.restarts_ways(side), className="hint ends-ways"),
            ]
        )
        for side, title in sides.items()
    ]
    return dmc.Paper(
        [
            dcc.Store(id=ids.RESTARTS_WHOLE_OFFER),
            html.Div(html.H2("All rows", className="panel-title"), className="panel-head"),
            html.P(NOTHING, id=ids.RESTARTS_WHOLE_SAYS, className="hint"),
            html.Div(
                chain.build(
                    ids.RESTARTS_WHOLE, WORK_KEYS, "Ends on all rows so far", view="restarts"
                ),
                className="select-tools sure-tools whole-tools",
            ),
            html.Div(
                [
                    html.Div(id=ids.RESTARTS_WHOLE_FOUND, className="sure-found", role="status"),
                    html.Div(tables, className="optima"),
                    data_table.head(
                        None,
                        "Download (CSV)",
                        ids.RESTARTS_WHOLE_DOWNLOAD_BUTTON,
                        ids.RESTARTS_WHOLE_DOWNLOAD,
                        dcc.Store(id=ids.RESTARTS_WHOLE_WANTED),
                    ),
                ],
                className="sure-results ends-results",
            ),
        ],
        withBorder=True,
        radius="md",
        className="panel select-below sure whole whole-none",
        id=ids.RESTARTS_WHOLE_BOX,
    )
