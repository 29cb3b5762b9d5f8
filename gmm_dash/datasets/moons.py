"""Two interleaving half circles: no ellipse fits either of them."""

from __future__ import annotations

from sklearn.datasets import make_moons

from gmm_dash.datasets._dataset import DATASETS, Dataset, NumberControl, Sample, Settings
from gmm_dash.datasets._draw import points, sample


def generate(s: Settings) -> Sample:
    """Return ``make_moons``."""
    drawn, labels = make_moons(s.n, noise=s.noise, random_state=s.seed)
    return sample(drawn, labels, names=("upper moon", "lower moon"))


DATASETS.add(
    Dataset(
        name="moons",
        title="Two moons",
        notice=(
            "Compare two components with many: as clusters, and in Density as a place to draw from."
        ),
        group="Shapes",
        generate=generate,
        points=points(200),
        noise=NumberControl(
            "Noise", 0.0, 0.5, 0.01, 0.05, "How far points stray from the arcs, whose radius is 1."
        ),
        defaults={"k": 2},
    )
)
