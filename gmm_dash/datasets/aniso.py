"""Three blobs under one shear: it is the covariance type that matters."""

from __future__ import annotations

import numpy as np

from gmm_dash.datasets._dataset import DATASETS, Dataset, Sample, Settings
from gmm_dash.datasets._draw import blobs, groups, points, sample, spread, stretch_of_long

_SHEAR = np.array([[0.60834549, -0.63667341], [-0.40887718, 0.85253229]])


def generate(s: Settings) -> Sample:
    """Return ``make_blobs``, every point multiplied by one fixed matrix."""
    drawn, labels, origin = blobs(s.n, s.centers, s.noise, s.seed)
    return sample(drawn @ _SHEAR, labels, origin.mapped(_SHEAR))


DATASETS.add(
    Dataset(
        name="aniso",
        title="Slanted stripes",
        notice="See which of the four covariance types can follow the slant of the stripes.",
        group="Lessons",
        generate=generate,
        points=points(1500),
        noise=spread(1.0),
        centers=groups(3),
        stretch=stretch_of_long(),
        defaults={"k": 3, "dseed": 170},
    )
)
