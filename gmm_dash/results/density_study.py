"""A mixture as a recipe for data: how dense, what it draws, and how far that falls."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

import numpy as np
from scipy.spatial import cKDTree

from gmm_dash.engine import sample, score_samples
from gmm_dash.results.numbering import mixture_order

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from gmm_dash.engine import MixtureFit
    from gmm_dash.results.points import Points
    from gmm_dash.results.rows import Rows

FAR: Final = 0.99  # share of the data's own gaps beyond which a draw counts as far away
MOST_NEIGHBOURS: Final = 10_000  # points a search for neighbours uses
MOST_WIDE: Final = 2_000  # the same beyond ten columns, where a search tree saves nothing
WIDE: Final = 10


@dataclass(frozen=True, eq=False)
class Spacing:
    """How far draws fall from the data, beside how far the data lie from each other.

    All distances are in the space that the mixture was fitted in.

    Attributes
    ----------
    draws : float
        Median distance of a draw to the nearest data point.
    data : float
        Median distance of a data point to the nearest other one.
    far : float
        Distance within which ``FAR`` of the data points have a neighbour.
    beyond : float
        Share of the draws that fall farther than that from every data point.
    among : int
        How many data points the distances are to: all, or a sample of very many.
    """

    draws: float
    data: float
    far: float
    beyond: float
    among: int


@dataclass(frozen=True, eq=False)
class DensityStudy:
    """A fitted mixture, looked at as a density.

    Attributes
    ----------
    points : Points
    fit : MixtureFit
    log_density : (n,) array
        Of every point, in nats, in the fitted space.
    draws : (m, d) array
        New points, in the fitted space; scikit-learn's ``sample`` with the same seed.
    spacing : Spacing or None
        None without draws.
    outliers : (n,) bool array
        The points of lowest density, as many as were asked for.
    rows : Rows or None
        Which rows of a long table the points are; None where it is not long.
    """

    points: Points
    fit: MixtureFit
    log_density: NDArray[np.float64]
    draws: NDArray[np.float64]
    spacing: Spacing | None
    outliers: NDArray[np.bool_]
    rows: Rows | None = None

    @cached_property
    def order(self) -> NDArray[np.int64]:
        """The fit's own number of the component shown as 1, as 2, and so on, (k,)."""
        return mixture_order(self.fit)


def study_density(
    points: Points,
    fit: MixtureFit,
    *,
    n_draws: int,
    seed: int,
    outlier_share: float,
    rows: Rows | None = None,
) -> DensityStudy:
    """Return the density of every point, new points, and the least likely old ones.

    Parameters
    ----------
    points : Points
    fit : MixtureFit
    n_draws : int
        How many points to draw; may be zero.
    seed : int
        ``random_state`` of the drawing.
    outlier_share : float
        Share of the points, from 0 to 1, to call outliers.
    rows : Rows, optional
        Which rows of a long table the points are.
    """
    log_density = score_samples(points.fitted, fit.mixture)
    draws = np.empty((0, points.d))
    if n_draws:
        draws, _ = sample(fit.mixture, n_draws, seed, covariance_type=fit.covariance_type)
    spacing = spacing_of(points.fitted, draws) if n_draws else None
    lonely = lowest(log_density, outlier_share)
    return DensityStudy(points, fit, log_density, draws, spacing, lonely, rows)


def lowest(log_density: NDArray[np.float64], share: float) -> NDArray[np.bool_]:
    """Return which ``share`` of the points, rounded up, have the lowest density."""
    count = int(np.ceil(share * len(log_density) - 1e-9))
    chosen = np.zeros(len(log_density), dtype=bool)
    chosen[np.argsort(log_density, kind="stable")[:count]] = True
    return chosen


def spacing_of(data: NDArray[np.float64], draws: NDArray[np.float64]) -> Spacing:
    """Return how far ``draws`` fall from ``data``; of very many points, a seeded sample."""
    most = MOST_NEIGHBOURS if data.shape[1] <= WIDE else MOST_WIDE
    data, draws = _some(data, most), _some(draws, most)
    tree = cKDTree(data)
    own = tree.query(data, k=2)[0][:, 1]
    reach = tree.query(draws)[0]
    far = float(np.quantile(own, FAR))
    beyond = float((reach > far).mean())
    return Spacing(float(np.median(reach)), float(np.median(own)), far, beyond, len(data))


def _some(rows: NDArray[np.float64], most: int) -> NDArray[np.float64]:
    if len(rows) <= most:
        return rows
    return rows[np.random.default_rng(0).choice(len(rows), most, replace=False)]


@dataclass(frozen=True, eq=False)
class HeldOut:
    """The score of points that the fit did not see, for growing K.

    Attributes
    ----------
    n_components : tuple of int
    seen, unseen : tuple of float or None
        Mean log-likelihood per point, in nats, of the points fitted and of those held out.
    n : int
        Points used, held-out ones included.
    share : float
        Share of them that was held out.
    n_init : int
        Starts of each mixture.
    n_total : int
        Rows that there are, where the points used are a random sample of them; else zero.
    """

    n_components: tuple[int, ...]
    seen: tuple[float | None, ...]
    unseen: tuple[float | None, ...]
    n: int
    share: float
    n_init: int = 1
    n_total: int = 0

    @property
    def best(self) -> int | None:
        """The K of the highest held-out score, or None when there is none."""
        known = [
            (u, -k) for k, u in zip(self.n_components, self.unseen, strict=True) if u is not None
        ]
        return -max(known)[1] if known else None
