"""A fit over all rows by one, two and more workers: what each part takes, and what many would do.

A table of its own is written, 16 MB for each million rows, and fitted by one and by two workers of
this machine, with K = 6, full covariances and k-means beside them. What the slices took with one
worker is then played again by more.
"""

from __future__ import annotations

from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.replay import Watched, replay, resting
from gmm_dash.pipeline.parted.crew import Workers
from gmm_dash.pipeline.parted.study import Plan, open_table, study

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.replay import Played

K: Final = 6
FILES: Final = 20
FILE_ROWS: Final = 1_000_000
LONGER: Final = (5, 50)
"""How many times as long as the table that was fitted are those of the replay."""

WORKERS: Final = (1, 2, 8, 32, 64)
MOST_SECONDS: Final = 200
"""That work shared among workers may take, or it is not played."""


def write_table(folder: Path, files: int, rows: int) -> None:
    """Write a table of K groups, some of which overlap; a file is a slice."""
    rng = np.random.default_rng(8)
    centres, roots = rng.uniform(-10.0, 10.0, (K, 2)), rng.normal(size=(K, 2, 2))
    for i in range(files):
        z = rng.integers(K, size=rows)
        x = centres[z] + np.einsum("nij,nj->ni", roots[z], rng.normal(size=(rows, 2)))
        pq.write_table(pa.table({"x": x[:, 0], "y": x[:, 1]}), folder / f"part-{i:03d}.parquet")


def fitted(folder: Path, workers: int) -> list[Played]:
    """Return the passes of a fit by workers of this machine."""
    from distributed import Client, LocalCluster  # noqa: PLC0415  (an extra)

    local = LocalCluster(
        n_workers=workers,
        threads_per_worker=1,
        dashboard_address="127.0.0.1:0",
        silence_logs=50,
    )
    with local, Client(local, set_as_default=False) as client:
        crew = Watched(Workers(client))
        parted = open_table(crew, str(folder), ())
        study(crew, parted.slices(), Plan((K,)))
        return crew.passes


def _columns(passes: Sequence[Played], values: Sequence[float]) -> list[float]:
    """Return the sum of all, and of each kind of pass the median."""
    names = list(dict.fromkeys(one.name for one in passes))
    both = list(zip(passes, values, strict=True))
    each = [[value for one, value in both if one.name == name] for name in names]
    return [sum(values), *map(median, each)]


def _line(name: str, values: Sequence[float], busy: str = "") -> None:
    print(f"{name:>24}" + "".join(f"{one:>12.2f}" for one in values) + f"{busy:>8}", flush=True)


def _head(passes: Sequence[Played]) -> None:
    names = dict.fromkeys(one.name.strip("_") for one in passes)
    print(f"{'':>24}{'all':>12}" + "".join(f"{name:>12}" for name in names) + f"{'busy':>8}")


def main(*, quick: bool) -> None:
    """Print the tables."""
    files, rows = (4, 200_000) if quick else (FILES, FILE_ROWS)
    with TemporaryDirectory() as place:
        folder = Path(place)
        write_table(folder, files, rows)
        one, two = fitted(folder, 1), fitted(folder, 2)
    print(f"\nAll of {files * rows:,} x 2 in {files} slices, K = {K}: seconds, a pass by its kind")
    _head(one)
    for workers, passes in ((1, one), (2, two)):
        _line(f"fitted by {workers}", _columns(passes, [each.wall for each in passes]))
        _line("in the workers", _columns(passes, [sum(each.seconds) for each in passes]))
    work = sum(sum(each.seconds) for each in one)
    for times in (1,) if quick else (1, *LONGER):
        print(f"\nThe slices of one worker played again, {times * files:,} slices")
        _head(one)
        for workers in WORKERS[:3] if quick else WORKERS:
            if times * work > MOST_SECONDS * workers:
                continue
            with resting(workers) as crew:
                again = replay(crew, one, times)
            _line(f"{workers} workers", _columns(one, again.walls), f"{again.busy:.0%}")
