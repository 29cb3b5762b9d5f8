"""Many mixtures from many starts: from what to fit to where each run ended."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from gmm_dash.engine.em import Problem, Run, run_em
from gmm_dash.engine.estimates import TYPES, Moments, Start
from gmm_dash.engine.features import SMALL_BLOCK, Features
from gmm_dash.engine.starts import StartSpec, build_starts
from gmm_dash.engine.types import CovarianceType, Mixture

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gmm_dash.engine.types import Floats

LARGE_BLOCK = 8192
"""Rows of a block for fits of many points."""

STATE_CELLS = 500_000
"""Sums of all columns of a batch held at a time, in doubles."""

CLOSED_FORM_FEATURES = 2
"""Up to so many features all covariance types share one batch; beyond, mixed products cost."""


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
class Settings:
    """What every run of a fit shares, named as in scikit-learn."""

    tol: float
    reg_covar: float
    max_iter: int


def solve(
    x: Floats, jobs: Sequence[Job], settings: Settings, *, given: Floats | None = None
) -> list[tuple[Run, Mixture | None]]:
    """Return the end of each job's run and its mixture (None when it failed), in order.

    Parameters
    ----------
    x : (n, d) array
        Checked data.
    jobs : sequence of Job
    settings : Settings
    given : (k, d) array, optional
        Centres for jobs that start from given ones.
    """
    families = _families(x, jobs)
    lead = families[0][0]
    out: list[tuple[Run, Mixture | None] | None] = [None] * len(jobs)
    for part in _parts(jobs, lead):
        starts = list(build_starts(lead, [jobs[i].spec for i in part], given))
        for features, types in families:
            mine = [p for p, i in enumerate(part) if jobs[i].covariance_type in types]
            problems = [problem_of(jobs[part[p]], starts[p], lead, features) for p in mine]
            if not problems:
                continue
            runs = run_em(
                features,
                problems,
                reg_covar=settings.reg_covar,
                tol=settings.tol,
                max_iter=settings.max_iter,
            )
            for p, run in zip(mine, runs, strict=True):
                out[part[p]] = (run, None if run.failed else mixture_of(run, features))
    return [result for result in out if result is not None]


def features_for(x: Floats, covariance_type: CovarianceType) -> Features:
    """Return the features that one covariance type needs."""
    return _families(x, [Job(StartSpec("", 0, 1), covariance_type)])[0][0]


def mixture_of(run: Run, features: Features) -> Mixture:
    """Return a run's parameters in the units of the data."""
    weights = run.weights / run.weights.sum()
    return Mixture(weights, run.means + features.shift, run.covariances)


def _families(x: Floats, jobs: Sequence[Job]) -> list[tuple[Features, tuple[CovarianceType, ...]]]:
    """Return which features serve which covariance types; those that starts need come first."""
    block = SMALL_BLOCK if len(x) <= 16 * SMALL_BLOCK else LARGE_BLOCK
    wanted = {job.covariance_type for job in jobs}
    crossed = (CovarianceType.FULL, CovarianceType.TIED)
    aligned = (CovarianceType.DIAG, CovarianceType.SPHERICAL)
    if x.shape[1] <= CLOSED_FORM_FEATURES:
        return [(Features(x, diagonal_only=x.shape[1] == 1, block=block), crossed + aligned)]
    out: list[tuple[Features, tuple[CovarianceType, ...]]] = []
    if wanted & set(crossed):
        out.append((Features(x, diagonal_only=False, block=block), crossed))
    if wanted & set(aligned):
        out.append((Features(x, diagonal_only=True, block=block), aligned))
    return out


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


def pick_best(scores: Sequence[float]) -> int:
    """Return the first index whose score is the highest, up to rounding.

    Two restarts that reach the same optimum differ in the last bits only; the first one wins,
    so that the winner does not depend on how the sums were blocked.
    """
    values = np.asarray(scores, dtype=np.float64)
    best = float(values.max())
    slack = 1e-11 * (1.0 + abs(best)) if np.isfinite(best) else 0.0
    return int(np.flatnonzero(values >= best - slack)[0])
