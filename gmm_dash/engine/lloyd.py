"""Lloyd's algorithm for many runs of k-means at once.

Every centre of every run is a row of one matrix, so that one product gives all distances: first
every run's centre 0, then every run's centre 1, and so on, shorter runs filled up with centres
that are infinitely far away. Assignments, sums and the re-seeding of empty clusters follow
scikit-learn operation by operation, ties included; a run leaves on the iteration on which
scikit-learn would stop it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from gmm_dash.engine.deadline import check_time

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from gmm_dash.engine.types import Bools, Floats, Ints

Labels: TypeAlias = NDArray[Any]
"""Labels as small unsigned integers."""

DISTANCE_CELLS = 49_152
"""Distances held at a time, in doubles, unless one point has more."""

BATCH_CELLS = 200_000
"""Distances of one batch of runs, unless one run has more; more runs go into the next batch."""


@dataclass(frozen=True)
class LloydRun:
    """Where one run of k-means ended.

    Attributes
    ----------
    centers : (k, d) array
        In the coordinates of the data given.
    labels : (n,) array of int
    inertia : float
    n_iter : int
    converged : bool
        False when stopped by ``max_iter``.
    reseeded : tuple of int
        Clusters that were empty at some iteration and were started again elsewhere.
    """

    centers: Floats
    labels: Ints
    inertia: float
    n_iter: int
    converged: bool
    reseeded: tuple[int, ...]


def run_lloyd(
    z: Floats,
    starts: Sequence[Floats],
    *,
    tol: float,
    max_iter: int,
    record: Callable[[int, Floats], None] | None = None,
    weight: Floats | None = None,
) -> list[LloydRun]:
    """Return where each run ends, in the order given.

    Parameters
    ----------
    z : (n, d) array
        The data, centred.
    starts : sequence of (k, d) arrays
        First centres of each run.
    tol : float
        Largest sum of squared movements of the centres that counts as standing still, in
        squared units of the data.
    max_iter : int
    record : callable, optional
        For a single run: called with the iteration and its new centres.
    weight : (n,) array, optional
        ``KMeans.fit``'s ``sample_weight``.
    """
    order = sorted(range(len(starts)), key=lambda i: -len(starts[i]))
    out: dict[int, LloydRun] = {}
    while order:
        at_once = max(1, BATCH_CELLS // (len(z) * len(starts[order[0]])))
        part, order = order[:at_once], order[at_once:]
        batch = _Batch(z, [starts[i] for i in part], weight)
        out.update((part[p], run) for p, run in batch.finish(tol, max_iter, record))
    return [out[i] for i in range(len(starts))]


class _Batch:
    """Runs that are iterated together, largest k first."""

    def __init__(self, z: Floats, starts: Sequence[Floats], weight: Floats | None = None) -> None:
        self.z, self.zt, self.weight = z, np.ascontiguousarray(z.T), weight
        self.weighted = self.zt if weight is None else self.zt * weight
        self.ids = np.arange(len(starts))
        self.sizes = np.array([len(start) for start in starts])
        self.centers = np.zeros((int(self.sizes[0]), len(starts), z.shape[1]))
        for run, start in enumerate(starts):
            self.centers[: len(start), run] = start
        self.labels: Labels = np.zeros(
            (len(starts), len(z)), dtype=np.min_scalar_type(int(self.sizes[0]))
        )  # small integers: less to move about
        self.reseeded: dict[int, set[int]] = {i: set() for i in range(len(starts))}

    def finish(
        self, tol: float, max_iter: int, record: Callable[[int, Floats], None] | None
    ) -> list[tuple[int, LloydRun]]:
        """Iterate to the end; return (place in the batch, run) pairs."""
        ended: list[tuple[int, LloydRun]] = []
        for n_iter in range(1, max_iter + 1):
            old, self.labels = self.labels, self.assign()
            moved = self._move()
            if record is not None:
                record(n_iter, self.centers[:, 0])
            strict = (old == self.labels).all(axis=1) & (n_iter > 1)
            converged = strict | (moved <= tol)
            done = converged | (n_iter == max_iter)
            if done.any():
                ended += self._leave(n_iter, done, strict, converged)
            if not len(self.ids):
                break
        return ended

    def assign(self) -> Labels:
        """Return (runs, n) labels of the nearest centres; the first of equals wins."""
        check_time()
        k, runs, d = self.centers.shape
        norms = np.einsum("krd,krd->kr", self.centers, self.centers)
        norms[np.arange(k)[:, None] >= self.sizes] = np.inf
        doubled, norms = -2.0 * self.centers.reshape(-1, d), norms.reshape(-1, 1)
        out: Labels = np.empty((runs, len(self.z)), dtype=self.labels.dtype)
        width = max(64, DISTANCE_CELLS // (k * runs))
        for first in range(0, len(self.z), width):
            rows = slice(first, first + width)
            distances = doubled @ self.zt[:, rows]
            distances += norms
            out[:, rows] = _nearest(distances.reshape(k, runs, -1), out.dtype)
        return out

    def _move(self) -> Floats:
        """Move every centre to the mean of its points; return how far each run moved."""
        k, runs, d = self.centers.shape
        slots = self.labels
        if runs > 1:
            slots = slots.astype(np.intp) * runs + np.arange(runs)[:, None]
        each = self.weight
        if each is not None:
            each = np.broadcast_to(each, slots.shape).ravel()
        counts: Floats = np.bincount(slots.ravel(), each, k * runs).astype(np.float64)
        flat = np.empty((k * runs, d))
        for j, column in enumerate(self.weighted):
            repeated = np.broadcast_to(column, slots.shape).ravel()
            flat[:, j] = np.bincount(slots.ravel(), weights=repeated, minlength=k * runs)
        counts = counts.reshape(k, runs)
        sums: Floats = flat.reshape(k, runs, d)
        if ((counts == 0).sum(axis=0) > k - self.sizes).any():
            self._settle_empty(sums, counts)
        if self.weight is None:
            divisor = np.maximum(counts, 1.0)
        else:
            divisor = np.where(counts > 0.0, counts, 1.0)
        sums *= (1.0 / divisor)[:, :, None]
        moved = np.square(sums - self.centers).sum(axis=(0, 2))
        self.centers = sums
        return np.asarray(moved)

    def _settle_empty(self, sums: Floats, counts: Floats) -> None:
        """Give empty clusters the points farthest from their centres, as scikit-learn does."""
        for run in np.flatnonzero((counts == 0).sum(axis=0) > len(counts) - self.sizes).tolist():
            k = int(self.sizes[run])
            self._reseed(run, sums[:k, run], counts[:k, run])
            still = np.flatnonzero(counts[:k, run] == 0)
            if len(still):  # they wait where the largest cluster is
                largest = int(counts[:k, run].argmax())
                sums[still, run] = sums[largest, run] * (1.0 / counts[largest, run])

    def _reseed(self, run: int, sums: Floats, counts: Floats) -> None:
        """Move points out of their clusters into one run's empty ones."""
        labels, empty = self.labels[run].astype(np.intp), np.flatnonzero(counts == 0)
        self.reseeded[int(self.ids[run])].update(empty.tolist())
        distances = ((self.z - self.centers[labels, run]) ** 2).sum(axis=1)
        far = np.argpartition(distances, -len(empty))[: -len(empty) - 1 : -1]
        if distances.max() == 0:
            return
        for cluster, point in zip(empty, far, strict=True):
            own = 1.0 if self.weight is None else float(self.weight[point])
            sums[labels[point]] -= own * self.z[point]
            sums[cluster] = own * self.z[point]
            counts[cluster] = own
            counts[labels[point]] -= own

    def _leave(
        self, n_iter: int, done: Bools, strict: Bools, converged: Bools
    ) -> list[tuple[int, LloydRun]]:
        """Take finished runs out of the batch and return them."""
        if (done & ~strict).any():
            self.labels = np.where((done & ~strict)[:, None], self.assign(), self.labels)
        out = [
            (int(self.ids[run]), self._run_of(run, n_iter, converged=bool(converged[run])))
            for run in np.flatnonzero(done).tolist()
        ]
        keep = ~done
        self.ids, self.sizes = self.ids[keep], self.sizes[keep]
        if keep.any():
            largest = int(self.sizes[0])
            self.centers = np.ascontiguousarray(self.centers[:largest, keep])
            self.labels = self.labels[keep]
        return out

    def _run_of(self, run: int, n_iter: int, *, converged: bool) -> LloydRun:
        """Copy one run out of the batch."""
        centers = self.centers[: self.sizes[run], run].copy()
        labels = self.labels[run].astype(np.intp)
        return LloydRun(
            centers=centers,
            labels=labels,
            inertia=inertia_of(self.z, centers, labels, self.weight),
            n_iter=n_iter,
            converged=converged,
            reseeded=tuple(sorted(self.reseeded[int(self.ids[run])])),
        )


