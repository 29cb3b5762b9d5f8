"""Three groups, and points scattered evenly that belong to none of them."""

from __future__ import annotations

import numpy as np

from gmm_dash.datasets._dataset import DATASETS, Dataset, NumberControl, Sample, Settings
from gmm_dash.datasets._draw import blobs, points, sample, split

_CENTRES = ((-4.0, -4.0), (4.0, 3.0), (-3.0, 5.0))
_SPREAD = 0.8
_REACH = 10.0


def generate(s: Settings) -> Sample:
    """Return three round groups of one size, and a share ``s.noise`` anywhere in a square."""
    loose = round(s.n * s.noise)
    drawn, labels, _ = blobs(split(s.n - loose, (1, 1, 1)), _CENTRES, _SPREAD, s.seed)
    scattered = np.random.default_rng(s.seed).uniform(-_REACH, _REACH, (loose, 2))
    names = ("low", "right", "high", "background")
    return sample(np.vstack([drawn, scattered]), np.append(labels, [3] * loose), names=names)


DATASETS.add(
    Dataset(
        name="background",
        title="Groups in a background",
        notice=(
            "One point in five belongs to no group: see whose ellipses widen, and what a fourth "
            "component is used for."
        ),
        group="Shapes",
        generate=generate,
        points=points(600),
        noise=NumberControl(
            "Background",
            0.05,
            0.8,
            0.05,
            0.2,
            "The share of points that are scattered evenly and belong to no group.",
        ),
        defaults={"k": 3},
    )
)
