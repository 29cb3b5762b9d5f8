"""Colours: the pixels of an image."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gmm_dash import explain
from gmm_dash.export import colors_program
from gmm_dash.telling._telling import TELLINGS, Telling

if TYPE_CHECKING:
    from gmm_dash.explain import Spoken
    from gmm_dash.export import Program
    from gmm_dash.pipeline import Pipeline
    from gmm_dash.state import AppState


def _speak(pipeline: Pipeline, state: AppState) -> Spoken:
    result = pipeline.colors.recoloured(state)
    return explain.colors_spoken(result.study, result.sizes, result.note)


def _program(state: AppState, pipeline: Pipeline) -> Program:
    return colors_program(state, pipeline.colors.study(state))


TELLINGS.add(Telling("colors", _speak, {"colors": _program}))
