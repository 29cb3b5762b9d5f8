"""Fit k-means: the best of several starts, each one exactly a scikit-learn fit."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

import numpy as np

from gmm_dash.engine import seeding
from gmm_dash.engine.columns import column_means, column_variances
from gmm_dash.engine.gmm import as_centers
from gmm_dash.engine.health import count_distinct, kmeans_findings
from gmm_dash.engine.kmeans_trace import KMeansTrace, trace_kmeans
from gmm_dash.engine.lloyd import LloydRun, inertia_of, nearest, run_lloyd
from gmm_dash.engine.solve import pick_best
from gmm_dash.engine.types import GIVEN, Finding, Mixture, ReadOnlyArrays
from gmm_dash.engine.validate import (
    MAX_ITERATIONS,
    MAX_RESTARTS,
    as_choice,
    as_components,
    as_count,
    as_nonnegative,
    as_points,
    as_seeds,
)
from gmm_dash.engine.weights import as_weighting
from gmm_dash.errors import FitError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from gmm_dash.engine.types import Floats, Ints
    from gmm_dash.engine.weights import Weighting

KMEANS_INITS = ("k-means++", "random")
MAX_LLOYD = 300
"""Most iterations of a run of k-means, unless another limit is asked for: scikit-learn's."""


@dataclass(frozen=True, eq=False)
class KMeansFit(ReadOnlyArrays):
    """A fitted k-means and what there is to know about it.

    Attributes
    ----------
    centers : (k, d) array
    labels : (n,) array of int
        The cluster of each point.
    distances : (n,) array
        Of each point to the centre of its cluster.
    inertia : float
        Sum of their squares.
    inertias : (n_init,) array
        Of every restart.
    radii : (k,) array
        Distance of each centre's farthest member; zero for an empty cluster.
    n_iter : int
    converged : bool
        False when stopped by ``max_iter``.
    init, random_state : str, int
        Kind of start and seed of the winner: what scikit-learn needs to reproduce it.
    start : (k, d) array or None
        The first centres, where they were given.
    health : tuple of Finding
    tol, max_iter
        As asked for.
    weighting : Weighting or None
        Where rows count by their weights: what each counts. The inertia is then of weighted rows,
        and there is no trace.
    mixture : Mixture
        The same told as a mixture: centres as means, one spherical variance for all.
    trace : KMeansTrace
        The winner's whole run, computed on first use.
    """

    centers: Floats
    labels: Ints
    distances: Floats
    inertia: float
    inertias: Floats
    radii: Floats
    n_iter: int
    converged: bool
    init: str
    random_state: int
    start: Floats | None
    health: tuple[Finding, ...]
    tol: float
    max_iter: int
    _retrace: Callable[[], KMeansTrace] = field(repr=False)
    weighting: Weighting | None = None

    @property
    def n_clusters(self) -> int:
        """Number of clusters, k."""
        return len(self.centers)

    @cached_property
    def mixture(self) -> Mixture:
        """Centres as means, shares as weights, the common variance inertia / (n d)."""
        k, d = self.centers.shape
        each = None if self.weighting is None else self.weighting.values
        n = len(self.labels) if each is None else float(each.sum())
        variance = self.inertia / (n * d)
        weights = np.bincount(self.labels, weights=each, minlength=k) / n
        return Mixture(weights, self.centers.copy(), np.tile(variance * np.eye(d), (k, 1, 1)))

    @cached_property
    def trace(self) -> KMeansTrace:
        """The winner's whole run, frame by frame."""
        return self._retrace()


def fit_kmeans(
    x: Any,
    n_clusters: int,
    *,
    init: Any = "k-means++",
    n_init: int = 10,
    tol: float = 1e-4,
    max_iter: int = MAX_LLOYD,
    random_state: int = 0,
    sample_weight: Any = None,
) -> KMeansFit:
    """Return the best of ``n_init`` runs of Lloyd's algorithm.

    Parameters
    ----------
    x : (n, d) array-like
        The data. Kept by reference for the trace: do not change it afterwards.
    n_clusters : int
        Number of clusters, k.
    init : {"k-means++", "random"} or (k, d) array
        Kind of start, or the first centres.
    n_init : int
        Restarts; ignored when centres are given.
    tol : float
        Stop when the centres' squared movements sum to less than this share of the mean
        variance of the columns.
    max_iter : int
    random_state : int
        Seed of the first restart.
    sample_weight : (n,) array-like, optional
        How many times each row counts, greater than zero; those that are no whole numbers are
        scaled to mean 1.

    Raises
    ------
    FitError
        When the data or a setting cannot be used.

    Notes
    -----
    Restart ``i`` is ``KMeans(k, init=init, n_init=1, random_state=random_state + i).fit(x)``.
    The one of least inertia wins, the first of equals. ``sample_weight`` is that of ``fit``; as
    there, ``tol`` is a share of the variance of the rows, each counted once.
    """
    share, limit = as_nonnegative(tol, "tol"), as_count(max_iter, "max_iter", 1, MAX_ITERATIONS)
    points = as_points(x)
    k = as_components(n_clusters, len(points), "n_clusters")
    mean = column_means(points)
    z = points - mean
    given = None
    weighting = None if sample_weight is None else as_weighting(sample_weight, len(points))
    weight = None if weighting is None else weighting.values
    if isinstance(init, str):
        kind = as_choice(init, "init", KMEANS_INITS)
        seeds = as_seeds(random_state, as_count(n_init, "n_init", 1, MAX_RESTARTS))
        starts = start_centers(z, k, kind, seeds, weight)
    else:
        kind, seeds = GIVEN, as_seeds(random_state, 1)
        given = as_centers(init, k, points.shape[1])
        starts = [given - mean]
    moved = _still(points, share)
    runs = run_lloyd(z, starts, tol=moved, max_iter=limit, weight=weight)
    winner = pick_best([-run.inertia for run in runs])
    retrace: Callable[[], KMeansTrace] = _untraced
    if weight is None:
        n_iter = runs[winner].n_iter
        retrace = partial(trace_kmeans, points, starts[winner], moved, limit, n_iter)
    fit = _describe(points, z, mean, runs[winner])
    return KMeansFit(
        **fit,
        inertias=np.array([run.inertia for run in runs]),
        init=kind,
        random_state=seeds[winner],
        start=given,
        tol=share,
        max_iter=limit,
        _retrace=retrace,
        weighting=weighting,
    )


