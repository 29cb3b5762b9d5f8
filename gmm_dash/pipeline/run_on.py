"""Whether a fit that met its tolerance was only slow: its start is carried on, within a bound."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gmm_dash.engine import estimate_cost, fit_again
from gmm_dash.engine.rest import REST_ITERATIONS, REST_TOL, SAME_NATS
from gmm_dash.errors import FitError
from gmm_dash.results import is_low

if TYPE_CHECKING:
    from gmm_dash.engine import MixtureFit
    from gmm_dash.results import Comparison

FEW: Final = 50  # iterations to a fine tolerance, below which a run is not slow
FINE: Final = 1e-6
LEAST: Final = 1_000  # iterations that a run is carried on to; a longer one, to twice its own
MOST_SECONDS: Final = 0.5
"""Most that all those iterations may take, by estimate: a bound of work, not of time, so that a
link always says the same."""


def run_on(result: Comparison) -> MixtureFit | None:
    """Return the mixture's start carried on, where it rises by more than a nat; else None.

    Not asked of runs that stopped at their limit or collapsed, which the page says anyhow, nor
    where the score is low: the experiments of that case carry the start on themselves.
    """
    points, fit = result.points, result.gmm_fit
    if fit.start is not None:  # with another tolerance the search for its start goes another way
        return None
    slow = fit.n_iter >= FEW or fit.tol > FINE
    if not (fit.converged and slow and fit.tol > REST_TOL) or fit.degenerate.any():
        return None
    limit = min(REST_ITERATIONS, max(LEAST, 2 * fit.n_iter))
    kind, k = str(fit.covariance_type), fit.n_components
    longest = estimate_cost(points.n, points.d, k, covariance_type=kind, tol=0.0, max_iter=limit)
    if longest > MOST_SECONDS or is_low(result):
        return None
    try:
        on = fit_again(points.fitted, fit, tol=REST_TOL, max_iter=limit)
    except FitError:  # it breaks down on the way
        return None
    risen = (on.log_likelihood - fit.log_likelihood) * points.n > SAME_NATS
    return on if risen and not on.degenerate.any() else None
