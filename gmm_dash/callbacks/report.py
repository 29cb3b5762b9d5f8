"""The tables of the report: computed here, put under the plots by the browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gmm_dash.datasets import DATASETS
from gmm_dash.export.report import (
    Section,
    centre_section,
    component_section,
    data_section,
    group_section,
    setting_section,
    version_section,
)
from gmm_dash.layout.export_menu import scene_of, setting_names
from gmm_dash.results import gmm_side

if TYPE_CHECKING:
    from gmm_dash.pipeline import Pipeline
    from gmm_dash.state import AppState

_OWN = {"upload": "Your file", "drawn": "Your drawing"}


def sections(state: AppState, pipeline: Pipeline) -> list[Section]:
    """Return the tables of a view's report.

    Raises
    ------
    GmmDashError
        When its data are gone, or its fit takes too long.
    """
    found = _of_points(state, pipeline) if "data" in setting_names()[state.view.view] else []
    names = setting_names()[state.view.view]
    return [*found, setting_section(state, names), version_section()]


def _of_points(state: AppState, pipeline: Pipeline) -> list[Section]:
    points, dataset = pipeline.points(state.data), state.data.dataset
    title = _OWN[dataset] if dataset in _OWN else DATASETS[dataset].title
    scene = scene_of(state)
    result = pipeline.compare.grouped(state) if scene == "compare" else None
    study = pipeline.density.study(state) if scene == "density" else None
    shapes = pipeline.compare.shapes(state) if scene == "shapes" else None
    points = next((one.points for one in (result, study, shapes) if one is not None), points)
    found = [data_section(points, title)]  # all rows of a long table, where the view is of them
    if result is not None:
        found += [component_section(points, result.gmm), centre_section(points, result.kmeans)]
        found += [group_section(result.gmm)] if result.gmm.groups is not None else []
    if study is not None:
        found.append(component_section(points, gmm_side(points, study.fit)))
    return found
