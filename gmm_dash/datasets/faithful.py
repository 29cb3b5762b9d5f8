"""Old Faithful: 272 eruptions of a geyser."""

from __future__ import annotations

from functools import cache
from typing import Final

from gmm_dash.datasets._dataset import DATASETS, Dataset, Sample
from gmm_dash.datasets._real import from_table, read

SOURCE: Final = (
    "A. Azzalini and A. W. Bowman (1990), A look at some data on the Old Faithful geyser, Applied "
    "Statistics 39, 357-365; as distributed with R."
)


@cache
def load() -> Sample:
    """Return the length of each eruption and the wait for the next, both in minutes."""
    return from_table(read("faithful.csv"), ("eruptions", "waiting"))


DATASETS.add(
    Dataset(
        name="faithful",
        title="Old Faithful",
        notice=(
            "See how the wait goes with the length of an eruption, and whether two groups "
            "are enough."
        ),
        group="Real data",
        generate=lambda _: load(),
        seeded=False,
        defaults={"scale": "standard", "k": 2, "x": "eruptions", "y": "waiting"},
        source=SOURCE,
    )
)
