"""The two methods side by side, what scikit-learn would do, and what depends on a setting."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from gmm_dash.engine.covariances import CovarianceType
from gmm_dash.engine.criteria import CRITERIA, HELD_OUT
from gmm_dash.engine.types import INFORMED

if TYPE_CHECKING:
    from gmm_dash.state import AppState

METHODS: Final = {"kmeans": "k-means", "gmm": "Gaussian mixture"}

CRITERION_NAMES: Final = {name: one.label for name, one in CRITERIA.items()}

# By URL key. Of each method's own parameters; of "n_init", whose default differs, the mixture's.
SKLEARN_DEFAULTS: Final[Mapping[str, Any]] = {
    "init": "kmeans",
    "n_init": 1,
    "tol": 1e-3,
    "max_iter": 100,
    "reg": 1e-6,
    "kinit": "k-means++",
}

# Parts of the toolbar of "How many?" that show only at one value of one setting.
SHOWN_AT: Final = {"folds": ("criterion", HELD_OUT.name), "together": ("chart", "criteria")}

# Covariance types that scikit-learn lacks.
OWN_SHAPES: Final = tuple(kind.value for kind in CovarianceType if kind.shape.ours)

# Compare with this overlay is a scene of its own for the Export menu.
FOUR_SHAPES: Final = {"view": "compare", "overlay": "shapes", "scene": "shapes"}


def has_background(state: AppState) -> bool:
    """Return whether a background that is on has a place in the view: in Compare's pair alone."""
    on = state.model.background == "on"
    return on and state.view.view == "compare" and "shapes" not in state.view.show


def may_be_informed(state: AppState) -> bool:
    """Return whether the kind of start of the model can matter to Step by step.

    A start chosen there goes first, and no neighbour knows one for a type that scikit-learn has
    not.
    """
    ours = CovarianceType(state.model.covariance_type).shape.ours
    return state.steps.start == "auto" and not ours


def is_informed(state: AppState) -> bool:
    """Return whether Step by step plays what the search with neighbours keeps."""
    return may_be_informed(state) and state.model.init == INFORMED
