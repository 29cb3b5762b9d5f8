"""EM and Lloyd's algorithm as the formulas have them: nothing clever, nothing but NumPy.

The rest of the engine does the same for many runs at once, and faster; the tests hold it and
scikit-learn against this file. ``n`` points, ``d`` features, ``k`` components.
"""

from collections.abc import Callable
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Array: TypeAlias = NDArray[np.float64]
Labels: TypeAlias = NDArray[np.intp]
Parameters: TypeAlias = tuple[Array, Array, Array]  # weights, means, covariances
Shape: TypeAlias = Callable[[Array, Array], Array]  # full, tied, diag, spherical, equal


def em(
    x: Array, responsibilities: Array, shape: Shape, tol: float, reg_covar: float, max_iter: int
) -> tuple[Parameters, float, int]:
    """Return parameters, mean log-likelihood and iterations, from (n, k) responsibilities."""
    parameters, log_likelihood = m_step(x, responsibilities, shape, reg_covar), -np.inf
    rise, iteration = np.inf, 0
    while abs(rise) >= tol and iteration < max_iter:
        before, iteration = log_likelihood, iteration + 1
        responsibilities, log_likelihood = e_step(x, *parameters)
        parameters = m_step(x, responsibilities, shape, reg_covar)
        rise = log_likelihood - before
    return parameters, log_likelihood, iteration


def e_step(x: Array, weights: Array, means: Array, covariances: Array) -> tuple[Array, float]:
    """Return the (n, k) responsibilities, and the mean of log p(x) over the points."""
    log_densities = [log_density(x, *one) for one in zip(means, covariances, strict=True)]
    joint = np.log(weights) + np.stack(log_densities, axis=1)  # log of w_j N(x_i | mu_j, Sigma_j)
    total = np.logaddexp.reduce(joint, axis=1, keepdims=True)  # log p(x_i): its sum over j
    return np.exp(joint - total), float(total.mean())


def log_density(x: Array, mean: Array, covariance: Array) -> Array:
    """Return the (n,) values of log N(x | mean, covariance)."""
    away = x - mean
    squared = (away * np.linalg.solve(covariance, away.T).T).sum(axis=1)  # Mahalanobis distances
    log_det = np.linalg.slogdet(covariance)[1]
    return np.asarray(-0.5 * (len(mean) * np.log(2 * np.pi) + log_det + squared))


def m_step(x: Array, responsibilities: Array, shape: Shape, reg_covar: float) -> Parameters:
    """Return the (k,) weights, (k, d) means and (k, d, d) covariances that fit best."""
    counts = responsibilities.sum(axis=0) + 10 * np.finfo(float).eps  # N_j, never zero
    means = responsibilities.T @ x / counts[:, None]
    away = x[:, None] - means  # (n, k, d)
    own = np.einsum("nk,nki,nkj->kij", responsibilities, away, away) / counts[:, None, None]
    sizes = counts / counts.sum()
    weights = np.full_like(sizes, 1 / len(sizes)) if shape is equal else sizes
    return weights, means, shape(own, sizes) + reg_covar * np.eye(x.shape[1])


def full(own: Array, _weights: Array) -> Array:
    """Return every component's own (k, d, d) covariances: any ellipse."""
    return own


def tied(own: Array, weights: Array) -> Array:
    """Return their average, weighted by size: one ellipse for all."""
    return np.broadcast_to(np.average(own, axis=0, weights=weights), own.shape)


def diag(own: Array, _weights: Array) -> Array:
    """Return what stands on their diagonals: upright ellipses."""
    return np.asarray(own * np.eye(own.shape[1]))


def spherical(own: Array, _weights: Array) -> Array:
    """Return the mean of each diagonal, in every direction: circles."""
    return np.asarray(own.trace(axis1=1, axis2=2)[:, None, None] * np.eye(d := own.shape[1]) / d)


def equal(own: Array, weights: Array) -> Array:
    """Return their average's mean in every direction: circles of one size."""
    return spherical(tied(own, weights), weights)


def lloyd(x: Array, centers: Array, tol: float, max_iter: int) -> tuple[Array, Labels, int]:
    """Return the (k, d) centres, the (n,) labels and the iterations, from first centres."""
    moved, iteration = np.inf, 0
    while moved > tol and iteration < max_iter:
        before, iteration = centers, iteration + 1
        centers = move(x, assign(x, centers), centers)
        moved = float(np.square(centers - before).sum())
    return centers, assign(x, centers), iteration


def assign(x: Array, centers: Array) -> Labels:
    """Return the (n,) numbers of the nearest centres."""
    return np.asarray(np.square(x[:, None] - centers).sum(axis=2).argmin(axis=1))


def move(x: Array, labels: Labels, centers: Array) -> Array:
    """Return the (k, d) means of each centre's points; a centre without points stays."""
    mine = [x[labels == j] for j in range(len(centers))]
    return np.stack([m.mean(axis=0) if len(m) else c for m, c in zip(mine, centers, strict=True)])
