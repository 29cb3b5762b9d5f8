"""The Density view: the landscape and the draws in one answer, the held-out curve in another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from dash import Dash, Input, Output, State, html, no_update

from gmm_dash import explain, ids
from gmm_dash.callbacks import panels
from gmm_dash.callbacks.asked import read
from gmm_dash.callbacks.declare import answers
from gmm_dash.callbacks.in_browser import calls
from gmm_dash.errors import WorkLimitError
from gmm_dash.explain import percent, shown
from gmm_dash.figures import density, held_out
from gmm_dash.layout.views.density import DRAW_NUMBERS, NUMBERS
from gmm_dash.results import gmm_side, project

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gmm_dash.pipeline import Pipeline
    from gmm_dash.results import DensityStudy, Projection
    from gmm_dash.state import AppState

_REQUEST: Final = ids.request("density")
_PLOTS: Final = ("density", "draws")
_TERMS: Final = {"density": NUMBERS, "draws": DRAW_NUMBERS}


def register(app: Dash, pipeline: Pipeline) -> None:
    """Attach the callbacks of this module."""

    @app.callback(
        output={
            "notice": Output(ids.DENSITY_NOTICE, "children"),
            "notes": Output(ids.DENSITY_NOTES, "children"),
            "beside": Output(ids.DENSITY_BESIDE, "hidden"),
            **panels.outputs(_PLOTS),
            "numbers": {
                n: {t: Output(ids.number(n, t), "children") for t in _TERMS[n]} for n in _PLOTS
            },
        },
        inputs={"request": Input(_REQUEST, "data")},
        running=[(Output(ids.stage("density"), "className"), "stage busy", "stage")],
        prevent_initial_call=True,
    )
    @answers("shared")
    def draw(request: Any) -> dict[str, Any]:
        state, scheme = read(request)
        return _answer(pipeline.density.study(state), state, scheme)

    app.clientside_callback(
        calls("density", "heldOut"),
        Output(ids.HELD_OUT_ASK, "data"),
        Input(_REQUEST, "data"),
        State(ids.HELD_OUT_ASK, "data"),
        prevent_initial_call=True,
    )

    @app.callback(
        Output(ids.picture("heldout"), "data"),
        Output(ids.caption("heldout"), "children"),
        Input(ids.HELD_OUT_ASK, "data"),
        prevent_initial_call=True,
    )
    @answers("shared")
    def hold_out(request: Any) -> tuple[Any, Any]:
        state, scheme = read(request)
        try:
            result = pipeline.density.held_out(state)
        except WorkLimitError as problem:  # the landscape above is worth seeing all the same
            return no_update, _text(explain.held_out_refusal(problem.sentence))
        figure = held_out.build(result, state.model.k, scheme)
        return panels.picture("heldout", figure, state), _text(
            explain.held_out_sentences(result, state.model.k)
        )


def _answer(study: DensityStudy, state: AppState, scheme: str) -> dict[str, Any]:
    projection = project(study.points, state.view.x, state.view.y)
    beside = state.density.place == "beside" and len(study.draws) > 0
    spoken = explain.density_spoken(
        study,
        projection,
        contours=state.density.map in ("both", "contours"),
        seed=state.density.seed,
        beside=beside,
    )
    return {
        "notice": spoken.text("notice"),
        "notes": [html.P(text) for text in spoken.texts("notes")],
        "beside": not beside,
        "pictures": _pictures(study, projection, state, scheme, beside=beside),
        **panels.said(spoken, _PLOTS),
        "numbers": _numbers(spoken.numbers),
    }


def _pictures(
    study: DensityStudy, projection: Projection, state: AppState, scheme: str, *, beside: bool
) -> dict[str, Any]:
    asked, ranges = state.density, density.ranges(study, projection)
    contours, log = asked.map in ("both", "contours"), asked.scale == "log"
    scenes = {
        "density": density.Scene(
            study,
            projection,
            heat=asked.map in ("both", "heat"),
            contours=contours,
            log=log,
            data=True,
            draws=not beside,
            scheme=scheme,
            ranges=ranges,
        )
    }
    if beside:
        scenes["draws"] = density.Scene(
            study,
            projection,
            heat=False,
            contours=contours,
            log=log,
            data=False,
            draws=True,
            scheme=scheme,
            ranges=ranges,
        )
    pictures: dict[str, Any] = dict.fromkeys(_PLOTS, no_update)
    words = explain.described(gmm_side(study.points, study.fit), projection)
    for name, scene in scenes.items():
        pictures[name] = panels.picture(name, density.build(scene), state, words=words)
    return pictures


def _numbers(numbers: Mapping[str, float | None]) -> dict[str, dict[str, str]]:
    beyond = numbers["draws.beyond"]
    return {
        "density": {term: shown(numbers[f"gmm.{term}"]) for term in NUMBERS},
        "draws": {
            "draw_distance": shown(numbers["draws.draw_distance"], 3),
            "data_distance": shown(numbers["draws.data_distance"], 3),
            "beyond": shown(None) if beyond is None else percent(beyond),
        },
    }


def _text(sentences: tuple[explain.Sentence, ...]) -> str:
    return " ".join(sentence.text for sentence in sentences)
