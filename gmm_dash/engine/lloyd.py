"""Lloyd's algorithm for many runs of k-means at once.

Every centre of every run is a row of one matrix, so that one product gives all distances.
Assignments, sums and the re-seeding of empty clusters follow scikit-learn operation by
operation, ties included; a run leaves on the iteration on which scikit-learn would stop it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from gmm_dash.engine.grouping import Grouping

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from gmm_dash.engine.types import Bools, Floats, Ints

DISTANCE_CELLS = 262_144
"""Distances held at a time, in doubles: 2 MB."""

LABEL_CELLS = 2_000_000
"""Labels of all runs of one batch: 16 MB."""


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
    """
    order = sorted(range(len(starts)), key=lambda i: -len(starts[i]))
    at_once = max(1, LABEL_CELLS // len(z))
    out: dict[int, LloydRun] = {}
    for first in range(0, len(order), at_once):
        part = order[first : first + at_once]
        batch = _Batch(z, [starts[i] for i in part])
        for place, run in batch.finish(tol, max_iter, record):
            out[part[place]] = run
    return [out[i] for i in range(len(starts))]


class _Batch:
    """Runs that are iterated together, largest k first."""

    def __init__(self, z: Floats, starts: Sequence[Floats]) -> None:
        self.z, self.zt = z, np.ascontiguousarray(z.T)
        self.ids = np.arange(len(starts))
        self.grouping = Grouping(np.array([len(start) for start in starts]))
        order = np.concatenate([self.grouping.columns(m) for m in range(len(starts))])
        self.centers = np.empty((len(order), z.shape[1]))
        self.centers[order] = np.concatenate(starts)
        self.labels = np.full((len(starts), len(z)), -1, dtype=np.intp)
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
                record(n_iter, self.centers)
            strict = (old == self.labels).all(axis=1)
            converged = strict | (moved <= tol)
            done = converged | (n_iter == max_iter)
            if done.any():
                ended += self._leave(n_iter, done, strict, converged)
            if not len(self.ids):
                break
        return ended

    def assign(self) -> Ints:
        """Return (runs, n) labels of the nearest centres; the first of equals wins."""
        norms = np.einsum("ij,ij->i", self.centers, self.centers)
        doubled = -2.0 * self.centers
        out = np.empty((self.grouping.n_models, len(self.z)), dtype=np.intp)
        width = max(256, DISTANCE_CELLS // self.grouping.n_columns)
        for first in range(0, len(self.z), width):
            rows = slice(first, first + width)
            distances = doubled @ self.zt[:, rows]
            distances += norms[:, None]
            out[:, rows] = self._nearest(distances)
        return out

    def _nearest(self, distances: Floats) -> Ints:
        """Return which of its own centres each run finds nearest."""
        best = distances[: self.grouping.n_models].copy()
        labels = np.zeros(best.shape, dtype=np.intp)
        for j, (width, slab) in enumerate(self.grouping.slabs()):
            if j:
                here = distances[slab]
                np.copyto(labels[:width], j, where=here < best[:width])
                np.minimum(best[:width], here, out=best[:width])
        return labels

    def _move(self) -> Floats:
        """Move every centre to the mean of its points; return how far each run moved."""
        slots = (self.grouping.offsets[self.labels] + np.arange(len(self.ids))[:, None]).ravel()
        n_columns = self.grouping.n_columns
        counts = np.bincount(slots, minlength=n_columns).astype(np.float64)
        sums = np.empty_like(self.centers)
        for j, column in enumerate(self.zt):
            repeated = np.broadcast_to(column, self.labels.shape).ravel()
            sums[:, j] = np.bincount(slots, weights=repeated, minlength=n_columns)
        if counts.min() == 0:
            self._reseed(sums, counts)
        sums *= (1.0 / np.maximum(counts, 1.0))[:, None]
        for column in np.flatnonzero(counts == 0):
            mine = self.grouping.columns(int(self.grouping.model[column]))
            sums[column] = sums[mine[counts[mine].argmax()]]
        moved = np.square(sums - self.centers).sum(axis=1)
        self.centers = sums
        return np.asarray(np.bincount(self.grouping.model, weights=moved), dtype=np.float64)

    def _reseed(self, sums: Floats, counts: Floats) -> None:
        """Give each empty cluster the point farthest from its centre, as scikit-learn does."""
        for run in np.unique(self.grouping.model[counts == 0]).tolist():
            mine, labels = self.grouping.columns(run), self.labels[run]
            empty = np.flatnonzero(counts[mine] == 0)
            self.reseeded[int(self.ids[run])].update(empty.tolist())
            distances = ((self.z - self.centers[mine][labels]) ** 2).sum(axis=1)
            far = np.argpartition(distances, -len(empty))[: -len(empty) - 1 : -1]
            if distances.max() == 0:
                continue
            for cluster, point in zip(mine[empty], far, strict=True):
                sums[mine[labels[point]]] -= self.z[point]
                sums[cluster] = self.z[point]
                counts[cluster] = 1.0
                counts[mine[labels[point]]] -= 1.0

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
        if keep.any():
            self.grouping, columns = self.grouping.keep(keep)
            self.centers, self.labels = self.centers[columns], self.labels[keep]
        self.ids = self.ids[keep]
        return out

    def _run_of(self, run: int, n_iter: int, *, converged: bool) -> LloydRun:
        """Copy one run out of the batch."""
        centers, labels = self.centers[self.grouping.columns(run)], self.labels[run]
        return LloydRun(
            centers=centers,
            labels=labels.copy(),
            inertia=inertia_of(self.z, centers, labels),
            n_iter=n_iter,
            converged=converged,
            reseeded=tuple(sorted(self.reseeded[int(self.ids[run])])),
        )


def inertia_of(z: Floats, centers: Floats, labels: Ints) -> float:
    """Return the sum of squared distances of the points to their centres."""
    total = 0.0
    for first in range(0, len(z), 65_536):
        rows = slice(first, first + 65_536)
        total += float(np.square(z[rows] - centers[labels[rows]]).sum())
    return total


def nearest(z: Floats, centers: Floats) -> Ints:
    """Return the (n,) labels of the nearest centres, as an assignment step would."""
    return np.asarray(_Batch(z, [centers]).assign()[0])
