"""A slice through the density: what the mixture expects of one axis at a place on the other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from scipy.signal import find_peaks

from gmm_dash.engine import condition, project

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from gmm_dash.engine import Conditional, Mixture
    from gmm_dash.results.points import Points
    from gmm_dash.results.projection import Projection

REACH: Final = 4.0  # standard deviations of each component that a curve goes on
LEAST: Final = 1e-3  # of the largest weight there, below which a component is not seen
_PLACES: Final = 81  # of each component
PROMINENT: Final = 0.02  # of the highest peak, by which another one must stand out


@dataclass(frozen=True, eq=False)
class Slice:
    """The distribution of the vertical axis at one place of the horizontal one.

    All values are those of the plot's axes.

    Attributes
    ----------
    flat : Mixture
        In the plane of the plot.
    at : float
        Where on the horizontal axis.
    conditional : Conditional
        There, of the vertical axis.
    """

    flat: Mixture
    at: float
    conditional: Conditional

    @property
    def mean(self) -> float:
        """What the mixture expects there."""
        return float(self.conditional.mean[0])

    @property
    def deviation(self) -> float:
        """The standard deviation of the distribution there."""
        return float(np.sqrt(self.conditional.variance[0]))

    def curve(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return values of the vertical axis that hold nearly all of it, and their densities.

        They are as close as the narrowest component needs them.
        """
        found = self.conditional
        seen = found.weights[0] > LEAST * found.weights[0].max()
        wide = np.sqrt(found.variances[seen])[:, None] * np.linspace(-REACH, REACH, _PLACES)
        values = np.unique(found.means[0][seen][:, None] + wide)
        return values, found.density(values)[0]

    @property
    def peaks(self) -> int:
        """How many peaks stand out of the curve."""
        _, height = self.curve()
        bordered = np.concatenate([[0.0], height, [0.0]])
        return len(find_peaks(bordered, prominence=PROMINENT * height.max())[0])


def slice_at(
    points: Points, mixture: Mixture, projection: Projection, share: float
) -> Slice | None:
    """Return the slice at a share of the way across the points; None without one.

    Parameters
    ----------
    points : Points
    mixture : Mixture
        Of these points.
    projection : Projection
        The plane of the plot.
    share : float
        From 0, for none, to 1, the rightmost point. One column has no slices.
    """
    if not share or projection.line:
        return None
    across = projection.points(points.fitted)[:, 0]
    at = float(across.min() + share * np.ptp(across))
    flat = project(mixture, projection.matrix, projection.offset)
    return Slice(flat, at, condition(flat, [at]))
