"""The Density view: the landscape and the draws in one answer, the held-out curve in another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from dash import Dash, Input, Output, html, no_update

from gmm_dash import explain, ids
from gmm_dash.callbacks import panels
from gmm_dash.callbacks.asked import read
from gmm_dash.callbacks.declare import answers
from gmm_dash.contract import live
from gmm_dash.errors import FitError, WorkLimitError
from gmm_dash.explain import percent, shown
from gmm_dash.explain.density_described import draws_described, held_out_described
from gmm_dash.figures import density, held_out
from gmm_dash.layout.views.density import NUMBERS
from gmm_dash.pipeline.budget import check_comparison
from gmm_dash.results import gmm_side, project
from gmm_dash.results.slice import slice_at
from gmm_dash.state import to_query

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gmm_dash.contract.answers import LiveFrame, Picture, Shown
    from gmm_dash.pipeline import Pipeline
    from gmm_dash.results import DensityStudy, Projection
    from gmm_dash.results.slice import Slice
    from gmm_dash.state import AppState

_REQUEST: Final = ids.request("density")


def register(app: Dash, pipeline: Pipeline) -> None:
    """Attach the callbacks of this module."""

    @app.callback(
        Output(ids.answer("density"), "data"),  # the page asks, and fills itself
        Input(_REQUEST, "data"),
        prevent_initial_call=True,
    )
    @answers("shared")
    def draw(request: Any) -> Any:
        state, scheme = read(request)
        study = pipeline.density.study(state)
        shown = _answer(study, state, scheme, pipeline.config.plot_points)
        return {**shown, "notes": [*map(html.P, shown["notes"]), *_way(study, state)]}

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
        words = held_out_described(result, state.model.k)
        return panels.picture("heldout", figure, state, words=words), _text(
            explain.held_out_sentences(result, state.model.k)
        )


def frame(pipeline: Pipeline, state: AppState, scheme: str) -> LiveFrame:
    """Return what the view shows with these settings but the held-out curve: while a hand moves.

    Raises
    ------
    GmmDashError
        As the answer would, and where nobody would wait for it.
    """
    check_comparison(pipeline.points(state.data), state.model, live.MOST_SECONDS)
    pipeline.compare.check_all_rows(state, live.MOST_SECONDS)
    if pipeline.compare.carried(state):
        raise FitError("Of all rows this is drawn when the slider is let go.")
    shown = _answer(pipeline.density.study(state), state, scheme, pipeline.config.plot_points)
    return {
        "notice": shown["notice"],
        "notes": shown["notes"],
        "pictures": shown["pictures"],
        "captions": shown["captions"],
        "badges": shown["badges"],
        "numbers": shown["numbers"],
    }


def _way(study: DensityStudy, state: AppState) -> list[html.P]:
    """Return the link to where a press goes on to all rows of a long table, where there is one."""
    if study.rows is None or not study.rows.pieces:
        return []
    there = to_query(state.but(view="compare"))
    return [html.P(html.A(explain.OPEN_COMPARE, href=there, className="go"))]


def _answer(study: DensityStudy, state: AppState, scheme: str, most: int) -> Shown:
    projection = project(study.points, state.view.x, state.view.y)
    beside = state.density.place == "beside" and len(study.draws) > 0
    cut = slice_at(study.points, study.fit.mixture, projection, state.density.slice / 100)
    spoken = explain.density_spoken(
        study,
        projection,
        contours=state.density.map in ("both", "contours"),
        seed=state.density.seed,
        beside=beside,
        most=most,
        cut=cut,
    )
    pictures = _pictures(study, projection, cut, state, scheme, beside=beside, most=most)
    said = panels.said(spoken, pictures)
    return {
        "notice": spoken.text("notice"),
        "notes": spoken.texts("notes"),
        "pictures": pictures,
        "captions": said["captions"],
        "badges": said["badges"],
        "numbers": _numbers(spoken.numbers),
    }


def _pictures(
    study: DensityStudy,
    projection: Projection,
    cut: Slice | None,
    state: AppState,
    scheme: str,
    *,
    beside: bool,
    most: int,
) -> dict[str, Picture]:
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
            cut=cut,
            scheme=scheme,
            ranges=ranges,
            most=most,
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
    words = {"density": explain.described(gmm_side(study.points, study.fit), projection)}
    if beside:
        words["draws"] = draws_described(study, projection, asked.seed)
    return {
        name: panels.picture(name, density.build(scene), state, words=words[name])
        for name, scene in scenes.items()
    }


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
