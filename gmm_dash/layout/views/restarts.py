"""Many starts of both methods: where they end, and how often at the best found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import dash_mantine_components as dmc
from dash import dcc, html

from gmm_dash import ids
from gmm_dash.contract.keys import AXIS_KEYS, DATA_KEYS
from gmm_dash.layout import chain, parts, restarts_whole
from gmm_dash.layout.graph_config import GRAPH_CONFIG
from gmm_dash.layout.views._view import VIEWS, View

if TYPE_CHECKING:
    from gmm_dash.layout.controls import Controls
    from gmm_dash.state import AppState

WORK_KEYS: Final = (*DATA_KEYS, "k", "cov", "seed", "tol", "max_iter", "reg", "starts")
SIDES: Final = {"kmeans": "k-means", "gmm": "Gaussian mixture (EM)"}


def build(state: AppState, controls: Controls) -> html.Div:  # noqa: ARG001  (controls know it)
    """Return the empty stage, with the controls of its own settings."""
    return html.Div(
        [
            dcc.Store(id=ids.RESTARTS_PICKED),
            dmc.Paper(
                [
                    html.Div(
                        controls.slider("starts", low=20, high=200, step=20, marks=(20, 100, 200)),
                        className="select-tools",
                    ),
                    chain.build("restarts", WORK_KEYS, "Starts finished so far"),
                ],
                withBorder=True,
                radius="md",
                className="toolbar restarts-toolbar",
            ),
            parts.notice(ids.RESTARTS_NOTICE),
            html.Div(id=ids.RESTARTS_NOTES, className="notes"),
            html.Div([_strips(side, title) for side, title in SIDES.items()], className="panels"),
            html.Div([_picked(), _optima()], className="panels select-below"),
            restarts_whole.build(SIDES),
        ]
    )


def _strips(side: str, title: str) -> dmc.Paper:
    name = ids.restarts_plot(side)
    plot = parts.plot(
        name, label=f"{title}: where each start ended", link=name, config=GRAPH_CONFIG
    )
    return parts.panel(title, name, [plot])


def _picked() -> dmc.Paper:
    plot = parts.plot(
        "restarts-picked",
        label="The chosen start's clusters",
        link="restarts-picked",
        config=GRAPH_CONFIG,
    )
    link = html.A("Open in Compare", id=ids.RESTARTS_LINK, href="?view=compare", className="go")
    return parts.panel("The chosen start", "restarts-picked", [plot, link])


def _optima() -> dmc.Paper:
    tables = [
        html.Div(
            [
                html.H3(title, className="table-title"),
                dmc.Table(id=ids.restarts_optima(side), data={"head": [], "body": []}),
            ]
        )
        for side, title in SIDES.items()
    ]
    return dmc.Paper(
        [html.H2("Distinct ends", className="panel-title"), html.Div(tables, className="optima")],
        withBorder=True,
        radius="md",
        className="panel",
    )


VIEWS.add(
    View(
        "restarts",
        "Restarts",
        "Many starts of both methods: where they end, and how often at the best found",
        (*WORK_KEYS, *AXIS_KEYS),
        build,
        script="scikit-learn: a loop over all these starts",
        place=4,
    )
)
