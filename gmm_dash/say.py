"""What the page says for a link, without a page: the same words and numbers, view by view."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from gmm_dash import explain
from gmm_dash.engine.nesting import is_smoothed
from gmm_dash.errors import WorkLimitError
from gmm_dash.explain.columns import told
from gmm_dash.explain.sure import chosen_sentences, sure_spoken
from gmm_dash.results import project
from gmm_dash.results.restarts import restarts_of
from gmm_dash.results.restarts_claims import Rule
from gmm_dash.results.select import selection_of
from gmm_dash.results.select_claims import Asked
from gmm_dash.results.slice import slice_at
from gmm_dash.results.sure import model_of, sure_of
from gmm_dash.state import starts

if TYPE_CHECKING:
    from gmm_dash.engine import SelectionRow
    from gmm_dash.explain import Sentence, Spoken
    from gmm_dash.pipeline import Pipeline
    from gmm_dash.state import AppState

Speak: TypeAlias = "Callable[[Pipeline, AppState], Spoken]"


def say(pipeline: Pipeline, state: AppState) -> dict[str, Any]:
    """Return the view, its sentences with their codes, and the numbers of its cards.

    Parameters
    ----------
    pipeline : Pipeline
    state : AppState
        Which view of which data, with which settings.

    Returns
    -------
    dict
        Plain: ``{"view", "sentences": [{"code", "text"}], "numbers": {name: value}}``; a number
        is None where it is not defined.

    Raises
    ------
    GmmDashError
        Whatever the page would refuse, with the same sentence.
    """
    spoken = VIEWS[state.view.view](pipeline, state)
    said = (*columns_said(pipeline, state), *spoken.sentences)
    return {
        "view": state.view.view,
        "sentences": [{"code": one.code, "text": one.text} for one in said],
        "numbers": dict(spoken.numbers),
    }


def columns_said(pipeline: Pipeline, state: AppState) -> tuple[Sentence, ...]:
    """Return what the panel says of the columns of a user's file, in views that look at them."""
    if state.data.dataset != "upload" or state.view.view in ("digits", "colors"):
        return ()
    return told(pipeline.column_doubts(state.data, state.model.reg_covar))


def _compare(pipeline: Pipeline, state: AppState) -> Spoken:
    overlays, most = frozenset(state.view.show), pipeline.config.plot_points
    if state.view.tab == "groups":
        result = pipeline.grouped(state)
        merging = pipeline.merging(state, result)
        return explain.groups_spoken(pipeline.profiles(state), result, merging, state.view.merge)
    if "shapes" in overlays:
        shapes = pipeline.shapes(state)
        projection = project(shapes.points, state.view.x, state.view.y)
        return explain.shapes_spoken(shapes, projection, overlays, most)
    result = pipeline.grouped(state)
    projection = project(result.points, state.view.x, state.view.y)
    return explain.compare_spoken(
        result,
        pipeline.low_score(state),
        pipeline.run_on(state),
        projection,
        overlays,
        most,
        start=starts(state),
    )


def _restarts(pipeline: Pipeline, state: AppState) -> Spoken:
    pieces = [pipeline.restarts.piece(state, i) for i in range(len(pipeline.restarts.plan(state)))]
    kmeans, gmm = (
        restarts_of(
            name,
            [row for piece in pieces for row in piece.get(name, [])],
            n=pipeline.points(state.data).n,
            k=state.model.k,
        )
        for name in ("kmeans", "gmm")
    )
    rule = Rule(state.model.tol, state.model.max_iter)
    return explain.restarts_spoken(kmeans, gmm, finished=True, rule=rule)


def _density(pipeline: Pipeline, state: AppState) -> Spoken:
    study = pipeline.density.study(state)
    try:
        k = state.model.k
        held_out = explain.held_out_sentences(pipeline.density.held_out(state), k)
    except WorkLimitError as problem:
        held_out = explain.held_out_refusal(problem.sentence)
    projection = project(study.points, state.view.x, state.view.y)
    return explain.density_spoken(
        study,
        projection,
        contours=state.density.map in ("both", "contours"),
        seed=state.density.seed,
        beside=state.density.place == "beside" and len(study.draws) > 0,
        held_out=held_out,
        cut=slice_at(study.points, study.fit.mixture, projection, state.density.slice / 100),
    )


def _steps(pipeline: Pipeline, state: AppState) -> Spoken:
    steps = pipeline.steps(state)
    return explain.steps_spoken(steps, project(steps.points, state.view.x, state.view.y))


def _digits(pipeline: Pipeline, state: AppState) -> Spoken:
    digits = pipeline.digits
    averages, seed = len(digits.averages(state)), state.digits.seed
    return explain.digits_spoken(
        digits.table(state), digits.space(state), digits.drawn(state), averages, seed
    )


def _colors(pipeline: Pipeline, state: AppState) -> Spoken:
    result = pipeline.colors.recoloured(state)
    return explain.colors_spoken(result.study, result.sizes, result.note)


def _select(pipeline: Pipeline, state: AppState) -> Spoken:
    plan, points, chosen = pipeline.select.plan(state), pipeline.points(state.data), state.select
    pieces = [pipeline.select.piece(state, number) for number in range(len(plan.pieces))]
    mixtures, kmeans = (
        [row for piece in pieces for row in piece[name]] for name in ("mixtures", "kmeans")
    )
    asked = Asked(chosen.criterion, finished=True, waiting=False)
    smoothed = is_smoothed(points.fitted, state.model.reg_covar)
    selection = selection_of(mixtures, kmeans, smoothed=smoothed)
    spoken = explain.select_spoken(
        selection,
        points,
        asked,
        chosen=chosen,
        left_out=plan.left_out,
        drawn_only_from=plan.drawn_only_from,
        seconds=pipeline.config.fit_seconds,
    )
    best = selection.best(chosen.criterion)
    if best is None or "sure" not in state.teach.opened:
        return spoken
    sure = _sure(pipeline, state, best)
    methods = chosen_sentences(selection, points, asked, state) + sure.parts["methods"]
    parts = {**spoken.parts, "sure": sure.parts["sure"], "methods": methods}
    return explain.Spoken(parts, {**spoken.numbers, **sure.numbers})


def _sure(pipeline: Pipeline, state: AppState, best: SelectionRow) -> Spoken:
    """Return what the test of the best model says, as the link asks for it."""
    tested = state.but(k=best.n_components, cov=best.covariance_type)
    rows: dict[str, list[dict[str, Any]]] = {}
    for number in range(len(pipeline.sure.plan(tested))):
        for kind, some in pipeline.sure.piece(tested, number).items():
            rows.setdefault(kind, []).extend(some)
    found = sure_of(model_of(tested, best.log_likelihood), pipeline.points(tested.data).n, rows)
    return sure_spoken(found, finished=True)


VIEWS: Final[dict[str, Speak]] = {
    "compare": _compare,
    "select": _select,
    "restarts": _restarts,
    "density": _density,
    "steps": _steps,
    "digits": _digits,
    "colors": _colors,
}
