"""Three blobs that touch: AIC or BIC."""

from __future__ import annotations

from gmm_dash.datasets._dataset import DATASETS, Dataset, Sample, Settings
from gmm_dash.datasets._draw import blobs, points, sample, spread, stretch_of_round

_CENTRES = ((0.0, 0.0), (3.0, 0.0), (1.5, 2.6))


def generate(s: Settings) -> Sample:
    """Return three round blobs at the corners of an equal-sided triangle."""
    return sample(*blobs(s.n, _CENTRES, s.noise, s.seed))


DATASETS.add(
    Dataset(
        name="three",
        title="Three touching blobs",
        notice="Compare the K that AIC picks with that of BIC, and again with more points.",
        group="Lessons",
        generate=generate,
        points=points(150),
        noise=spread(0.8, high=2.0),
        stretch=stretch_of_round(),
        defaults={"k": 3, "dseed": 3},
    )
)
