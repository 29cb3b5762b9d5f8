"""How every model of a comparison is fitted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from gmm_dash.engine.em import Settings
from gmm_dash.engine.gmm import usual_starts

if TYPE_CHECKING:
    from gmm_dash.state import AppState


@dataclass(frozen=True, slots=True)
class Fits:
    """How every model of "How many?" is fitted, as in scikit-learn.

    Attributes
    ----------
    init : str
        Kind of the starts that are drawn.
    climbs : bool
        Whether starts made from neighbours improve on them.
    n_init, seed, tol, reg_covar, max_iter
    kmeans_init : str
    folds : int
        Of the held-out score; 0 for none.
    """

    init: str
    climbs: bool
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
            m.drawn, m.climbs, m.n_init, m.seed, m.tol, m.reg_covar, m.max_iter, m.kmeans_init,
            state.select.heldout,
        )  # fmt: skip

    @property
    def rules(self) -> dict[str, Any]:
        """Arguments of a fit, as of ``fit_gmm``."""
        em = {"tol": self.tol, "reg_covar": self.reg_covar, "max_iter": self.max_iter}
        return {"init": self.init, "n_init": self.n_init, "random_state": self.seed, **em}

    @property
    def usual(self) -> list[tuple[str, int]]:
        """Kind and seed of each start that is drawn."""
        return usual_starts(self.init, self.n_init, self.seed)

    @property
    def settings(self) -> Settings:
        """The same for the engine's batches."""
        return Settings(self.tol, self.reg_covar, self.max_iter)
