"""How every model of a comparison is fitted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from gmm_dash.state import AppState


@dataclass(frozen=True, slots=True)
class Fits:
    """How every model of a sweep is fitted, as in scikit-learn."""

    init: str
    n_init: int
    seed: int
    tol: float
    reg_covar: float
    max_iter: int
    kmeans_init: str
    folds: int

    @classmethod
    def of(cls, state: AppState) -> Fits:
        """Return the settings that ``state`` asks for."""
        m = state.model
        return cls(
            m.init, m.n_init, m.seed, m.tol, m.reg_covar, m.max_iter, m.kmeans_init,
            state.select.heldout,
        )  # fmt: skip

    @property
    def em(self) -> dict[str, Any]:
        """Arguments of a single fit but for its start."""
        return {"tol": self.tol, "reg_covar": self.reg_covar, "max_iter": self.max_iter}
