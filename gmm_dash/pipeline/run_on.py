"""Whether a fit that met its tolerance was only slow: it is carried on, within a bound."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gmm_dash.engine import estimate_cost, fit_from_mixture, rises_ahead
from gmm_dash.engine.rest import REST_ITERATIONS, REST_TOL, SAME_NATS, still_to_rise
from gmm_dash.engine.types import INFORMED
from gmm_dash.errors import FitError
from gmm_dash.results import is_low
from gmm_dash.results.run_on_claims import CarriedOn

if TYPE_CHECKING:
    from gmm_dash.engine import MixtureFit
    from gmm_dash.results import Comparison, Points

FEW: Final = 50  # iterations to a fine tolerance, below which a run is not slow
FINE: Final = 1e-6
LEAST: Final = 1.5  # times its own iterations, without which carrying a run on tells little
AHEAD: Final = 16  # iterations from which what is left is estimated
PROMISING_NATS: Final = 0.1  # a tenth of what is said: the estimate may be far too low
MOST_SECONDS: Final = 0.06
"""What carrying on may take, by estimate, as the picture waits for it. It bounds the work, not the
time, so that a link always says the same."""


def run_on(result: Comparison) -> CarriedOn | None:
    """Return the mixture's run carried on, where it rises by more than a nat; else None.

    Not asked where the score is low: the experiments of that case carry the start on themselves.
    """
    return None if is_low(result) else carried_on(result.points, result.gmm_fit)


def carried_on(points: Points, fit: MixtureFit) -> CarriedOn | None:
    """Return ``fit`` carried on, where it rises by more than a nat; else None.

    Not asked of runs that stopped at their limit or collapsed, which the page says anyhow; nor of
    those that begin at neighbours, where another tolerance is another search.

    It goes on from the parameters at the end of ``fit``: EM has no other memory, so that this is
    where the very start leads with the finer tolerance, without the iterations it has behind it.
    """
    slow = fit.n_iter >= FEW or fit.tol > FINE
    if not (fit.converged and slow and fit.tol > REST_TOL) or fit.degenerate.any():
        return None
    limit = _affordable(points, fit)
    if limit < LEAST * fit.n_iter or fit.init == INFORMED or not _promises(points, fit):
        return None
    try:
        on = fit_from_mixture(
            points.fitted, fit.mixture,
            covariance_type=str(fit.covariance_type), tol=REST_TOL,
            reg_covar=fit.reg_covar, max_iter=limit - fit.n_iter,
        )  # fmt: skip
    except FitError:  # it breaks down on the way
        return None
    risen = (on.log_likelihood - fit.log_likelihood) * points.n > SAME_NATS
    if not risen or on.degenerate.any():
        return None
    return CarriedOn(fit.n_iter + on.n_iter, on.converged, on.log_likelihood)


def _promises(points: Points, fit: MixtureFit) -> bool:
    """Return whether the next iterations let expect that carrying on is worth its time.

    Of 337 runs that met a ``tol`` of 1e-6 or 1e-5, on ten kinds of data, 9 rose by more than a
    nat: these and 75 others promise to. A run that does not promise is not said to rest.
    """
    rises = rises_ahead(points.fitted, fit, AHEAD)
    if len(rises) < AHEAD:  # it breaks down; carrying it on will tell
        return True
    return bool((rises.sum() + still_to_rise(rises)) * points.n > PROMISING_NATS)


def _affordable(points: Points, fit: MixtureFit) -> int:
    """Return how many iterations the bound allows."""
    kind, k = str(fit.covariance_type), fit.n_components
    one = estimate_cost(points.n, points.d, k, covariance_type=kind, tol=0.0, max_iter=100) / 100
    return min(REST_ITERATIONS, int(MOST_SECONDS / one))
