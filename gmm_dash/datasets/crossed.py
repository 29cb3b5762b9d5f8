"""Two long Gaussians that cross like an X."""

from __future__ import annotations

import numpy as np

from gmm_dash.datasets._dataset import DATASETS, Dataset, NumberControl, Sample, Settings
from gmm_dash.datasets._draw import points, sample, sources, split

_CENTRES = ((0.0, 1.0), (1.0, -2.0))
_VARIANCE = 4.0


def generate(s: Settings) -> Sample:
    """Return two Gaussians of equal variances and opposite correlations."""
    rng = np.random.default_rng(s.seed)
    sizes = split(s.n, (1, 1))
    parts, covariances = [], []
    for size, center, sign in zip(sizes, _CENTRES, (1.0, -1.0), strict=True):
        covariance = _VARIANCE * np.array([[1.0, sign * s.noise], [sign * s.noise, 1.0]])
        covariances.append(covariance)
        root = np.linalg.cholesky(covariance)
        parts.append(rng.standard_normal((size, 2)) @ root.T + center)
    labels = np.repeat(range(2), sizes)
    origin = sources(labels, _CENTRES, covariances)
    return sample(np.vstack(parts), labels, origin, ("rising", "falling"))


DATASETS.add(
    Dataset(
        name="crossed",
        title="Crossed",
        notice="Look at the crossing, and at how sure the mixture is of the points there.",
        group="Shapes",
        generate=generate,
        points=points(2000),
        noise=NumberControl(
            "Correlation",
            0.0,
            0.99,
            0.01,
            0.95,
            "How narrow both groups are: 0 is round, 1 is a line.",
        ),
        defaults={"k": 2},
    )
)
