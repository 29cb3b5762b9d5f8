"""The panel on the left: the data, the models, and what to show of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import dash_mantine_components as dmc
from dash import html

from gmm_dash import ids
from gmm_dash.datasets import DATASETS
from gmm_dash.layout import own_data
from gmm_dash.layout.controls import START_NAMES, Controls
from gmm_dash.layout.parts import icon

if TYPE_CHECKING:
    from gmm_dash.layout.own_data import UploadPlace
    from gmm_dash.state import AppState


_GROUPS: Final = ("Shapes", "Lessons", "Real data", "Your own")
_OWN: Final = {"upload": "Your file", "drawn": "Your drawing"}
OVERLAY_NAMES: Final = {
    "size": "Size points by certainty",
    "ellipses": "Ellipses at 1, 2, 3 standard deviations",
    "circles": "k-means circles",
    "centers": "Numbered centres",
    "regions": "Regions: who wins where",
    "density": "Density contours",
    "truth": "True groups as symbols",
    "plain": "One colour for all points",
    "bootstrap": "k-means certainty by bootstrap",
    "shapes": "The four covariance types",
}


def build(state: AppState, controls: Controls, place: UploadPlace) -> dmc.Accordion:
    """Return the accordion of the three groups of settings."""
    sections = {
        "Data": _data(state, controls, place),
        "Model": _model(controls),
        "Show": _show(controls),
    }
    return dmc.Accordion(
        [
            dmc.AccordionItem(
                [dmc.AccordionControl(name), dmc.AccordionPanel(dmc.Stack(content, gap="sm"))],
                value=name,
            )
            for name, content in sections.items()
        ],
        multiple=True,
        value=list(sections),
        className="settings",
        order=2,
    )


def dataset_options() -> list[dict[str, Any]]:
    """Return the data sets for the menu, in groups."""
    titles: dict[str, list[dict[str, str]]] = {group: [] for group in _GROUPS}
    for dataset in DATASETS:
        titles[dataset.group].append({"value": dataset.name, "label": dataset.title})
    titles["Your own"] += [{"value": name, "label": label} for name, label in _OWN.items()]
    return [{"group": group, "items": items} for group, items in titles.items() if items]


def _data(state: AppState, controls: Controls, place: UploadPlace) -> list[Any]:
    locked = "data" in state.view.lock
    pick = dmc.Select(
        id=ids.DATA_PICK,
        value=state.data.dataset,
        data=dataset_options(),
        allowDeselect=False,
        searchable=True,
        maxDropdownHeight=420,
        size="sm",
        disabled=locked,
        **{"aria-label": "Data set"},
    )
    return [
        html.Div(
            [pick, controls.carrier("data")],
            id=ids.wrapper("data"),
            className="control",
            style={"display": "none"} if "data" in state.view.hide else None,
        ),
        html.P(id=ids.DATA_NOTICE, className="hint"),
        own_data.build(place, available=not locked and "data" not in state.view.hide),
        html.Div([controls.number("n", step=50), controls.number("dseed")], className="two"),
        controls.slider("noise", low=0.05, high=2, step=0.05),
        controls.slider("centers", low=1, high=10, step=1),
        _button("Draw new points", ids.NEW_POINTS, "dice"),
        controls.column("cols", "all numeric columns", several=True),
        controls.column("label", "none"),
        controls.segments("scale", {"none": "as it is", "standard": "standardised"}),
        html.P(id=ids.DATA_SOURCE, className="hint"),
    ]


def _model(controls: Controls) -> list[Any]:
    return [
        controls.slider("k", low=1, high=30, step=1, marks=(1, 10, 20, 30)),
        controls.segments("cov"),
        html.Div([controls.number("n_init"), controls.number("seed")], className="two"),
        _button("Try another start", ids.NEW_START, "dice"),
        _button("Compare with scikit-learn's defaults", ids.DEFAULTS_COMPARE, "compare"),
        html.P(id=ids.DEFAULTS_SAID, className="hint", role="status"),
        html.Details(
            [
                html.Summary("Fine print"),
                dmc.Stack(
                    [
                        controls.select("init", START_NAMES),
                        controls.segments("kinit", {"random": "random points"}),
                        html.Div(
                            [controls.field("tol"), controls.number("max_iter")], className="two"
                        ),
                        controls.field("reg"),
                        _button("Use scikit-learn's defaults", ids.SKLEARN_DEFAULTS, "reset"),
                    ],
                    gap="sm",
                    mt="xs",
                ),
            ]
        ),
    ]


def _show(controls: Controls) -> list[Any]:
    return [
        controls.checks("show", OVERLAY_NAMES),
        html.Div(
            [controls.column("x", "1st column"), controls.column("y", "2nd column")],
            className="two",
        ),
    ]


def _button(label: str, component_id: str, icon_name: str) -> dmc.Button:
    return dmc.Button(
        label,
        id=component_id,
        leftSection=icon(icon_name),
        variant="light",
        size="xs",
        fullWidth=True,
    )
