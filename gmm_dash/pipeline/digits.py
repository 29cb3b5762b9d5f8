"""From images to mixtures of many components, and to images that nobody made."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from gmm_dash.engine import check_budget, estimate_cost, fit_gmm, fit_kmeans
from gmm_dash.pipeline.image_tables import load_images
from gmm_dash.results import ImageTable, SweepRow, compress, draw_images, known
from gmm_dash.state import TABLE_DATA, DataChoice

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from gmm_dash.config import Config
    from gmm_dash.engine import KMeansFit, MixtureFit
    from gmm_dash.memory import Memory
    from gmm_dash.results import DrawnImages, ImageSpace
    from gmm_dash.state import AppState
    from gmm_dash.tables import TableStore

_TOL: Final = 1e-3  # scikit-learn's: whitened images converge in a few iterations or never
_MAX_ITER: Final = 100
_AVERAGES: Final = 10  # k-means centres when nobody knows how many kinds of image there are
_SWEEP: Final = (50, 200, 16)  # from, to, and how many numbers of components are tried


class DigitsWork:
    """What the Digits view may ask for, each remembered.

    Parameters
    ----------
    config : Config
    store : TableStore
        Where users' tables live.
    memory : Memory
        Where results are kept.
    """

    def __init__(self, config: Config, store: TableStore, memory: Memory[Any]) -> None:
        self._limit = config.fit_seconds
        self._table = memory.remember(lambda data: load_images(data, store))
        self._space = memory.remember(self._compress)
        self._averages = memory.remember(self._average)
        self._fit = memory.remember(self._fit_images)
        self._row = memory.remember(self._fit_row)

    def table(self, state: AppState) -> ImageTable:
        """Return the chosen table's images, or the bundled digits where it holds none."""
        return self._table(_chosen(state.data))

    def space(self, state: AppState) -> ImageSpace:
        """Return the images as principal components."""
        return self._space(_chosen(state.data), state.digits.variance)

    def averages(self, state: AppState) -> NDArray[np.float64]:
        """Return k-means' centres as images."""
        return self.average_fit(state).centers

    def average_fit(self, state: AppState) -> KMeansFit:
        """Return k-means on the images themselves."""
        return self._averages(_chosen(state.data), state.model.seed)

    def drawn(self, state: AppState) -> DrawnImages:
        """Return new images drawn from a mixture of compressed ones."""
        fit = self._fit(*_model(state, state.digits.components))
        return draw_images(self.table(state), self.space(state), fit, state.digits.seed)

    def sizes(self, state: AppState) -> tuple[int, ...]:
        """Return the numbers of components that a sweep over these images tries."""
        return sweep_sizes(len(self.table(state).pixels))

    def seconds(self, state: AppState) -> float:
        """Return roughly how long that sweep takes."""
        return sum(self.piece_seconds(state))

    def piece_seconds(self, state: AppState) -> tuple[float, ...]:
        """Return roughly how long each of its mixtures takes."""
        return sweep_seconds(self.space(state), self.sizes(state), state.model.covariance_type)

    def row(self, state: AppState, size: int) -> SweepRow:
        """Return the scores of one step of the sweep."""
        return self._row(*_model(state, size))

    def _compress(self, data: DataChoice, variance: float) -> ImageSpace:
        return compress(self._table(data), variance / 100)

    def _average(self, data: DataChoice, seed: int) -> KMeansFit:
        return averages(self._table(data), seed)

    def _fit_images(
        self, data: DataChoice, variance: float, k: int, covariance_type: str, seed: int
    ) -> MixtureFit:
        return fit_images(self._space(data, variance), k, covariance_type, seed, self._limit)

    def _fit_row(self, *asked: Any) -> SweepRow:
        return sweep_row(self._fit_images(*asked))  # only the scores are worth remembering


def _model(state: AppState, k: int) -> tuple[DataChoice, float, int, str, int]:
    """Return everything that a fit depends on."""
    model = state.model
    return _chosen(state.data), state.digits.variance, k, model.covariance_type, model.seed


def _chosen(data: DataChoice) -> DataChoice:
    """Return ``data`` without what makes no difference to the images."""
    if data.dataset not in TABLE_DATA:
        return DataChoice(dataset="digits")
    return DataChoice(dataset=data.dataset, table=data.table, cols=data.cols, label=data.label)


def averages(table: ImageTable, seed: int) -> KMeansFit:
    """Return k-means on the images themselves, with one centre for each kind of image."""
    kinds = _AVERAGES if table.labels is None else known.count_groups(table.labels)
    k = max(1, min(kinds, 2 * _AVERAGES, len(np.unique(table.pixels, axis=0))))
    return fit_kmeans(table.pixels, k, n_init=3, random_state=seed)


def sweep_sizes(n: int) -> tuple[int, ...]:
    """Return the numbers of components to try: 50, 60, ... 200, or fewer for few images."""
    low, high, count = _SWEEP
    if n < 4 * high:
        low, high = max(1, n // 16), max(2, n // 4)
    return tuple(dict.fromkeys(np.linspace(low, high, count).round().astype(int).tolist()))


def sweep_seconds(
    space: ImageSpace, sizes: tuple[int, ...], covariance_type: str
) -> tuple[float, ...]:
    """Return roughly how long each of ``sizes`` takes."""
    return tuple(_seconds(space, k, covariance_type) for k in sizes)


def _seconds(space: ImageSpace, k: int, covariance_type: str) -> float:
    n, p = space.scores.shape
    return estimate_cost(n, p, k, covariance_type=covariance_type, tol=_TOL, max_iter=_MAX_ITER)


def fit_images(
    space: ImageSpace, k: int, covariance_type: str, seed: int, limit: float
) -> MixtureFit:
    """Return ``GaussianMixture(k, covariance_type=..., random_state=seed)`` of the scores.

    With more components than half the images, that many are fitted.

    Raises
    ------
    FitError
        When no fit is possible, or it would take more than ``limit`` seconds.
    """
    k = max(1, min(k, len(space.scores) // 2))
    check_budget(_seconds(space, k, covariance_type), limit)
    return fit_gmm(
        space.scores,
        k,
        covariance_type=covariance_type,
        init="kmeans",
        n_init=1,
        tol=_TOL,
        max_iter=_MAX_ITER,
        random_state=seed,
    )


def sweep_row(fit: MixtureFit) -> SweepRow:
    """Return the scores of one fit."""
    return SweepRow(fit.n_components, fit.aic, fit.bic, bool(fit.degenerate.any()))
