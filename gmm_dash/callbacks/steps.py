"""The Step by step view: one request, one answer that holds both runs; playing asks nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from dash import Dash, Input, Output, State, html

from gmm_dash import explain, ids
from gmm_dash.callbacks import downloads, panels
from gmm_dash.callbacks.asked import read
from gmm_dash.callbacks.declare import answers
from gmm_dash.callbacks.in_browser import calls
from gmm_dash.callbacks.rest import to_rest
from gmm_dash.contract import live
from gmm_dash.contract.keys import WISHED
from gmm_dash.contract.methods import METHODS
from gmm_dash.errors import FitError, WorkLimitError
from gmm_dash.export import steps_gif
from gmm_dash.figures import steps as figures
from gmm_dash.pipeline.drawing import unstored
from gmm_dash.results import project

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gmm_dash.contract.answers import StepsFrame
    from gmm_dash.pipeline import Pipeline
    from gmm_dash.results import Projection, Steps
    from gmm_dash.state import AppState

_TABLE: Final = "here"  # a key of none that is stored
# A table of two columns, whatever was chosen of the one before.
_AS_IT_IS: Final[Mapping[str, Any]] = {
    "cols": (), "label": "", "weights": "", "x": "", "y": "", "transform": (), "pcs": 0,
}  # fmt: skip


def register(app: Dash, pipeline: Pipeline) -> None:
    """Attach the callbacks of this module."""

    @app.callback(
        output={
            "trace": Output(ids.STEPS_TRACE, "data"),
            "notes": Output(ids.STEPS_NOTES, "children"),
            **panels.outputs(METHODS, ids.steps_plot),
        },
        inputs={"request": Input(ids.request("steps"), "data")},
        running=[(Output(ids.stage("steps"), "className"), "stage busy", "stage")],
        prevent_initial_call=True,
    )
    @answers("shared")
    def run(request: Any) -> dict[str, Any]:
        state, scheme = read(request)
        return _answer(pipeline.steps.runs(state), state, scheme)

    app.clientside_callback(
        calls("steps", "load"),
        Output(ids.STEPS_LOADED, "data"),  # so that it waits for the view to be on the page
        Input(ids.STEPS_TRACE, "data"),
        Input(ids.STATE, "data"),
        State(ids.NAVIGATION, "data"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        calls("steps", "wish"),
        *(Output(ids.control(key), "value", allow_duplicate=True) for key in WISHED),
        Output(ids.DATA_PICK, "value", allow_duplicate=True),
        Input(ids.STEPS_WISH, "data"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        calls("steps", "formulas"),
        *(Output(ids.step_part(side, "formulas"), "hidden") for side in METHODS),
        Input(ids.STEPS_FORMULAS, "checked"),
        prevent_initial_call=True,
    )

    def gif(request: Any) -> downloads.File:
        state, scheme = read(request)
        steps = pipeline.steps.runs(state)
        projection = project(steps.points, state.view.x, state.view.y)
        return "step-by-step.gif", steps_gif(steps, projection, scheme)

    busy = (Output(ids.stage("steps"), "className"), "stage busy", "stage")
    downloads.save(app, ids.STEPS_GIF, ids.STEPS_SAVE_GIF, ids.request("steps"), gif, [busy])


def end(pipeline: Pipeline, state: AppState, scheme: str, table: str) -> StepsFrame:
    """Return where both runs end with edited points: what is shown last when one goes on.

    It is the answer to what the page then asks for, of a pipeline that has this one table and is
    gone with the answer: nothing of the points is stored or remembered.

    Parameters
    ----------
    pipeline : Pipeline
    state : AppState
        Where k-means' centres are, and everything else but the points.
    scheme : str
    table : str
        The points, as they will be stored.

    Raises
    ------
    GmmDashError
        As the answer would, and where nobody would wait for it.
    """
    edited = state.but(**_AS_IT_IS, data="drawn", table=_TABLE, start="own")
    try:
        steps = pipeline.apart(unstored(table)).steps.under_hand(edited, live.MOST_SECONDS)
    except WorkLimitError:
        message = "These runs are too long to follow a hand: both follow when you go on."
        raise FitError(message) from None
    projection = project(steps.points, "", "")
    spoken = explain.steps_end_spoken(steps, projection)
    drawn = figures.payload(figures.at_end(steps), projection, scheme)
    for side, title in METHODS.items():
        drawn[side] |= {"said": [spoken.text(f"said.{side}")], "formulas": [], "title": title}
    trace = drawn | {"seeding_said": [], "note": "", "columns": None, "fitted": None}
    beside = panels.said(spoken, METHODS)
    return {"trace": trace, "badges": beside["badges"], "captions": beside["captions"]}


def frame(pipeline: Pipeline, state: AppState, scheme: str) -> StepsFrame:
    """Return both runs with these settings, as the page will have them when a hand lets go.

    They are those of the settled answer, which then only looks them up.

    Raises
    ------
    GmmDashError
        As the answer would, and where nobody would wait for it.
    """
    if pipeline.points(state.data).n > live.MOST_POINTS:
        raise FitError("This is drawn when the slider is let go.")
    pipeline.steps.check(state, live.MOST_SECONDS)
    steps = pipeline.steps.runs(state)
    projection = project(steps.points, state.view.x, state.view.y)
    spoken = explain.steps_spoken(steps, projection)
    beside = panels.said(spoken, METHODS)
    notes = (one if isinstance(one, str) else str(one.children) for one in _notes(spoken, state))
    return {
        "trace": _trace(steps, projection, scheme, spoken),
        "notes": "".join(notes),
        "badges": beside["badges"],
        "captions": beside["captions"],
    }


def _answer(steps: Steps, state: AppState, scheme: str) -> dict[str, Any]:
    projection = project(steps.points, state.view.x, state.view.y)
    figure = figures.axes_figure(steps.points, projection, scheme)
    spoken = explain.steps_spoken(steps, projection)
    return {
        "trace": _trace(steps, projection, scheme, spoken),
        "notes": _notes(spoken, state),
        "pictures": {n: panels.picture(ids.steps_plot(n), figure, state) for n in METHODS},
        **panels.said(spoken, METHODS),
    }


def _notes(spoken: explain.Spoken, state: AppState) -> list[str | html.A]:
    return [f"{spoken.text('start')} {spoken.text('notes')} ", *to_rest(spoken, state)]


def _trace(
    steps: Steps, projection: Projection, scheme: str, spoken: explain.Spoken
) -> dict[str, Any]:
    """Return the whole run with its words."""
    drawn = figures.payload(steps, projection, scheme)
    words = {
        "kmeans": (explain.kmeans_said(steps), explain.kmeans_formulas(steps)),
        "gmm": (explain.mixture_said(steps), explain.mixture_formulas(steps)),
    }
    for side, (said, formulas) in words.items():
        texts = [" ".join(one.text for one in half_step) for half_step in said]
        drawn[side] |= {"said": texts, "formulas": formulas, "title": METHODS[side]}
    columns = steps.points.columns  # editable where the plot shows the two columns themselves
    straight = not any(projection.bends) and steps.points.reduction is None
    own = straight and not projection.line and set(projection.titles) == set(columns)
    shown = list(projection.titles) if own else None
    seeding = spoken.texts("said.seeding")
    return drawn | {"seeding_said": seeding, "note": spoken.text("start"), "columns": shown}
