"""A sheared Gaussian beside a round one, as in scikit-learn's model selection example."""

from __future__ import annotations

import numpy as np

from gmm_dash.datasets._dataset import DATASETS, Dataset, NumberControl, Sample, Settings
from gmm_dash.datasets._draw import points, sample, sources, split, stretch_of_long

_SHEAR = np.array([[0.0, -0.1], [1.7, 0.4]])
_CENTRE = (-6.0, 3.0)


def generate(s: Settings) -> Sample:
    """Return a sheared Gaussian and a round one, drawn in this order from one ``RandomState``."""
    rng = np.random.RandomState(s.seed)
    sizes = split(s.n, (1, 1))
    sheared = rng.randn(sizes[0], 2) @ _SHEAR
    round_ = s.noise * rng.randn(sizes[1], 2) + _CENTRE
    labels = np.repeat(range(2), sizes)
    covariances = [_SHEAR.T @ _SHEAR, s.noise**2 * np.eye(2)]
    origin = sources(labels, [(0.0, 0.0), _CENTRE], covariances)
    return sample(np.vstack([sheared, round_]), labels, origin, ("sheared", "round"))


DATASETS.add(
    Dataset(
        name="gallery",
        title="Two shapes",
        notice="See whether BIC, over covariance types and K, finds one component for each shape.",
        group="Shapes",
        generate=generate,
        points=points(1000),
        noise=NumberControl(
            "Spread", 0.1, 3.0, 0.1, 0.7, "The standard deviation of the round group."
        ),
        stretch=stretch_of_long(),
        defaults={"k": 2},
    )
)
