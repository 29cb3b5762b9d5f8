"""Points without any groups."""

from __future__ import annotations

import numpy as np

from gmm_dash.datasets._dataset import DATASETS, Dataset, Sample, Settings
from gmm_dash.datasets._draw import points


def generate(s: Settings) -> Sample:
    """Return points scattered evenly over the unit square; there are no true groups."""
    return Sample(np.random.default_rng(s.seed).random((s.n, 2)), ("x", "y"))


DATASETS.add(
    Dataset(
        name="uniform",
        title="Uniform noise",
        notice=(
            "No groups were drawn here: see what both methods report, and which K has the best BIC."
        ),
        group="Shapes",
        generate=generate,
        points=points(500),
        defaults={"k": 4},
    )
)
