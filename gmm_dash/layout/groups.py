"""The sub-tab "Groups" of Compare: what the groups of both fits are."""

from __future__ import annotations

from typing import Any, Final

import dash_mantine_components as dmc
from dash import dcc, html

from gmm_dash import ids
from gmm_dash.contract.methods import METHODS
from gmm_dash.layout import data_table, merging, parts
from gmm_dash.layout.controls import Controls
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


_NAMES: Final = (
    "Names stand in plots, tables and files, and in the link. A name belongs to the number of a "
    "component, and of several joined ones to the lowest; another fit may number other groups so."
)


def build(controls: Controls) -> list[Any]:
    """Return the empty sub-tab."""
    return [
        dcc.Store(id=ids.GROUPS_REQUEST),
        parts.notice(ids.GROUPS_NOTICE),
        html.Div(id=ids.GROUPS_NOTES, className="notes"),
        merging.build(controls),
        _names(controls),
        *(part for method in _ORDER for part in _method(method)),
    ]


def _names(controls: Controls) -> dmc.Paper:
    """Return the empty card in which groups get names; the browser makes its fields."""
    gone = controls.is_hidden("names") or controls.is_locked("names")
    return dmc.Paper(
        [
            html.H2("Name the mixture's groups", className="panel-title"),
            html.P(_NAMES, className="hint"),
            dcc.Store(id=ids.GROUP_NAMES),
            html.Div(id=ids.GROUP_NAMES_BOX, className="group-names"),
            html.P(id=ids.GROUP_NAMES_SAID, className="hint", role="status"),
            controls.carrier("names"),
        ],
        id=ids.wrapper("names"),
        withBorder=True,
        radius="md",
        className="panel names",
        style={"display": "none"} if gone else None,
    )


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
