"""Fisher's irises: 150 flowers of three species."""

from __future__ import annotations

from functools import cache

from sklearn.datasets import load_iris

from gmm_dash.datasets._dataset import DATASETS, Dataset, Sample
from gmm_dash.datasets._real import from_sklearn


@cache
def load() -> Sample:
    """Return the four measurements in centimetres, with the species."""
    return from_sklearn(load_iris(), "species")


DATASETS.add(
    Dataset(
        name="iris",
        title="Iris",
        notice="Compare how full and tied mixtures split the species, of which one stands apart.",
        group="Real data",
        generate=lambda _: load(),
        seeded=False,
        defaults={"scale": "standard", "k": 3, "x": "petal length (cm)", "y": "petal width (cm)"},
        source=(
            "R. A. Fisher (1936), The use of multiple measurements in taxonomic problems, "
            "Annals of Eugenics 7, 179-188; UCI Machine Learning Repository (CC BY 4.0), "
            "as distributed with scikit-learn."
        ),
    )
)
