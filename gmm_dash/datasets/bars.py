"""Two long parallel bars: converged is not arrived."""

from __future__ import annotations

import numpy as np

from gmm_dash.datasets._dataset import DATASETS, Dataset, NumberControl, Sample, Settings
from gmm_dash.datasets._draw import points, sample, sources, split

_LENGTH = 4.0
_HEIGHT = 1.2


def generate(s: Settings) -> Sample:
    """Return two flat Gaussians, one above the other."""
    rng = np.random.default_rng(s.seed)
    sizes = split(s.n, (1, 1))
    scale = np.array([_LENGTH, s.noise])
    parts = [
        rng.standard_normal((size, 2)) * scale + (0.0, height)
        for size, height in zip(sizes, (_HEIGHT, -_HEIGHT), strict=True)
    ]
    labels = np.repeat(range(2), sizes)
    means = [(0.0, _HEIGHT), (0.0, -_HEIGHT)]
    origin = sources(labels, means, [np.diag(scale**2)] * 2)
    return sample(np.vstack(parts), labels, origin, ("upper bar", "lower bar"))


DATASETS.add(
    Dataset(
        name="bars",
        title="Two bars",
        notice=(
            "See whether clusters follow the bars or cut across them, and what a smaller "
            "tolerance changes."
        ),
        group="Shapes",
        generate=generate,
        points=points(600),
        noise=NumberControl(
            "Thickness",
            0.05,
            2.0,
            0.05,
            0.35,
            "The standard deviation across each bar; along it is 4.",
        ),
        defaults={"k": 2},
    )
)
