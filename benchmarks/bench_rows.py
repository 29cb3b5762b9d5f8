"""Rows a second on one core, beside scikit-learn: what one pass over a long table costs.

One iteration of EM in memory and over blocks, one of Lloyd's algorithm, and an epoch of
mini-batches: the difference of two runs of known length, so that starts and checks of the input do
not count.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from sklearn.cluster import KMeans, MiniBatchKMeans
from sklearn.mixture import GaussianMixture

from benchmarks.timing import cpu_seconds
from gmm_dash.engine import (
    Mixture,
    block_statistics,
    combine,
    fit_from_mixture,
    fit_kmeans,
    m_step_from_statistics,
)

if TYPE_CHECKING:
    from collections.abc import Callable

SIZES = (100_000, 1_000_000, 10_000_000)
SHAPES = ((2, 6), (10, 6), (2, 30))
"""Columns, and components."""

DEFAULT_ROWS = 1_000_000
FEW, MORE, MORE_OF_MANY = 2, 12, 5
"""Iterations of the shorter run, and of the longer one, for usual tables and the longest."""

BLOCK = 250_000
MOST_CELLS = 200_000_000
"""Responsibilities that scikit-learn may hold: above, its column stays empty."""


def table(n: int, d: int, k: int) -> tuple[np.ndarray, Mixture]:
    """Return rows around k centres, and a mixture to begin with.

    The groups overlap, and it begins at rows, so that nothing comes to rest meanwhile.
    """
    rng = np.random.default_rng(0)
    centres = 1.5 * rng.normal(size=(k, d))
    x = centres[rng.integers(k, size=n)]
    for first in range(0, n, BLOCK):
        x[first : first + BLOCK] += rng.normal(size=x[first : first + BLOCK].shape)
    means = x[rng.integers(n, size=k)]
    return x, Mixture(np.full(k, 1 / k), means, np.tile(2.0 * np.eye(d), (k, 1, 1)))


def over_blocks(x: np.ndarray, mixture: Mixture, iterations: int) -> int:
    """Do some iterations over blocks, as a cluster does them; return how many."""
    for _ in range(iterations):
        parts = (block_statistics(mixture, x[i : i + BLOCK]) for i in range(0, len(x), BLOCK))
        mixture = m_step_from_statistics(combine(parts))
    return iterations


def ways(x: np.ndarray, start: Mixture) -> dict[str, Callable[[int], int] | None]:
    """Return what is measured, by its name: it takes an iteration limit, and returns how many."""
    k, still = start.n_components, {"tol": 0.0}
    precisions = np.linalg.inv(start.covariances)
    given = {
        "weights_init": start.weights, "means_init": start.means, "precisions_init": precisions,
        "init_params": "random_from_data",
    }  # fmt: skip
    fits = len(x) * k <= MOST_CELLS
    centers = {"init": start.means, "n_init": 1}
    return {
        "GaussianMixture": (
            lambda i: GaussianMixture(k, max_iter=i, **still, **given).fit(x).n_iter_
        )
        if fits
        else None,
        "EM": (lambda i: fit_from_mixture(x, start, max_iter=i, **still).n_iter) if fits else None,
        "EM, blocks": partial(over_blocks, x, start),
        "KMeans": lambda i: KMeans(k, max_iter=i, **still, **centers).fit(x).n_iter_,
        "k-means": lambda i: fit_kmeans(x, k, max_iter=i, tol=0.0, init=start.means).n_iter,
        "MiniBatch": lambda i: (
            MiniBatchKMeans(k, max_iter=i, batch_size=8192, max_no_improvement=None, **centers)
            .fit(x)
            .n_iter_
        ),
    }


def rows_a_second(work: Callable[[int], int], n: int, repeats: int) -> float:
    """Return how many rows one second of processor time goes over."""
    done: list[int] = []

    def seconds(limit: int) -> float:
        return min(cpu_seconds(lambda: done.append(work(limit))) for _ in range(repeats))

    few, more = seconds(FEW), seconds(MORE if n <= DEFAULT_ROWS else MORE_OF_MANY)
    iterations = done[-1] - done[0]
    return n * iterations / (more - few) if iterations else float("nan")


def main(*, quick: bool, most_rows: int = DEFAULT_ROWS) -> None:
    """Print the table."""
    sizes = SIZES[:1] if quick else [n for n in SIZES if n <= most_rows]
    names = list(ways(*table(100, 2, 2)))
    print("\nMillions of rows a second in one iteration, one core (--rows 10000000 for more)")
    print(f"{'rows':>11}{'d':>4}{'K':>4}" + "".join(f"{name:>17}" for name in names))
    for n in sizes:
        for d, k in SHAPES:
            x, start = table(n, d, k)
            repeats = 1 if quick or n > DEFAULT_ROWS else 3
            cells = [
                f"{'-':>17}" if work is None else f"{rows_a_second(work, n, repeats) / 1e6:>17.2f}"
                for work in ways(x, start).values()
            ]
            print(f"{n:>11,}{d:>4}{k:>4}" + "".join(cells), flush=True)
