"""Fit a Gaussian mixture: the best of several starts, each one exactly a scikit-learn fit."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

import numpy as np

from gmm_dash.engine import scores
from gmm_dash.engine.batch import Assignment
from gmm_dash.engine.em import Settings, final_assignment
from gmm_dash.engine.health import count_distinct, diagnose, mixture_findings
from gmm_dash.engine.informed import Climb
from gmm_dash.engine.mixture_trace import MixtureTrace, trace_mixture
from gmm_dash.engine.solve import Job, Solution, pick_best, solve
from gmm_dash.engine.starts import StartSpec, cycle_kinds
from gmm_dash.engine.types import (
    GIVEN,
    INFORMED,
    START_KINDS,
    CovarianceType,
    Finding,
    Mixture,
    ReadOnlyArrays,
)
from gmm_dash.engine.validate import (
    as_choice,
    as_components,
    as_count,
    as_covariance_type,
    as_nonnegative,
    as_points,
    as_seeds,
)
from gmm_dash.errors import FitError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from gmm_dash.engine.levels import Level
    from gmm_dash.engine.types import Bools, Floats, Given, Ints

MAX_RESTARTS = 100_000
MAX_ITERATIONS = 1_000_000
INITS = (*START_KINDS, "mixed", INFORMED)


@dataclass(frozen=True, eq=False)
class MixtureFit(ReadOnlyArrays):
    """A fitted Gaussian mixture and what there is to know about it.

    Attributes
    ----------
    mixture : Mixture
        The parameters; also as ``weights`` (k,), ``means`` (k, d), ``covariances`` (k, d, d).
    covariance_type : CovarianceType
    responsibilities : (n, k) array
        Probability that each component produced each point.
    labels : (n,) array of int
        The most probable component of each point.
    log_likelihood : float
        Mean per point, in nats, of these parameters.
    lower_bound : float
        scikit-learn's ``lower_bound_``: the same before the last M-step.
    log_likelihoods : (n_init,) array
        Of every restart; minus infinity where a covariance became singular.
    aic, bic, icl : float
        Information criteria; lower is better.
    aicc : float or None
        None when there are too few points for it.
    n_parameters, n_iter : int
    converged : bool
    init, random_state : str, int
        Kind of start and seed of the winner: what scikit-learn needs to reproduce it.
    start : Mixture or None
        For ``init`` "informed": where its run began, scikit-learn's ``weights_init``,
        ``means_init`` and, inverted, ``precisions_init``.
    degenerate : (k,) array of bool
        Components whose likelihood says nothing about the data.
    reason : str
        Code of why; empty when none is.
    health : tuple of Finding
    tol, reg_covar, max_iter
        As asked for; of an informed fit, what its own run was allowed.
    trace : MixtureTrace
        The winner's whole run, computed on first use.
    """

    mixture: Mixture
    covariance_type: CovarianceType
    responsibilities: Floats
    labels: Ints
    log_likelihood: float
    lower_bound: float
    log_likelihoods: Floats
    aic: float
    bic: float
    icl: float
    aicc: float | None
    n_parameters: int
    n_iter: int
    converged: bool
    init: str
    random_state: int
    degenerate: Bools
    reason: str
    health: tuple[Finding, ...]
    tol: float
    reg_covar: float
    max_iter: int
    start: Mixture | None
    _retrace: Callable[[], MixtureTrace] = field(repr=False)

    @property
    def n_components(self) -> int:
        """Number of components, k."""
        return self.mixture.n_components

    @property
    def weights(self) -> Floats:
        """Mixing proportions, (k,)."""
        return self.mixture.weights

    @property
    def means(self) -> Floats:
        """Component means, (k, d)."""
        return self.mixture.means

    @property
    def covariances(self) -> Floats:
        """Component covariances, (k, d, d)."""
        return self.mixture.covariances

    @cached_property
    def trace(self) -> MixtureTrace:
        """The winner's whole run, frame by frame."""
        return self._retrace()


