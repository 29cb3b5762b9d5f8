"""Many starts of one model: how often it arrives, and where else it ends."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.optimize import linear_sum_assignment

from gmm_dash.engine.deadline import check_time
from gmm_dash.engine.em import Settings
from gmm_dash.engine.gmm import INITS, MAX_ITERATIONS, MAX_RESTARTS, MixtureFit, fit_gmm
from gmm_dash.engine.health import diagnose
from gmm_dash.engine.kmeans import KMEANS_INITS, KMeansFit, fit_kmeans, start_centers
from gmm_dash.engine.lloyd import run_lloyd
from gmm_dash.engine.solve import Job, solve
from gmm_dash.engine.starts import StartSpec, cycle_kinds
from gmm_dash.engine.types import ReadOnlyArrays
from gmm_dash.engine.validate import (
    LARGEST_SEED,
    as_choice,
    as_components,
    as_count,
    as_covariance_type,
    as_nonnegative,
    as_points,
)
from gmm_dash.errors import FitError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gmm_dash.engine.types import Bools, Floats, Ints

SAME_OPTIMUM = 1e-2
"""Two ends are one optimum when no mean of one is farther from its partner in the other than
this many standard deviations of the data, and their objectives are close as well."""

SAME_OBJECTIVE = 1e-3
"""Largest relative (k-means) or absolute (GMM, nats per point) difference of the objective."""


@dataclass(frozen=True, eq=False)
class RestartStudy(ReadOnlyArrays):
    """Where each of many starts ended.

    Attributes
    ----------
    algorithm : str
        ``"gmm"`` or ``"kmeans"``.
    objective : (r,) array
        Mean log-likelihood per point (higher is better; minus infinity for a run that became
        singular), or inertia (lower is better).
    kinds : tuple of str
        Kind of each start.
    seeds : (r,) array of int
    n_iter : (r,) array of int
    converged, degenerate : (r,) arrays of bool
    optimum : (r,) array of int
        Which distinct optimum each start reached, 0 the best; -1 for runs that became singular.
    optima : (m,) array
        The objective of each distinct optimum, best first.
    representatives : (m,) array of int
        A start that reached each of them.
    means : tuple of (k, d) array or None
        Where each start's components ended; None for runs that became singular.
    """

    algorithm: str
    objective: Floats
    kinds: tuple[str, ...]
    seeds: Ints
    n_iter: Ints
    converged: Bools
    degenerate: Bools
    optimum: Ints
    optima: Floats
    representatives: Ints
    means: tuple[Floats | None, ...]
    _x: Floats = field(repr=False)
    _settings: dict[str, Any] = field(repr=False)

    @property
    def n_restarts(self) -> int:
        """Number of starts, r."""
        return len(self.objective)

    @property
    def n_optima(self) -> int:
        """Number of distinct optima, m."""
        return len(self.optima)

    @property
    def reach_best(self) -> dict[str, float]:
        """Share of the starts of each kind that reach the best optimum."""
        kinds = np.array(self.kinds)
        return {
            kind: float((self.optimum[kinds == kind] == 0).mean())
            for kind in dict.fromkeys(self.kinds)
        }

    def parameters(self, i: int) -> MixtureFit | KMeansFit:
        """Return start ``i`` fitted again, whole."""
        place = as_count(i, "i", 0, self.n_restarts - 1)
        refit = fit_gmm if self.algorithm == "gmm" else fit_kmeans
        return refit(
            self._x,
            init=self.kinds[place],
            random_state=int(self.seeds[place]),
            n_init=1,
            **self._settings,
        )


def study_restarts(  # noqa: PLR0913  (settings are keywords with defaults)
    x: Any,
    k: int,
    *,
    algorithm: str = "gmm",
    covariance_type: str = "full",
    inits: str | Sequence[str] | None = None,
    n_restarts: int = 100,
    random_state: int = 0,
    first: int = 0,
    tol: float | None = None,
    reg_covar: float = 1e-6,
    max_iter: int | None = None,
) -> RestartStudy:
    """Return where each of ``n_restarts`` starts ends.

    Parameters
    ----------
    x : (n, d) array-like
    k : int
        Components or clusters.
    algorithm : {"gmm", "kmeans"}
    covariance_type : str
        For the mixture.
    inits : str or sequence of str, optional
        Kinds of start, cycled; by default ``"mixed"``, and ``"k-means++"`` for k-means.
    n_restarts : int
    random_state : int
        Start ``i`` has seed ``random_state + i``.
    first : int
        Number of the first start: starts 20 to 39 are ``first=20, n_restarts=20``, and are the
        same as in a study of all.
    tol, reg_covar, max_iter
        As in :func:`fit_gmm` or :func:`fit_kmeans`, with their defaults.

    Raises
    ------
    FitError
        When the data or a setting cannot be used.
    """
    name = as_choice(algorithm, "algorithm", ("gmm", "kmeans"))
    points = as_points(x, minimum=2 if name == "gmm" else 1)
    count = as_components(k, len(points), "k")
    begin = as_count(first, "first", 0, MAX_RESTARTS)
    total = begin + as_count(n_restarts, "n_restarts", 1, MAX_RESTARTS)
    seed = as_count(random_state, "random_state", 0, LARGEST_SEED - total)
    kinds = _kinds(name, inits, total)[begin:]
    seeds = range(seed + begin, seed + total)
    gmm = name == "gmm"
    step = as_nonnegative((1e-6 if gmm else 1e-4) if tol is None else tol, "tol")
    limit = as_count(
        (500 if gmm else 300) if max_iter is None else max_iter, "max_iter", 1, MAX_ITERATIONS
    )
    if not gmm:
        return _study_kmeans(points, count, kinds, seeds, tol=step, max_iter=limit)
    settings = Settings(step, as_nonnegative(reg_covar, "reg_covar"), limit)
    return _study_gmm(points, count, as_covariance_type(covariance_type), kinds, seeds, settings)


def _kinds(algorithm: str, inits: Any, count: int) -> list[str]:
    """Return the kind of every start of the study."""
    allowed = INITS if algorithm == "gmm" else KMEANS_INITS
    default = "mixed" if algorithm == "gmm" else "k-means++"
    asked = default if inits is None else inits
    if isinstance(asked, str):
        return cycle_kinds(as_choice(asked, "inits", allowed), count)
    try:
        kinds = [as_choice(kind, "inits", [a for a in allowed if a != "mixed"]) for kind in asked]
    except TypeError as error:
        raise FitError("inits must be kinds of start.", hint="Use inits='mixed'.") from error
    if not kinds:
        raise FitError("There is no kind of start.", hint="Use inits='mixed'.")
    return [kinds[i % len(kinds)] for i in range(count)]


def _study_gmm(
    x: Floats, k: int, kind: Any, kinds: list[str], seeds: range, settings: Settings
) -> RestartStudy:
    """Run EM from every start."""
    jobs = [Job(StartSpec(s, seed, k), kind) for s, seed in zip(kinds, seeds, strict=True)]
    solution = solve(x, jobs, settings, reproducible=True)
    runs, shape = solution.runs, solution.features.shape
    mixtures = [solution.mixture(i) for i in range(len(runs))]
    objective = np.array([run.log_likelihood for run in runs])
    degenerate = [
        mixture is None
        or bool(
            diagnose(mixture, n=len(x), reg_covar=settings.reg_covar, data=shape).degenerate.any()
        )
        for mixture in mixtures
    ]
    means = [None if mixture is None else mixture.means for mixture in mixtures]
    optimum, representatives = distinct_optima(-objective, means, x.std(axis=0), relative=False)
    return RestartStudy(
        algorithm="gmm",
        objective=objective,
        kinds=tuple(kinds),
        seeds=np.array(seeds),
        n_iter=np.array([run.n_iter for run in runs]),
        converged=np.array([run.converged for run in runs]),
        degenerate=np.array(degenerate),
        optimum=optimum,
        optima=objective[representatives],
        representatives=representatives,
        means=tuple(means),
        _x=x,
        _settings={
            "n_components": k,
            "covariance_type": str(kind),
            "tol": settings.tol,
            "reg_covar": settings.reg_covar,
            "max_iter": settings.max_iter,
        },
    )


def _study_kmeans(
    x: Floats, k: int, kinds: list[str], seeds: range, *, tol: float, max_iter: int
) -> RestartStudy:
    """Run Lloyd's algorithm from every start."""
    z = x - x.mean(axis=0)
    starts: dict[int, Floats] = {}
    for kind in dict.fromkeys(kinds):
        mine = [i for i, other in enumerate(kinds) if other == kind]
        starts.update(zip(mine, start_centers(z, k, kind, [seeds[i] for i in mine]), strict=True))
    moved = float(np.var(x, axis=0).mean()) * tol
    runs = run_lloyd(z, [starts[i] for i in range(len(kinds))], tol=moved, max_iter=max_iter)
    objective = np.array([run.inertia for run in runs])
    centers = [run.centers for run in runs]
    optimum, representatives = distinct_optima(objective, centers, x.std(axis=0), relative=True)
    return RestartStudy(
        algorithm="kmeans",
        objective=objective,
        kinds=tuple(kinds),
        seeds=np.array(seeds),
        n_iter=np.array([run.n_iter for run in runs]),
        converged=np.array([run.converged for run in runs]),
        degenerate=np.array([len(np.unique(run.labels)) < k for run in runs]),
        optimum=optimum,
        optima=objective[representatives],
        representatives=representatives,
        means=tuple(run.centers + x.mean(axis=0) for run in runs),
        _x=x,
        _settings={"n_clusters": k, "tol": tol, "max_iter": max_iter},
    )


