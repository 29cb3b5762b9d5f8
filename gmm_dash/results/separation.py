"""Where a mixture's components lie apart: the directions, and the pair of columns, that show most.

The directions are those of Scrucca (2014, Advances in Data Analysis and Classification 8: 147-165;
mclust's ``MclustDR``): after whitening by the covariance of all points, the eigenvectors of what
the components differ by, in their means and, with less weight, in their covariances. In many
columns covariances always differ somewhere, if only because each was made of few points.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from gmm_dash.engine import Mixture

COVARIANCES: Final = 0.1  # the weight of what covariances differ by, beside means
_FLOOR: Final = 1e-5  # variances below are the regularisation's own, if others are far above
_LEAST: Final = 1e-4  # of the largest variance: what is above is never left out
_ROUNDING: Final = 1e-12


@dataclass(frozen=True, eq=False)
class Separation:
    """What the components of a mixture differ by.

    Attributes
    ----------
    total : (d, d) array
        Covariance of the whole mixture.
    kernel : (d, d) array
        What the components differ by in means and in covariances, measured by ``total``.
    whiten : (d, r) array
        Takes the space to one in which ``total`` is the identity; directions in which nothing
        varies but the regularisation are left out.
    """

    total: NDArray[np.float64]
    kernel: NDArray[np.float64]
    whiten: NDArray[np.float64]

    @classmethod
    def of(cls, mixture: Mixture) -> Separation:
        """Return what the components of a mixture differ by."""
        weights, means, covariances = mixture.weights, mixture.means, mixture.covariances
        shifts = means - weights @ means
        between = np.einsum("k,kd,ke->de", weights, shifts, shifts)
        within = np.einsum("k,kde->de", weights, covariances)
        variance, vectors = np.linalg.eigh(between + within)
        floor = max(_ROUNDING * variance[-1], min(_FLOOR, _LEAST * variance[-1]))
        kept = variance > floor
        whiten = vectors[:, kept] / np.sqrt(variance[kept])
        kernel = _squared(between, whiten)
        for weight, covariance in zip(weights, covariances, strict=True):
            kernel += COVARIANCES * weight * _squared(covariance - within, whiten)
        return cls(between + within, kernel, whiten)

    @cached_property
    def whole(self) -> float:
        """All of the separation."""
        return float(np.trace(self.whiten.T @ self.kernel @ self.whiten))

    @cached_property
    def directions(self) -> NDArray[np.float64]:
        """(r, d) directions as rows of length 1, those that separate most first."""
        values, vectors = np.linalg.eigh(self.whiten.T @ self.kernel @ self.whiten)
        rows = (self.whiten @ vectors[:, np.argsort(-values, kind="stable")]).T
        largest = np.abs(rows).argmax(axis=1)  # the sign is free: make it repeatable
        rows *= np.sign(rows[np.arange(len(rows)), largest])[:, None]
        return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True))

    def share(self, matrix: NDArray[np.float64]) -> float:
        """Return the share of the separation that a plane shows, from 0 to 1.

        Parameters
        ----------
        matrix : (2, d) array
            What the axes show.
        """
        if self.whole <= 0:
            return 0.0
        length = np.linalg.norm(matrix, axis=1, keepdims=True)
        rows = matrix / np.where(length > 0, length, 1)
        seen = np.linalg.pinv(rows @ self.total @ rows.T) @ (rows @ self.kernel @ rows.T)
        return float(np.clip(np.trace(seen) / self.whole, 0, 1))

    def best_pair(self) -> tuple[int, int] | None:
        """Return the two columns whose plane shows most, the one that shows more first."""
        if self.whole <= 0:
            return None
        own, seen = np.diagonal(self.total), np.diagonal(self.kernel)
        det = np.outer(own, own) - np.square(self.total)
        det = np.where(det > _ROUNDING * np.outer(own, own), det, np.inf)  # the same column twice
        crossed = np.outer(seen, own)
        found = (crossed + crossed.T - 2 * self.total * self.kernel) / det
        i, j = (int(at) for at in np.unravel_index(int(found.argmax()), found.shape))
        return (i, j) if seen[i] * own[j] >= seen[j] * own[i] else (j, i)


def _squared(part: NDArray[np.float64], whiten: NDArray[np.float64]) -> NDArray[np.float64]:
    half = part @ whiten
    return np.asarray(half @ half.T)
