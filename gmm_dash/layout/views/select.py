"""How many components, and of which shape."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import dash_mantine_components as dmc
from dash import dcc, html

from gmm_dash import ids
from gmm_dash.contract.keys import DATA_KEYS
from gmm_dash.contract.methods import CRITERION_NAMES, SHOWN_AT
from gmm_dash.engine.criteria import CURVES
from gmm_dash.layout import chain, data_table, parts, sure, whole
from gmm_dash.layout.graph_config import GRAPH_CONFIG
from gmm_dash.layout.views._view import VIEWS, View

if TYPE_CHECKING:
    from gmm_dash.layout.controls import Controls
    from gmm_dash.state import AppState

WORK_KEYS: Final = (
    *DATA_KEYS, "init", "n_init", "seed", "tol", "max_iter", "reg", "kinit",
    "kmin", "kmax", "types", "criterion", "folds",
)  # fmt: skip
TABLE: Final = "models"
_ALIKE: Final = {"criterion": CURVES}


def build(state: AppState, controls: Controls) -> html.Div:
    """Return the empty stage, with the controls of its own settings."""
    return html.Div(
        [
            _toolbar(state, controls),
            parts.notice(ids.SELECT_NOTICE),
            html.Div(id=ids.SELECT_NOTES, className="notes"),
            html.Div([_mixtures(), _kmeans()], className="panels select-panels"),
            html.Div([_winner(), _table()], className="panels select-below"),
            whole.build(),
            sure.build(controls),
        ]
    )


def _toolbar(state: AppState, controls: Controls) -> dmc.Paper:
    return dmc.Paper(
        [
            html.Div(
                [
                    controls.segments("criterion", CRITERION_NAMES),
                    controls.number("folds"),
                    controls.chips("types"),
                    controls.ends("kmin", "kmax", ids.SELECT_RANGE, "Components K"),
                    controls.segments("chart"),
                ],
                className="select-tools",
            ),
            html.Div(
                [controls.chips("together", CRITERION_NAMES), controls.segments("ctype")],
                className="together",
            ),
            chain.build("select", WORK_KEYS, "Models compared so far", _ALIKE),
        ],
        withBorder=True,
        radius="md",
        className=toolbar_class(state),
        id=ids.SELECT_TOOLBAR,
    )


def toolbar_class(state: AppState) -> str:
    """Return which of the settings show; ``listen`` in views/select.ts does the same."""
    flat = state.to_flat()
    gone = [part for part, (key, value) in SHOWN_AT.items() if flat[key] != value]
    return " ".join(["toolbar", *(f"without-{part}" for part in gone)])


def _mixtures() -> dmc.Paper:
    name = ids.SELECT_MIXTURES
    plot = parts.plot(name, label="Score of each mixture over K", link=name, config=GRAPH_CONFIG)
    return parts.panel("Gaussian mixtures", name, [plot], _open(ids.SELECT_OPEN))


def _kmeans() -> dmc.Paper:
    plot = parts.plot(
        ids.SELECT_KMEANS,
        label="Scores of k-means over K",
        link=ids.SELECT_KMEANS,
        config=GRAPH_CONFIG,
    )
    return parts.panel("k-means", ids.SELECT_KMEANS, [plot], _open(ids.SELECT_OPEN_KMEANS))


def _open(component_id: str) -> html.A:
    """Return the way from a curve's best model to Compare, empty until there is one."""
    return html.A(id=component_id, href="?view=compare", className="open-model")


def _winner() -> dmc.Paper:
    plot = parts.plot(
        "select-winner",
        label="The best model's ellipses on the data",
        link="select-winner",
        config=GRAPH_CONFIG,
    )
    return parts.panel("The best model", "select-winner", [plot])


def _table() -> dmc.Paper:
    return dmc.Paper(
        [
            data_table.head(
                html.H2("All mixtures", className="panel-title"),
                "Download (CSV)",
                ids.SELECT_DOWNLOAD_BUTTON,
                ids.SELECT_DOWNLOAD,
                dcc.Store(id=ids.SELECT_WANTED),
            ),
            html.P("Press a model, here or in the plot, to open it in Compare.", className="hint"),
            data_table.empty(TABLE),
        ],
        withBorder=True,
        radius="md",
        className="panel",
    )


VIEWS.add(
    View(
        "select",
        "How many?",
        "How many components, and of which shape: every model compared",
        (*WORK_KEYS, "chart", "together", "ctype", "x", "y", "against", "reps"),
        build,
        script="scikit-learn: a loop over all these models",
        place=3,
    )
)
