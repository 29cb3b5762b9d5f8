"""Handwritten digits: 1797 images of 8 by 8 pixels."""

from __future__ import annotations

from functools import cache

from sklearn.datasets import load_digits

from gmm_dash.datasets._dataset import DATASETS, Dataset, Sample
from gmm_dash.datasets._real import from_sklearn


@cache
def load() -> Sample:
    """Return the 64 brightnesses from 0 to 16, with the digit."""
    return from_sklearn(load_digits(), "digit")


DATASETS.add(
    Dataset(
        name="digits",
        title="Digits",
        notice=(
            "Of 64 columns many say little: see in Digits how few components keep most of "
            "the variance."
        ),
        group="Real data",
        generate=lambda _: load(),
        seeded=False,
        defaults={"scale": "none", "k": 10, "x": "PC1", "y": "PC2"},
        source=(
            "E. Alpaydin and C. Kaynak (1998), Optical Recognition of Handwritten Digits, "
            "UCI Machine Learning Repository (CC BY 4.0), as distributed with scikit-learn."
        ),
    )
)
