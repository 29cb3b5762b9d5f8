"""EM on rows with gaps, from one start: the M-step of their expected sums, and the loop."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from gmm_dash.engine.gap_expectation import Sums, expect
from gmm_dash.engine.kmeans import fit_kmeans
from gmm_dash.engine.types import Mixture

if TYPE_CHECKING:
    from gmm_dash.engine.covariances import CovarianceType, Shape
    from gmm_dash.engine.em import Settings
    from gmm_dash.engine.gap_rows import Pattern
    from gmm_dash.engine.types import Floats


_FLOOR: Final = 10 * np.finfo(np.float64).eps  # scikit-learn's, added to every count


def maximise(expected: Sums, means: Floats, shape: Shape, reg_covar: float) -> Mixture:
    """Return the parameters that the expected sums about some means lead to."""
    count = expected.count + _FLOOR
    step = expected.moved / count[:, None]
    own = expected.scatter / count[:, None, None] - step[:, :, None] * step[:, None, :]
    k, d = means.shape
    if shape.pooled:
        own = np.repeat(np.average(own, axis=0, weights=count)[None], k, axis=0)
    if shape.aligned:
        variances = np.diagonal(own, axis1=1, axis2=2)
        if shape.round:
            variances = np.repeat(variances.mean(axis=1)[:, None], d, axis=1)
        own = variances[:, :, None] * np.eye(d)
    weights = np.full(k, 1.0 / k) if shape.even else count / count.sum()
    return Mixture(weights, means + step, own + reg_covar * np.eye(d))


def start_of(z: Floats, k: int, seed: int, shape: Shape, reg_covar: float) -> Mixture:
    """Return the first parameters: the M-step of k-means' clusters of rows without gaps."""
    labels = fit_kmeans(z, k, n_init=1, random_state=seed).labels
    shares = np.eye(k)[labels]
    count = shares.sum(axis=0)
    means = (shares.T @ z) / (count + _FLOOR)[:, None]
    about = z - means[labels]
    scatter = np.stack([about[labels == j].T @ about[labels == j] for j in range(k)])
    nothing = np.empty((0, z.shape[1]))
    sums = Sums(nothing[:, 0], count, np.zeros_like(means), scatter, shares, nothing, nothing)
    return maximise(sums, means, shape, reg_covar)


@dataclass(frozen=True)
class Run:
    """Where EM has led from one start.

    Attributes
    ----------
    mixture : Mixture
    path : list of float
        Log-likelihood of what is known before each M-step, mean per row.
    n_iter : int
    converged, failed : bool
        A run fails where a covariance is not positive definite.
    """

    mixture: Mixture
    path: list[float]
    n_iter: int
    converged: bool
    failed: bool

    @property
    def lower_bound(self) -> float:
        """scikit-learn's: the last of the path; minus infinity where it failed."""
        return -np.inf if self.failed else self.path[-1]


def run_em_on_gaps(
    z: Floats,
    whole: Floats,
    k: int,
    seed: int,
    patterns: list[Pattern],
    kind: CovarianceType,
    settings: Settings,
) -> Run:
    """Return where EM leads from one start; it stops when scikit-learn would."""
    mixture = start_of(whole, k, seed, kind.shape, settings.reg_covar)
    path: list[float] = []
    converged = False
    try:
        while not converged and len(path) < settings.max_iter:
            expected = expect(z, patterns, mixture)
            mixture = maximise(expected, mixture.means, kind.shape, settings.reg_covar)
            converged = bool(path) and abs(expected.value - path[-1]) < settings.tol
            path.append(expected.value)
        np.linalg.cholesky(mixture.covariances)
    except np.linalg.LinAlgError:
        return Run(mixture, path, len(path), converged=False, failed=True)
    return Run(mixture, path, len(path), converged=converged, failed=False)
