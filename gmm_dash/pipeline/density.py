"""The mixture as a density, and how well every size predicts points it has not seen."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from gmm_dash.engine import check_budget, estimate_cost, select_models
from gmm_dash.results import DensityStudy, HeldOut, study_density
from gmm_dash.tables import sample_rows

if TYPE_CHECKING:
    from gmm_dash.memory import Memory
    from gmm_dash.pipeline.compare import CompareWork
    from gmm_dash.pipeline.models import Models
    from gmm_dash.results import Points
    from gmm_dash.state import AppState, DataChoice, ModelChoice

SHARE: Final = 0.2  # of the points are held out
_MOST_ROWS: Final = 2_000
_MOST_STARTS: Final = 3
_FEWEST_K: Final = 20  # the curve goes at least this far, where the data allow it


class DensityWork:
    """What the Density view may ask for, each remembered.

    Parameters
    ----------
    models : Models
        The points, and the mixture of them.
    compare : CompareWork
        Where the mixture of a long table ends.
    limit : float
        Seconds of processor time that the curve may take, by estimate.
    memory : Memory
        Where results are kept.
    """

    def __init__(
        self, models: Models, compare: CompareWork, limit: float, memory: Memory[Any]
    ) -> None:
        self._models, self._compare, self._limit = models, compare, limit
        self._study = memory.remember(self._study_density)
        self._held_out = memory.remember(self._fit_held_out)

    def study(self, state: AppState) -> DensityStudy:
        """Return the mixture that Compare ends on as a density, with new points drawn from it."""
        asked = state.density
        draws, seed, share = asked.draws, asked.seed, asked.outliers / 100
        points, fit, rows = self._compare.mixture(state.data, state.model)
        if rows is None or rows.why:
            return replace(self._study(state.data, state.model, draws, seed, share), rows=rows)
        # Of all rows it is too large to be remembered beside what it is made of.
        return study_density(points, fit, n_draws=draws, seed=seed, outlier_share=share, rows=rows)

    def held_out(self, state: AppState) -> HeldOut:
        """Return the score of unseen points for every K."""
        return self._held_out(state.data, state.model)

    def _study_density(
        self, data: DataChoice, model: ModelChoice, n_draws: int, seed: int, outlier_share: float
    ) -> DensityStudy:
        points, fit = self._models.points(data), self._models.gmm(data, model)
        return study_density(points, fit, n_draws=n_draws, seed=seed, outlier_share=outlier_share)

    def _fit_held_out(self, data: DataChoice, model: ModelChoice) -> HeldOut:
        return held_out(self._models.points(data), model, self._limit)


def held_out(points: Points, model: ModelChoice, limit: float) -> HeldOut:
    """Return the held-out score for K from 1 up, for the covariance type in use.

    Parameters
    ----------
    points : Points
        Of more than 2,000 a seeded sample is used.
    model : ModelChoice
        Its K is on the curve; at most three of its restarts are used.
    limit : float
        Seconds of processor time that may be spent.

    Raises
    ------
    WorkLimitError
        When it would take longer.
    """
    x = points.fitted
    if points.n > _MOST_ROWS:
        x = x[sample_rows(points.n, _MOST_ROWS, model.seed)]
    fitted = len(x) - round(SHARE * len(x))
    ks = tuple(range(1, max(1, min(max(_FEWEST_K, model.k), fitted // 2)) + 1))
    starts = min(model.n_init, _MOST_STARTS)
    cost = estimate_cost(
        len(x),
        points.d,
        max(ks),
        covariance_type=model.covariance_type,
        n_init=starts,
        tol=model.tol,
        max_iter=model.max_iter,
        models=len(ks),  # twice half of them: all points and the fitted share, K from 1 up
    )
    check_budget(cost, limit)
    selection = select_models(
        x,
        ks,
        (model.covariance_type,),
        init=model.drawn,
        n_init=starts,
        tol=model.tol,
        reg_covar=model.reg_covar,
        max_iter=model.max_iter,
        random_state=model.seed,
        heldout=SHARE,
        informed=False,
    )
    return HeldOut(
        ks,
        tuple(row.log_likelihood for row in selection.rows),
        tuple(row.heldout_log_likelihood for row in selection.rows),
        len(x),
        SHARE,
        starts,
        points.n_total if len(x) < points.n_total else 0,
    )
