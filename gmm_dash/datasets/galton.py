"""Galton's table of heights: 928 children, counted by cells."""

from __future__ import annotations

from functools import cache

from gmm_dash.datasets._dataset import DATASETS, Dataset, Sample
from gmm_dash.datasets._real import from_table, read


@cache
def load() -> Sample:
    """Return heights of parents and child of each cell, in inches; a count for each is beside."""
    return from_table(read("galton.csv"), ("parents", "child"), weight_column="children")


DATASETS.add(
    Dataset(
        name="galton",
        title="Galton's heights (counts)",
        notice=(
            "Each of the 102 rows is a cell of Galton's table of heights, in inches; choose "
            "children for Weights of rows, and it counts as often as it has children."
        ),
        group="Real data",
        generate=lambda _: load(),
        seeded=False,
        defaults={"k": 1},
        source=(
            "F. Galton (1886), Regression towards mediocrity in hereditary stature, Journal of the "
            "Anthropological Institute of Great Britain and Ireland 15, 246-263, table I. Open "
            "ends of the table stand at half an inch beyond; daughters' heights times 1.08, and "
            "of parents the mean with the mother's times 1.08."
        ),
    )
)
