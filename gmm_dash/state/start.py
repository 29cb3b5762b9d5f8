"""What an address without a query opens: one plot of both methods, K, and one more handle."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gmm_dash.datasets import DATASETS
from gmm_dash.engine.covariances import CovarianceType

if TYPE_CHECKING:
    from gmm_dash.state.app_state import AppState

START: Final = "?simple=1&data=stretched&stretch=0.3&k=4&show=ellipses,centers,borders"
"""The query that a bare address stands for."""


def starts(state: AppState) -> bool:
    """Return whether the page shows the start: its words hold for such settings alone.

    The groups can be stretched, the ellipses may have any slant, and borders are drawn.
    """
    view = state.view
    shown = state.teach.simple and view.view == "compare" and view.tab == "plots"
    drawn = {"ellipses", "borders"} <= set(view.show) and "shapes" not in view.show
    return bool(
        shown
        and drawn
        and not view.lesson
        and state.model.covariance_type == CovarianceType.FULL
        and can_stretch(state.data.dataset)
    )


def can_stretch(dataset: str) -> bool:
    """Return whether the groups of a data set can be made rounder or longer."""
    return dataset in DATASETS.names() and "stretch" in DATASETS[dataset].controls