def distinct_optima(
    cost: Floats, means: Sequence[Floats | None], spread: Floats, *, relative: bool
) -> tuple[Ints, Ints]:
    """Return which distinct optimum each run reached, and a run that reached each, best first.

    Parameters
    ----------
    cost : (r,) array
        What every run made small.
    means : sequence of (k, d) array or None
        Where the components of each run ended; a run without is no optimum, and gets -1.
    spread : (d,) array
        Standard deviations of the data, in the units of the means.
    relative : bool
        Whether costs are close by their ratio (inertia) or their difference (nats per point).
    """
    scale = np.where(spread > 0, spread, 1.0)
    optimum = np.full(len(cost), -1, dtype=np.intp)
    found: list[int] = []
    for i in np.argsort(cost, kind="stable").tolist():
        check_time()
        here = means[i]
        if here is None:
            continue
        for group in range(len(found) - 1, -1, -1):
            there, gap = means[found[group]], cost[i] - cost[found[group]]
            if gap > SAME_OBJECTIVE * (max(abs(cost[i]), 1e-300) if relative else 1.0):
                break  # sorted by cost: earlier optima are farther still
            if there is not None and _same_means(here / scale, there / scale):
                optimum[i] = group
                break
        if optimum[i] < 0:
            optimum[i] = len(found)
            found.append(i)
    return optimum, np.array(found, dtype=np.intp)


def _same_means(first: Floats, second: Floats) -> bool:
    """Return whether two sets of means agree up to their order."""
    apart = np.abs(first[:, None, :] - second[None, :, :]).max(axis=2)
    if (apart.min(axis=1) > SAME_OPTIMUM).any():
        return False
    rows, columns = linear_sum_assignment(apart)
    return bool(apart[rows, columns].max() <= SAME_OPTIMUM)
