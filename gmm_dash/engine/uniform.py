"""A uniform background beside a mixture: its density, and how much of each point it takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from gmm_dash.engine import density
from gmm_dash.engine.types import ReadOnlyArrays
from gmm_dash.engine.validate import as_points
from gmm_dash.errors import FitError

if TYPE_CHECKING:
    from gmm_dash.engine.types import Floats, Mixture


@dataclass(frozen=True, eq=False)
class Uniform(ReadOnlyArrays):
    """A share of all points that is spread evenly over a box.

    The mixture beside it has weights that are shares of all points, too: with ``share`` they sum
    to one.

    Attributes
    ----------
    share : float
        From 0 to 1.
    box : (2, d) array
        Lowest and highest value of each column.
    """

    share: float
    box: Floats

    @property
    def log_level(self) -> float:
        """Log density in the box, in nats, the share included."""
        # The volume itself may be too large for a double.
        return log_share(self.share) - float(np.log(self.box[1] - self.box[0]).sum())

    def score_samples(self, x: Any, mixture: Mixture) -> Floats:
        """Return the (m,) log density of (m, d) points, in nats; outside the box without the share.

        Raises
        ------
        FitError
            When the points do not fit the mixture.
        """
        points = as_points(x)
        joint = density.log_joint(points, mixture)
        low, high = self.box
        inside = ((points >= low) & (points <= high)).all(axis=1)
        even = np.where(inside, self.log_level, -np.inf)
        return np.asarray(np.logaddexp(np.logaddexp.reduce(joint, axis=1), even))

    def posteriors(self, x: Any, mixture: Mixture) -> tuple[Floats, Floats]:
        """Return the posteriors of the components, (m, k), and of the background, (m,).

        Beyond the box, too, the background has the density that it has in it: a point far from
        everything belongs to no group.

        Raises
        ------
        FitError
            When the points do not fit the mixture.
        """
        joint = density.log_joint(as_points(x), mixture)
        top = np.maximum(joint.max(axis=1), self.log_level)
        shares = np.exp(joint - top[:, None])
        behind = np.exp(self.log_level - top)
        total = shares.sum(axis=1) + behind
        return shares / total[:, None], behind / total


def data_box(x: Any) -> Floats:
    """Return the (2, d) lowest and highest values of the columns of (n, d) points.

    Raises
    ------
    FitError
        When a column is constant: then the box has no volume, and no density.
    """
    points = as_points(x)
    box = np.stack((points.min(axis=0), points.max(axis=0)))
    if not (box[1] > box[0]).all():
        raise FitError(
            "A uniform background needs a box: a column of the data has one value only.",
            hint="Leave that column out.",
        )
    return box


def log_share(share: float) -> float:
    """Return the logarithm of a share, minus infinity of zero."""
    return float(np.log(share)) if share > 0.0 else -np.inf
