"""Lloyd's algorithm over a table in several blocks: what moves the centres are sums.

One iteration is ``centers_from_sums(sum of block_center_sums(centers, block))``, with the
assignment of every other fit of k-means.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from gmm_dash.engine.lloyd import nearest
from gmm_dash.engine.types import ReadOnlyArrays
from gmm_dash.engine.validate import as_points
from gmm_dash.errors import FitError

if TYPE_CHECKING:
    from gmm_dash.engine.types import Floats, Ints


@dataclass(frozen=True, eq=False)
class CenterSums(ReadOnlyArrays):
    """What moving the centres needs to know of some rows; those of other rows add up.

    Attributes
    ----------
    centers : (k, d) array
        To which the rows were assigned.
    counts : (k,) array of int
        Rows of each cluster.
    sums : (k, d) array
        Of their deviations from its centre.
    inertia : float
        Sum of their squared distances.
    """

    centers: Floats
    counts: Ints
    sums: Floats
    inertia: float

    def __add__(self, other: CenterSums) -> CenterSums:
        """Return the sums of both sets of rows."""
        if not np.array_equal(self.centers, other.centers):
            raise FitError(
                "These sums come from different centres.",
                hint="Use the same centres for all blocks of an iteration.",
            )
        return CenterSums(
            self.centers,
            self.counts + other.counts,
            self.sums + other.sums,
            self.inertia + other.inertia,
        )


def block_center_sums(centers: Floats, block: Any) -> CenterSums:
    """Assign one block of rows to their nearest centres; return the sums of each cluster.

    Parameters
    ----------
    centers : (k, d) array
    block : (b, d) array
        Some rows of the table.
    """
    points, k = as_points(block), len(centers)
    if points.shape[1] != centers.shape[1]:
        raise FitError(
            f"The block has {points.shape[1]} columns, the centres {centers.shape[1]}.",
            hint="Use the columns that the centres were found in.",
        )
    labels = nearest_centers(centers, points)
    deviations = points - centers[labels]
    sums = [np.bincount(labels, weights=column, minlength=k) for column in deviations.T]
    inertia = float(np.einsum("ij,ij->", deviations, deviations))
    return CenterSums(centers, np.bincount(labels, minlength=k), np.column_stack(sums), inertia)


def nearest_centers(centers: Floats, points: Floats) -> Ints:
    """Return the (b,) labels of the centres nearest to (b, d) points; of equals the first."""
    origin = centers.mean(axis=0)
    return nearest(np.ascontiguousarray(points - origin), centers - origin)


def centers_from_sums(sums: CenterSums) -> Floats:
    """Return the (k, d) means of the clusters; a centre without rows stays where it is.

    scikit-learn would move it to the row that is farthest from its own centre, which takes a
    second look at all rows. Starts from a sample leave no centre empty but by rare chance.
    """
    return np.asarray(sums.centers + sums.sums / np.maximum(sums.counts, 1)[:, None])
