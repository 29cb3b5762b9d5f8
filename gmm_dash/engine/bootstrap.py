"""How sure a number of components is: one more against none more, and the same rows drawn anew.

The likelihood-ratio statistic of ``k`` against ``k + 1`` components has no known distribution, so
it is drawn: samples of the mixture with ``k`` components, searched by the very search that the
data were searched by.

G. J. McLachlan (1987), On bootstrapping the likelihood ratio test statistic for the number of
components in a normal mixture, Applied Statistics 36, 318-324.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from gmm_dash.engine.covariances import SKLEARN_TYPES
from gmm_dash.engine.density import log_joint, sample
from gmm_dash.engine.drawn import are_sound, draw
from gmm_dash.engine.gmm import usual_starts
from gmm_dash.engine.informed import Climb
from gmm_dash.engine.levels import Field
from gmm_dash.engine.moves import cuts, local
from gmm_dash.engine.scores import ari
from gmm_dash.engine.validate import (
    LARGEST_SEED,
    as_components,
    as_count,
    as_covariance_type,
    as_points,
    as_settings,
)
from gmm_dash.errors import FitError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gmm_dash.engine.covariances import CovarianceType
    from gmm_dash.engine.em import Settings
    from gmm_dash.engine.levels import Best, Found
    from gmm_dash.engine.types import Floats, Ints, Mixture

MOST_REPLICATES = 9_999
SAME_END = 1e-4
"""Nats per point up to which two ends count as one."""

_TEST, _ROWS = 0, 1  # which of the two streams of random numbers


@dataclass(frozen=True, eq=False)
class Search:
    """What is fitted, and how: the same for the data and for every replicate.

    Attributes
    ----------
    covariance_type : CovarianceType
    specs : sequence of (str, int)
        Kind and seed of each start.
    settings : Settings
    random_state : int
        Draws the replicates.
    """

    covariance_type: CovarianceType
    specs: Sequence[tuple[str, int]]
    settings: Settings
    random_state: int

    def best(self, x: Floats, *counts: int) -> list[Found | None]:
        """Return the likeliest sound end for each number of components; None where none is."""
        return draw(x, [(self.covariance_type, k) for k in counts], self.specs, self.settings).sound


@dataclass(frozen=True, eq=False)
class Pair:
    """The best sound mixtures of ``k`` and of ``k + 1`` components on the same points.

    Attributes
    ----------
    null, wider : Found or None
        None where every end had a degenerate component.
    n : int
        Points.
    """

    null: Found | None
    wider: Found | None
    n: int

    @property
    def statistic(self) -> float | None:
        """Twice the gain in log-likelihood, in nats over all points; None without both fits.

        Never negative: a mixture of ``k + 1`` components contains every one of ``k``.
        """
        if self.null is None or self.wider is None:
            return None
        gain = self.wider.log_likelihood - self.null.log_likelihood
        return max(0.0, 2.0 * self.n * gain)


@dataclass(frozen=True, eq=False)
class BootstrapTest:
    """The outcome of :func:`bootstrap_test`.

    Attributes
    ----------
    statistic : float
        Of the data.
    replicates : (b,) array
        Of the replicates that have one.
    left_out : int
        Replicates without: no sound mixture of ``k``, or none of ``k + 1`` components was found.
    """

    statistic: float
    replicates: Floats
    left_out: int

    @property
    def p_value(self) -> float:
        """Share of replicates, the data among them, with at least the statistic of the data."""
        return p_value(self.statistic, self.replicates)


def p_value(statistic: float, replicates: Sequence[float] | Floats) -> float:
    """Return ``(1 + #{T* >= T}) / (B + 1)``."""
    values = np.asarray(replicates, dtype=np.float64)
    return float((1 + np.count_nonzero(values >= statistic)) / (len(values) + 1))


def fit_pair(x: Floats, k: int, search: Search) -> Pair:
    """Return the best sound mixtures of ``k`` and ``k + 1`` components.

    The drawn starts of the wider one are joined by the smaller one with a component cut in two, as
    a search that misses what it contains says nothing about it.
    """
    null, wider = search.best(x, k, k + 1)
    if null is not None and search.covariance_type in SKLEARN_TYPES:
        wider = _with_cuts(x, null, wider, search)
    return Pair(null, wider, len(x))


def _with_cuts(x: Floats, null: Found, wider: Found | None, search: Search) -> Found | None:
    """Return the better of ``wider`` and of what EM makes of ``null`` with a component cut."""
    kind, spread = search.covariance_type, x.std(axis=0)
    spread[spread == 0.0] = 1.0
    parts = cuts(local(x, null.mixture).parts, spread, 1)
    climb = Climb(x, search.specs, search.settings)
    best: Best = dict.fromkeys(SKLEARN_TYPES)
    best[kind] = wider
    climb.challenge(best, [Field(kind, parts, "cut")])
    return best[kind]


def replicate(null: Mixture, n: int, search: Search, number: int) -> Floats:
    """Return the ``n`` points of one replicate: it depends on its number, not on the others."""
    seed = _seed(search.random_state, _TEST, number)
    return sample(null, n, seed, covariance_type=search.covariance_type)[0]


def replicate_statistics(
    null: Mixture, n: int, search: Search, numbers: Sequence[int]
) -> list[float | None]:
    """Return the statistics of some replicates; None where a search found nothing sound.

    Parameters
    ----------
    null : Mixture
        With ``k`` components; what the replicates are drawn from.
    n : int
        Points of each.
    search : Search
    numbers : sequence of int
    """
    k = null.n_components
    return [fit_pair(replicate(null, n, search, i), k, search).statistic for i in numbers]


def resampled_rows(n: int, search: Search, number: int) -> Ints:
    """Return ``n`` rows drawn with replacement, for one refit."""
    return np.random.default_rng(_seed(search.random_state, _ROWS, number)).integers(n, size=n)


def resampled_agreement(
    x: Floats, chosen: Mixture, search: Search, numbers: Sequence[int]
) -> list[float | None]:
    """Return how well refits to drawn rows agree with ``chosen`` on all rows.

    Parameters
    ----------
    x : (n, d) array
    chosen : Mixture
    search : Search
    numbers : sequence of int

    Returns
    -------
    list of float or None
        Adjusted Rand index of the labels of all rows; None where no sound mixture was found.
    """
    labels = _labels(x, chosen)
    out: list[float | None] = []
    for number in numbers:
        rows = resampled_rows(len(x), search, number)
        (found,) = search.best(np.ascontiguousarray(x[rows]), chosen.n_components)
        out.append(None if found is None else ari(labels, _labels(x, found.mixture)))
    return out


def ends_at(x: Floats, k: int, best: float, search: Search) -> tuple[int, int]:
    """Return how many starts of a search end sound at a known likelihood, and how many more likely.

    Parameters
    ----------
    x : (n, d) array
    k : int
    best : float
        Mean log-likelihood per point.
    search : Search
    """
    solution = draw(x, [(search.covariance_type, k)], search.specs, search.settings).solution
    well = are_sound(solution.runs, solution.features, search.settings.reg_covar)
    values = np.array(
        [run.log_likelihood for run, good in zip(solution.runs, well, strict=True) if good]
    )
    near = np.abs(values - best) <= SAME_END
    return int(near.sum()), int((values > best + SAME_END).sum())


def bootstrap_test(  # noqa: PLR0913  (settings are keywords with defaults)
    x: Any,
    k: int,
    *,
    covariance_type: str = "full",
    n_replicates: int = 199,
    init: str = "mixed",
    n_init: int = 5,
    tol: float = 1e-6,
    reg_covar: float = 1e-6,
    max_iter: int = 500,
    random_state: int = 0,
) -> BootstrapTest:
    """Return the bootstrap likelihood-ratio test of ``k`` against ``k + 1`` components.

    Parameters
    ----------
    x : (n, d) array-like
    k : int
        Components under the null hypothesis.
    covariance_type : str
    n_replicates : int
        Samples of the null mixture, B.
    init, n_init, tol, reg_covar, max_iter
        Of every fit, to the data and to the replicates, as in :func:`fit_gmm`; of each number of
        components the likeliest end without a degenerate component counts.
    random_state : int
        Of the first start of every fit, and of the replicates.

    Raises
    ------
    FitError
        When the data or a setting cannot be used, or no sound mixture is found in the data.
    """
    points = as_points(x, minimum=2)
    count = as_components(k, len(points) - 1, "k")
    total = as_count(n_replicates, "n_replicates", 1, MOST_REPLICATES)
    search = Search(
        as_covariance_type(covariance_type),
        usual_starts(init, n_init, random_state),
        as_settings(tol, reg_covar, max_iter),
        random_state,
    )
    pair = fit_pair(points, count, search)
    if pair.null is None or pair.statistic is None:
        short = count if pair.null is None else count + 1
        raise FitError(
            f"No sound mixture of {short} component{'s' * (short > 1)} was found.",
            hint="Use more starts, or another covariance type.",
        )
    drawn = replicate_statistics(pair.null.mixture, len(points), search, range(total))
    found = np.array([value for value in drawn if value is not None], dtype=np.float64)
    return BootstrapTest(pair.statistic, found, total - len(found))


def _labels(x: Floats, mixture: Mixture) -> Ints:
    return np.asarray(log_joint(x, mixture).argmax(axis=1))


def _seed(random_state: int, stream: int, number: int) -> int:
    """Return a seed of its own, unlike those of starts, which are small and follow each other."""
    state = np.random.SeedSequence([random_state, stream, number]).generate_state(1)
    return int(state[0]) % LARGEST_SEED
