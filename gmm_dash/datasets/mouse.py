"""A large head and two small ears: the best k-means is not the truth."""

from __future__ import annotations

import numpy as np

from gmm_dash.datasets._dataset import DATASETS, Dataset, NumberControl, Sample, Settings
from gmm_dash.datasets._draw import points, sample, sources, split, stretch_of_round

_CENTRES = ((0.0, 0.0), (-2.4, 2.4), (2.4, 2.4))


def generate(s: Settings) -> Sample:
    """Return a unit Gaussian with 70 % of the points and two small ones with 15 % each."""
    rng = np.random.default_rng(s.seed)
    sizes = split(s.n, (70, 15, 15))
    parts = [
        rng.normal(center, std, (size, 2))
        for size, center, std in zip(sizes, _CENTRES, (1.0, s.noise, s.noise), strict=True)
    ]
    labels = np.repeat(range(3), sizes)
    variances = np.square([1.0, s.noise, s.noise])[:, None, None] * np.eye(2)
    origin = sources(labels, _CENTRES, variances)
    return sample(np.vstack(parts), labels, origin, ("head", "left ear", "right ear"))


DATASETS.add(
    Dataset(
        name="mouse",
        title="Mouse",
        notice=(
            "Compare the inertia of the clusters with that of the true groups, and ask if "
            "lower is better."
        ),
        group="Shapes",
        generate=generate,
        points=points(1000),
        noise=NumberControl(
            "Ear size",
            0.05,
            1.0,
            0.05,
            0.35,
            "The standard deviation of the ears; that of the head is 1.",
        ),
        stretch=stretch_of_round(),
        defaults={"k": 3},
    )
)
