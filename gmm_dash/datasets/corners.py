"""Four small blobs at the corners of a flat rectangle: a local optimum by hand."""

from __future__ import annotations

from gmm_dash.datasets._dataset import DATASETS, Dataset, Sample, Settings
from gmm_dash.datasets._draw import blobs, points, sample, spread

_CORNERS = ((0.0, 0.0), (0.0, 2.0), (8.0, 0.0), (8.0, 2.0))
_NAMES = ("lower left", "upper left", "lower right", "upper right")


def generate(s: Settings) -> Sample:
    """Return four round blobs at the corners of an 8 by 2 rectangle."""
    return sample(*blobs(s.n, _CORNERS, s.noise, s.seed), _NAMES)


DATASETS.add(
    Dataset(
        name="corners",
        title="Four corners",
        notice=(
            "Put both centres in the middle of the long sides, then left and right, and "
            "compare inertia."
        ),
        group="Lessons",
        generate=generate,
        points=points(200),
        noise=spread(0.3),
        defaults={"k": 2},
    )
)