def fit_gmm(  # noqa: PLR0913  (settings are keywords with defaults)
    x: Any,
    n_components: int,
    *,
    covariance_type: str = "full",
    init: Any = "mixed",
    n_init: int = 5,
    tol: float = 1e-6,
    reg_covar: float = 1e-6,
    max_iter: int = 500,
    random_state: int = 0,
) -> MixtureFit:
    """Return the best of ``n_init`` runs of EM.

    Parameters
    ----------
    x : (n, d) array-like
        The data. Kept by reference for the trace: do not change it afterwards.
    n_components : int
        Number of components, k.
    covariance_type : {"full", "tied", "diag", "spherical"}
    init : str or (k, d) array
        A kind of start as in ``GaussianMixture(init_params=...)``; ``"mixed"`` cycles through
        kmeans, k-means++ and random_from_data; ``"informed"`` improves on these with starts
        made from fits of neighbouring sizes and contained types, as :func:`select_models` does;
        or centres to start from (see Notes).
    n_init : int
        Restarts; ignored when centres are given.
    tol : float
        EM stops when the mean log-likelihood changes by less.
    reg_covar : float
        Added to every variance, in squared units of the data.
    max_iter : int
    random_state : int
        Seed of the first restart.

    Raises
    ------
    FitError
        When the data or a setting cannot be used, or every restart ended in a singular
        covariance.

    Notes
    -----
    Restart ``i`` with kind ``s`` is ``GaussianMixture(k, init_params=s, random_state=
    random_state + i, n_init=1, ...).fit(x)``. The one of highest ``lower_bound_`` wins, the
    first of equals.

    ``"informed"`` climbs from one component to k in all four types, and takes the best sound
    mixture: mostly the run from parameters made of neighbours (``start``), which is one
    ``GaussianMixture(weights_init=..., means_init=..., precisions_init=...)``, else a drawn start.

    Given centres assign every point to the nearest one, and the first M-step follows. For
    centres that are already the means of their points this is ``GaussianMixture(means_init=
    centres, weights_init=shares, precisions_init=inverse covariances of the groups)``;
    scikit-learn has no shorter form.
    """
    settings = Settings(
        as_nonnegative(tol, "tol"),
        as_nonnegative(reg_covar, "reg_covar"),
        as_count(max_iter, "max_iter", 1, MAX_ITERATIONS),
    )
    points = as_points(x, minimum=2)
    shape = as_covariance_type(covariance_type)
    k = as_components(n_components, len(points), "n_components")
    if isinstance(init, str) and init == INFORMED:
        usual = usual_starts("mixed", n_init, random_state)
        *_, level = Climb(points, usual, settings).levels(k)
        return fit_informed(points, shape, level, usual, settings)
    specs, given = _specs(points, k, init, n_init, random_state)
    return _best_fit(points, [Job(spec, shape) for spec in specs], settings, given)


def fit_informed(
    points: Floats,
    covariance_type: CovarianceType,
    level: Level,
    usual: Sequence[tuple[str, int]],
    settings: Settings,
) -> MixtureFit:
    """Return the best mixture of one type that a climb knows at a level.

    Where it knows no sound one, the best of the ``usual`` starts.
    """
    found, k = level.of(covariance_type), level.n_components
    if found is None:
        jobs = [Job(StartSpec(kind, seed, k), covariance_type) for kind, seed in usual]
        return _best_fit(points, jobs, settings, None)
    spec = StartSpec(found.init, found.random_state, k)
    own = replace(settings, max_iter=found.max_iter)
    return _best_fit(points, [Job(spec, covariance_type)], own, found.start)


def usual_starts(init: Any, n_init: Any, random_state: Any) -> list[tuple[str, int]]:
    """Return kind and seed of each drawn start."""
    kind = as_choice(init, "init", (*START_KINDS, "mixed"))
    count = as_count(n_init, "n_init", 1, MAX_RESTARTS)
    return list(zip(cycle_kinds(kind, count), as_seeds(random_state, count), strict=True))


def fit_from_labels(
    x: Any,
    labels: Any,
    *,
    covariance_type: str = "full",
    tol: float = 1e-6,
    reg_covar: float = 1e-6,
    max_iter: int = 500,
) -> MixtureFit:
    """Return the run of EM that starts from a division of the points.

    Parameters
    ----------
    x : (n, d) array-like
    labels : (n,) array-like of int
        Component of each point, counted from zero; every number up to the largest occurs.
    covariance_type, tol, reg_covar, max_iter
        As in :func:`fit_gmm`.

    Raises
    ------
    FitError
        When the data or a setting cannot be used, or the run ended in a singular covariance.

    Notes
    -----
    This is ``GaussianMixture(weights_init=shares, means_init=means, precisions_init=...)`` with
    the shares, means and inverse covariances (``reg_covar`` added) of the labelled groups.
    """
    settings = Settings(
        as_nonnegative(tol, "tol"),
        as_nonnegative(reg_covar, "reg_covar"),
        as_count(max_iter, "max_iter", 1, MAX_ITERATIONS),
    )
    points = as_points(x, minimum=2)
    given = np.asarray(labels, dtype=np.intp)
    counts = np.bincount(given.ravel()) if given.size and given.min() >= 0 else np.zeros(1)
    if given.shape != (len(points),) or not counts.all():
        raise FitError(
            "The labels must be one number for each point, counted from zero without gaps.",
            hint="Number the groups 0, 1, 2 and so on.",
        )
    spec = StartSpec(GIVEN, 0, len(counts))
    return _best_fit(points, [Job(spec, as_covariance_type(covariance_type))], settings, given)