@dataclass(frozen=True)
class CentersRun:
    """Lloyd's algorithm on its way from given centres.

    Attributes
    ----------
    centers : (k, d) array
        The present ones, less the mean of the data: so the run goes on with the very bits.
    n_iter : int
        Iterations behind it.
    converged : bool
        Met ``tol``.
    reseeded : tuple of int
        Clusters that were empty at some iteration and were started again elsewhere.
    """

    centers: Floats
    n_iter: int = 0
    converged: bool = False
    reseeded: tuple[int, ...] = ()

    @classmethod
    def at(cls, x: Any, centers: Any) -> CentersRun:
        """Return the run over (n, d) rows that begins at (k, d) centres."""
        points = as_points(x)
        return cls(as_centers(centers, len(centers), points.shape[1]) - column_means(points))

    def moves(self, max_iter: int = MAX_LLOYD) -> bool:
        """Return whether there is more to do."""
        return not self.converged and self.n_iter < max_iter

    def moved(
        self, x: Any, iterations: int, tol: float = 1e-4, max_iter: int = MAX_LLOYD
    ) -> CentersRun:
        """Return the run at most so many iterations further on, and no more than the limit.

        However it is cut, it is the run of ``fit_kmeans(x, k, init=centers)``.
        """
        if not self.moves(max_iter):
            return self
        left = min(iterations, max_iter - self.n_iter)
        points = as_points(x)
        limit = _still(points, as_nonnegative(tol, "tol"))
        (run,) = run_lloyd(points - column_means(points), [self.centers], tol=limit, max_iter=left)
        seen = tuple(sorted({*self.reseeded, *run.reseeded}))
        return CentersRun(run.centers, self.n_iter + run.n_iter, run.converged, seen)

    def fit(self, x: Any, start: Any, tol: float = 1e-4, max_iter: int = MAX_LLOYD) -> KMeansFit:
        """Return what ``fit_kmeans(x, k, init=start)`` returns, of this run, which has ended."""
        points, k = as_points(x), len(self.centers)
        mean = column_means(points)
        z, given = points - mean, as_centers(start, k, points.shape[1])
        labels = nearest(z, self.centers)
        run = LloydRun(
            self.centers, labels, inertia_of(z, self.centers, labels),
            self.n_iter, self.converged, self.reseeded,
        )  # fmt: skip
        retrace = partial(
            trace_kmeans, points, given - mean, _still(points, tol), max_iter, self.n_iter
        )
        return KMeansFit(
            **_describe(points, z, mean, run),
            inertias=np.array([run.inertia]),
            init=GIVEN,
            random_state=0,
            start=given,
            tol=tol,
            max_iter=max_iter,
            _retrace=retrace,
        )


def _still(points: Floats, tol: float) -> float:
    """Return the largest sum of squared movements that counts as standing still."""
    return float(column_variances(points).mean()) * tol


def _untraced() -> Any:
    raise FitError("This run was not recorded.", hint="Let every row count once.")


def start_centers(
    z: Floats, k: int, kind: str, seeds: Sequence[int], weight: Floats | None = None
) -> list[Floats]:
    """Return the first centres of each restart, in centred coordinates."""
    if kind == "k-means++":
        picks = seeding.kmeans_plusplus(z, [k] * len(seeds), seeds, weight)
    else:
        picks = [seeding.weighted_points(len(z), k, seed, weight) for seed in seeds]
    return [z[pick] for pick in picks]


def _describe(x: Floats, z: Floats, mean: Floats, run: LloydRun) -> dict[str, Any]:
    """Return what is to be known about one finished run."""
    k = len(run.centers)
    deviation = z - run.centers.take(run.labels, axis=0)
    distances = np.sqrt(np.einsum("ij,ij->i", deviation, deviation))
    radii = np.zeros(k)
    np.maximum.at(radii, run.labels, distances)
    return {
        "centers": run.centers + mean,
        "labels": run.labels,
        "distances": distances,
        "inertia": run.inertia,
        "radii": radii,
        "n_iter": run.n_iter,
        "converged": run.converged,
        "health": kmeans_findings(
            converged=run.converged,
            reseeded=run.reseeded,
            k=k,
            distinct=count_distinct(x, k),
        ),
    }
