"""Chemical analyses of 178 wines from three growers."""

from __future__ import annotations

from functools import cache

from sklearn.datasets import load_wine

from gmm_dash.datasets._dataset import DATASETS, Dataset, Sample
from gmm_dash.datasets._real import from_sklearn


@cache
def load() -> Sample:
    """Return the thirteen analyses, with the grower."""
    return from_sklearn(load_wine(), "grower")


DATASETS.add(
    Dataset(
        name="wine",
        title="Wine",
        notice=(
            "Thirteen columns in thirteen units: compare k-means with and without standardising."
        ),
        group="Real data",
        generate=lambda _: load(),
        seeded=False,
        defaults={"scale": "standard", "k": 3, "x": "PC1", "y": "PC2"},
        source=(
            "S. Aeberhard and M. Forina (1992), Wine, UCI Machine Learning Repository "
            "(CC BY 4.0), as distributed with scikit-learn."
        ),
    )
)
