"""The panel on the left: the data, the models, and what to show of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import dash_mantine_components as dmc
from dash import html

from gmm_dash import ids
from gmm_dash.contract import live
from gmm_dash.contract.keys import AXIS_KEYS, DATA_KEYS, MODEL_KEYS
from gmm_dash.contract.methods import (
    OWN_SHAPES,
    SKLEARN_DEFAULTS,
    has_background,
    is_informed,
    may_be_informed,
)
from gmm_dash.contract.names import OWN_NAMES
from gmm_dash.datasets import DATASETS
from gmm_dash.engine.covariances import CovarianceType
from gmm_dash.engine.types import INFORMED
from gmm_dash.explain.background import ELSEWHERE
from gmm_dash.layout import column_transforms, own_data
from gmm_dash.layout.controls import K_MARKS, START_NAMES
from gmm_dash.layout.panel import Panel
from gmm_dash.layout.parts import icon, lock_note
from gmm_dash.state.bounds import MOST_COMPONENTS

if TYPE_CHECKING:
    from gmm_dash.layout.controls import Controls
    from gmm_dash.layout.own_data import UploadPlace
    from gmm_dash.state import AppState


_GROUPS: Final = ("Shapes", "Lessons", "Real data", "Your own")
_WHOLE: Final = ("data", "n")  # where the data set itself is looked at
_FINE: Final = ("init", "kinit", "tol", "max_iter", "reg")
_IMAGES: Final = (
    "Only a table of images changes this view: a file with one square grey image in each row. "
    "With any other data it shows the handwritten digits."
)
_ONE_START: Final = (
    f"Of these, only “{START_NAMES[INFORMED]}” acts in Step by step: "
    "the other values leave it to Start, above the plots."
)
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
    "sources": "True centres as ×",
    "borders": "k-means' borders, and who differs",
}


_LINE_NAMES: Final = {  # of one column; those without a name have no meaning there
    "ellipses": "Each component's curve",
    "circles": "",
    "density": "",
    "borders": "k-means' cuts, and who differs",
}


def build(state: AppState, controls: Controls, place: UploadPlace) -> html.Div:
    """Return the accordion of the three groups of settings."""
    panel = Panel(state, controls)
    sections = {
        "Data": (_data(state, panel, place), DATA_KEYS),
        "Model": (_model(panel), MODEL_KEYS),
        "Show": (_show(panel), ("show", *AXIS_KEYS)),
    }
    accordion = dmc.Accordion(
        [_section(panel, name, *section) for name, section in sections.items()],
        multiple=True,
        value=list(sections),
        className=f"settings {_acting(state)}".strip(),
        order=2,
    )
    return html.Div([*_locks(state), accordion, panel.store()])


def _acting(state: AppState) -> str:
    """Return the classes by which controls are there while they act; see ``panel/acting.ts``."""
    own = state.model.covariance_type in OWN_SHAPES
    on = state.model.background == "on"
    lost = on and not has_background(state)
    steps = state.view.view == "steps"
    one = steps and not is_informed(state)
    placed = steps and not may_be_informed(state)
    names = {
        "own-shape": own,
        "with-background": on,
        "without-background": lost,
        "one-start": one,
        "placed": placed,
    }
    return " ".join(name for name, there in names.items() if there)


def _locks(state: AppState) -> list[html.P]:
    """Return what the locks beside settings mean, where there are any."""
    if not set(state.view.lock) - set(state.view.hide):
        return []
    words = "The link locks what bears a lock."
    return [html.P([icon("lock"), words], className="hint locks")]


def _section(panel: Panel, name: str, content: list[Any], keys: tuple[str, ...]) -> html.Div:
    item = dmc.AccordionItem(
        [dmc.AccordionControl(name), dmc.AccordionPanel(dmc.Stack(content, gap="sm"))],
        value=name,
    )
    return panel.group(name, item, *keys)


def dataset_options() -> list[dict[str, Any]]:
    """Return the data sets for the menu, in groups."""
    titles: dict[str, list[dict[str, str]]] = {group: [] for group in _GROUPS}
    for dataset in DATASETS:
        titles[dataset.group].append({"value": dataset.name, "label": dataset.title})
    titles["Your own"] += [{"value": name, "label": label} for name, label in OWN_NAMES.items()]
    return [{"group": group, "items": items} for group, items in titles.items() if items]


def _data(state: AppState, panel: Panel, place: UploadPlace) -> list[Any]:
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
    box = html.Div(
        [
            html.Div([pick, *([lock_note()] if locked else [])], className="pick"),
            panel.controls.carrier("data"),
        ],
        id=ids.wrapper("data"),
        className="control",
        style={"display": "none"} if "data" in state.view.hide else None,
    )
    own = own_data.build(place, panel, available=not locked and "data" not in state.view.hide)
    numbers = [panel.control("n", "number", step=50), panel.control("dseed", "number")]
    return [
        panel.keep(box, "data"),
        panel.keep(html.P(id=ids.DATA_NOTICE, className="hint"), *_WHOLE),
        panel.part("images", html.P(_IMAGES, className="hint"), "pca"),
        panel.part("own", own, "table"),
        panel.group("numbers", numbers, "n", "dseed", class_name="two"),
        panel.control("noise", "slider", low=0.05, high=2, step=live.STEPS["noise"]),
        panel.control("centers", "slider", low=1, high=10, step=live.STEPS["centers"]),
        panel.control("orient", "segments", {"swapped": "as in textbooks", "own": "make_blobs"}),
        panel.part(
            ids.NEW_POINTS, _dice("Draw new points", ids.NEW_POINTS, panel, "dseed"), "dseed"
        ),
        panel.control("cols", "column", "all numeric columns", several=True),
        panel.keep(html.Div(id=ids.COLUMN_DOUBTS, className="column-doubts"), "cols"),
        panel.keep(column_transforms.build(panel.controls), "transform"),
        panel.control("label", "column", "none"),
        panel.control("weights", "column", "none"),
        panel.control("gaps", "segments", {"drop": "leave out", "use": "use what is known"}),
        panel.control("scale", "segments", {"none": "as it is", "standard": "standardised"}),
        panel.control("pcs", "field"),
        panel.keep(html.P(id=ids.DATA_SOURCE, className="hint"), *_WHOLE),
    ]


def _model(panel: Panel) -> list[Any]:
    starts = [panel.control("n_init", "number"), panel.control("seed", "number")]
    compare = [
        _button("Compare with scikit-learn's defaults", ids.DEFAULTS_COMPARE, "compare"),
        html.P(id=ids.DEFAULTS_SAID, className="hint", role="status"),
    ]
    return [
        panel.control(
            "k", "slider", low=1, high=MOST_COMPONENTS, step=live.STEPS["k"], marks=K_MARKS
        ),
        panel.group("shapes", [panel.control("cov", "segments"), _more_shapes()], "cov"),
        panel.control("background", "segments"),
        panel.part("no background", html.P(ELSEWHERE, className="hint"), "cov"),
        panel.group("starts", starts, "n_init", "seed", class_name="two"),
        panel.part("new start", _dice("Try another start", ids.NEW_START, panel, "seed"), "seed"),
        panel.part("defaults", compare, *MODEL_KEYS, class_name="stacked"),
        panel.group("fine print", html.Details(_fine_print(panel)), *_FINE),
    ]


def _more_shapes() -> html.Details:
    """Return what brings the shapes that scikit-learn lacks into the row above; see own.css."""
    more = [
        f"{kind}: {kind.shape.explain}. Our engine: scikit-learn has no such shape."
        for kind in CovarianceType
        if kind.shape.ours
    ]
    more.append(
        "Uniform background: a component over the box that the points span takes what belongs to "
        "no group, in Compare. Our engine: scikit-learn has none."
    )
    said = [html.P(line, className="hint") for line in more]
    return html.Details([html.Summary("More shapes"), *said], className="more-shapes")


def _fine_print(panel: Panel) -> list[Any]:
    limits = [panel.control("tol", "field"), panel.control("max_iter", "number")]
    reset = _button("Use scikit-learn's defaults", ids.SKLEARN_DEFAULTS, "reset")
    reset.disabled = any(panel.controls.is_locked(key) for key in SKLEARN_DEFAULTS)
    content = [
        panel.control("init", "select", START_NAMES),
        panel.part("one start", html.P(_ONE_START, className="hint"), "init", "start"),
        panel.control("kinit", "segments", {"random": "random points"}),
        panel.group("limits", limits, "tol", "max_iter", class_name="two"),
        panel.control("reg", "field"),
        panel.part("reset", reset, *_FINE),
    ]
    return [html.Summary("Fine print"), dmc.Stack(content, gap="sm", mt="xs")]


def _show(panel: Panel) -> list[Any]:
    axes = [panel.control("x", "column", "1st column"), panel.control("y", "column", "2nd column")]
    return [
        panel.control("show", "checks", OVERLAY_NAMES, _LINE_NAMES),
        panel.group("axes", axes, *AXIS_KEYS, class_name="two"),
        panel.keep(html.Div(id=ids.AXES_OFFERS, className="axes-offers"), *AXIS_KEYS, "span"),
        panel.group("more shown", html.Details(_more_shown(panel), className="more-shown"), "hard"),
    ]


def _more_shown(panel: Panel) -> list[Any]:
    """Return the handles that tell a story; see own.css for when they have an effect."""
    handles = [
        panel.control("stretch", "slider", low=-1, high=1, step=live.STEPS["stretch"]),
        panel.control("hard", "slider", low=0, high=1, step=live.STEPS["hard"]),
    ]
    return [html.Summary("More"), dmc.Stack(handles, gap="sm", mt="xs")]


def _dice(label: str, component_id: str, panel: Panel, key: str) -> dmc.Button:
    """Return a button that draws another seed, unless the link locks it."""
    button = _button(label, component_id, "dice")
    button.disabled = panel.controls.is_locked(key)
    return button


def _button(label: str, component_id: str, icon_name: str) -> dmc.Button:
    return dmc.Button(
        label,
        id=component_id,
        leftSection=icon(icon_name),
        variant="light",
        size="xs",
        fullWidth=True,
    )
