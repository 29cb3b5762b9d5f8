"""From round to stretched: every group squeezed about its own centre, keeping its area.

The points of a group with covariance S are multiplied, as deviations from the centre, by a matrix
of determinant one. Where a group has a long axis already, the matrix is the power of S that draws
it out further, or makes it round at -1; where all groups are round it draws them out along the
diagonal, which no covariance parallel to the axes can follow.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats: TypeAlias = NDArray[np.float64]

_DIAGONAL: Final = np.array([[0.0, 1.0], [1.0, 0.0]])  # its exponential draws out along x = y
_ROUND: Final = 1e-9  # logarithm of the ratio of two widths that differ by rounding


def squeezes(covariances: Floats, amount: float) -> Floats:
    """Return the (k, 2, 2) matrices that deviations of each group's points are multiplied by.

    Parameters
    ----------
    covariances : (k, 2, 2) array
        Of the groups as they are drawn.
    amount : float
        From -1 to 1; 0 leaves all as it is.
    """
    values, axes = np.linalg.eigh(covariances)
    powers = 0.5 * (np.log(values) - np.log(values).mean(axis=1, keepdims=True))
    if np.abs(powers).max() <= _ROUND:
        powers, axes = np.linalg.eigh(np.tile(_DIAGONAL, (len(values), 1, 1)))
    drawn_out = axes * np.exp(amount * powers)[:, None, :]
    return np.asarray(drawn_out @ axes.transpose(0, 2, 1))


def squeeze(
    points: Floats, labels: NDArray[Any], means: Floats, covariances: Floats, amount: float
) -> tuple[Floats, Floats]:
    """Return (n, 2) points with every group squeezed, and the groups' (k, 2, 2) covariances.

    Parameters
    ----------
    points : (n, 2) array
    labels : (n,) array of int
        Their groups.
    means, covariances : (k, 2), (k, 2, 2) arrays
        Of what each group was drawn from.
    amount : float
        As in :func:`squeezes`.
    """
    matrices, centers = squeezes(covariances, amount), means[labels]
    moved = centers + ((points - centers)[:, :, None] * matrices[labels]).sum(axis=1)
    return moved, matrices.transpose(0, 2, 1) @ covariances @ matrices
