"""EM and Lloyd's algorithm, half step by half step, in one player."""

from __future__ import annotations

from typing import Final

import dash_mantine_components as dmc
from dash import dcc, html

from gmm_dash import ids
from gmm_dash.contract.addresses import PLAIN
from gmm_dash.contract.keys import STEPS_REQUEST
from gmm_dash.contract.methods import METHODS
from gmm_dash.layout import parts
from gmm_dash.layout.controls import Controls
from gmm_dash.layout.graph_config import GRAPH_CONFIG
from gmm_dash.layout.views._view import VIEWS, View
from gmm_dash.state import AppState

_STARTS: Final = {
    "auto": "As set",
    "random": "Random",
    "k-means++": "k-means++",
    "kmeans": "k-means’ end",
    "random_gaussians": "Gaussians",
    "bad": "Bad start",
    "own": "My own",
}


def build(state: AppState, controls: Controls) -> html.Div:  # noqa: ARG001  (the controls know it)
    """Return the empty stage; ``browser/src/views/steps`` fills it and draws the runs."""
    return html.Div(
        [
            html.Div(id=ids.STEPS_TOOLBAR, className="player"),
            html.Div(_start(controls), className="steps-start"),
            html.Div(id=ids.STEPS_CENTRES, className="steps-centres", hidden=True),
            html.Div(id=ids.STEPS_POINTS, className="steps-centres", hidden=True),
            html.P(id=ids.STEPS_NOTES, className="hint steps-note"),
            html.P(id=ids.STEPS_HANDS, className="hint steps-hands", role="status"),
            html.Div([_side(name, title) for name, title in METHODS.items()], className="panels"),
            html.Div(
                id=ids.STEPS_LIVE,
                className="unseen",
                role="status",
                **{"aria-live": "polite", "aria-atomic": "true"},
            ),
            dcc.Store(id=ids.STEPS_TRACE),
            dcc.Store(id=ids.STEPS_LOADED),
            dcc.Store(id=ids.STEPS_WISH),
            dcc.Download(id=ids.STEPS_GIF),
        ]
    )


def _start(controls: Controls) -> list[html.Div]:
    return [
        controls.segments("start", _STARTS),
        html.Div(
            [
                _button("New start", ids.STEPS_NEW_START, "dice", "Draw the start centres anew"),
                _button("Positions", ids.STEPS_PLACE, "place", "Type where the start centres are"),
                _button("Edit points", ids.STEPS_EDIT, "pencil", "Add, drag or remove points"),
            ],
            className="steps-buttons",
        ),
        html.Div(
            [
                dmc.Switch(
                    label="Formulas",
                    id=ids.STEPS_FORMULAS,
                    size="sm",
                    checked=False,
                    labelPosition="left",
                ),
                html.Span("Save as", className="steps-save-as"),
                _button("HTML", ids.STEPS_SAVE_HTML, "", "Save as a page that plays offline"),
                _button("GIF", ids.STEPS_SAVE_GIF, "", "Save as an animated picture"),
            ],
            className="steps-buttons steps-save",
        ),
    ]


def _button(label: str, component_id: str, icon: str, title: str) -> dmc.Button:
    return dmc.Button(
        label,
        id=component_id,
        leftSection=parts.icon(icon) if icon else None,
        variant="default",
        size="xs",
        **{"aria-label": f"{label}: {title}"},
    )


def _side(name: str, title: str) -> dmc.Paper:
    """Return one algorithm's card: its plot, what the step did, and its objective."""
    plot = ids.steps_plot(name)
    return parts.panel(
        title,
        plot,
        [
            html.Div(
                [
                    html.Span(id=ids.step_part(name, "phase"), className="steps-phase"),
                    html.Span(id=ids.step_part(name, "said")),
                ],
                className="steps-said",
            ),
            parts.plot(
                plot,
                label=f"{title}, step by step",
                link="steps",
                config=GRAPH_CONFIG,
                also=(ids.step_part(name, "phase"), ids.step_part(name, "said")),
            ),
            html.Div(id=ids.step_part(name, "curve"), className="steps-curve"),
            html.Pre(id=ids.step_part(name, "formulas"), className="steps-formulas", hidden=True),
            html.P(["The same steps as ", _source(), "."], className="hint steps-source"),
        ],
    )


def _source() -> html.A:
    return html.A("a short program in NumPy", href=PLAIN, target="_blank", rel="noopener")


VIEWS.add(
    View(
        "steps",
        "Step by step",
        "Both algorithms, half step by half step",
        STEPS_REQUEST,
        build,
        script="scikit-learn: both runs from this start",
        place=2,
        own_keys=("show", "step"),
    )
)
