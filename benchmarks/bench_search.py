"""What starts from neighbours find beside drawn ones, and what they cost.

Over tables, covariance types and K: how many sound models reach the best of sixty drawn starts (up
to 1e-3 nats per point), beside a second sixty and beside the five of the default; how many break a
law of nesting unmarked; and the processor time beside that of the five.
"""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING

import numpy as np
from sklearn import datasets
from sklearn.preprocessing import StandardScaler

from benchmarks.timing import cpu_seconds
from gmm_dash.datasets import DATASETS
from gmm_dash.engine import select_models
from gmm_dash.engine.nesting import SLACK, contains

if TYPE_CHECKING:
    from gmm_dash.engine import SelectionRows

CLOSE = 1e-3
OWN = ("moons", "rings", "overlap", "uniform", "stretched", "unequal", "faithful", "penguins")


def tables() -> dict[str, np.ndarray]:
    """Return the tables, standardised but for the cigars."""
    rng = np.random.default_rng(0)
    cancer = datasets.load_breast_cancer().data
    found = {
        "iris": datasets.load_iris().data,
        "wine, 5 columns": datasets.load_wine().data[:, :5],
        "cancer, 5 columns": cancer[:, :5],
        "cancer, 10 columns": cancer[:, :10],
        "blobs": datasets.make_blobs(300, centers=4, cluster_std=1.6, random_state=10)[0],
    }
    for name in OWN:
        found[name] = DATASETS[name].draw(n=300, noise=0.1, centers=3, seed=0).points
    scaled = {name: StandardScaler().fit_transform(x) for name, x in found.items()}
    cigars = [rng.normal(size=(150, 2)) * [6.0, 0.3] + [0.0, y] for y in (0, 2, 4)]
    return scaled | {"cigars, as they are": np.vstack(cigars)}


def sound(selection: SelectionRows) -> dict[tuple[str, int], float]:
    """Return the log-likelihood of every model that is not degenerate."""
    return {
        (row.covariance_type, row.n_components): row.log_likelihood
        for row in selection.rows
        if not row.degenerate and row.log_likelihood is not None
    }


def best_sound(x: np.ndarray, most: int, first: int, count: int) -> dict[tuple[str, int], float]:
    """Return the best sound log-likelihood of single drawn starts, for every model."""
    kinds, out = ("kmeans", "k-means++", "random_from_data"), {}
    for i in range(count):
        one = select_models(
            x, range(1, most + 1), init=kinds[i % 3], n_init=1, random_state=first + i,
            informed=False,
        )  # fmt: skip
        for key, value in sound(one).items():
            out[key] = max(value, out.get(key, -np.inf))
    return out


def share(found: dict[tuple[str, int], float], of: dict[tuple[str, int], float]) -> float:
    """Return which share of models is as good as a reference."""
    return float(np.mean([found.get(key, -np.inf) >= value - CLOSE for key, value in of.items()]))


def unmarked(selection: SelectionRows) -> int:
    """Return how many rows called ok are below a sound one that they contain."""
    rows = [row for row in selection.rows if not row.degenerate]
    return sum(
        any(
            contains(row, other) and other.log_likelihood > row.log_likelihood + SLACK
            for other in rows
        )
        for row in rows
        if row.law == "ok"
    )


def main(*, quick: bool) -> None:
    """Print the table."""
    most, starts = (4, 6) if quick else (12, 60)
    names = f"{'neighbours':>12}{'five':>8}{'again':>8}{'unmarked':>10}{'cost':>8}"
    print(f"\n{f'share at least as good as {starts} starts, K to {most}':<46}{names}")
    kept: list[tuple[float, ...]] = []
    costs: list[tuple[float, float]] = []
    for name, x in list(tables().items())[: 3 if quick else None]:
        ks = range(1, most + 1)
        informed = select_models(x, ks)
        five = select_models(x, ks, informed=False)
        costs.append(
            (
                cpu_seconds(lambda x=x, ks=ks: select_models(x, ks)),
                cpu_seconds(lambda x=x, ks=ks: select_models(x, ks, informed=False)),
            )
        )
        reference = best_sound(x, most, 0, starts)
        again = best_sound(x, most, 1000, starts)
        row = (
            *(share(one, reference) for one in (sound(informed), sound(five), again)),
            float(unmarked(informed)),
        )
        kept.append(row)
        print(line(name, row, costs[-1][0] / costs[-1][1]), flush=True)
    mean = tuple(float(np.mean(column)) for column in zip(*kept, strict=True))
    total = sum(a for a, _ in costs) / sum(b for _, b in costs)
    print(line("all, cost of the sum", (*mean[:3], sum(row[3] for row in kept)), total))
    print(f"median of the costs {median(a / b for a, b in costs):.2f}")


def line(name: str, row: tuple[float, ...], cost: float) -> str:
    """Return one line of the table."""
    return f"{name:<46}{row[0]:>11.0%} {row[1]:>7.0%} {row[2]:>7.0%} {row[3]:>9.0f} {cost:>7.2f}"
