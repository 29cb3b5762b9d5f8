"""Step by step: both runs from one start."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gmm_dash import explain
from gmm_dash.export import steps_program
from gmm_dash.results import project
from gmm_dash.telling._telling import TELLINGS, Telling

if TYPE_CHECKING:
    from gmm_dash.explain import Spoken
    from gmm_dash.export import Program
    from gmm_dash.pipeline import Pipeline
    from gmm_dash.state import AppState


def _speak(pipeline: Pipeline, state: AppState) -> Spoken:
    steps = pipeline.steps.runs(state)
    return explain.steps_spoken(steps, project(steps.points, state.view.x, state.view.y))


def _program(state: AppState, pipeline: Pipeline) -> Program:
    return steps_program(state, pipeline.points(state.data), pipeline.steps.runs(state))


TELLINGS.add(Telling("steps", _speak, {"steps": _program}))
