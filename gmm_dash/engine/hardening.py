"""From soft to hard: equal circles of a given size, and k-means where they have shrunk to nothing.

With equal weights and one variance s² for all, a point's share of a component goes with
``exp(-|x - m|² / 2 s²)``. The smaller s², the more the nearest mean takes; at zero it takes all,
the E-step is k-means' assignment and the M-step its move. Borders between two components lie half
way between their means at any s².
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from gmm_dash.engine import scores
from gmm_dash.engine.deadline import check_time
from gmm_dash.engine.types import GIVEN, Mixture, ReadOnlyArrays
from gmm_dash.engine.validate import MAX_ITERATIONS, as_count, as_nonnegative, as_points
from gmm_dash.errors import FitError

if TYPE_CHECKING:
    from gmm_dash.engine.mixture_fit import MixtureFit
    from gmm_dash.engine.types import Floats, Ints

NOTHING: Final = 1e-12
"""Share of the data's variance that stands for zero in a hard mixture's covariances: no picture
shows it, and all shares are 0 or 1, but whoever draws or inverts covariances need not ask."""

_OF_THE_DATA: Final = ("reg-large", "duplicates")  # findings that hold at any variance
_EMPTY: Final = 1e-12  # a component that holds less of a point stays where it is


@dataclass(frozen=True, eq=False)
class Softness(ReadOnlyArrays):
    """Where EM ends with equal weights and one variance that is held.

    Attributes
    ----------
    variance : float
        As it was given.
    mixture : Mixture
        With that variance; with next to none where it is zero.
    responsibilities : (n, k) array
    labels : (n,) array of int
    log_likelihood, lower_bound : float
        Per point in nats, of these means and of those before the last step; minus infinity where
        the variance is zero.
    n_iter : int
    converged : bool
    """

    variance: float
    mixture: Mixture
    responsibilities: Floats
    labels: Ints
    log_likelihood: float
    lower_bound: float
    n_iter: int
    converged: bool


def hardened(x: Any, fit: MixtureFit, means: Any, hardness: float) -> MixtureFit:
    """Return a mixture of equal circles on its way to k-means.

    Parameters
    ----------
    x : (n, d) array
        What ``fit`` was fitted to.
    fit : MixtureFit
        Of type ``equal``: the soft end.
    means : (k, d) array
        Where EM begins: the centres of the k-means that it is to become.
    hardness : float
        From 0 to 1: the circles' standard deviation is so much less than that of ``fit``; at 1 it
        is zero.
    """
    estimated = float(fit.covariances[0, 0, 0])
    variance = estimated * (1.0 - hardness) ** 2
    soft = soft_kmeans(x, means, variance, tol=fit.tol, max_iter=fit.max_iter)
    (n, k), d = soft.responsibilities.shape, fit.means.shape[1]
    free, value = k * d, soft.log_likelihood  # the means; nothing else is estimated
    entropy = scores.entropy(soft.responsibilities)
    bic = scores.bic(value, free, n)
    return replace(
        fit,
        mixture=soft.mixture,
        responsibilities=soft.responsibilities,
        labels=soft.labels,
        log_likelihood=value,
        lower_bound=soft.lower_bound,
        log_likelihoods=np.array([value]),
        aic=scores.aic(value, free, n),
        bic=bic,
        icl=bic + 2.0 * entropy,
        aicc=scores.aicc(value, free, n),
        entropy=entropy,
        n_parameters=free,
        n_iter=soft.n_iter,
        converged=soft.converged,
        init=GIVEN,
        degenerate=np.zeros(k, dtype=bool),
        reason="",
        health=tuple(one for one in fit.health if one.code in _OF_THE_DATA),
        start=None,
        variance=variance,
        _retrace=_untraced,
    )


def _untraced() -> Any:
    raise FitError("This run was not recorded.", hint="Let the variance be estimated.")


def soft_kmeans(
    x: Any, means: Any, variance: float, *, tol: float = 1e-6, max_iter: int = 500
) -> Softness:
    """Return where EM leads from some means, its weights equal and its variance held.

    Parameters
    ----------
    x : (n, d) array
    means : (k, d) array
        Where to begin.
    variance : float
        In squared units of the data; with zero this is Lloyd's algorithm.
    tol : float
        EM stops when the mean log-likelihood changes by less; Lloyd's when no point moves.
    max_iter : int
    """
    points, held = as_points(x), as_nonnegative(variance, "variance")
    limit, step = as_count(max_iter, "max_iter", 1, MAX_ITERATIONS), as_nonnegative(tol, "tol")
    shift = points.mean(axis=0)
    z, centers = points - shift, as_points(means, what="The start centres") - shift
    n_iter, converged = 0, False
    shares, value = _expect(z, centers, held)
    while n_iter < limit and not converged:
        check_time()
        n_iter += 1
        before, old = shares, value
        centers = _move(z, shares, centers)
        shares, value = _expect(z, centers, held)
        converged = abs(value - old) < step if held else bool((shares == before).all())
    k, d = centers.shape
    drawn = held or NOTHING * float(z.var(axis=0).mean())
    mixture = Mixture(np.full(k, 1.0 / k), centers + shift, np.tile(drawn * np.eye(d), (k, 1, 1)))
    return Softness(held, mixture, shares, shares.argmax(axis=1), value, old, n_iter, converged)


def _expect(z: Floats, centers: Floats, variance: float) -> tuple[Floats, float]:
    """Return the (n, k) shares of every point, and the mean log-likelihood."""
    near = z @ centers.T - 0.5 * np.square(centers).sum(axis=1)  # (|z|² - |z - m|²) / 2
    k, d = centers.shape
    if variance == 0.0:
        return np.eye(k)[near.argmax(axis=1)], -np.inf
    near -= 0.5 * np.square(z).sum(axis=1)[:, None]
    near /= variance
    top = near.max(axis=1, keepdims=True)
    shares = np.exp(near - top)
    total = shares.sum(axis=1, keepdims=True)
    value = float((np.log(total) + top).mean())
    return shares / total, value - np.log(k) - 0.5 * d * float(np.log(2.0 * np.pi * variance))


def _move(z: Floats, shares: Floats, centers: Floats) -> Floats:
    """Return the (k, d) means of the points by their shares."""
    count = shares.sum(axis=0)
    held = count > _EMPTY
    out = centers.copy()
    out[held] = (shares.T[held] @ z) / count[held, None]
    return out
