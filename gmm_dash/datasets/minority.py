"""A small group beside one 25 times its size."""

from __future__ import annotations

from gmm_dash.datasets._dataset import DATASETS, Dataset, NumberControl, Sample, Settings
from gmm_dash.datasets._draw import blobs, points, sample, split


def generate(s: Settings) -> Sample:
    """Return two unit Gaussians of sizes 25 to 1, ``s.noise`` apart."""
    drawn = blobs(split(s.n, (25, 1)), ((0.0, 0.0), (s.noise, 0.0)), 1.0, s.seed)
    return sample(*drawn, ("majority", "minority"))


DATASETS.add(
    Dataset(
        name="minority",
        title="Minority",
        notice="See whether the small group gets a cluster of its own, under each covariance type.",
        group="Lessons",
        generate=generate,
        points=points(1040),
        noise=NumberControl(
            "Distance",
            0.0,
            8.0,
            0.5,
            4.0,
            "How many standard deviations the two centres are apart.",
        ),
        defaults={"k": 2, "dseed": 9},
    )
)
