"""The sub-tab "Pinned" of Compare: a result that was kept beside the one that is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import dash_mantine_components as dmc
from dash import dcc, html

from gmm_dash import ids
from gmm_dash.contract.methods import METHODS
from gmm_dash.layout import data_table, parts
from gmm_dash.layout.graph_config import GRAPH_CONFIG

if TYPE_CHECKING:
    from gmm_dash.layout.controls import Controls

_KEY: Final = "pin"
_WHERE: Final = (
    "Rows of each pinned group by the group that they are in now. Numbers follow from each fit "
    "alone: the same group may have another number."
)
_TITLES: Final = {ids.PINNED_BEFORE: "Pinned", ids.PINNED_NOW: "Now"}


def build(controls: Controls) -> list[Any]:
    """Return the empty sub-tab."""
    return [
        dcc.Store(id=ids.PINNED_REQUEST),
        parts.notice(ids.PINNED_NOTICE),
        html.Div(
            [_pin(controls), _script(), controls.segments("whose", METHODS)],
            className="pinned-tools",
        ),
        html.Div([_plots(), _tables()], id=ids.PINNED_BODY, style={"display": "none"}),
    ]


def _pin(controls: Controls) -> html.Div:
    """Return the buttons that keep the result that is shown, and let it go."""
    gone = controls.is_hidden(_KEY) or controls.is_locked(_KEY)
    return html.Div(
        [
            dmc.Button(
                "Pin",
                id=ids.PIN,
                variant="default",
                size="xs",
                **{"aria-label": "Pin the result that is shown now"},
            ),
            dmc.Button("Unpin", id=ids.UNPIN, variant="default", size="xs"),
            html.Span(id=ids.PIN_SAID, className="hint", role="status"),
            controls.carrier(_KEY),
        ],
        id=ids.wrapper(_KEY),
        className="pin",
        style={"display": "none"} if gone else None,
    )


def _script() -> html.Div:
    """Return what saves the code of the pinned result: the Export menu has the other's."""
    return html.Div(
        [
            dmc.Button(
                "Pinned result's script",
                id=ids.PINNED_SCRIPT_BUTTON,
                variant="default",
                size="xs",
                **{"aria-label": "Save the script that gives the pinned result"},
            ),
            dcc.Download(id=ids.PINNED_SCRIPT),
        ],
        className="pinned-script",
    )


def _plots() -> html.Div:
    return html.Div(
        [
            parts.panel(
                title,
                name,
                [parts.plot(name, label=f"{title}: plot", link=ids.PINNED, config=GRAPH_CONFIG)],
            )
            for name, title in _TITLES.items()
        ],
        className="panels pinned-plots",
    )


def _tables() -> html.Div:
    return html.Div(
        [
            dmc.Paper(
                [
                    data_table.head(
                        html.H2("What moved", className="panel-title"),
                        "Download (CSV)",
                        ids.PINNED_DOWNLOAD_BUTTON,
                        ids.PINNED_DOWNLOAD,
                    ),
                    html.Div(id=ids.PINNED_MOVED, className="said", role="status"),
                    html.P(_WHERE, className="hint"),
                    data_table.empty(ids.PINNED_TABLE),
                ],
                withBorder=True,
                radius="md",
                className="panel",
            ),
            dmc.Paper(
                [
                    html.H2("Scores side by side", className="panel-title"),
                    html.Div(id=ids.PINNED_SCORES_SAID, className="said"),
                    html.Div(
                        id=ids.PINNED_SCORES,
                        className="data-table-box",
                        tabIndex=0,
                        role="region",
                        **{"aria-label": "Criteria of both results"},
                    ),
                ],
                withBorder=True,
                radius="md",
                className="panel",
            ),
        ],
        className="pinned-tables",
    )
