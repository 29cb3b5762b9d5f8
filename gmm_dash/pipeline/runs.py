"""Results by state, computed when asked for: what the lessons' sentences are made from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from gmm_dash.engine import fit_kmeans, score_samples, select_models, study_restarts

if TYPE_CHECKING:
    from gmm_dash.engine import KMeansFit, MixtureFit, RestartStudy, Selection
    from gmm_dash.pipeline.pipeline import Pipeline
    from gmm_dash.results import Comparison, Points, Shapes
    from gmm_dash.state import AppState, DataChoice, ModelChoice


class Runs:
    """Gives the results of any state; what is expensive is remembered.

    Parameters
    ----------
    pipeline : Pipeline
    """

    def __init__(self, pipeline: Pipeline) -> None:
        self.pipeline = pipeline
        self.selection = pipeline.memory.remember(self._select)
        self.restarts = pipeline.memory.remember(self._restart)

    def of(self, state: AppState) -> StateRun:
        """Return the results of one state."""
        return StateRun(self, state)

    def _select(
        self, data: DataChoice, model: ModelChoice, counts: range, shapes: tuple[str, ...]
    ) -> Selection:
        return select_models(
            self.pipeline.points(data).fitted,
            counts,
            shapes,
            init=model.drawn,
            n_init=model.n_init,
            tol=model.tol,
            reg_covar=model.reg_covar,
            max_iter=model.max_iter,
            random_state=model.seed,
            informed=model.climbs,
        )

    def _restart(
        self, data: DataChoice, model: ModelChoice, method: str, start: str, count: int
    ) -> RestartStudy:
        return study_restarts(
            self.pipeline.points(data).fitted,
            model.k,
            algorithm=method,
            covariance_type=model.covariance_type,
            inits=start,
            n_restarts=count,
            random_state=model.seed,
        )


class StateRun:
    """The results of one state."""

    def __init__(self, runs: Runs, state: AppState) -> None:
        self._runs, self.state = runs, state

    @property
    def points(self) -> Points:
        """The points that are fitted."""
        return self._runs.pipeline.points(self.state.data)

    @property
    def comparison(self) -> Comparison:
        """Both fits, scored and in matched colours."""
        return self._runs.pipeline.comparison(self.state)

    @property
    def shapes(self) -> Shapes:
        """The four covariance types."""
        return self._runs.pipeline.shapes(self.state)

    def but(self, **flat: Any) -> StateRun:
        """Return the results with some settings changed, named by URL key."""
        return self._runs.of(self.state.but(**flat))

    def selection(self, counts: range, shapes: tuple[str, ...] = ("full",)) -> Selection:
        """Return the criteria of several numbers of components."""
        return self._runs.selection(self.state.data, self.state.model, counts, shapes)

    def restarts(self, method: str, start: str, count: int) -> RestartStudy:
        """Return where ``count`` starts of one kind end."""
        return self._runs.restarts(self.state.data, self.state.model, method, start, count)

    def kmeans_from(self, centers: tuple[tuple[float, ...], ...]) -> KMeansFit:
        """Return k-means from given centres."""
        return fit_kmeans(self.points.fitted, len(centers), init=np.array(centers), n_init=1)

    def from_one_start(self) -> tuple[KMeansFit, MixtureFit]:
        """Return both runs of the player, which start from the same centres."""
        shown = self._runs.pipeline.steps(self.state)
        return shown.kmeans.fit, shown.gmm.fit

    def image_sizes(self) -> tuple[int, int, int]:
        """Return the bytes of the chosen image as it is, by k-means, and by the mixture."""
        made = self._runs.pipeline.colors.recoloured(self.state)
        return made.bytes_before, len(made.kmeans_png), len(made.gmm_png)

    def reduced(self, variance: float) -> tuple[int, int]:
        """Return how many columns there are, and how many components keep that variance."""
        spread = np.linalg.eigvalsh(np.cov(self.points.fitted.T))[::-1]
        kept = int(np.searchsorted(np.cumsum(spread) / spread.sum(), variance, side="right")) + 1
        return self.points.d, kept

    def density_of(self, fit: MixtureFit, points: Points) -> float:
        """Return the mean log-likelihood of other points under a fit."""
        return float(np.mean(score_samples(points.fitted, fit.mixture)))
