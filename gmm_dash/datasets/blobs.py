"""Round blobs of equal size: the case k-means was made for.

The columns of ``make_blobs`` are swapped unless they are asked for in their own order: a picture
mirrored at the diagonal, in which every distance, and so every fit, is the same.
"""

from __future__ import annotations

import numpy as np

from gmm_dash.datasets._dataset import DATASETS, Dataset, Sample, Settings
from gmm_dash.datasets._draw import blobs, groups, points, sample, spread, stretch_of_round

_SWAP = np.array([[0.0, 1.0], [1.0, 0.0]])


def generate(s: Settings) -> Sample:
    """Return ``make_blobs`` with its columns swapped, as textbooks show it, or as it is."""
    drawn, labels, origin = blobs(s.n, s.centers, s.noise, s.seed)
    if s.own:
        return sample(drawn, labels, origin)
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
        oriented=True,
        stretch=stretch_of_round(),
        defaults={"k": 4},
    )
)
