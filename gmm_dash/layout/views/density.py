"""The mixture as a density: its landscape, and new points drawn from it."""

from __future__ import annotations

from typing import Final

import dash_mantine_components as dmc
from dash import dcc, html

from gmm_dash import ids
from gmm_dash.contract import live
from gmm_dash.contract.keys import DENSITY_REQUEST
from gmm_dash.engine.criteria import BIC
from gmm_dash.layout import parts
from gmm_dash.layout.controls import Controls
from gmm_dash.layout.graph_config import GRAPH_CONFIG
from gmm_dash.layout.views._view import VIEWS, View
from gmm_dash.state import AppState

NUMBERS: Final = ("log_likelihood", BIC.name)
DRAW_NUMBERS: Final = ("draw_distance", "data_distance", "beyond")
_MAPS: Final = {"both": "heat and contours", "heat": "heat map", "contours": "contours"}


def build(state: AppState, controls: Controls) -> html.Div:
    """Return the empty stage."""
    return html.Div(
        [
            _toolbar(controls),
            parts.notice(ids.DENSITY_NOTICE),
            html.Div(id=ids.DENSITY_NOTES, className="notes"),
            html.Div([_map(), _draws(state)], className="panels"),
            html.Div([_held_out()], className="panels below"),
            dcc.Store(id=ids.HELD_OUT_ASK),
        ]
    )


def _toolbar(controls: Controls) -> html.Div:
    return html.Div(
        [
            controls.select("dmap", _MAPS),
            controls.segments("dscale"),
            controls.number("draw", step=100),
            controls.number("drawseed"),
            controls.segments("dplace", {"beside": "beside data", "over": "over data"}),
            controls.slider("outliers", low=0, high=20, step=live.OF_DENSITY["outliers"]),
            controls.slider("slice", low=0, high=100, step=live.OF_DENSITY["slice"]),
        ],
        className="toolbar seven",
        role="group",
        **{"aria-label": "Settings of the density"},
    )


def _map() -> dmc.Paper:
    return parts.panel(
        "The density and the data",
        "density",
        [
            parts.plot(
                "density",
                label="Density of the mixture, with its marginal curves",
                link="density",
                config=GRAPH_CONFIG,
            ),
            parts.numbers("density", NUMBERS),
        ],
    )


def _draws(state: AppState) -> html.Div:
    panel = parts.panel(
        "New points",
        "draws",
        [
            parts.plot(
                "draws",
                label="Points drawn from the mixture",
                link="density",
                config=GRAPH_CONFIG,
            ),
            parts.numbers("draws", DRAW_NUMBERS),
        ],
    )
    over = state.density.place == "over" or not state.density.draws
    return html.Div(panel, id=ids.DENSITY_BESIDE, hidden=over)


def _held_out() -> dmc.Paper:
    return parts.panel(
        "Does more K predict better?",
        "heldout",
        [
            html.Div(
                parts.plot(
                    "heldout",
                    label="Held-out log-likelihood against K",
                    config=GRAPH_CONFIG,
                ),
                className="low",
            )
        ],
    )


VIEWS.add(
    View(
        "density",
        "Density",
        "The mixture as a recipe for new points",
        DENSITY_REQUEST,
        build,
        script="scikit-learn: the same density, the same new points",
        place=5,
    )
)
