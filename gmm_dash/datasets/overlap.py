"""Two unit Gaussians side by side: soft edges."""

from __future__ import annotations

from gmm_dash.datasets._dataset import DATASETS, Dataset, NumberControl, Sample, Settings
from gmm_dash.datasets._draw import blobs, points, sample, stretch_of_round


def generate(s: Settings) -> Sample:
    """Return two unit Gaussians ``s.noise`` standard deviations apart."""
    return sample(*blobs(s.n, ((0.0, 0.0), (s.noise, 0.0)), 1.0, s.seed), ("left", "right"))


DATASETS.add(
    Dataset(
        name="overlap",
        title="Overlap",
        notice=(
            "Bring the groups together, and watch the certainty of the points and EM's iterations."
        ),
        group="Shapes",
        generate=generate,
        points=points(1000),
        noise=NumberControl(
            "Distance",
            0.0,
            8.0,
            0.5,
            2.0,
            "How many standard deviations the two centres are apart.",
        ),
        stretch=stretch_of_round(),
        defaults={"k": 2},
    )
)
