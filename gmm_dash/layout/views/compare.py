"""k-means and the mixture side by side."""

from __future__ import annotations

from typing import Final

import dash_mantine_components as dmc
from dash import dcc, html

from gmm_dash import ids
from gmm_dash.contract.keys import COMPARE_REQUEST
from gmm_dash.contract.methods import METHODS
from gmm_dash.engine.covariances import SKLEARN_TYPES
from gmm_dash.engine.criteria import AIC, BIC
from gmm_dash.layout import all_rows, data_table, groups, parts, pinned, rows
from gmm_dash.layout.controls import Controls
from gmm_dash.layout.graph_config import GRAPH_CONFIG
from gmm_dash.layout.views._view import VIEWS, View
from gmm_dash.state import COVARIANCE_TYPES, AppState

KMEANS_NUMBERS: Final = ("inertia", "silhouette", "ari", "ami", "agreement")
GMM_NUMBERS: Final = ("log_likelihood", AIC.name, BIC.name, "silhouette", "ari", "ami")
SHAPE_NUMBERS: Final = ("log_likelihood", AIC.name, BIC.name, "ari")
TABLE: Final = "posteriors"
TABS: Final = {"plots": "Plots", "groups": "Groups", "rows": "Rows", "pinned": "Pinned"}
SHAPES: Final = {kind.value: f"{kind}: {kind.shape.picture}" for kind in SKLEARN_TYPES}
LINE_SHAPES: Final = {kind.value: f"{kind}: {kind.shape.line}" for kind in SKLEARN_TYPES}


def build(state: AppState, controls: Controls) -> html.Div:
    """Return the empty stage: what shows of it follows the sub-tab and the ``shapes`` overlay."""
    four = "shapes" in state.view.show
    places = {
        "plots": ids.COMPARE_PAIR,
        "groups": ids.GROUPS,
        "rows": ids.ROWS,
        "pinned": ids.PINNED,
    }
    tabs = controls.tabs("tab", TABS, places.__getitem__, variant="default", class_name=None)
    return html.Div(
        [
            html.Div(tabs, className="sub-tabs"),
            parts.notice(ids.COMPARE_NOTICE),
            html.Div(id=ids.COMPARE_NOTES, className="notes"),
            rows.tools(),
            html.Div(_pair(), id=ids.COMPARE_PAIR, className="panels", hidden=four),
            html.Div(_shapes(), id=ids.COMPARE_SHAPES, className="panels", hidden=not four),
            all_rows.build(),
            _table(opened="posteriors" in state.teach.opened),
            html.Div(groups.build(controls), id=ids.GROUPS, className="groups"),
            html.Div(rows.build(), id=ids.ROWS, className="rows-desk"),
            html.Div(pinned.build(controls), id=ids.PINNED, className="pinned-desk"),
        ],
        id=ids.COMPARE_TABS,
        className=f"of-{state.view.tab}",
    )


def _pair() -> list[dmc.Paper]:
    numbers = {"kmeans": KMEANS_NUMBERS, "gmm": GMM_NUMBERS}
    return [
        parts.panel(
            title,
            name,
            [
                parts.plot(name, label=f"{title} plot", link="compare", config=GRAPH_CONFIG),
                parts.numbers(name, numbers[name]),
            ],
        )
        for name, title in METHODS.items()
    ]


def _shapes() -> list[dmc.Paper]:
    return [
        parts.panel(
            parts.either(SHAPES[kind], LINE_SHAPES[kind]),
            kind,
            [
                parts.plot(kind, label=f"Mixture, {kind}", link="compare", config=GRAPH_CONFIG),
                parts.numbers(kind, SHAPE_NUMBERS),
            ],
        )
        for kind in COVARIANCE_TYPES
    ]


def _table(*, opened: bool) -> dmc.Accordion:
    """Return the table of posteriors, closed until a link or a person opens it."""
    return dmc.Accordion(
        dmc.AccordionItem(
            [
                dmc.AccordionControl("Table of posterior probabilities"),
                dmc.AccordionPanel(
                    [
                        dcc.Store(id=ids.COMPARE_TABLE_REQUEST),
                        _table_head(),
                        data_table.empty(TABLE),
                    ]
                ),
            ],
            value="open",
        ),
        id=ids.COMPARE_TABLE_OPEN,
        value="open" if opened else None,
        variant="contained",
        radius="md",
        className="table-panel",
    )


def _table_head() -> html.Div:
    return data_table.head(
        dmc.Text(
            "How the mixture shares each point out among its components: "
            "every row adds up to 1. Click a heading to sort.",
            size="sm",
            c="dimmed",
        ),
        "Download (CSV)",
        ids.COMPARE_DOWNLOAD_BUTTON,
        ids.COMPARE_DOWNLOAD,
    )


VIEWS.add(
    View(
        "compare",
        "Compare",
        "k-means and a Gaussian mixture on the same points",
        COMPARE_REQUEST,
        build,
        script="scikit-learn, the same points, starts and numbers",
        place=1,
        own_keys=("tab", "pin", "whose"),
    )
)
