"""Concentric rings: groups that share one centre."""

from __future__ import annotations

import numpy as np

from gmm_dash.datasets._dataset import DATASETS, Dataset, NumberControl, Sample, Settings
from gmm_dash.datasets._draw import points, sample, split


def generate(s: Settings) -> Sample:
    """Return points spread evenly on circles of radius 1, 2, ..., moved by Gaussian noise."""
    sizes = split(s.n, (1,) * s.centers)
    labels = np.repeat(range(s.centers), sizes)
    angle = np.concatenate([np.linspace(0.0, 2.0 * np.pi, m, endpoint=False) for m in sizes])
    circle = (labels + 1.0)[:, None] * np.column_stack([np.cos(angle), np.sin(angle)])
    noise = np.random.default_rng(s.seed).normal(0.0, s.noise, circle.shape)
    return sample(circle + noise, labels, names=tuple(f"ring {i + 1}" for i in range(s.centers)))


DATASETS.add(
    Dataset(
        name="rings",
        title="Rings",
        notice="All rings were drawn around one centre: see whether any cluster can be a ring.",
        group="Shapes",
        generate=generate,
        points=points(500),
        noise=NumberControl(
            "Noise",
            0.0,
            0.5,
            0.05,
            0.1,
            "How far points stray from their ring; the rings are 1 apart.",
        ),
        centers=NumberControl("Rings", 1, 4, 1, 2, "How many rings there are."),
        defaults={"k": 2},
    )
)