def _nearest(distances: Floats, dtype: np.dtype[Any]) -> Labels:
    """Return the first j at which (k, runs, b) distances are least; they are overwritten.

    Until then every running minimum is above the least: counting those is many times faster
    than an argmin, which would go through memory against its grain.
    """
    k, runs, _ = distances.shape
    if runs == 1 and k > 32:
        return np.asarray(distances.argmin(axis=0))
    for j in range(1, k):
        np.minimum(distances[j - 1], distances[j], out=distances[j])
    above = (distances > distances[-1]).view(np.uint8)
    return np.asarray(above.sum(axis=0, dtype=dtype))


def inertia_of(z: Floats, centers: Floats, labels: Ints, weight: Floats | None = None) -> float:
    """Return the sum of squared distances of the points to their centres, weighted if asked."""
    total = 0.0
    for first in range(0, len(z), 65_536):
        rows = slice(first, first + 65_536)
        deviation = z[rows] - centers.take(labels[rows], axis=0)
        if weight is None:
            total += float(np.einsum("ij,ij->", deviation, deviation))
        else:
            total += float(np.einsum("ij,ij,i->", deviation, deviation, weight[rows]))
    return total


def nearest(z: Floats, centers: Floats) -> Ints:
    """Return the (n,) labels of the nearest centres, as an assignment step would."""
    return np.asarray(_Batch(z, [centers]).assign()[0].astype(np.intp))
