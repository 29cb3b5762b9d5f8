"""Blobs on a square grid: many ways to be stuck."""

from __future__ import annotations

import numpy as np

from gmm_dash.datasets._dataset import DATASETS, Dataset, NumberControl, Sample, Settings
from gmm_dash.datasets._draw import blobs, points, sample, spread, stretch_of_round

_SPACING = 4.0


def generate(s: Settings) -> Sample:
    """Return round blobs four apart in rows and columns."""
    rows, columns = np.divmod(np.arange(s.centers**2), s.centers)
    centers = _SPACING * np.column_stack([rows, columns])
    return sample(*blobs(s.n, centers, s.noise, s.seed))


DATASETS.add(
    Dataset(
        name="grid",
        title="Grid of blobs",
        notice=(
            "Try several random starts of k-means, and see whether every blob gets a "
            "centre of its own."
        ),
        group="Shapes",
        generate=generate,
        points=points(450),
        noise=spread(0.5, high=2.0),
        centers=NumberControl(
            "Rows and columns",
            2,
            4,
            1,
            3,
            "How many blobs there are along each side; the distance is 4.",
        ),
        stretch=stretch_of_round(),
        defaults={"k": 9},
    )
)
