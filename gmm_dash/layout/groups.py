"""The sub-tab "Groups" of Compare: what the groups of both fits are."""

from __future__ import annotations

from typing import Any, Final

import dash_mantine_components as dmc
from dash import dcc, html

from gmm_dash import ids
from gmm_dash.contract.methods import METHODS
from gmm_dash.layout import data_table, parts
from gmm_dash.layout.graph_config import GRAPH_CONFIG

_CONFIG: Final = GRAPH_CONFIG | {"displayModeBar": False, "scrollZoom": False}
_ORDER: Final = ("gmm", "kmeans")
_APART: Final = (
    "Set apart by: how many standard deviations its mean lies above (+) or below (−) "
    "that of all other rows. Typical rows are nearest to its centre; "
)
_GROUPS: Final = {
    "gmm": _APART + "least certain ones have the smallest posterior, which is given.",
    "kmeans": _APART + "least certain ones are nearest to the wall of another cluster.",
}
_COLUMNS: Final = (
    "Between groups: the share of a column's variance that lies between the means of the groups. "
    "Separation: the same as a share of the sum over all columns. SD: standard deviation."
)


def build() -> list[Any]:
    """Return the empty sub-tab."""
    return [
        dcc.Store(id=ids.GROUPS_REQUEST),
        parts.notice(ids.GROUPS_NOTICE),
        html.Div(id=ids.GROUPS_NOTES, className="notes"),
        *(part for method in _ORDER for part in _method(method)),
    ]


def _method(method: str) -> list[Any]:
    name, title = ids.groups_plot(method), METHODS[method]
    picture = parts.plot(
        name, label=f"{title}: what sets each group apart", link=name, config=_CONFIG
    )
    heat = parts.panel(f"{title}: groups", name, [picture])
    box = html.Div(heat, id=ids.groups_box(method))
    groups = _table(f"{title}: rows of each group", _GROUPS[method], ids.groups_table(method))
    columns = _table(f"{title}: all columns, group by group", _COLUMNS, ids.columns_table(method))
    return [html.Div([box, groups], className="panels group-panels"), columns]


def _table(title: str, hint: str, name: str) -> dmc.Paper:
    return dmc.Paper(
        [
            html.H2(title, className="panel-title"),
            html.P(hint, className="hint"),
            data_table.empty(name),
        ],
        withBorder=True,
        radius="md",
        className="panel group-table",
    )
