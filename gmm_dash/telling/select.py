"""How many?: every K and type, and how sure the best is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gmm_dash import explain
from gmm_dash.engine.nesting import is_smoothed
from gmm_dash.explain.sure import chosen_sentences, sure_spoken, without_test
from gmm_dash.export import select_program
from gmm_dash.results.select import selection_of
from gmm_dash.results.select_claims import Asked
from gmm_dash.results.sure import model_of, sure_of
from gmm_dash.telling._telling import TELLINGS, Telling

if TYPE_CHECKING:
    from gmm_dash.engine import SelectionRow
    from gmm_dash.explain import Spoken
    from gmm_dash.export import Program
    from gmm_dash.pipeline import Pipeline
    from gmm_dash.state import AppState


def _speak(pipeline: Pipeline, state: AppState) -> Spoken:
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
    methods = chosen_sentences(selection, points, asked, state)
    why = without_test(points)
    if why:
        return explain.Spoken({**spoken.parts, "sure": why, "methods": methods}, spoken.numbers)
    sure = _sure(pipeline, state, best)
    methods += sure.parts["methods"]
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


def _program(state: AppState, pipeline: Pipeline) -> Program:
    return select_program(
        state,
        pipeline.points(state.data),
        pipeline.select.plan(state).left_out,
        *pipeline.select.starts(state),
    )


TELLINGS.add(Telling("select", _speak, {"select": _program}))
