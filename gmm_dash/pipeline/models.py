"""The fits that the chosen settings ask for, on the chosen points, each remembered."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from gmm_dash.engine import (
    BACKGROUND_INITS,
    bootstrap_certainty,
    fit_background,
    fit_gaps,
    fit_gmm,
    fit_kmeans,
    hardened,
    of_background,
    of_complete_rows,
    time_limit,
    weighted_init,
)
from gmm_dash.engine.covariances import CovarianceType
from gmm_dash.engine.rest import KMEANS_REST_TOL
from gmm_dash.engine.types import INFORMED
from gmm_dash.errors import FitError
from gmm_dash.pipeline.budget import check_background, check_comparison
from gmm_dash.pipeline.fits import Fits
from gmm_dash.results import gmm_side, kmeans_side
from gmm_dash.state import AppState

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from gmm_dash.engine import KMeansFit, MixtureFit
    from gmm_dash.memory import Memory
    from gmm_dash.pipeline.climb import Climbs
    from gmm_dash.results import Points, Side
    from gmm_dash.state import DataChoice, ModelChoice

_BOOTSTRAPS: Final = 50


def background_init(init: str) -> str:
    """Return the kind of start of a mixture with a background: mixed, where it knows none such."""
    return init if init in BACKGROUND_INITS else "mixed"


class Models:
    """Fits of both methods.

    Parameters
    ----------
    points : callable
        ``points(data)`` returns the chosen points.
    limit : float
        Seconds of processor time that one comparison may take, by estimate.
    climbs : Climbs
        Where mixtures come from whose starts know their neighbours.
    memory : Memory
        Where results are kept.
    """

    def __init__(
        self,
        points: Callable[[DataChoice], Points],
        limit: float,
        climbs: Climbs,
        memory: Memory[Any],
    ) -> None:
        self.points, self._limit, self._climbs = points, limit, climbs
        self._kmeans = memory.remember(self._fit_kmeans)
        self._gmm = memory.remember(self._fit_gmm)
        self._hardened = memory.remember(self._harden)
        self._gapped = memory.remember(self._fit_gaps)
        self._backed = memory.remember(self._fit_background)
        self._weighted = memory.remember(self._fit_weighted)
        self._weighted_kmeans = memory.remember(self._fit_weighted_kmeans)
        self._bootstrap = memory.remember(self._fit_bootstrap)

    def kmeans(self, data: DataChoice, model: ModelChoice) -> KMeansFit:
        """Return k-means on the chosen points, each counted once."""
        return self._kmeans(data, model.k, model.n_init, model.seed, model.kmeans_init)

    def shown_kmeans(self, data: DataChoice, model: ModelChoice) -> KMeansFit:
        """Return the k-means that Compare shows: rows count by their weights, where they have."""
        if self.points(data).weighting is None:
            return self.kmeans(data, model)
        return self._weighted_kmeans(data, model.k, model.n_init, model.seed, model.kmeans_init)

    def gmm(self, data: DataChoice, model: ModelChoice) -> MixtureFit:
        """Return the mixture on the chosen points, each counted once, without a background."""
        return self._gmm(data, replace(model, background="off"))

    def selected(self, data: DataChoice, model: ModelChoice) -> MixtureFit:
        """Return the mixture that How many? compares: of weighted rows, where they have weights.

        Else of rows with gaps, too, where they are used. A background is none of what is compared.
        """
        plain = replace(model, background="off")
        if self.points(data).weighting is not None:
            return self._weighted(data, plain)
        return (self._gmm if self.points(data).gaps is None else self._gapped)(data, plain)

    def shown_gmm(self, state: AppState) -> MixtureFit:
        """Return the mixture that Compare shows: of weighted rows, where they have weights.

        Else equal circles may be on their way to k-means, or it is fitted to rows with gaps, too,
        or with a background, where that is asked for; of both it is the former.
        """
        data, model = state.data, state.model
        if self.points(data).weighting is not None:
            return self.selected(data, model)
        if state.view.hard and CovarianceType(model.covariance_type).shape.even:
            return self._hardened(data, replace(model, background="off"), state.view.hard)
        if self.points(data).gaps is not None:
            return self.selected(data, model)
        return (self._backed if model.background == "on" else self.gmm)(data, model)

    def bootstrap(self, data: DataChoice, model: ModelChoice) -> NDArray[np.float64]:
        """Return for each point how sure k-means is of it when the points are drawn anew."""
        return self._bootstrap(data, model.k, model.n_init, model.seed, model.kmeans_init)

    def kmeans_at_rest(self, data: DataChoice, model: ModelChoice) -> KMeansFit:
        """Return one start of k-means, carried on until no point moves."""
        return fit_kmeans(
            self.points(data).fitted, model.k,
            init=model.kmeans_init, n_init=1, tol=KMEANS_REST_TOL, random_state=model.seed,
        )  # fmt: skip

    def one_side(
        self,
        state: AppState,
        algorithm: str,
        *,
        page: AppState | None = None,
        rested: bool = False,
    ) -> tuple[Points, Side, NDArray[np.float64] | None]:
        """Return one method alone; for k-means with the radii of its circles.

        Its clusters are numbered as Compare numbers them with the settings of ``page``.
        ``rested`` carries k-means on until no point moves; the mixture's own settings do that.
        """
        points, model = self.points(state.data), state.model
        if algorithm != "kmeans":
            return points, gmm_side(points, self.gmm(state.data, model)), None
        fitted = self.kmeans_at_rest if rested else self.kmeans
        fit = fitted(state.data, model)
        side = kmeans_side(points, fit, beside=self._mixture_of(page or state))
        return points, side, fit.radii[side.order]

    def _mixture_of(self, state: AppState) -> MixtureFit | None:
        """Return the mixture of the page's settings, None where these allow none."""
        try:
            return self.shown_gmm(state)
        except FitError:
            return None

    def _fit_kmeans(self, data: DataChoice, k: int, n_init: int, seed: int, init: str) -> KMeansFit:
        points = self.points(data)
        return fit_kmeans(points.fitted, k, init=init, n_init=n_init, random_state=seed)

    def _fit_gmm(self, data: DataChoice, model: ModelChoice) -> MixtureFit:
        points = self.points(data)
        check_comparison(points, model, self._limit)
        if model.init == INFORMED:
            fits = Fits.of(AppState(data=data, model=model))
            return self._climbs.fit(data, fits, model.k, model.covariance_type)
        return fit_gmm(
            points.fitted,
            model.k,
            covariance_type=model.covariance_type,
            init=model.init,
            n_init=model.n_init,
            tol=model.tol,
            reg_covar=model.reg_covar,
            max_iter=model.max_iter,
            random_state=model.seed,
        )

    def _fit_weighted(self, data: DataChoice, model: ModelChoice) -> MixtureFit:
        points = self.points(data)
        assert points.weighting is not None
        init = weighted_init(model.init)
        check_comparison(points, replace(model, init=init), self._limit)
        return fit_gmm(
            points.fitted,
            model.k,
            covariance_type=model.covariance_type,
            init=init,
            n_init=model.n_init,
            tol=model.tol,
            reg_covar=model.reg_covar,
            max_iter=model.max_iter,
            random_state=model.seed,
            sample_weight=points.weighting.values,
        )

    def _fit_weighted_kmeans(
        self, data: DataChoice, k: int, n_init: int, seed: int, init: str
    ) -> KMeansFit:
        points = self.points(data)
        assert points.weighting is not None
        return fit_kmeans(
            points.fitted, k, init=init, n_init=n_init, random_state=seed,
            sample_weight=points.weighting.values,
        )  # fmt: skip

    def _fit_gaps(self, data: DataChoice, model: ModelChoice) -> MixtureFit:
        points = self.points(data)
        assert points.gaps is not None
        check_comparison(points, model, self._limit)
        with time_limit(self._limit):  # what many kinds of gaps cost is not estimated
            found = fit_gaps(
                np.vstack([points.fitted, points.gaps.fitted]),
                model.k,
                covariance_type=model.covariance_type,
                n_init=model.n_init,
                tol=model.tol,
                reg_covar=model.reg_covar,
                max_iter=model.max_iter,
                random_state=model.seed,
            )
        return of_complete_rows(found)

    def _fit_background(self, data: DataChoice, model: ModelChoice) -> MixtureFit:
        points = self.points(data)
        check_background(points, model, self._limit)
        rules: dict[str, Any] = {
            "tol": model.tol,
            "reg_covar": model.reg_covar,
            "max_iter": model.max_iter,
        }
        with time_limit(self._limit):  # its runs are no batch, of which the estimate is
            found = fit_background(
                points.fitted,
                model.k,
                covariance_type=model.covariance_type,
                init=background_init(model.init),
                n_init=model.n_init,
                random_state=model.seed,
                **rules,
            )
        return of_background(found, points.fitted, **rules)

    def _harden(self, data: DataChoice, model: ModelChoice, hardness: float) -> MixtureFit:
        centers = self.kmeans(data, model).centers
        return hardened(self.points(data).fitted, self.gmm(data, model), centers, hardness)

    def _fit_bootstrap(
        self, data: DataChoice, k: int, n_init: int, seed: int, init: str
    ) -> NDArray[np.float64]:
        fit = self._kmeans(data, k, n_init, seed, init)
        return bootstrap_certainty(
            self.points(data).fitted, fit, n_bootstrap=_BOOTSTRAPS, random_state=seed
        )
