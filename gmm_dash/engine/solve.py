"""Many mixtures from many starts: from what to fit to where each run ended."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Protocol

import numpy as np

from gmm_dash.engine.covariances import CovarianceType
from gmm_dash.engine.em import Problem, Run, Settings, run_em
from gmm_dash.engine.estimates import TYPES, Moments, Start
from gmm_dash.engine.features import Features
from gmm_dash.engine.gaussians import Packing
from gmm_dash.engine.starts import StartSpec, build_starts
from gmm_dash.engine.types import Mixture
from gmm_dash.errors import FitError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gmm_dash.engine.batch import Assignment
    from gmm_dash.engine.types import Floats, Given

REPRODUCIBLE_ROWS = 6144
"""Most points for which bits are kept independent of the company; with more points that would
be costly, and leaving it out shows in the last digits only."""

ALONE = 256
"""With more features than this a model is iterated alone: there is nothing to gain from company,
and alone its bits cannot depend on any."""

STATE_CELLS = 500_000
"""Sums of all columns of a batch held at a time, in doubles."""

CLOSED_FORM_FEATURES = 2
"""Up to so many columns of data all covariance types share one batch; beyond, products of two
different columns are a cost that diagonal covariances need not bear."""


SAME_BOUND = 1e-11
"""Lower bounds this close, relative to their size, are equal: the rest is rounding."""


@dataclass(frozen=True)
class Job:
    """One start of one model.

    Attributes
    ----------
    spec : StartSpec
    covariance_type : CovarianceType
    """

    spec: StartSpec
    covariance_type: CovarianceType


@dataclass(frozen=True)
class Solution:
    """Where many runs ended.

    Attributes
    ----------
    runs : list of Run
        In the order of the jobs.
    features : Features
        The data as the runs saw them.
    """

    runs: list[Run]
    features: Features

    def mixture(self, i: int) -> Mixture | None:
        """Return a run's parameters in the units of the data, or None when it failed."""
        return None if self.runs[i].failed else self.winner(i)

    def winner(self, i: int) -> Mixture:
        """Return the parameters of a run that did not fail."""
        run = self.runs[i]
        weights = run.weights / run.weights.sum()
        return Mixture(weights, run.means + self.features.shift, run.covariances.copy())


def solve(
    x: Floats,
    jobs: Sequence[Job],
    settings: Settings,
    *,
    given: Given | None = None,
    reproducible: bool = False,
    assignment: Assignment | None = None,
    weight: Floats | None = None,
) -> Solution:
    """Return where each job's run ends.

    Parameters
    ----------
    x : (n, d) array
        Checked data.
    jobs : sequence of Job
    settings : Settings
    given : (k, d) or (n,) array or Mixture, optional
        What jobs that do not draw their start begin with.
    reproducible : bool
        Whether each run's very bits must be the same in any company.
    assignment : Assignment, optional
        For a single job: filled in with the final responsibilities and labels.
    weight : (n,) array, optional
        How many times each row counts.
    """
    alike = reproducible and len(x) <= REPRODUCIBLE_ROWS
    wanted = {job.covariance_type for job in jobs}
    parted = families(x, wanted, reproducible=alike, weight=weight)
    lead = parted[0][0]
    out: dict[int, Run] = {}
    for part in _parts(jobs, lead):
        specs = [jobs[i].spec for i in part]
        starts = list(build_starts(lead, specs, given, settings.reg_covar))
        for features, types in parted:
            mine = [p for p, i in enumerate(part) if jobs[i].covariance_type in types]
            problems = [problem_of(jobs[part[p]], starts[p], lead, features) for p in mine]
            runs = run_em(
                features,
                problems,
                settings,
                together=features.reproducible or not alike,
                assignment=assignment,
            )
            out.update(zip((part[p] for p in mine), runs, strict=True))
    return Solution([out[i] for i in range(len(jobs))], lead)


def features_for(x: Floats, covariance_type: CovarianceType) -> Features:
    """Return the features that one covariance type needs."""
    return families(x, {covariance_type}, reproducible=False)[0][0]


def families(
    x: Floats,
    wanted: set[CovarianceType],
    *,
    reproducible: bool,
    weight: Floats | None = None,
) -> list[tuple[Features, tuple[CovarianceType, ...]]]:
    """Return which features serve which of some covariance types; those that starts need first."""
    crossed = tuple(kind for kind in CovarianceType if not kind.shape.aligned)
    aligned = tuple(kind for kind in CovarianceType if kind.shape.aligned)
    make = partial(_features, x, reproducible=reproducible, weight=weight)
    if x.shape[1] <= CLOSED_FORM_FEATURES:
        only_one = x.shape[1] == 1
        return [(make(diagonal=only_one), crossed + aligned)]
    out: list[tuple[Features, tuple[CovarianceType, ...]]] = []
    if wanted & set(crossed):
        out.append((make(diagonal=False), crossed))
    if wanted & set(aligned):
        out.append((make(diagonal=True), aligned))
    return out


def _features(x: Floats, *, diagonal: bool, reproducible: bool, weight: Floats | None) -> Features:
    """Return features; too many of them are left to models that are iterated alone."""
    count = Packing.of(x.shape[1], diagonal_only=diagonal).n_rows
    alike = reproducible and count <= ALONE
    return Features(x, diagonal_only=diagonal, reproducible=alike, weight=weight)


def _parts(jobs: Sequence[Job], features: Features) -> list[list[int]]:
    """Split jobs, equal starts together, so that the sums of a part fit in memory."""
    place = {spec: i for i, spec in enumerate(dict.fromkeys(job.spec for job in jobs))}
    order = sorted(range(len(jobs)), key=lambda i: place[jobs[i].spec])
    parts: list[list[int]] = [[]]
    cells = 0
    for i in order:
        size = jobs[i].spec.n_components * features.n_rows
        if parts[-1] and cells + size > STATE_CELLS:
            parts.append([])
            cells = 0
        parts[-1].append(i)
        cells += size
    return parts


def problem_of(job: Job, start: Start, lead: Features, features: Features) -> Problem:
    """Return the EM problem of one job, its start reduced to what its features hold."""
    if features is not lead:
        rows, moments = lead.packing.diagonal, start.moments
        moments = Moments(moments.count, moments.mean, moments.covariance[rows])
        start = Start(moments, None, start.aligned)
    return Problem(job.spec.n_components, TYPES.index(job.covariance_type), start)


class Ended(Protocol):
    """A run of EM that is over."""

    @property
    def lower_bound(self) -> float:
        """Minus infinity where it failed."""

    @property
    def failed(self) -> bool:
        """Whether a covariance became singular."""


def pick_sound(runs: Sequence[Ended]) -> int:
    """Return the number of the best run; see :func:`pick_best`.

    Raises
    ------
    FitError
        When every run ended in a singular covariance.
    """
    winner = pick_best([run.lower_bound for run in runs])
    if runs[winner].failed:
        raise FitError(
            "A component has collapsed: its covariance is not positive definite.",
            hint="Use fewer components, or raise reg_covar.",
        )
    return winner


def pick_best(scores: Sequence[float]) -> int:
    """Return the first index whose score is the highest, up to rounding.

    Two restarts that reach the same optimum differ in the last bits only; the first one wins,
    so that the winner does not depend on how the sums were blocked.
    """
    values = np.asarray(scores, dtype=np.float64)
    best = float(values.max())
    slack = SAME_BOUND * (1.0 + abs(best)) if np.isfinite(best) else 0.0
    return int(np.flatnonzero(values >= best - slack)[0])
