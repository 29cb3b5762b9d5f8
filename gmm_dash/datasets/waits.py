"""The waits of Old Faithful alone: 272 times, one column."""

from __future__ import annotations

from functools import cache

from gmm_dash.datasets._dataset import DATASETS, Dataset, Sample
from gmm_dash.datasets._real import from_table, read
from gmm_dash.datasets.faithful import SOURCE


@cache
def load() -> Sample:
    """Return the time from each eruption to the next one, in minutes."""
    return from_table(read("faithful.csv"), ("waiting",))


DATASETS.add(
    Dataset(
        name="waits",
        title="Old Faithful's waits (one column)",
        notice=(
            "Short waits and long ones overlap: see where k-means cuts them, and what the two "
            "curves make of a wait of 66 minutes."
        ),
        group="Real data",
        generate=lambda _: load(),
        seeded=False,
        defaults={"scale": "standard", "k": 2, "x": "waiting"},
        source=SOURCE,
    )
)
