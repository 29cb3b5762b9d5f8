"""Many starts of one model: how often it arrives, and where else it ends."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from gmm_dash.engine.deadline import check_time
from gmm_dash.engine.em import Settings, final_assignment
from gmm_dash.engine.gmm import DRAWN_INITS, fit_gmm
from gmm_dash.engine.health import diagnose
from gmm_dash.engine.kmeans import KMEANS_INITS, KMeansFit, fit_kmeans, start_centers
from gmm_dash.engine.lloyd import run_lloyd
from gmm_dash.engine.mixture_fit import MixtureFit
from gmm_dash.engine.optima import distinct_optima
from gmm_dash.engine.rest import KMEANS_REST_TOL, REST_ITERATIONS, REST_TOL
from gmm_dash.engine.solve import Job, Solution, solve
from gmm_dash.engine.starts import StartSpec, cycle_kinds
from gmm_dash.engine.types import ReadOnlyArrays
from gmm_dash.engine.validate import (
    LARGEST_SEED,
    MAX_ITERATIONS,
    MAX_RESTARTS,
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
    labels : tuple of (s,) array of int or None
        The component of each of the points asked about.
    stopped : (r,) array
        The objective that each start would have stopped at, had it not been carried on to rest.
    moved : (r,) array of int
        Points that were still to change their cluster there; always 0 for the mixture.
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
    labels: tuple[Ints | None, ...]
    stopped: Floats
    moved: Ints
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
    rest: bool = False,
    labelled: Any = (),
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
    rest : bool
        Carry every start on until it rests (see ``engine.rest``); ``tol`` and ``max_iter`` then
        only say where it would have stopped.
    labelled : sequence of int
        Points of which the components are wanted.

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
    rows = np.asarray(labelled, dtype=np.intp)
    if not gmm:
        end = KMEANS_REST_TOL if rest else step
        stop = (step, limit) if rest else None
        return _study_kmeans(
            points, count, kinds, seeds, tol=end, max_iter=limit, stop=stop, rows=rows
        )
    floor = as_nonnegative(reg_covar, "reg_covar")
    settings = (
        Settings(REST_TOL, floor, REST_ITERATIONS, (step, limit))
        if rest
        else Settings(step, floor, limit)
    )
    kind = as_covariance_type(covariance_type)
    return _study_gmm(points, count, kind, kinds, seeds, settings, rows)


def _kinds(algorithm: str, inits: Any, count: int) -> list[str]:
    """Return the kind of every start of the study."""
    allowed = DRAWN_INITS if algorithm == "gmm" else KMEANS_INITS
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
    x: Floats,
    k: int,
    kind: Any,
    kinds: list[str],
    seeds: range,
    settings: Settings,
    rows: Ints,
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
        labels=tuple(_labels(solution, i, rows) for i in range(len(runs))),
        stopped=np.array([run.paused for run in runs]),
        moved=np.zeros(len(runs), dtype=np.intp),
        _x=x,
        _settings={
            "n_components": k,
            "covariance_type": str(kind),
            "tol": settings.tol,
            "reg_covar": settings.reg_covar,
            "max_iter": settings.max_iter,
        },
    )


def _labels(solution: Solution, i: int, rows: Ints) -> Ints | None:
    """Return the components of some points under one run; None when it failed."""
    run = solution.runs[i]
    if run.failed:
        return None
    if not len(rows):
        return rows
    check_time()
    return np.array(final_assignment(solution.features, run).labels[rows])


def _study_kmeans(
    x: Floats,
    k: int,
    kinds: list[str],
    seeds: range,
    *,
    tol: float,
    max_iter: int,
    stop: tuple[float, int] | None,
    rows: Ints,
) -> RestartStudy:
    """Run Lloyd's algorithm from every start; ``stop`` says where else to look at the runs."""
    z = x - x.mean(axis=0)
    starts: dict[int, Floats] = {}
    for kind in dict.fromkeys(kinds):
        mine = [i for i, other in enumerate(kinds) if other == kind]
        starts.update(zip(mine, start_centers(z, k, kind, [seeds[i] for i in mine]), strict=True))
    first = [starts[i] for i in range(len(kinds))]
    size = float(np.var(x, axis=0).mean())
    runs = run_lloyd(z, first, tol=size * tol, max_iter=max_iter)
    early = runs
    if stop is not None:
        early = run_lloyd(z, first, tol=size * stop[0], max_iter=stop[1])
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
        labels=tuple(np.array(run.labels[rows]) for run in runs),
        stopped=np.array([run.inertia for run in early]),
        moved=np.array(
            [(a.labels != b.labels).sum() for a, b in zip(early, runs, strict=True)], dtype=np.intp
        ),
        _x=x,
        _settings={"n_clusters": k, "tol": tol, "max_iter": max_iter},
    )
