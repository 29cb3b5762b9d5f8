"""The part of the sub-tab "Groups" that joins the mixture's components to fewer groups."""

from __future__ import annotations

from typing import Final

import dash_mantine_components as dmc
from dash import html

from gmm_dash import ids
from gmm_dash.explain.merging import HOW
from gmm_dash.layout import parts
from gmm_dash.layout.controls import Controls
from gmm_dash.layout.graph_config import GRAPH_CONFIG
from gmm_dash.state import AppState

_KEY: Final = "merge"
_CONFIG: Final = GRAPH_CONFIG | {"displayModeBar": False, "scrollZoom": False}


def build(controls: Controls) -> dmc.Paper:
    """Return the empty card: a slider of groups, the mixture, the entropies and the tree."""
    plot = parts.plot(
        ids.MERGE_PLOT, label="The mixture in the colours of its groups", config=_CONFIG
    )
    curve = parts.plot(
        ids.MERGE_CURVE, label="Entropy of the posteriors against the groups", config=_CONFIG
    )
    tree = parts.plot(ids.MERGE_TREE, label="Which components are joined when", config=_CONFIG)
    return dmc.Paper(
        [
            html.Div(
                [
                    html.H2("Join components to groups", className="panel-title"),
                    html.P(HOW, className="hint"),
                ]
            ),
            _slider(controls),
            html.P(id=ids.MERGE_SAID, className="hint merge-said", role="status"),
            html.Div([plot, curve, tree], className="merge-plots"),
        ],
        id=ids.MERGE,
        withBorder=True,
        radius="md",
        className="panel merge",
    )


def _slider(controls: Controls) -> html.Div:
    """Return the slider, whose range follows K, and the hidden carrier of the setting.

    Its right end is as many groups as components, which the setting calls 0: then a greater K
    joins none.
    """
    spec = AppState.fields()[_KEY]
    locked = controls.is_locked(_KEY)
    widget = dmc.Slider(
        id=ids.MERGE_SLIDER,
        value=1,
        min=1,
        max=2,
        step=1,
        thumbLabel=spec.label,
        disabled=locked,
        size="sm",
        mb=18,
    )
    head = html.Div(
        [
            html.Div([html.Span(spec.label, id=ids.label(_KEY))], className="control-name"),
            *([parts.lock_note()] if locked else []),
            html.Span(id=ids.MERGE_COUNT, className="shown-value"),
        ],
        className="control-head",
    )
    return html.Div(
        [head, widget, controls.carrier(_KEY)],
        id=ids.wrapper(_KEY),
        className="control locked" if locked else "control",
        style={"display": "none"} if controls.is_hidden(_KEY) else None,
    )
