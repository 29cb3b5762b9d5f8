"""The points as the fits of the player see them, for what the browser computes under a hand.

``browser/src/views/steps/cloud.ts`` reads it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from gmm_dash.figures.arrays import packed

if TYPE_CHECKING:
    from gmm_dash.results import Projection, Steps

MOST_NUMBERS: Final = 60_000
"""Above so many, points of more columns than the plot shows are not sent."""


def fitted(steps: Steps, projection: Projection) -> dict[str, Any] | None:
    """Return the fitted points and the way between them and the plot; None if too many.

    A plot of two columns loses nothing: its points are the fitted ones, turned and stretched.

    Parameters
    ----------
    steps : Steps
    projection : Projection
    """
    x, fit = steps.points.fitted, steps.gmm.fit
    if not projection.faithful and x.size > MOST_NUMBERS:
        return None
    mean = x.mean(axis=0)
    return {
        "d": x.shape[1],
        "mean": mean.tolist(),
        "back": np.linalg.pinv(projection.matrix).ravel().tolist(),
        "forth": projection.matrix.ravel().tolist(),
        "points": None if projection.faithful else packed((x - mean).ravel()),
        "covariance_type": str(fit.covariance_type),
        "reg_covar": fit.reg_covar,
    }
