"""What 8, 32 and 64 workers would make of a table in many files: simulated, its parts measured.

One process fits a table that is written for it, with a watch; a real cluster of this machine does
the same, which says how far the simulation can be believed.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import TYPE_CHECKING, Final

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.simulated import Scheduler, Watched, fit_seconds
from gmm_dash.pipeline.parted.crew import crew
from gmm_dash.pipeline.parted.study import Plan, open_table, study

if TYPE_CHECKING:
    from gmm_dash.pipeline.parted.crew import Crew

FILES: Final = 50
ROWS: Final = 200_000  # of a file
WORKERS: Final = (1, 2, 4, 8, 16, 32, 64)
_TASKS: Final = 400
_COLUMNS: Final = ("x", "y")


def main(*, quick: bool) -> None:
    """Print the measured parts, the simulation beside a real cluster, and what more would do."""
    files = 10 if quick else FILES
    with TemporaryDirectory() as folder:
        _write(Path(folder), files)
        plan = Plan((6,))
        watched = Watched()
        whole = _seconds(watched, folder, plan)
        passes = watched.passes
        slices = sum(sum(one.slices) for one in passes)
        sums = sum(one.adding * -(-len(one.slices) // 16) for one in passes)
        alone = max(whole - slices - sums, 0.0)
        with crew(workers=2) as two:
            scheduler = _scheduler(two)
            _seconds(two, folder, plan)  # the workers have imported everything
            real = _seconds(two, folder, plan)
    said = fit_seconds(passes, alone, 2, scheduler)
    mean = slices / sum(len(one.slices) for one in passes)
    print(f"\nA fit of {files * ROWS:,} rows x 2 in {files} files, K = 6, full, and k-means")
    print(f"one process: {whole:.1f} s; {len(passes)} passes, {alone:.1f} s beside them")
    print(f"a slice: {mean:.3f} s; a task: {1000 * scheduler.each:.1f} ms")
    print(f"a real cluster of 2 on this machine: {real:.1f} s; simulated {said:.1f} s")
    print("\nworkers   simulated, s   times as fast as one   of its table 10 times as long, s")
    longer = [type(one)(one.slices * 10, one.adding) for one in passes]
    first = fit_seconds(passes, alone, 1, scheduler)
    for workers in WORKERS:
        took = fit_seconds(passes, alone, workers, scheduler)
        more = fit_seconds(longer, alone, workers, scheduler)
        print(f"{workers:7d} {took:14.1f} {first / took:22.1f} {more:34.1f}")


def _write(folder: Path, files: int) -> None:
    rng = np.random.default_rng(0)
    means = rng.uniform(-10, 10, (6, 2))
    for number in range(files):
        x = means[rng.integers(6, size=ROWS)] + rng.normal(size=(ROWS, 2))
        pq.write_table(
            pa.table(dict(zip(_COLUMNS, x.T, strict=True))), folder / f"{number}.parquet"
        )


def _seconds(crew: Crew, folder: str, plan: Plan) -> float:
    begun = perf_counter()
    study(crew, open_table(crew, folder, _COLUMNS).slices(ROWS), plan)
    return perf_counter() - begun


def _scheduler(crew: Crew) -> Scheduler:
    """Return what tasks cost that do nothing."""
    crew.total(_nothing, range(_TASKS))
    begun = perf_counter()
    crew.total(_nothing, range(_TASKS))
    each = (perf_counter() - begun) / _TASKS
    begun = perf_counter()
    crew.total(_nothing, range(2))
    return Scheduler(each, perf_counter() - begun)


def _nothing(item: int) -> int:
    return item
