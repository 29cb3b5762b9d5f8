"""The engine beside scikit-learn: same data, same starts, same iterations, one thread.

CPU time, so that other work on the machine disturbs little; medians of several runs.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from sklearn.cluster import KMeans
from sklearn.datasets import load_digits, make_blobs, make_moons
from sklearn.decomposition import PCA
from sklearn.mixture import GaussianMixture

from benchmarks.timing import Measured, cpu_seconds, side_by_side
from gmm_dash.engine import (
    estimate_cost,
    fit_gmm,
    fit_kmeans,
    select_models,
    study_restarts,
)
from gmm_dash.engine.covariances import SKLEARN_TYPES

if TYPE_CHECKING:
    from collections.abc import Callable

DEFAULTS = {"tol": 1e-3, "max_iter": 100}  # scikit-learn's


@dataclass(frozen=True)
class Case:
    """One row of the table."""

    name: str
    budget: float
    ours: Callable[[], object]
    theirs: Callable[[], object]
    repeats: int


@dataclass(frozen=True)
class Size:
    """How large the cases are; the tests run them on little."""

    rows: int = 1_000_000
    digits: int = 1797
    wide: tuple[int, ...] = (50, 100, 150, 200)
    most: int = 20
    restarts: int = 100


def stretched():
    x = make_blobs(400, centers=4, cluster_std=0.60, random_state=0)[0][:, ::-1]
    return x @ np.random.RandomState(13).randn(2, 2)


def million(rows):
    rng = np.random.default_rng(0)
    centres = np.array([(0, 0), (5, 1), (1, 6), (7, 7), (-4, 3), (3, -5)], dtype=float)
    return centres[rng.integers(6, size=rows)] + rng.normal(size=(rows, 2))


def whitened_digits(rows):
    return PCA(0.99, whiten=True, random_state=0).fit_transform(load_digits().data)[:rows]


def compare_theirs(x):
    KMeans(4, n_init=10, random_state=0).fit(x)
    kinds = ["kmeans", "k-means++", "random_from_data", "kmeans", "k-means++"]
    for seed, kind in enumerate(kinds):
        GaussianMixture(4, init_params=kind, random_state=seed, tol=1e-6, max_iter=500).fit(x)


def compare_ours(x):
    fit_kmeans(x, 4)
    fit_gmm(x, 4)


def cases(size=Size()):
    moons = make_moons(200, noise=0.05, random_state=0)[0]
    digits, blobs, table = whitened_digits(size.digits), million(size.rows), stretched()
    ks, wide, restarts = range(1, size.most + 1), size.wide, size.restarts
    selection = {"init": "kmeans", "n_init": 1, "informed": False, **DEFAULTS}
    return [
        Case(
            f"model selection: moons 200 x 2, K 1..{size.most} x 4 types",
            10,
            lambda: select_models(moons, ks, SKLEARN_TYPES, **selection),
            lambda: [
                GaussianMixture(k, covariance_type=str(c), random_state=0).fit(moons)
                for c in SKLEARN_TYPES
                for k in ks
            ],
            5,
        ),
        Case(
            f"{restarts} restarts: moons 200 x 2, K 16, full",
            15,
            lambda: study_restarts(moons, 16, inits="kmeans", n_restarts=restarts, **DEFAULTS),
            lambda: [GaussianMixture(16, random_state=i).fit(moons) for i in range(restarts)],
            3,
        ),
        Case(
            f"EM: {size.rows:,} x 2, K 6, full, 10 iterations",
            15,
            lambda: fit_gmm(blobs, 6, init="random_from_data", n_init=1, tol=0, max_iter=10),
            lambda: GaussianMixture(
                6, init_params="random_from_data", random_state=0, tol=0, max_iter=10
            ).fit(blobs),
            1,
        ),
        Case(
            f"digits: {size.digits} x 41, K {', '.join(map(str, wide))}, full",
            3,
            lambda: select_models(digits, wide, ("full",), **selection),
            lambda: [GaussianMixture(k, random_state=0).fit(digits) for k in wide],
            3,
        ),
        Case(
            "Compare: k-means K 4 x 10 starts + GMM K 4 x 5 mixed starts, 400 x 2",
            5,
            lambda: compare_ours(table),
            lambda: compare_theirs(table),
            5,
        ),
        Case(
            "k-means alone: 400 x 2, K 4 x 10 starts",
            1,
            lambda: fit_kmeans(table, 4),
            lambda: KMeans(4, n_init=10, random_state=0).fit(table),
            5,
        ),
        Case(
            f"k-means alone: {size.rows:,} x 2, K 6, one start",
            1,
            lambda: fit_kmeans(blobs, 6, n_init=1),
            lambda: KMeans(6, n_init=1, random_state=0).fit(blobs),
            1,
        ),
    ]


def report(case: Case, measured: Measured) -> str:
    verdict = "ok" if measured.ratio >= case.budget else "BELOW BUDGET"
    return (
        f"{case.name:<70}{measured.theirs * 1e3:>12.1f}{measured.ours * 1e3:>12.1f}"
        f"{measured.ratio:>8.1f}x{case.budget:>7.0f}x  {verdict}"
    )


def growth():
    """Yield lines on how cost grows with n, K and d, with the estimate beside."""
    yield f"{'n':>9}{'d':>5}{'K':>5}{'measured ms':>14}{'per iteration':>15}{'estimate ms':>13}"
    rng = np.random.default_rng(0)
    base = {"n": 2000, "d": 2, "k": 8}
    steps = {
        "n": (200, 2000, 20_000, 200_000),
        "k": (2, 8, 32, 128),
        "d": (1, 2, 5, 10, 20, 40),
    }
    for name, values in steps.items():
        for value in values:
            n, d, k = {**base, name: value}.values()
            x = rng.normal(size=(n, d)) + 4.0 * rng.integers(8, size=(n, 1))
            work = partial(fit_gmm, x, k, init="random_from_data", n_init=1, tol=0, max_iter=20)
            seconds = min(cpu_seconds(work) for _ in range(3))
            guess = estimate_cost(n, d, k, tol=0, max_iter=20)
            yield (
                f"{n:>9}{d:>5}{k:>5}{seconds * 1e3:>14.2f}{seconds * 1e3 / 20:>15.3f}"
                f"{guess * 1e3:>13.2f}"
            )
        yield ""


def main(*, quick: bool) -> None:
    print(f"{'CPU milliseconds':<70}{'scikit-learn':>12}{'ours':>12}{'ratio':>9}{'budget':>8}")
    for case in cases():
        repeats = 1 if quick else case.repeats
        measured = side_by_side(case.ours, case.theirs, repeats=repeats)
        print(report(case, measured), flush=True)
    if not quick:
        print("\nHow cost grows: EM, full covariance, 20 iterations")
        for line in growth():
            print(line, flush=True)
