"""Two blobs and one point far away."""

from __future__ import annotations

import numpy as np

from gmm_dash.datasets._dataset import DATASETS, Dataset, NumberControl, Sample, Settings
from gmm_dash.datasets._draw import blobs, points, sample

_CENTRES = ((0.0, 0.0), (4.0, 0.0))


def generate(s: Settings) -> Sample:
    """Return two unit Gaussians and one point at ``(s.noise, s.noise)``."""
    drawn, labels, _ = blobs(s.n - 1, _CENTRES, 1.0, s.seed)
    drawn = np.vstack([drawn, [s.noise, s.noise]])
    return sample(drawn, np.append(labels, 2), names=("left blob", "right blob", "outlier"))


DATASETS.add(
    Dataset(
        name="outlier",
        title="Outlier",
        notice=(
            "Move the far point away, and see whether it gets a cluster of its own and who "
            "pays for it."
        ),
        group="Shapes",
        generate=generate,
        points=points(200),
        noise=NumberControl(
            "Outlier at",
            0.0,
            100.0,
            1.0,
            30.0,
            "Both coordinates of the outlier; the blobs are 4 apart.",
        ),
        defaults={"k": 2},
    )
)
