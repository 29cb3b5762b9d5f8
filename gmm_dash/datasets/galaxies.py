"""The galaxies of mixture papers: 82 velocities, one column."""

from __future__ import annotations

from functools import cache

from gmm_dash.datasets._dataset import DATASETS, Dataset, Sample
from gmm_dash.datasets._real import from_table, read


@cache
def load() -> Sample:
    """Return how fast each galaxy moves away from us, in km/s."""
    return from_table(read("galaxies.csv"), ("velocity",))


DATASETS.add(
    Dataset(
        name="galaxies",
        title="Galaxies (one column)",
        notice=(
            "See which clumps of the velocities every K finds; published answers go from 3 "
            "(Roeder and Wasserman 1997) to 5, 6 or 7 (Richardson and Green 1997)."
        ),
        group="Real data",
        generate=lambda _: load(),
        seeded=False,
        defaults={"scale": "standard", "k": 3, "x": "velocity"},
        source=(
            "K. Roeder (1990), Density estimation with confidence sets exemplified by "
            "superclusters and voids in the galaxies, Journal of the American Statistical "
            "Association 85, 617-624. The 78th value is 26960, as there; R's MASS has 26690."
        ),
    )
)
