"""The menu beside "Share": what can be taken away."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import dash_mantine_components as dmc
from dash import dcc, html

from gmm_dash import ids
from gmm_dash.layout.parts import icon
from gmm_dash.state import AppState

if TYPE_CHECKING:
    from gmm_dash.state.fields import Spec


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the menu: what the id says, the words, and a few more."""

    what: str
    label: str
    hint: str


SECTIONS: Final = {
    "Code that repeats it": (
        Item("script", "Python script", "scikit-learn, the same points, starts and numbers"),
        Item("notebook", "Notebook", "the same for Jupyter"),
    ),
    "Tables and models": (
        Item(
            "data", "Data on the page (CSV)", "the points as fitted; the script of a file reads it"
        ),
        Item("posteriors", "Labels and probabilities (CSV)", "one row for each point"),
        Item("model", "Model (JSON)", "both fits, to be read back"),
    ),
    "Pictures": (
        Item("png", "Plots as PNG", "for slides, at twice the size"),
        Item("svg", "Plots as SVG", "for print"),
        Item("report", "Report (HTML)", "one page: plots, numbers, settings; opens offline"),
    ),
}
_FOR_A_CLASS: Final = "hide and lock controls, present on a projector"
IN_THE_BROWSER: Final = ("png", "svg", "report")  # made from what is on the screen


def build() -> html.Div:
    """Return the menu, with the place its downloads come from."""
    lines: list[Any] = []
    for title, items in SECTIONS.items():
        lines += [dmc.MenuLabel(title), *(_line(item) for item in items)]
    for_a_class = [html.Div("Link for a class"), html.Div(_FOR_A_CLASS, className="menu-hint")]
    lines += [dmc.MenuLabel("For teachers"), dmc.MenuItem(for_a_class, id=ids.TEACH_OPEN)]
    return html.Div(
        [
            dmc.Menu(
                [
                    dmc.MenuTarget(
                        dmc.Button(
                            "Export",
                            id=ids.EXPORT_OPEN,
                            leftSection=icon("download"),
                            variant="default",
                            size="xs",
                            className="tool",
                        )
                    ),
                    dmc.MenuDropdown(lines),
                ],
                position="bottom-end",
                shadow="md",
                width=300,
                trapFocus=True,
            ),
            dcc.Download(id=ids.EXPORT_DOWNLOAD),
            dcc.Store(id=ids.SETTING_NAMES, data=setting_names()),
            html.Span(id=ids.EXPORT_SAID, role="status", className="share-said"),
        ],
        className="menu-box",
    )


def setting_names() -> dict[str, str]:
    """Return what each URL key is called on the page, for the report's table of settings."""
    fields: dict[str, Spec] = AppState.fields()
    silent = {"hide", "lock", "lesson", "part", "table", "present"}
    return {key: spec.label for key, spec in fields.items() if key not in silent}


def _line(item: Item) -> dmc.MenuItem:
    words = [html.Div(item.label), html.Div(item.hint, className="menu-hint")]
    return dmc.MenuItem(words, id=ids.export_item(item.what))