def fit_from_mixture(
    x: Any,
    start: Mixture,
    *,
    covariance_type: str = "full",
    tol: float = 1e-6,
    reg_covar: float = 1e-6,
    max_iter: int = 500,
) -> MixtureFit:
    """Return the run of EM whose first E-step uses the parameters of ``start``.

    Parameters
    ----------
    x : (n, d) array-like
    start : Mixture
        Its covariances are of the type asked for, ``reg_covar`` already in them.
    covariance_type, tol, reg_covar, max_iter
        As in :func:`fit_gmm`.

    Notes
    -----
    This is ``GaussianMixture(weights_init=..., means_init=..., precisions_init=...)``.
    """
    settings = Settings(
        as_nonnegative(tol, "tol"),
        as_nonnegative(reg_covar, "reg_covar"),
        as_count(max_iter, "max_iter", 1, MAX_ITERATIONS),
    )
    points = as_points(x, minimum=2)
    spec = StartSpec(INFORMED, 0, start.n_components)
    return _best_fit(points, [Job(spec, as_covariance_type(covariance_type))], settings, start)


def fit_again(x: Any, fit: MixtureFit, *, tol: float, max_iter: int) -> MixtureFit:
    """Return where the very start of ``fit`` leads with another rule of when to stop."""
    settings: dict[str, Any] = {"reg_covar": fit.reg_covar, "tol": tol, "max_iter": max_iter}
    kind = str(fit.covariance_type)
    if fit.start is not None:
        return fit_from_mixture(x, fit.start, covariance_type=kind, **settings)
    return fit_gmm(
        x, fit.n_components, covariance_type=kind, init=fit.init, n_init=1,
        random_state=fit.random_state, **settings,
    )  # fmt: skip


def _specs(
    x: Floats, k: int, init: Any, n_init: Any, random_state: Any
) -> tuple[list[StartSpec], Floats | None]:
    """Return the starts to run, and the centres when they were given."""
    if not isinstance(init, str):
        given = as_centers(init, k, x.shape[1])
        return [StartSpec(GIVEN, as_seeds(random_state, 1)[0], k)], given
    as_choice(init, "init", INITS)
    return [StartSpec(s, seed, k) for s, seed in usual_starts(init, n_init, random_state)], None


def as_centers(init: Any, k: int, d: int) -> Floats:
    """Return given centres as a checked (k, d) array."""
    centers = as_points(init, what="The start centres")
    if centers.shape != (k, d):
        raise FitError(
            f"The start centres must be {k} x {d} numbers, not {centers.shape}.",
            hint="Give one row for each component and one column for each feature.",
        )
    return centers


def _best_fit(x: Floats, jobs: list[Job], settings: Settings, given: Given | None) -> MixtureFit:
    """Run all starts and describe the winner."""
    alone = Assignment(len(x), jobs[0].spec.n_components) if len(jobs) == 1 else None
    solution = solve(x, jobs, settings, given=given, assignment=alone)
    winner = pick_best([run.lower_bound for run in solution.runs])
    run = solution.runs[winner]
    if run.failed:
        raise FitError(
            "A component has collapsed: its covariance is not positive definite.",
            hint="Use fewer components, or raise reg_covar.",
        )
    retrace = partial(trace_mixture, x, jobs[winner], settings, run.n_iter, given)
    assignment = alone or final_assignment(solution.features, run)
    start = given if isinstance(given, Mixture) else None
    return _describe(solution, winner, jobs[winner], settings, assignment, start, retrace)


def _describe(
    solution: Solution,
    winner: int,
    job: Job,
    settings: Settings,
    assignment: Assignment,
    start: Mixture | None,
    retrace: Callable[[], MixtureTrace],
) -> MixtureFit:
    """Return everything there is to know about one finished run."""
    run, mixture, features = solution.runs[winner], solution.winner(winner), solution.features
    n, k, kind = features.n, run.weights.size, job.covariance_type
    free = scores.n_parameters(kind, k, features.d)
    bic = scores.bic(run.log_likelihood, free, n)
    diagnosis = diagnose(mixture, n=n, reg_covar=settings.reg_covar, data=features.shape)
    return MixtureFit(
        mixture=mixture,
        covariance_type=kind,
        responsibilities=assignment.responsibilities,
        labels=assignment.labels,
        log_likelihood=run.log_likelihood,
        lower_bound=run.lower_bound,
        log_likelihoods=np.array([other.log_likelihood for other in solution.runs]),
        aic=scores.aic(run.log_likelihood, free, n),
        bic=bic,
        icl=bic + 2.0 * run.entropy,
        aicc=scores.aicc(run.log_likelihood, free, n),
        n_parameters=free,
        n_iter=run.n_iter,
        converged=run.converged,
        init=job.spec.kind,
        random_state=job.spec.seed,
        degenerate=diagnosis.degenerate,
        reason=diagnosis.reason,
        health=mixture_findings(
            diagnosis,
            settings,
            converged=run.converged,
            fell=run.fell,
            k=k,
            distinct=count_distinct(features.x, k),
            narrowest=features.narrowest,
        ),
        tol=settings.tol,
        reg_covar=settings.reg_covar,
        max_iter=settings.max_iter,
        start=start,
        _retrace=retrace,
    )
