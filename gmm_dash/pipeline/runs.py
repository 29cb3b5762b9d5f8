"""Results by state, computed when asked for: what the lessons' sentences are made from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from gmm_dash.engine import fit_kmeans, score_samples
from gmm_dash.engine.nesting import is_smoothed
from gmm_dash.results.restarts import restarts_of
from gmm_dash.results.select import selection_of

if TYPE_CHECKING:
    from gmm_dash.engine import KMeansFit, MixtureFit
    from gmm_dash.pipeline.pipeline import Pipeline
    from gmm_dash.results import Comparison, Points, Shapes, Steps
    from gmm_dash.results.restarts import Restarts
    from gmm_dash.results.select import Selection
    from gmm_dash.state import AppState


class Runs:
    """Gives the results of any state; what is expensive is remembered.

    Parameters
    ----------
    pipeline : Pipeline
    """

    def __init__(self, pipeline: Pipeline) -> None:
        self.pipeline = pipeline
        self.selection = pipeline.memory.remember(self._selection)
        self.restarts = pipeline.memory.remember(self._restarts)

    def of(self, state: AppState) -> StateRun:
        """Return the results of one state."""
        return StateRun(self, state)

    def _selection(self, state: AppState) -> Selection:
        pipeline = self.pipeline
        pieces = range(len(pipeline.select.plan(state).pieces))
        found = [pipeline.select.piece(state, number) for number in pieces]
        mixtures, kmeans = (
            [row for piece in found for row in piece[name]] for name in ("mixtures", "kmeans")
        )
        x = pipeline.points(state.data).fitted
        return selection_of(mixtures, kmeans, smoothed=is_smoothed(x, state.model.reg_covar))

    def _restarts(self, state: AppState, method: str) -> Restarts:
        pipeline = self.pipeline
        pieces = range(len(pipeline.restarts.plan(state)))
        found = [pipeline.restarts.piece(state, number) for number in pieces]
        rows = [row for piece in found for row in piece.get(method, [])]
        return restarts_of(method, rows, n=pipeline.points(state.data).n, k=state.model.k)


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
        return self._runs.pipeline.compare.comparison(self.state)

    @property
    def shapes(self) -> Shapes:
        """The four covariance types."""
        return self._runs.pipeline.compare.shapes(self.state)

    def but(self, **flat: Any) -> StateRun:
        """Return the results with some settings changed, named by URL key."""
        return self._runs.of(self.state.but(**flat))

    @property
    def selection(self) -> Selection:
        """What "How many?" shows."""
        return self._runs.selection(self.state)

    def restarts(self, method: str) -> Restarts:
        """Return what Restarts shows of one method."""
        return self._runs.restarts(self.state, method)

    @property
    def steps(self) -> Steps:
        """What Step by step shows."""
        return self._runs.pipeline.steps.runs(self.state)

    def kmeans_from(self, centers: tuple[tuple[float, ...], ...]) -> KMeansFit:
        """Return k-means from given centres."""
        return fit_kmeans(self.points.fitted, len(centers), init=np.array(centers), n_init=1)

    def from_one_start(self) -> tuple[KMeansFit, MixtureFit]:
        """Return both runs of the player, which start from the same centres."""
        return self.steps.kmeans.fit, self.steps.gmm.fit

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
