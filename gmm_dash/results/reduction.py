"""What principal components are made of, where the fits see them in place of the columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

SOLVER: Final = "full"
"""Exact, and the same on every run, as scikit-learn's own choice is not for long tables."""


@dataclass(frozen=True, eq=False)
class Reduction:
    """What the fits see in place of the columns.

    Attributes
    ----------
    mean : (d,) array
        Of the transformed and scaled columns.
    axes : (k, d) array
        Orthonormal directions, that of the largest variance first.
    shares : (k,) array
        Of the variance of the transformed and scaled columns.
    """

    mean: NDArray[np.float64]
    axes: NDArray[np.float64]
    shares: NDArray[np.float64]

    @property
    def kept(self) -> float:
        """Share of the variance that the components hold together, from 0 to 1."""
        return float(min(self.shares.sum(), 1.0))

    def of(self, scaled: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return (n, d) transformed and scaled rows on the components, (n, k)."""
        z: NDArray[np.float64] = (scaled - self.mean) @ self.axes.T
        return z

    def same_as(self, other: Reduction) -> bool:
        """Whether both give every row the same values."""
        return np.array_equal(self.axes, other.axes) and np.array_equal(self.mean, other.mean)
