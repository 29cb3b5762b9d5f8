"""One column in the player: what its plots have besides the runs.

``browser/src/views/steps/one_column.ts`` draws it; the look is that of ``figures.line``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from gmm_dash.results import one_column
from gmm_dash.results.histogram import histogram

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from gmm_dash.results import Projection, Steps

    Floats = NDArray[np.float64]


def payload(steps: Steps, projection: Projection, origin: Floats) -> dict[str, Any]:
    """Return the bars, and how high centres stand, as positions less the origin.

    Parameters
    ----------
    steps : Steps
    projection : Projection
        Of one column.
    origin : (2,) array
    """
    heights, edges = histogram(projection.points(steps.points.fitted)[:, 0])
    return {
        "height": float(one_column.lowered(projection).offset[1] - origin[1]),
        "edges": (edges - origin[0]).tolist(),
        "heights": heights.tolist(),
    }


def origin_of(xy: Floats) -> Floats:
    """Return what positions are less: heights, which begin at zero, keep theirs."""
    return np.array([xy[:, 0].mean(), 0.0])
