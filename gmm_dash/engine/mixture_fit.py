"""A fitted Gaussian mixture: the best run of several, and what there is to know about it."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

import numpy as np

from gmm_dash.engine import scores
from gmm_dash.engine.batch import Assignment
from gmm_dash.engine.blocks import block_assignment
from gmm_dash.engine.covariances import CovarianceType
from gmm_dash.engine.em import FELL, final_assignment
from gmm_dash.engine.health import LIKELIHOOD_FELL, judge
from gmm_dash.engine.mixture_trace import MixtureTrace, trace_mixture
from gmm_dash.engine.solve import Job, features_for, pick_sound, solve
from gmm_dash.engine.types import RANDOM_GAUSSIANS, WHITENED, Finding, Mixture, ReadOnlyArrays
from gmm_dash.errors import FitError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from gmm_dash.engine.background_fit import BackgroundFit
    from gmm_dash.engine.em import Settings
    from gmm_dash.engine.features import Features
    from gmm_dash.engine.gap_fit import GapFit
    from gmm_dash.engine.types import Bools, Floats, Given, Ints
    from gmm_dash.engine.weights import Weighting


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
    entropy : float
        Of the responsibilities, summed over the points, in nats.
    n_parameters, n_iter : int
    converged : bool
    init, random_state : str, int
        Kind of start and seed of the winner: what scikit-learn needs to reproduce it.
    start : Mixture or None
        For ``init`` "informed", "whitened" and "random_gaussians": where its run began,
        scikit-learn's ``weights_init``, ``means_init`` and, inverted, ``precisions_init``.
    degenerate : (k,) array of bool
        Components whose likelihood says nothing about the data.
    reason : str
        Code of why; empty when none is.
    health : tuple of Finding
    tol, reg_covar, max_iter
        As asked for; of an informed fit, what its own run was allowed.
    move : str
        Of an informed fit: how its start was made from neighbours; see ``levels.Found``.
    variance : float or None
        Where the variance of equal circles was held by hand (``hardening``): at what. There is
        no trace of such a run, and zero, where it is k-means, has no finite likelihood.
    gapped : GapFit or None
        Where rows with gaps were fitted, too: all rows and what is expected of them. Then the
        likelihoods, criteria and the entropy are of what is known of all of these, and
        responsibilities and labels of the rows without gaps. There is no trace of such a run.
    background : BackgroundFit or None
        Where a uniform background was fitted, too: weights are then shares of all points, and
        responsibilities sum to one only with its own; the label of its points is -1. There is no
        trace of such a run.
    weighting : Weighting or None
        Where rows count by their weights: what each counts. Likelihoods and the entropy are then
        of weighted rows; of weights that are no counts there is no number of points, so the
        criteria are NaN and ``aicc`` None. There is no trace of such a run.
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
    entropy: float
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
    variance: float | None = None
    move: str = ""
    gapped: GapFit | None = None
    background: BackgroundFit | None = None
    weighting: Weighting | None = None

    @property
    def special(self) -> bool:
        """Whether it is more, or less, than EM of a plain mixture on complete rows."""
        more = (self.variance, self.gapped, self.background, self.weighting)
        return any(one is not None for one in more)

    @property
    def n_components(self) -> int:
        """Number of components, k."""
        return self.mixture.n_components

    @property
    def ended(self) -> EndedRun:
        """The run that it is of, without what each point has of it: little, however many points."""
        fell = any(one.code == LIKELIHOOD_FELL for one in self.health)
        return EndedRun(
            self.mixture, self.log_likelihood, self.lower_bound, self.entropy, self.n_iter,
            self.converged, fell, self.log_likelihoods,
        )  # fmt: skip

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


def best_fit(
    x: Floats,
    jobs: list[Job],
    settings: Settings,
    given: Given | None,
    weighting: Weighting | None = None,
) -> MixtureFit:
    """Run the starts of one model and describe the winner.

    Raises
    ------
    FitError
        When every run ended in a singular covariance.
    """
    alone = Assignment(len(x), jobs[0].spec.n_components) if len(jobs) == 1 else None
    weight = None if weighting is None else weighting.values
    solution = solve(x, jobs, settings, given=given, assignment=alone, weight=weight)
    winner = pick_sound(solution.runs)
    run = solution.runs[winner]
    retrace: Callable[[], MixtureTrace] = _untraced
    if weighting is None:
        retrace = partial(
            trace_mixture, x, jobs[winner], settings, run.n_iter, given, converged=run.converged
        )
    assignment = alone or final_assignment(solution.features, run)
    start = given if isinstance(given, Mixture) else _named(x, jobs[winner], settings)
    values = np.array([one.log_likelihood for one in solution.runs])
    ended = EndedRun(
        solution.winner(winner), run.log_likelihood, run.lower_bound, run.entropy, run.n_iter,
        run.converged, run.fell, values,
    )  # fmt: skip
    job = jobs[winner]
    return _describe(solution.features, ended, job, settings, assignment, start, retrace, weighting)


@dataclass(frozen=True)
class EndedRun:
    """A run of EM that is over.

    Attributes
    ----------
    mixture : Mixture
        Its last parameters, in the units of the data.
    log_likelihood, lower_bound : float
        Means per point, in nats: under these parameters, and at the last E-step.
    entropy : float
        Of the responsibilities under these parameters, summed over the points, in nats.
    n_iter : int
    converged, fell : bool
        Met ``tol``; the log-likelihood fell on the way.
    of_starts : (n_init,) array
        ``log_likelihood`` of this run, and of those of other starts that it won against.
    """

    mixture: Mixture
    log_likelihood: float
    lower_bound: float
    entropy: float
    n_iter: int
    converged: bool
    fell: bool
    of_starts: Floats

    @classmethod
    def of(
        cls,
        mixture: Mixture,
        path: Sequence[float],
        log_likelihood: float,
        entropy: float,
        *,
        converged: bool,
    ) -> EndedRun:
        """Return a run that was made alone; ``path`` is the log-likelihood at each E-step."""
        values = np.asarray(path)
        fell = np.diff(values) < -FELL * (1.0 + np.abs(values[1:]))
        return cls(
            mixture, log_likelihood, float(values[-1]), max(entropy, 0.0), len(values), converged,
            bool(fell.any()), np.array([log_likelihood]),
        )  # fmt: skip


def describe_ended(
    x: Floats, run: EndedRun, job: Job, settings: Settings, start: Mixture
) -> MixtureFit:
    """Return what there is to know about a run from ``start`` that was made elsewhere.

    One E-step says which point belongs to what; no iteration is made.
    """
    kind = job.covariance_type
    retrace = partial(trace_mixture, x, job, settings, run.n_iter, start, converged=run.converged)
    assignment = block_assignment(run.mixture, x, covariance_type=kind)
    features = features_for(x, kind)
    return _describe(features, run, job, settings, assignment, start, retrace, None)


def _untraced() -> Any:
    raise FitError("This run was not recorded.", hint="Let every row count once.")


def _named(x: Floats, job: Job, settings: Settings) -> Mixture | None:
    """Return the first parameters of a drawn start for which scikit-learn has no name."""
    if job.spec.kind not in (WHITENED, RANDOM_GAUSSIANS):
        return None
    trace = trace_mixture(x, job, replace(settings, max_iter=1), 1, None)
    return Mixture(trace.weights[0], trace.means[0], trace.covariances[0])


def _describe(
    features: Features,
    run: EndedRun,
    job: Job,
    settings: Settings,
    assignment: Assignment,
    start: Mixture | None,
    retrace: Callable[[], MixtureTrace],
    weighting: Weighting | None,
) -> MixtureFit:
    """Return everything there is to know about one finished run."""
    mixture, kind = run.mixture, job.covariance_type
    n, k = round(features.total), mixture.n_components
    free = scores.n_parameters(kind, k, features.d)
    counted = weighting is None or weighting.counts
    bic = scores.bic(run.log_likelihood, free, n) if counted else math.nan
    judged = judge(mixture, features, n, settings, converged=run.converged, fell=run.fell)
    return MixtureFit(
        mixture=mixture,
        covariance_type=kind,
        responsibilities=assignment.responsibilities,
        labels=assignment.labels,
        log_likelihood=run.log_likelihood,
        lower_bound=run.lower_bound,
        log_likelihoods=run.of_starts,
        aic=scores.aic(run.log_likelihood, free, n) if counted else math.nan,
        bic=bic,
        icl=bic + 2.0 * run.entropy,
        aicc=scores.aicc(run.log_likelihood, free, n) if counted else None,
        entropy=run.entropy,
        n_parameters=free,
        n_iter=run.n_iter,
        converged=run.converged,
        init=job.spec.kind,
        random_state=job.spec.seed,
        degenerate=judged.degenerate,
        reason=judged.reason,
        health=judged.health,
        tol=settings.tol,
        reg_covar=settings.reg_covar,
        max_iter=settings.max_iter,
        start=start,
        _retrace=retrace,
        weighting=weighting,
    )
