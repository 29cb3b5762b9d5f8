"""Three round blobs, one wide, one tight."""

from __future__ import annotations

import numpy as np

from gmm_dash.datasets._dataset import DATASETS, Dataset, NumberControl, Sample, Settings
from gmm_dash.datasets._draw import blobs, points, sample, stretch_of_round

_SPREADS = np.array([1.0, 2.5, 0.5])


def generate(s: Settings) -> Sample:
    """Return ``make_blobs`` with three different standard deviations."""
    return sample(*blobs(s.n, 3, s.noise * _SPREADS, s.seed), ("medium", "wide", "tight"))


DATASETS.add(
    Dataset(
        name="unequal",
        title="Unequal spread",
        notice=(
            "The border of k-means lies halfway between two centres: see whose points are "
            "beyond it."
        ),
        group="Shapes",
        generate=generate,
        points=points(1500),
        noise=NumberControl(
            "Spread", 0.1, 2.0, 0.1, 1.0, "Multiplies the standard deviations 1, 2.5 and 0.5."
        ),
        stretch=stretch_of_round(),
        defaults={"k": 3, "dseed": 170},
    )
)
