"""How many?, "How sure?": the best model tested, its labels under resampled rows, a paragraph."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import dash_mantine_components as dmc
from dash import dcc, html

from gmm_dash import ids
from gmm_dash.contract.keys import DATA_KEYS
from gmm_dash.explain.sure import NOTHING
from gmm_dash.layout import chain, parts
from gmm_dash.layout.graph_config import GRAPH_CONFIG

if TYPE_CHECKING:
    from gmm_dash.layout.controls import Controls

WORK_KEYS: Final = (
    *DATA_KEYS, "k", "cov", "init", "n_init", "seed", "tol", "max_iter", "reg", "against", "reps",
)  # fmt: skip
_QUESTIONS: Final = {"more": "One more?", "fewer": "One fewer?"}


def build(controls: Controls) -> dmc.Paper:
    """Return the section, empty until a comparison is finished."""
    plot = parts.plot(
        ids.SURE,
        label="Likelihood ratios of the replicates, and that of the data",
        link=ids.SURE,
        config=GRAPH_CONFIG,
    )
    return dmc.Paper(
        [
            dcc.Store(id=ids.SURE_OFFER),
            html.Div(
                [
                    html.H2("How sure?", className="panel-title"),
                    html.Span(id=ids.badge(ids.SURE), className="panel-badge"),
                ],
                className="panel-head",
            ),
            html.P(NOTHING, id=ids.SURE_SAYS, className="hint"),
            html.Div(
                [
                    controls.segments("against", _QUESTIONS),
                    controls.number("reps", step=100),
                    chain.build(ids.SURE, WORK_KEYS, "Refits finished so far", view="select"),
                ],
                className="select-tools sure-tools",
            ),
            html.Div(
                [plot, html.Div(id=ids.SURE_FOUND, className="sure-found", role="status")],
                className="sure-results",
            ),
            html.Div(
                [
                    html.Div(
                        [
                            html.H3("For a methods section", className="table-title"),
                            dmc.Button(
                                "Copy",
                                id=ids.SURE_COPY,
                                variant="default",
                                size="compact-sm",
                            ),
                            html.Span(id=ids.SURE_COPIED, role="status", className="hint"),
                        ],
                        className="table-head",
                    ),
                    html.P(
                        [
                            html.Span(id=ids.SURE_CHOSEN),
                            " ",
                            html.Span(id=ids.SURE_TESTED),
                        ],
                        className="sure-paragraph",
                    ),
                ],
                className="sure-methods",
            ),
        ],
        withBorder=True,
        radius="md",
        className="panel select-below sure",
        id=ids.SURE_BOX,
    )
