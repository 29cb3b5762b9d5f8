"""Density: the landscape, new points, a slice, and unseen points."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gmm_dash import explain
from gmm_dash.errors import WorkLimitError
from gmm_dash.export import density_program
from gmm_dash.results import project
from gmm_dash.results.slice import slice_at
from gmm_dash.telling._telling import TELLINGS, Telling

if TYPE_CHECKING:
    from gmm_dash.explain import Spoken
    from gmm_dash.export import Program
    from gmm_dash.pipeline import Pipeline
    from gmm_dash.state import AppState


def _speak(pipeline: Pipeline, state: AppState) -> Spoken:
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
        most=pipeline.config.plot_points,
        held_out=held_out,
        cut=slice_at(study.points, study.fit.mixture, projection, state.density.slice / 100),
    )


def _program(state: AppState, pipeline: Pipeline) -> Program:
    try:
        held_out = pipeline.density.held_out(state)
    except WorkLimitError:  # then the page shows no such curve either
        held_out = None
    return density_program(state, pipeline.density.study(state), held_out)


TELLINGS.add(Telling("density", _speak, {"density": _program}))
