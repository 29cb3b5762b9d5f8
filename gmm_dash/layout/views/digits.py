"""Images learned by a mixture, and new ones drawn from it."""

from __future__ import annotations

import dash_mantine_components as dmc
from dash import dcc, html

from gmm_dash import ids
from gmm_dash.contract.sheets import IMAGES
from gmm_dash.layout import parts
from gmm_dash.layout.controls import Controls
from gmm_dash.layout.graph_config import GRAPH_CONFIG
from gmm_dash.layout.views._view import VIEWS, View
from gmm_dash.state import AppState


def build(state: AppState, controls: Controls) -> html.Div:  # noqa: ARG001  (the callbacks fill it)
    """Return the empty stage."""
    return html.Div(
        [
            _toolbar(controls),
            parts.notice(ids.DIGITS_NOTICE),
            html.Div(id=ids.DIGITS_NOTES, className="notes"),
            html.Div(
                [
                    _sheet("digits-real", "Real", "Ten by ten real images"),
                    _sheet("digits-new", "New", "Ten by ten images drawn from the mixture"),
                ],
                className="panels sheets",
            ),
            html.Div([_pair(), _averages()], className="panels below"),
            html.Div([_sweep()], className="panels below"),
            dcc.Store(id=ids.DIGITS_PAIRS),
            dcc.Store(id=ids.SWEEP_PLAN),
        ]
    )


def _toolbar(controls: Controls) -> html.Div:
    return html.Div(
        [
            controls.slider("pca", low=50, high=99.9, step=0.1, marks=(50, 75, 99)),
            controls.slider("dk", low=10, high=300, step=10, marks=(50, 110, 200, 300)),
            controls.number("digitseed"),
            dmc.Button(
                "Draw others",
                id=ids.DIGITS_AGAIN,
                leftSection=parts.icon("dice"),
                variant="light",
                size="sm",
            ),
        ],
        className="toolbar",
        role="group",
        **{"aria-label": "Settings of the images"},
    )


def _sheet(name: str, title: str, label: str) -> dmc.Paper:
    return parts.panel(title, name, [parts.plot(name, label=label, config=GRAPH_CONFIG)])


def _pair() -> dmc.Paper:
    pick = dmc.NumberInput(
        id=ids.DIGITS_PICK,
        value=1,
        min=1,
        max=IMAGES,
        clampBehavior="strict",
        label="New image number",
        size="sm",
        w=150,
    )
    plot = parts.plot(
        ids.DIGITS_PAIR, label="A new image and the nearest real one", config=GRAPH_CONFIG
    )
    return parts.panel(
        "Has it been copied?", ids.DIGITS_PAIR, [pick, html.Div(plot, className="low")]
    )


def _averages() -> dmc.Paper:
    plot = parts.plot("digits-averages", label="The centres of k-means", config=GRAPH_CONFIG)
    return parts.panel(
        "k-means: average images", "digits-averages", [html.Div(plot, className="low")]
    )


def _sweep() -> dmc.Paper:
    return parts.panel(
        "How many components?",
        ids.DIGITS_SWEEP,
        [
            html.Div(
                [
                    dmc.Button("Start", id=ids.SWEEP_START, size="xs"),
                    dmc.Button(
                        "Stop", id=ids.SWEEP_STOP, size="xs", variant="default", disabled=True
                    ),
                    dmc.Progress(
                        id=ids.SWEEP_PROGRESS,
                        value=0,
                        size="sm",
                        className="sweep-progress",
                        **{"aria-label": "Progress"},
                    ),
                    html.Span(id=ids.SWEEP_STATUS, className="hint", role="status"),
                ],
                className="sweep-row",
            ),
            html.Div(
                parts.plot(
                    ids.DIGITS_SWEEP, label="AIC and BIC against components", config=GRAPH_CONFIG
                ),
                className="low",
            ),
        ],
    )


VIEWS.add(
    View(
        "digits",
        "Digits",
        "New handwritten digits, drawn from a mixture",
        ("data", "table", "cols", "label", "pca", "dk", "digitseed", "cov", "seed"),
        build,
        script="scikit-learn: the same mixture, the same new images",
        place=6,
    )
)
