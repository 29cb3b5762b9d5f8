"""Three blobs whose vertical axis is in another unit."""

from __future__ import annotations

import numpy as np

from gmm_dash.datasets._dataset import DATASETS, Dataset, NumberControl, Sample, Settings
from gmm_dash.datasets._draw import blobs, points, sample

_CENTRES = ((0.0, 0.0), (3.0, 0.0), (0.0, 3.0))
_SPREAD = 0.6


def generate(s: Settings) -> Sample:
    """Return three round blobs, the second column multiplied by ``s.noise``."""
    drawn, labels, origin = blobs(s.n, _CENTRES, _SPREAD, s.seed)
    scale = np.array([1.0, s.noise])
    return sample(drawn * scale, labels, origin.mapped(np.diag(scale)))


DATASETS.add(
    Dataset(
        name="units",
        title="Units",
        notice=(
            "Change the unit of y, and see which clusters change: of k-means, or of full "
            "covariances."
        ),
        group="Lessons",
        generate=generate,
        points=points(300),
        noise=NumberControl(
            "Unit of y", 1, 1000, 1, 100, "Multiplies the y values, as from metres to centimetres."
        ),
        defaults={"k": 3},
    )
)
