"""The round blobs seen through a slanted lens: ellipses that k-means cuts."""

from __future__ import annotations

import numpy as np

from gmm_dash.datasets._dataset import DATASETS, Dataset, Sample, Settings
from gmm_dash.datasets._draw import blobs, groups, points, sample, spread, stretch_of_long

_STRETCH = np.random.RandomState(13).randn(2, 2)


def generate(s: Settings) -> Sample:
    """Return the round blobs, every point multiplied by one fixed matrix."""
    drawn, labels, origin = blobs(s.n, s.centers, s.noise, s.seed)
    return sample(drawn[:, ::-1] @ _STRETCH, labels, origin.mapped(_STRETCH[::-1]))


DATASETS.add(
    Dataset(
        name="stretched",
        title="Stretched blobs",
        notice="Compare k-means' straight borders with the slant that full covariances may take.",
        group="Shapes",
        generate=generate,
        points=points(400),
        noise=spread(0.6),
        centers=groups(4),
        stretch=stretch_of_long(),
        defaults={"k": 4},
    )
)
