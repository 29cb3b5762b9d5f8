"""Rest: how far a run is carried on before its end counts as one, and what that may cost.

EM creeps: a step below ``tol`` says that this step gained little, not that little is left to gain.
A run that gains less than ``REST_TOL`` rests, as far as can be told; each is still one fit of
scikit-learn, with that ``tol``. k-means comes to rest exactly: no point moves any more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from gmm_dash.engine.cost import USUAL_TOL, estimate_cost, estimate_kmeans_cost

if TYPE_CHECKING:
    from gmm_dash.engine.types import Floats

REST_TOL: Final = 1e-9
REST_ITERATIONS: Final = 10_000

KMEANS_REST_TOL: Final = 0.0

SAME_SHARE: Final = 1e-3
"""Values this close are one: of the inertia, and in nats for a point (with ``SAME_NATS``)."""

SAME_NATS: Final = 1.0
"""Nats in total up to which two mixtures explain the data equally well."""

OUTLOOK: Final = 48
"""Rises ahead that are foreseen; so many let ``still_to_rise`` see the plateaus that were tried."""

_TIMES: Final = 3.0  # as long as to the usual tol: 1.1 to 4.3 times, measured on eight tables
_KMEANS_TIMES: Final = 3.0  # to the usual tol and then to rest: 2 to 4.3 times


def rest_cost(n: int, d: int, k: int, *, covariance_type: str = "full", n_init: int = 1) -> float:
    """Return roughly how many seconds of CPU it takes to carry starts of EM on to rest."""
    usual = estimate_cost(
        n, d, k,
        covariance_type=covariance_type, n_init=n_init, tol=USUAL_TOL, max_iter=REST_ITERATIONS,
    )  # fmt: skip
    return _TIMES * usual


def longest_rest(n: int, d: int, k: int, *, covariance_type: str = "full") -> float:
    """Return roughly how long one start can take at most: it may need every iteration."""
    return estimate_cost(
        n, d, k, covariance_type=covariance_type, tol=0.0, max_iter=REST_ITERATIONS
    )


def kmeans_rest_cost(n: int, d: int, k: int, *, n_init: int = 1) -> float:
    """Return roughly how long k-means takes to its usual ``tol``, and then until it rests."""
    return _KMEANS_TIMES * estimate_kmeans_cost(n, d, k, n_init=n_init)


def still_to_rise(rises: Floats) -> float:
    """Return how much a series of rises still has before it, by Aitken's estimate.

    Each rise is taken to be the same share of the one before, as EM's are near an optimum. On a
    plateau that share grows, and then the rises do: where at its present pace it reaches one
    within ``OUTLOOK`` more rises there is no telling, and the result is infinite.

    Parameters
    ----------
    rises : (m,) array
        At least four.
    """
    last = float(rises[-1])
    if last <= 0.0:
        return 0.0
    with np.errstate(divide="ignore", invalid="ignore"):
        shares = rises[1:] / rises[:-1]
    half = len(shares) // 2
    pace = (shares[-1] - shares[-1 - half]) / half
    share = float(shares[-1])
    ends = share + OUTLOOK * pace < 1.0  # not where a rise before was none
    return last * share / (1.0 - share) if ends and share < 1.0 else float("inf")


def close_values(best: float, n: int, *, inertia: bool) -> float:
    """Return how far from ``best`` a value of ``n`` points may be to count as the same.

    Inertia: ``SAME_SHARE`` of it. Log-likelihood per point: ``SAME_NATS`` in total, and
    ``SAME_SHARE`` for a point.
    """
    return SAME_SHARE * abs(best) if inertia else min(SAME_NATS / n, SAME_SHARE)
