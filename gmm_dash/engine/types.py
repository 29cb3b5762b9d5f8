"""What the engine takes and returns: frozen, and with read-only arrays.

Shapes use one letter each, everywhere: ``n`` points, ``d`` features, ``k`` components,
``f`` frames of a trace.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float64]
Ints: TypeAlias = NDArray[np.intp]
Bools: TypeAlias = NDArray[np.bool_]

START_KINDS = ("kmeans", "k-means++", "random_from_data", "random")
"""Kinds of start, named as ``GaussianMixture(init_params=...)`` names them."""

MIXED_CYCLE = ("kmeans", "k-means++", "random_from_data")
"""What ``init="mixed"`` cycles through: varied mistakes, so that not all restarts share one."""

WHITENED = "whitened"
"""The kind of start that is k-means on whitened data; scikit-learn has no name for it."""

RANDOM_GAUSSIANS = "random_gaussians"
"""The kind of start that draws shapes, too; scikit-learn takes it as parameters."""

GIVEN = "given"
"""The ``init`` of a result whose start was handed in."""

INFORMED = "informed"
"""The ``init`` of a result whose start was made from its neighbours."""

MAX_FRAMES = 300
"""Most frames a trace keeps; a longer run is sampled evenly, first and last always kept."""


class ReadOnlyArrays:
    """Lock the arrays of a frozen dataclass, so that a cached result is safe to share."""

    def __post_init__(self) -> None:
        for field in fields(self):  # type: ignore[arg-type]
            value = getattr(self, field.name)
            if isinstance(value, np.ndarray):
                value.setflags(write=False)


@dataclass(frozen=True, eq=False)
class Mixture(ReadOnlyArrays):
    """Parameters of a Gaussian mixture.

    Attributes
    ----------
    weights : (k,) array
        Mixing proportions; they sum to one.
    means : (k, d) array
        Component means, in the units of the data.
    covariances : (k, d, d) array
        Always whole matrices, whatever constraint they were estimated under, so that no
        reader has to ask which.
    """

    weights: Floats
    means: Floats
    covariances: Floats

    @property
    def n_components(self) -> int:
        """Number of components, k."""
        return len(self.weights)

    @property
    def n_features(self) -> int:
        """Number of features, d."""
        return int(self.means.shape[1])

    def reordered(self, order: NDArray[np.int64]) -> Mixture:
        """Return the components in another order, (k,) of their numbers here."""
        return Mixture(self.weights[order], self.means[order], self.covariances[order])


@dataclass(frozen=True)
class Finding:
    """One thing about a fit that a reader should know before trusting it.

    Attributes
    ----------
    code : str
        Stable name, such as ``"variance-floor"``.
    student, expert : str
        One plain sentence, and one precise sentence.
    components : tuple of int
        The components meant; empty when it concerns the whole fit.
    """

    code: str
    student: str
    expert: str
    components: tuple[int, ...] = ()


Given: TypeAlias = NDArray[np.float64] | NDArray[np.intp] | Mixture
"""A start handed in: (k, d) centres, (n,) numbers of components, or the parameters themselves."""
