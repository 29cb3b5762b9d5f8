"""Compare: both fits, the groups, or the four covariance types."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gmm_dash import explain
from gmm_dash.explain.pinned import pinned_spoken
from gmm_dash.export import compare_program, shapes_program
from gmm_dash.results import project
from gmm_dash.state import starts
from gmm_dash.telling._telling import TELLINGS, Telling

if TYPE_CHECKING:
    from gmm_dash.explain import Spoken
    from gmm_dash.export import Program
    from gmm_dash.pipeline import Pipeline
    from gmm_dash.state import AppState


def _speak(pipeline: Pipeline, state: AppState) -> Spoken:
    overlays, most = frozenset(state.view.show), pipeline.config.plot_points
    if state.view.tab == "groups":
        result = pipeline.compare.grouped(state)
        merging = pipeline.compare.merging(state, result)
        return explain.groups_spoken(
            pipeline.compare.profiles(state), result, merging, state.view.merge
        )
    if state.view.tab == "pinned":
        return pinned_spoken(pipeline.compare.pinned(state))
    if "shapes" in overlays:
        shapes = pipeline.compare.shapes(state)
        projection = project(shapes.points, state.view.x, state.view.y)
        return explain.shapes_spoken(shapes, projection, overlays, most)
    result = pipeline.compare.grouped(state)
    projection = project(result.points, state.view.x, state.view.y)
    return explain.compare_spoken(
        result,
        pipeline.compare.low_score(state, result),
        pipeline.compare.run_on(state, result),
        projection,
        overlays,
        most,
        start=starts(state),
        state=state,
    )


def _pair(state: AppState, pipeline: Pipeline) -> Program:
    return compare_program(state, pipeline.compare.grouped(state))


def _shapes(state: AppState, pipeline: Pipeline) -> Program:
    return shapes_program(state, pipeline.compare.shapes(state))


TELLINGS.add(Telling("compare", _speak, {"compare": _pair, "shapes": _shapes}))
