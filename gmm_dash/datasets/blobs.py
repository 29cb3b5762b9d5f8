"""Round blobs of equal size: the case k-means was made for.

The columns of ``make_blobs`` are swapped: a picture mirrored at the diagonal, in which
every distance, and so every fit, is the same.
"""

from __future__ import annotations

import numpy as np

from gmm_dash.datasets._dataset import DATASETS, Dataset, Sample, Settings
from gmm_dash.datasets._draw import blobs, groups, points, sample, spread

_SWAP = np.array([[0.0, 1.0], [1.0, 0.0]])


def generate(s: Settings) -> Sample:
    """Return ``make_blobs`` with its columns swapped, as textbooks show it."""
    drawn, labels, origin = blobs(s.n, s.centers, s.noise, s.seed)
    return sample(drawn[:, ::-1], labels, origin.mapped(_SWAP))


DATASETS.add(
    Dataset(
        name="blobs",
        title="Round blobs",
        notice=(
            "Compare groups that are well apart with groups that overlap: see where the "
            "methods part."
        ),
        group="Shapes",
        generate=generate,
        points=points(400),
        noise=spread(0.6),
        centers=groups(4),
        defaults={"k": 4},
    )
)
