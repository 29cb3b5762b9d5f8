"""Random starts, drawn exactly as scikit-learn draws them, many at once.

The greedy k-means++ of scikit-learn takes one random number for the first centre and
``2 + log k`` for each further one; all of them can be drawn beforehand. Distances, sums and
comparisons are computed in the same order as there, so that ties fall the same way.
"""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from gmm_dash.engine.deadline import check_time
from gmm_dash.engine.weights import is_counts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gmm_dash.engine.types import Floats, Ints

SEEDING_CELLS = 60_000
"""Distances worked on at a time, in doubles: what stays in the cache."""

BLOCKWISE_ROWS = 30_000
"""Above so many points sums are rounded block by block, which only an exact tie could notice."""

SEEDING_ROWS = 4096
"""Rows of such a block."""


COPIES = 1_000_000
"""Most copies of rows that are drawn from as scikit-learn draws: it shuffles all of them."""


def local_trials(k: int) -> int:
    """Return how many candidates scikit-learn weighs for each centre."""
    return 2 + int(np.log(k))


@lru_cache(maxsize=1024)
def uniforms(seed: int, count: int) -> Floats:
    """Return the first ``count`` numbers of a seed's stream, read-only."""
    out = np.random.RandomState(seed).random_sample(count)
    out.setflags(write=False)
    return out


