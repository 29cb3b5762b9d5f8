"""How many?, All rows: the sample's mixtures carried on to every row, where there is a sample."""

from __future__ import annotations

from typing import Final

import dash_mantine_components as dmc
from dash import dcc, html

from gmm_dash import ids
from gmm_dash.contract.keys import DATA_KEYS
from gmm_dash.explain.select_whole import NOTHING
from gmm_dash.layout import chain, data_table, parts
from gmm_dash.layout.graph_config import GRAPH_CONFIG

WORK_KEYS: Final = (
    *DATA_KEYS, "k", "init", "n_init", "seed", "tol", "max_iter", "reg", "kmin", "kmax", "types",
)  # fmt: skip


def build() -> dmc.Paper:
    """Return the section; without a sample it is hidden."""
    plot = parts.plot(
        ids.WHOLE, label="Score of each mixture of all rows over K", link=ids.WHOLE,
        config=GRAPH_CONFIG,
    )  # fmt: skip
    return dmc.Paper(
        [
            dcc.Store(id=ids.WHOLE_OFFER),
            html.Div(
                [
                    html.H2("All rows", className="panel-title"),
                    html.Span(id=ids.badge(ids.WHOLE), className="panel-badge"),
                    html.A(id=ids.WHOLE_OPEN, href="?view=compare", className="open-model"),
                ],
                className="panel-head",
            ),
            html.P(NOTHING, id=ids.WHOLE_SAYS, className="hint"),
            html.Div(
                chain.build(ids.WHOLE, WORK_KEYS, "Mixtures of all rows so far", view="select"),
                className="select-tools sure-tools whole-tools",
            ),
            html.Div(
                [
                    plot,
                    html.Div(
                        [
                            html.Div(id=ids.WHOLE_FOUND, className="sure-found", role="status"),
                            data_table.head(
                                None,
                                "Download (CSV)",
                                ids.WHOLE_DOWNLOAD_BUTTON,
                                ids.WHOLE_DOWNLOAD,
                                dcc.Store(id=ids.WHOLE_WANTED),
                            ),
                        ]
                    ),
                ],
                className="sure-results whole-results",
            ),
        ],
        withBorder=True,
        radius="md",
        className="panel select-below sure whole whole-none",
        id=ids.WHOLE_BOX,
    )
