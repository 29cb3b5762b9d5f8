"""Restarts: where many starts end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gmm_dash import explain
from gmm_dash.export import restarts_program
from gmm_dash.results.restarts import restarts_of
from gmm_dash.results.restarts_claims import Rule
from gmm_dash.telling._telling import TELLINGS, Telling

if TYPE_CHECKING:
    from gmm_dash.explain import Spoken
    from gmm_dash.export import Program
    from gmm_dash.pipeline import Pipeline
    from gmm_dash.state import AppState


def _speak(pipeline: Pipeline, state: AppState) -> Spoken:
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


def _program(state: AppState, pipeline: Pipeline) -> Program:
    return restarts_program(state, pipeline.points(state.data), pipeline.restarts.rests(state))


TELLINGS.add(Telling("restarts", _speak, {"restarts": _program}))
