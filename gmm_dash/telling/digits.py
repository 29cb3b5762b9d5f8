"""Digits: a mixture of images, and new ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gmm_dash import explain
from gmm_dash.export import digits_program
from gmm_dash.telling._telling import TELLINGS, Telling

if TYPE_CHECKING:
    from gmm_dash.explain import Spoken
    from gmm_dash.export import Program
    from gmm_dash.pipeline import Pipeline
    from gmm_dash.state import AppState


def _speak(pipeline: Pipeline, state: AppState) -> Spoken:
    digits = pipeline.digits
    averages, seed = len(digits.averages(state)), state.digits.seed
    return explain.digits_spoken(
        digits.table(state), digits.space(state), digits.drawn(state), averages, seed
    )


def _program(state: AppState, pipeline: Pipeline) -> Program:
    digits = pipeline.digits
    return digits_program(
        state,
        digits.table(state),
        digits.space(state),
        digits.drawn(state),
        digits.average_fit(state),
        digits.sizes(state),
    )


TELLINGS.add(Telling("digits", _speak, {"digits": _program}))
