"""Three groups, in one of which most rows lack a value: whether one does depends on x alone."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from gmm_dash.datasets._dataset import DATASETS, Dataset, NumberControl, Sample, Settings
from gmm_dash.datasets._draw import blobs, points, sample, split

_CENTRES = ((-5.0, -3.0), (-4.0, 4.0), (5.0, 0.0))
_SPREAD = 0.9
_SLANT = 1.2  # how much y rises with x in the group on the right
_FROM = 1.0  # beyond this x a row may lack y


def generate(s: Settings) -> Sample:
    """Return three groups of one size; of the rows on the right a share ``s.noise`` lacks y.

    Whether a value is missing depends on x, which is known: it is missing at random.
    """
    drawn, labels, _ = blobs(split(s.n, (1, 1, 1)), _CENTRES, _SPREAD, s.seed)
    slanted = labels == len(_CENTRES) - 1
    drawn[slanted, 1] += _SLANT * (drawn[slanted, 0] - _CENTRES[-1][0])
    right = np.flatnonzero(drawn[:, 0] > _FROM)
    missing = np.zeros(drawn.shape, dtype=bool)
    missing[right[: round(s.noise * len(right))], 1] = True
    names = ("low", "high", "right")
    return replace(sample(drawn, labels, names=names), missing=missing)


DATASETS.add(
    Dataset(
        name="gaps",
        title="Rows with gaps",
        notice=(
            "Most rows on the right have no y: see what is left of that group without them, and "
            "what Rows with gaps, use what is known, makes of them."
        ),
        group="Lessons",
        generate=generate,
        points=points(600),
        noise=NumberControl(
            "Missing",
            0.1,
            0.9,
            0.05,
            0.8,
            "The share of the rows on the right that have no y.",
        ),
        defaults={"k": 3},
    )
)