def kmeans_plusplus(
    x: Floats, ks: Sequence[int], seeds: Sequence[int], weight: Floats | None = None
) -> list[Ints]:
    """Return the (k,) indices of the points that greedy k-means++ picks, for each run.

    Parameters
    ----------
    x : (n, d) array
        The data, in the coordinates scikit-learn would see.
    ks, seeds : sequences of int
        Number of centres and seed of each run.
    weight : (n,) array, optional
        ``KMeans.fit``'s ``sample_weight``. Counts pick what their rows' copies would.
    """
    norms = np.einsum("ij,ij->i", x, x)
    out: list[Ints] = [np.empty(0, dtype=np.intp)] * len(ks)
    groups: dict[int, list[int]] = defaultdict(list)
    for run, k in enumerate(ks):
        groups[local_trials(k)].append(run)
    for trials, runs in groups.items():
        runs.sort(key=lambda run: -ks[run])
        if len(x) > BLOCKWISE_ROWS and weight is None:
            for run in runs:
                draws = uniforms(seeds[run], 1 + (ks[run] - 1) * trials)
                out[run] = _seed_blockwise(x, norms, ks[run], draws, trials)
            continue
        at_once = max(1, SEEDING_CELLS // (trials * len(x)))
        for first in range(0, len(runs), at_once):
            part = runs[first : first + at_once]
            chosen = _seed_together(
                x, norms, [ks[run] for run in part], [seeds[run] for run in part], trials, weight
            )
            for run, indices in zip(part, chosen, strict=True):
                out[run] = indices
    return out


def _seed_together(
    x: Floats,
    norms: Floats,
    ks: Sequence[int],
    seeds: Sequence[int],
    trials: int,
    weight: Floats | None,
) -> list[Ints]:
    """Pick centres for runs with the same number of trials, sorted by falling k."""
    each = np.ones(len(x)) if weight is None else weight
    n, largest = len(x), ks[0]
    draws = np.stack([uniforms(seed, 1 + (largest - 1) * trials) for seed in seeds])
    chosen = np.empty((len(ks), largest), dtype=np.intp)
    chosen[:, 0] = _first_centres(n, draws[:, 0], weight)
    closest = _squared_distances(x, norms, chosen[:, :1])[:, 0]
    potential = (closest[:, None, :] @ each)[:, 0]
    for c in range(1, largest):
        check_time()
        active = sum(k > c for k in ks)
        closest, potential = closest[:active], potential[:active]
        first = 1 + (c - 1) * trials
        targets = draws[:active, first : first + trials] * potential[:, None]
        apart = closest if weight is None else closest * weight
        candidates = _locate(np.cumsum(apart, axis=1), targets)
        distances = _squared_distances(x, norms, candidates)
        np.minimum(distances, closest[:, None, :], out=distances)
        potentials = (distances @ each[:, None])[:, :, 0]
        best = potentials.argmin(axis=1)
        every = np.arange(active)
        chosen[:active, c] = candidates[every, best]
        potential, closest = potentials[every, best], distances[every, best]
    return [row[:k] for row, k in zip(chosen, ks, strict=True)]


def _seed_blockwise(x: Floats, norms: Floats, k: int, draws: Floats, trials: int) -> Ints:
    """Pick centres for one run on many points, a block at a time that fits the cache.

    Sums are made per block, so that no cumulative sum over all points is needed.
    """
    n, chosen = len(x), np.empty(k, dtype=np.intp)
    chosen[0] = _first_centres(n, draws[:1])[0]
    closest = np.full(n, np.inf)
    sums = _approach(x, norms, x[chosen[:1]], closest, keep=True)[0]
    for c in range(1, k):
        check_time()
        first = 1 + (c - 1) * trials
        targets = draws[first : first + trials] * sums.sum()
        candidates = _locate_blockwise(closest, sums, targets)
        potentials = _approach(x, norms, x[candidates], closest, keep=False).sum(axis=1)
        chosen[c] = candidates[potentials.argmin()]
        sums = _approach(x, norms, x[chosen[c : c + 1]], closest, keep=True)[0]
    return chosen


def _approach(x: Floats, norms: Floats, centers: Floats, closest: Floats, *, keep: bool) -> Floats:
    """Return (centres, blocks) sums of squared distances were each centre added.

    With ``keep`` (and one centre) the distances themselves are updated.
    """
    factors, lengths = -2.0 * centers, np.einsum("ij,ij->i", centers, centers)[:, None]
    out = np.empty((len(centers), -(-len(x) // SEEDING_ROWS)))
    for b in range(out.shape[1]):
        rows = slice(b * SEEDING_ROWS, (b + 1) * SEEDING_ROWS)
        distances = factors @ x[rows].T
        distances += lengths
        distances += norms[rows]
        np.maximum(distances, 0.0, out=distances)
        np.minimum(distances, closest[rows], out=distances)
        distances.sum(axis=1, out=out[:, b])
        if keep:
            closest[rows] = distances[0]
    return out


def _locate_blockwise(closest: Floats, sums: Floats, targets: Floats) -> Ints:
    """Return where targets fall in the cumulative sum of ``closest``, given its blocks' sums."""
    edges = np.cumsum(sums)
    found = np.empty(len(targets), dtype=np.intp)
    for t, target in enumerate(targets.tolist()):
        block = min(int(edges.searchsorted(target)), len(edges) - 1)
        start = block * SEEDING_ROWS
        inside = np.cumsum(closest[start : start + SEEDING_ROWS])
        below = edges[block] - sums[block]
        found[t] = start + min(int(inside.searchsorted(target - below)), len(inside) - 1)
    return found


def _first_centres(n: int, draws: Floats, weight: Floats | None = None) -> Ints:
    """Return what ``RandomState.choice(n, p=shares)`` makes of each draw."""
    edges = np.cumsum(np.full(n, 1.0 / n) if weight is None else weight / weight.sum())
    edges /= edges[-1]
    return np.asarray(edges.searchsorted(draws, side="right"))


def _locate(sums: Floats, targets: Floats) -> Ints:
    """Return where each row's targets fall in its cumulative sums."""
    found = np.stack([row.searchsorted(t) for row, t in zip(sums, targets, strict=True)])
    return np.asarray(np.minimum(found, sums.shape[1] - 1))


def _squared_distances(x: Floats, norms: Floats, candidates: Ints) -> Floats:
    """Return (runs, trials, n) squared distances of all points to the candidates."""
    out = np.matmul(x[candidates], x.T)
    out *= -2
    out += norms[candidates][:, :, None]
    out += norms
    return np.asarray(np.maximum(out, 0.0, out=out))


def points_without_replacement(n: int, k: int, seed: int, weight: Floats | None = None) -> Ints:
    """Return the points that ``init_params="random_from_data"`` starts from.

    Of rows that count several times: the rows of the copies that it would start from; of more
    copies than ``COPIES``, of as many drawn in another way. Weights that count nothing draw rows.
    """
    generator = np.random.RandomState(seed)
    if weight is None:
        return np.asarray(generator.choice(n, size=k, replace=False))
    if not is_counts(weight):
        return np.asarray(generator.choice(n, size=k, replace=False, p=weight / weight.sum()))
    total = int(weight.sum())
    few = total <= COPIES
    drawn = (generator if few else np.random.default_rng(seed)).choice(total, k, replace=False)
    return np.asarray(np.cumsum(weight).searchsorted(drawn, side="right"))


def weighted_points(n: int, k: int, seed: int, weight: Floats | None = None) -> Ints:
    """Return the points that ``KMeans(init="random")`` starts from."""
    generator = np.random.RandomState(seed)
    weights = np.ones(n) if weight is None else weight
    return np.asarray(generator.choice(n, size=k, replace=False, p=weights / weights.sum()))


def random_responsibilities(n: int, k: int, seed: int) -> Floats:
    """Return the (n, k) responsibilities that ``init_params="random"`` starts from."""
    generator = np.random.RandomState(seed)
    out = generator.uniform(size=(n, k))
    out /= out.sum(axis=1)[:, None]
    return out
