"""The experiments behind "neither method finds the true groups"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from gmm_dash.engine import estimate_cost, fit_again, fit_from_labels, fit_gmm
from gmm_dash.errors import FitError
from gmm_dash.results import LowScore, known, sources_ari

if TYPE_CHECKING:
    from gmm_dash.engine import MixtureFit
    from gmm_dash.results import Comparison, Points

REST_TOL: Final = 1e-9
REST_ITERATIONS: Final = 1_000
"""A run that gains less in a step rests, as far as can be seen; a longer one tells nothing."""

MOST_SECONDS: Final = 0.2  # estimated, of each experiment: a sentence must not slow the page
FEWEST: Final = 20  # points of a group of which the number of Gaussians is asked
_TOL: Final = 1e-3
_CLEAR: Final = 10.0  # of BIC: strong evidence


def low_score(result: Comparison) -> LowScore:
    """Return what the experiments say of a comparison in which the score is low."""
    points = result.points
    at_groups, here = _from_groups(result)
    best = sources_ari(points)
    return LowScore(at_groups, here, best, _several(points) if best is None else ())


def _from_groups(result: Comparison) -> tuple[MixtureFit | None, MixtureFit | None]:
    """Return where EM rests from the groups, and where from the start of the fit shown."""
    points, fit = result.points, result.gmm_fit
    kind, k = str(fit.covariance_type), fit.n_components
    rest: dict[str, Any] = {"tol": REST_TOL, "max_iter": REST_ITERATIONS}
    seconds = estimate_cost(points.n, points.d, k, covariance_type=kind, **rest)
    if seconds > MOST_SECONDS or points.labels is None or known.is_partial(points.labels):
        return None, None
    labels = np.unique(points.labels, return_inverse=True)[1]
    settings = {"covariance_type": kind, "reg_covar": fit.reg_covar, **rest}
    try:
        there = fit_from_labels(points.fitted, labels, **settings)
        here = fit_again(points.fitted, fit, **rest)
    except FitError:  # a group without any width, for example
        return None, None
    return (there, here) if there.converged and here.converged else (None, None)


def _several(points: Points) -> tuple[tuple[int, float, float], ...]:
    """Return the groups that are more than one Gaussian by BIC."""
    found = []
    groups = points.labels
    for group in () if groups is None else np.unique(groups[known.labelled(groups)]):
        own = points.fitted[groups == group]
        if len(own) < FEWEST:
            continue
        if estimate_cost(len(own), points.d, 2, tol=_TOL) > MOST_SECONDS:
            continue
        try:  # any mixture of two that has a lower BIC proves the point: the first will do
            one, two = (fit_gmm(own, k, init="kmeans", n_init=1, tol=_TOL) for k in (1, 2))
        except FitError:
            continue
        sound = not (one.degenerate.any() or two.degenerate.any())
        if sound and one.bic - two.bic > _CLEAR:
            found.append((int(group), one.bic, two.bic))
    return tuple(found)
