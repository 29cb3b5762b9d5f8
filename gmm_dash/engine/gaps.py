"""A Gaussian mixture of rows with gaps: EM with what is known of each row.

The E-step takes shares from the known values alone, and fills each gap (``gap_expectation``). So
the likelihood of what is known never falls. It is right where gaps are missing at random: whether
a value is missing may hang on the known values of its row, not on the missing one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from gmm_dash.engine import scores
from gmm_dash.engine.covariances import CovarianceType
from gmm_dash.engine.gap_expectation import expect
from gmm_dash.engine.gap_fit import GapFit
from gmm_dash.engine.gap_rows import as_gapped, patterns_of, refuse_few
from gmm_dash.engine.gap_runs import run_em_on_gaps
from gmm_dash.engine.solve import pick_sound
from gmm_dash.engine.types import Mixture
from gmm_dash.engine.validate import (
    MAX_RESTARTS,
    as_count,
    as_covariance_type,
    as_seeds,
    as_settings,
)

if TYPE_CHECKING:
    from gmm_dash.engine.gap_rows import Pattern
    from gmm_dash.engine.gap_runs import Run
    from gmm_dash.engine.types import Floats

GAPS_INIT: Final = "kmeans"
"""The one kind of start: of the rows without gaps."""


def fit_gaps(
    x: Any,
    n_components: int,
    *,
    covariance_type: str = CovarianceType.FULL.value,
    n_init: int = 5,
    tol: float = 1e-6,
    reg_covar: float = 1e-6,
    max_iter: int = 500,
    random_state: int = 0,
) -> GapFit:
    """Return the likeliest of ``n_init`` runs of EM on rows with gaps.

    Parameters
    ----------
    x : (n, d) array-like
        The data, NaN where there is no value.
    n_components : int
        Number of components, k.
    covariance_type : str
        One of ``CovarianceType``
    n_init : int
        Restarts. Start ``i`` is ``KMeans(k, n_init=1, random_state=random_state + i)`` of the
        rows without gaps, and the M-step of these, as with ``init_params="kmeans"``.
    tol : float
        EM stops when the mean log-likelihood of what is known changes by less.
    reg_covar : float
        Added to every variance, in squared units of the data.
    max_iter : int
    random_state : int
        Seed of the first start.

    Raises
    ------
    FitError
        When a row or column has no value at all, when too few rows are without gaps to begin
        with, or when every run ended in a singular covariance.

    Notes
    -----
    Of rows without gaps each run is ``GaussianMixture(k, init_params="kmeans", n_init=1,
    random_state=random_state + i)``.
    """
    settings, shape = as_settings(tol, reg_covar, max_iter), as_covariance_type(covariance_type)
    points = as_gapped(x)
    known = ~np.isnan(points)
    whole = known.all(axis=1)
    k = as_count(n_components, "n_components", 1, len(points))
    refuse_few(int(whole.sum()), k)
    shift = np.nanmean(points, axis=0)
    z = points - shift
    patterns = patterns_of(known)
    seeds = as_seeds(random_state, as_count(n_init, "n_init", 1, MAX_RESTARTS))
    runs = [run_em_on_gaps(z, z[whole], k, seed, patterns, shape, settings) for seed in seeds]
    winner = pick_sound(runs)
    run = runs[winner]
    last = expect(z, patterns, run.mixture, np.eye(z.shape[1]))
    mixture = Mixture(run.mixture.weights, run.mixture.means + shift, run.mixture.covariances)
    return GapFit(
        mixture=mixture,
        covariance_type=shape,
        responsibilities=last.shares,
        labels=last.shares.argmax(axis=1),
        known=known,
        filled=np.where(known, points, last.filled + shift),
        spread=np.where(known, 0.0, last.spread),
        log_likelihood=last.value,
        lower_bound=run.lower_bound,
        path=np.array([*run.path, last.value]),
        log_likelihoods=np.array([_value(z, patterns, one) for one in runs]),
        n_parameters=scores.n_parameters(shape, k, points.shape[1]),
        n_iter=run.n_iter,
        converged=run.converged,
        random_state=seeds[winner],
        tol=settings.tol,
        reg_covar=settings.reg_covar,
        max_iter=settings.max_iter,
    )


def _value(z: Floats, patterns: list[Pattern], run: Run) -> float:
    return -np.inf if run.failed else expect(z, patterns, run.mixture).value
