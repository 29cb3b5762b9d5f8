"""Two blobs and a few copies of one point: collapse fakes a great BIC."""

from __future__ import annotations

import numpy as np

from gmm_dash.datasets._dataset import DATASETS, Dataset, NumberControl, Sample, Settings
from gmm_dash.datasets._draw import blobs, points, sample

_CENTRES = ((0.0, 0.0), (4.0, 4.0))
_COPIED = (7.0, 7.0)


def generate(s: Settings) -> Sample:
    """Return two unit Gaussians and ``s.noise`` copies of one point among the ``s.n``."""
    copies = round(s.noise)
    drawn, labels, _ = blobs(s.n - copies, _CENTRES, 1.0, s.seed)
    drawn = np.vstack([drawn, np.tile(_COPIED, (copies, 1))])
    labels = np.append(labels, np.full(copies, 2))
    return sample(drawn, labels, names=("lower blob", "upper blob", "copies"))


DATASETS.add(
    Dataset(
        name="duplicates",
        title="Copies of a point",
        notice="Watch for a component that shrinks onto the copies, and for what that does to BIC.",
        group="Lessons",
        generate=generate,
        points=points(65),
        noise=NumberControl(
            "Copies", 1, 15, 1, 5, "How many of the points are the same point, at (7, 7)."
        ),
        defaults={"k": 3, "dseed": 1},
    )
)
