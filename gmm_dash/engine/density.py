"""Densities, responsibilities and samples of one mixture."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from gmm_dash.engine.covariances import CovarianceType
from gmm_dash.engine.deadline import check_time
from gmm_dash.engine.gaussians import whitening
from gmm_dash.engine.types import Mixture
from gmm_dash.engine.validate import LARGEST_SEED, as_count, as_points
from gmm_dash.errors import FitError

if TYPE_CHECKING:
    from typing import Any

    from gmm_dash.engine.types import Floats, Ints

BLOCK_CELLS = 300_000
"""Doubles held for the deviations of a block of points from all means."""


def log_joint(x: Any, mixture: Mixture) -> Floats:
    """Return log weight plus log density of every point under every component.

    Parameters
    ----------
    x : (n, d) array
        Points.
    mixture : Mixture

    Returns
    -------
    (n, k) array
        In nats; sums over a row, in the log domain, are log densities of the mixture.

    Raises
    ------
    FitError
        When the points do not fit the mixture, or a covariance is singular.
    """
    points = _points_for(x, mixture)
    white, constant = _prepared(mixture)
    out = np.empty((len(points), mixture.n_components))
    width = max(64, BLOCK_CELLS // (mixture.n_components * mixture.n_features))
    for first in range(0, len(points), width):
        check_time()
        rows = slice(first, first + width)
        deviation = points[rows].T[None] - mixture.means[:, :, None]
        scaled = white @ deviation
        np.square(scaled, out=scaled)
        out[rows] = (constant[:, None] - 0.5 * scaled.sum(axis=1)).T
    return out


def score_samples(x: Any, mixture: Mixture) -> Floats:
    """Return the (n,) log density of each point, in nats."""
    joint = log_joint(x, mixture)
    top = joint.max(axis=1)
    joint -= top[:, None]
    np.exp(joint, out=joint)
    return np.asarray(np.log(joint.sum(axis=1)) + top)


def responsibilities(x: Any, mixture: Mixture) -> Floats:
    """Return the (n, k) probability that each component produced each point."""
    joint = log_joint(x, mixture)
    joint -= joint.max(axis=1)[:, None]
    np.exp(joint, out=joint)
    joint /= joint.sum(axis=1)[:, None]
    return joint


def sample(
    mixture: Mixture,
    n_samples: int,
    random_state: int = 0,
    *,
    covariance_type: CovarianceType | str | None = None,
) -> tuple[Floats, Ints]:
    """Return points drawn from a mixture, and the component that each came from.

    Parameters
    ----------
    mixture : Mixture
    n_samples : int
        How many points to draw.
    random_state : int
        The same points as ``GaussianMixture(random_state=...).sample`` draws from these
        parameters.
    covariance_type : str, optional
        scikit-learn draws diagonal and spherical components differently; left out, exactly
        diagonal covariances count as such.

    Returns
    -------
    points : (n, d) array
    labels : (n,) array of int
        In rising order, as scikit-learn gives them.
    """
    n = as_count(n_samples, "n_samples", 1, 10_000_000)
    seed = as_count(random_state, "random_state", 0, LARGEST_SEED)
    generator = np.random.RandomState(seed)
    counts = generator.multinomial(n, mixture.weights)
    aligned = _axis_aligned(mixture, covariance_type)
    parts = [
        mean + generator.standard_normal((count, len(mean))) * np.sqrt(covariance.diagonal())
        if aligned
        else _correlated(generator, mean, covariance, int(count))
        for mean, covariance, count in zip(mixture.means, mixture.covariances, counts, strict=True)
    ]
    return np.vstack(parts), np.repeat(np.arange(mixture.n_components), counts)


def project(mixture: Mixture, matrix: Any, offset: Any = None) -> Mixture:
    """Return the mixture of ``matrix @ x + offset`` when x follows ``mixture``.

    Parameters
    ----------
    mixture : Mixture
        In d dimensions.
    matrix : (p, d) array
        Linear map, such as two rows of a PCA, or two rows of the identity for a marginal.
    offset : (p,) array, optional
        Zero when left out.

    Returns
    -------
    Mixture
        In p dimensions; exact: means ``P m + b`` and covariances ``P S P.T``.
    """
    linear = as_points(matrix, what="The projection")
    if linear.shape[1] != mixture.n_features:
        raise FitError(
            f"The projection has {linear.shape[1]} columns, the mixture {mixture.n_features}.",
            hint="Use one column of the matrix for each feature.",
        )
    move = np.zeros(len(linear)) if offset is None else np.asarray(offset, dtype=np.float64)
    if move.shape != (len(linear),):
        raise FitError("The offset does not fit the projection.", hint="Give one value a row.")
    covariances = linear @ mixture.covariances @ linear.T
    return Mixture(
        mixture.weights.copy(),
        mixture.means @ linear.T + move,
        (covariances + covariances.transpose(0, 2, 1)) / 2.0,
    )


def density_grid(mixture: Mixture, x_centres: Any, y_centres: Any) -> Floats:
    """Return the (ny, nx) log density of a two-dimensional mixture on a grid."""
    if mixture.n_features != 2:
        raise FitError(
            "Only a mixture in two dimensions can be drawn as a map.",
            hint="Project it onto two axes first.",
        )
    across, up = np.meshgrid(_line(x_centres), _line(y_centres))
    points = np.column_stack((across.ravel(), up.ravel()))
    return score_samples(points, mixture).reshape(across.shape)


def marginal_density(mixture: Mixture, axis: int, grid: Any) -> Floats:
    """Return each component's weighted (k, g) density along one axis.

    Parameters
    ----------
    mixture : Mixture
    axis : int
        Which feature.
    grid : (g,) array
        Where to evaluate.
    """
    feature = as_count(axis, "axis", 0, mixture.n_features - 1)
    line = project(mixture, np.eye(mixture.n_features)[[feature]])
    return np.exp(log_joint(_line(grid)[:, None], line)).T


def _line(values: Any) -> Floats:
    """Return grid values as a (g,) array."""
    return as_points(np.asarray(values).reshape(-1, 1), what="The grid")[:, 0]


def _points_for(x: Any, mixture: Mixture) -> Floats:
    """Return checked points with as many columns as the mixture has features."""
    points = as_points(x)
    if points.shape[1] != mixture.n_features:
        raise FitError(
            f"The points have {points.shape[1]} columns, the mixture {mixture.n_features}.",
            hint="Use the columns that the model was fitted on.",
        )
    return points


def _prepared(mixture: Mixture) -> tuple[Floats, Floats]:
    """Return (k, d, d) whitening matrices and the (k,) constants of the log densities."""
    white = whitening(mixture.covariances)
    if not np.isfinite(white).all():
        raise FitError(
            "A component has no spread in some direction.",
            hint="Raise reg_covar, or use fewer components.",
        )
    log_det = np.log(np.diagonal(white, axis1=1, axis2=2)).sum(axis=1)
    with np.errstate(divide="ignore"):
        log_weight = np.log(mixture.weights)
    constant = log_weight + log_det - 0.5 * mixture.n_features * np.log(2 * np.pi)
    return white, constant


def _axis_aligned(mixture: Mixture, covariance_type: CovarianceType | str | None) -> bool:
    """Return whether to draw feature by feature."""
    if covariance_type is not None:
        return CovarianceType(covariance_type).shape.aligned
    off = mixture.covariances * (1.0 - np.eye(mixture.n_features))
    return not off.any() and mixture.n_features > 1


def _correlated(
    generator: np.random.RandomState, mean: Floats, covariance: Floats, count: int
) -> Floats:
    """Draw from one Gaussian with any covariance."""
    return np.asarray(generator.multivariate_normal(mean, covariance, count, check_valid="ignore"))
