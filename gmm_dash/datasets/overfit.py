"""Two blobs with few points: more components always fit them better."""

from __future__ import annotations

from gmm_dash.datasets._dataset import DATASETS, Dataset, Sample, Settings
from gmm_dash.datasets._draw import blobs, points, sample, spread

_CENTRES = ((-3.0, 0.0), (3.0, 0.0))


def generate(s: Settings) -> Sample:
    """Return two round blobs at fixed places, so that another seed draws a test set."""
    return sample(*blobs(s.n, _CENTRES, s.noise, s.seed), ("left", "right"))


DATASETS.add(
    Dataset(
        name="overfit",
        title="Few points",
        notice="Raise K, and compare the likelihood of these points with that of points held out.",
        group="Lessons",
        generate=generate,
        points=points(120),
        noise=spread(1.0),
        defaults={"k": 2, "dseed": 16},
    )
)
