"""Three wide blobs in many dimensions: false certainty."""

from __future__ import annotations

from gmm_dash.datasets._dataset import DATASETS, Dataset, NumberControl, Sample, Settings
from gmm_dash.datasets._draw import blobs, numbered, points, spread


def generate(s: Settings) -> Sample:
    """Return ``make_blobs`` with three groups in ``s.centers`` dimensions."""
    drawn, labels, origin = blobs(s.n, 3, s.noise, s.seed, n_features=s.centers)
    columns = tuple(f"x{i + 1}" for i in range(s.centers))
    return Sample(drawn, columns, labels, numbered(3), sources=origin)


DATASETS.add(
    Dataset(
        name="manydims",
        title="Many dimensions",
        notice="Add dimensions, and compare the number of parameters with the number of points.",
        group="Lessons",
        generate=generate,
        points=points(200),
        noise=spread(3.0, high=6.0),
        centers=NumberControl("Dimensions", 2, 30, 1, 2, "How many numbers describe each point."),
        defaults={"k": 3, "dseed": 1, "x": "x1", "y": "x2"},
    )
)
