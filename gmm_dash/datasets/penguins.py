"""Palmer penguins: 344 birds of three species."""

from __future__ import annotations

from functools import cache

from gmm_dash.datasets._dataset import DATASETS, Dataset, Sample
from gmm_dash.datasets._real import from_table, read

_MEASURED = ("bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g")


@cache
def load() -> Sample:
    """Return the four measurements of all complete rows, with the species."""
    return from_table(read("penguins.csv"), _MEASURED, "species")


DATASETS.add(
    Dataset(
        name="penguins",
        title="Palmer penguins",
        notice="Compare pairs of measurements with all four, and see which tell the species apart.",
        group="Real data",
        generate=lambda _: load(),
        seeded=False,
        defaults={
            "scale": "standard",
            "k": 3,
            "x": "bill_length_mm",
            "y": "flipper_length_mm",
        },
        source=(
            "K. B. Gorman, T. D. Williams and W. R. Fraser (2014), Ecological sexual dimorphism "
            "and environmental variability within a community of Antarctic penguins, "
            "PLoS ONE 9(3): e90081; palmerpenguins by A. M. Horst, A. P. Hill and K. B. Gorman "
            "(CC0)."
        ),
    )
)
