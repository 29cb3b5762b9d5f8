"""The menu beside "Share": what can be taken away."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import dash_mantine_components as dmc
from dash import dcc, html

from gmm_dash import ids
from gmm_dash.contract.methods import FOUR_SHAPES
from gmm_dash.layout.parts import tool
from gmm_dash.layout.views import VIEWS
from gmm_dash.state import AppState

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gmm_dash.state.fields import Spec


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the menu.

    Attributes
    ----------
    label : str
    hints : mapping of str to str
        A few more words for every scene that offers the line; no other scene does.
    """

    label: str
    hints: Mapping[str, str]


_POINTS: Final = ("compare", "shapes", "steps", "select", "restarts", "density")
_SCRIPTS: Final = {view.name: view.script for view in VIEWS} | {
    FOUR_SHAPES["scene"]: "scikit-learn: the four covariance types, the same numbers"
}
_SCENES: Final = tuple(_SCRIPTS)
_COMPARED: Final = ("compare", "shapes")
_DATA: Final = "the points as fitted; the script of pasted cells reads it"
SECTIONS: Final = {
    "Code that repeats it": {
        "script": Item("Python script", _SCRIPTS),
        "notebook": Item("Notebook", dict.fromkeys(_SCENES, "the same for Jupyter")),
    },
    "Tables and models": {
        "data": Item(
            "Data on the page (CSV)",
            dict.fromkeys(_POINTS, _DATA)
            | {"digits": "one image a row; the script of a file reads it"},
        ),
        "image": Item(
            "Image on the page (PNG)", {"colors": "all its colours; the script of a file reads it"}
        ),
        "draws": Item("New points (CSV)", {"density": "in the units of the data"}),
        "posteriors": Item(
            "Labels and probabilities (CSV)",
            dict.fromkeys(_COMPARED, "every row of the file, with all its columns"),
        ),
        "workbook": Item(
            "Labels and probabilities (Excel)", dict.fromkeys(_COMPARED, "the same as a workbook")
        ),
        "parquet": Item(
            "Labels and probabilities (Parquet)", dict.fromkeys(_COMPARED, "the same, typed")
        ),
        "profile": Item(
            "Groups (CSV)",
            dict.fromkeys(_COMPARED, "size, means and deviations of every group, by column"),
        ),
        "model": Item(
            "Model (JSON)",
            {
                "compare": "both fits, to be read back",
                "density": "this mixture, to be read back",
                "colors": "both fits of the pixels, to be read back",
            },
        ),
    },
    "Pictures": {
        "png": Item("Plots as PNG", dict.fromkeys(_SCENES, "for slides, at twice the size")),
        "svg": Item("Plots as SVG", dict.fromkeys(_SCENES, "for print")),
        "report": Item(
            "Report (HTML)",
            dict.fromkeys(_SCENES, "one page: plots, numbers, settings; opens offline"),
        ),
    },
}
ITEMS: Final = {what: item for items in SECTIONS.values() for what, item in items.items()}
NOTES: Final = {
    "shapes": "A model file holds one mixture: switch the four covariance types off to save one.",
    "steps": "Labels and a model file belong to a finished fit: Compare offers them.",
    "select": "Labels and a model file belong to one model: open it in Compare to save them.",
    "restarts": "Labels and a model file belong to one start: open it in Compare to save them.",
    "density": "Labels and probabilities are a matter of clusters: Compare offers them.",
    "digits": "The mixture lives in the compressed images; the script makes both again.",
}
_FOR_A_CLASS: Final = "hide and lock controls, present on a projector"
IN_THE_BROWSER: Final = ("png", "svg", "report")  # made from what is on the screen


def scene_of(state: AppState) -> str:
    """Return what is on the screen: the open view, or ``"shapes"`` for Compare with four fits."""
    four = state.view.view == FOUR_SHAPES["view"] and FOUR_SHAPES["overlay"] in state.view.show
    return FOUR_SHAPES["scene"] if four else state.view.view


def build(state: AppState) -> html.Div:
    """Return the menu, with the place its downloads come from."""
    scene = scene_of(state)
    lines: list[Any] = []
    for title, items in SECTIONS.items():
        lines += [dmc.MenuLabel(title), *(_line(*item, scene) for item in items.items())]
        if "model" in items:
            lines.append(html.P(NOTES.get(scene), id=ids.EXPORT_NOTE, className="menu-note"))
    for_a_class = [html.Div("Link for a class"), html.Div(_FOR_A_CLASS, className="menu-hint")]
    lines += [dmc.MenuLabel("For teachers"), dmc.MenuItem(for_a_class, id=ids.TEACH_OPEN)]
    return html.Div(
        [
            dmc.Menu(
                [
                    dmc.MenuTarget(tool("Export", None, "download")),
                    dmc.MenuDropdown(lines),
                ],
                position="bottom-end",
                shadow="md",
                width=300,
                trapFocus=True,
            ),
            dcc.Download(id=ids.EXPORT_DOWNLOAD),
            dcc.Store(id=ids.REPORT_TABLES),
            dcc.Store(id=ids.EXPORT_SCENE, data=scene),
            dcc.Store(id=ids.EXPORT_WORDS, data=_words()),
            html.Span(id=ids.EXPORT_SAID, role="status", className="share-said"),
        ],
        className="menu-box",
    )


def setting_names() -> dict[str, dict[str, str]]:
    """Return, for each view, what its settings are called: the report's table of settings."""
    fields: dict[str, Spec] = AppState.fields()
    silent = {"table", "imagekey"}  # keys to what somebody has stored
    return {
        view.name: {
            key: spec.label
            for key, spec in fields.items()
            if (key in view.concerns or key == "view") and key not in silent
        }
        for view in VIEWS
    }


def _words() -> dict[str, Any]:
    """Return what the browser needs to make the menu that of another scene."""
    return {"hints": {what: item.hints for what, item in ITEMS.items()}, "notes": NOTES}


def _line(what: str, item: Item, scene: str) -> dmc.MenuItem:
    hint = html.Div(item.hints.get(scene), id=ids.export_hint(what), className="menu-hint")
    offered = scene in item.hints
    return dmc.MenuItem(
        [html.Div(item.label), hint],
        id=ids.export_item(what),
        disabled=not offered,  # so that the arrow keys pass it by
        style={} if offered else {"display": "none"},
    )
