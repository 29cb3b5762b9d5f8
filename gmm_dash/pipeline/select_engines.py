"""Which engine computes the mixtures of "How many?": it follows from the data alone.

Everything else of that work - what is asked, how it is cut, k-means beside it - is the same for
all of them. Another kind of data is one more class in ``engine.select_data``, what its mixtures
cost in ``select_costs``, and one more case in ``engine_of``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from gmm_dash.engine import fit_kmeans
from gmm_dash.engine.covariances import CovarianceType
from gmm_dash.engine.select import heldout_folds
from gmm_dash.engine.select_data import GappedData, PlainData, WeightedData
from gmm_dash.pipeline.select_costs import GapCost, PlainCost, WeightedCost

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from gmm_dash.engine import KMeansFit, MixtureFit, SelectionRow
    from gmm_dash.engine.drawn import Cell
    from gmm_dash.engine.levels import Found
    from gmm_dash.engine.select_each import Data
    from gmm_dash.pipeline.fits import Fits
    from gmm_dash.pipeline.select_costs import Cost
    from gmm_dash.results import Points


@dataclass(frozen=True, eq=False, slots=True)
class Engine:
    """Fits k-means and mixtures to the rows of some data, or to parts of them.

    Attributes
    ----------
    complete : (m, d) array
        The rows that k-means is fitted to: those of which every value is known.
    data : Data
        The rows that mixtures are fitted to.
    cost : Cost
        Of its mixtures.
    """

    complete: NDArray[np.float64]
    data: Data
    cost: Cost

    @property
    def n(self) -> int:
        """Number of rows of the mixtures."""
        return len(self.data.x)

    def kmeans(self, k: int, fits: Fits) -> KMeansFit:
        """Return the best k-means of the starts asked for."""
        return fit_kmeans(
            self.complete, k, init=fits.kmeans_init, n_init=fits.n_init, random_state=fits.seed,
            sample_weight=self.data.sample_weight,
        )  # fmt: skip

    def rows(
        self, cells: Sequence[Cell], fits: Fits
    ) -> tuple[tuple[SelectionRow, ...], dict[Cell, Found | None]]:
        """Return the rows of some models, held-out scores among them.

        Beside them the best sound run of each, where a climb can begin with it.

        Raises
        ------
        WorkLimitError
            When time is up.
        """
        folds = heldout_folds(self.n, folds_of(self.n, fits.folds), fits.seed)
        found, drawn = self.data.select(cells, fits.rules, folds)
        return found.rows, drawn

    def fit(
        self, inside: NDArray[np.bool_], k: int, shape: str, start: tuple[str, int], fits: Fits
    ) -> MixtureFit:
        """Return the mixture of some rows from one start: its kind and its seed."""
        rules = fits.rules | {"init": start[0], "n_init": 1, "random_state": start[1]}
        return self.data.fit(inside, (CovarianceType(shape), k), rules)


def plain(x: NDArray[np.float64]) -> Engine:
    """Return what fits (n, d) rows without gaps that each count as one."""
    return Engine(x, PlainData(x), PlainCost(*x.shape))


def engine_of(points: Points) -> Engine:
    """Return what computes the mixtures of these points."""
    x = points.fitted
    if points.weighting is not None:
        return Engine(x, WeightedData(x, points.weighting), WeightedCost(*x.shape))
    if points.gaps is None:
        return plain(x)
    partly = points.gaps.fitted
    kinds = {row.tobytes() for row in np.packbits(np.isnan(partly), axis=1)}
    every = np.vstack([x, partly])
    n, d = every.shape
    return Engine(x, GappedData(every), GapCost(n, d, 1 + len(kinds)))


def folds_of(n: int, folds: int) -> int:
    """Return how many folds ``n`` rows allow."""
    return min(folds, n) if n > 2 else 0
