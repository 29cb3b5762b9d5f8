"""Expectation-maximisation for many Gaussian mixtures at once: when each one stops.

A model stops on the iteration on which scikit-learn would have stopped it, and leaves the batch
soon after.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from gmm_dash.engine.batch import Assignment, Batch
from gmm_dash.engine.estimates import ALIGNED, TIED, Moments, Shapes, Start, estimate
from gmm_dash.engine.grouping import Grouping

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from gmm_dash.engine.estimates import Estimates
    from gmm_dash.engine.features import Features
    from gmm_dash.engine.types import Bools, Floats, Ints

BATCH_CELLS = 170_000
"""Responsibilities worked on at a time: about what the second-level cache holds."""

FELL = 1e-10
"""A fall of the log-likelihood by less than this, relative to its size, is rounding."""

CROWD = 10
"""Finished models are carried along until they are more than one in so many columns: taking
them out costs about as much as an iteration of a small batch."""


@dataclass(frozen=True)
class Settings:
    """What every run of a fit shares, named as in scikit-learn.

    Attributes
    ----------
    tol, reg_covar, max_iter
    pause : tuple of float and int, optional
        Another ``tol`` and ``max_iter``: each run notes what it had reached by them.
    """

    tol: float
    reg_covar: float
    max_iter: int
    pause: tuple[float, int] | None = None


@dataclass(frozen=True)
class Problem:
    """One EM run to do.

    Attributes
    ----------
    n_components : int
    type_index : int
        Index into ``CovarianceType``.
    start : Start
        First estimates, packed as the features are.
    log_volume : float, optional
        Where the last component is a uniform background: of its box, in the units of the data.
        Problems with a background are run together only with others in the same box.
    """

    n_components: int
    type_index: int
    start: Start
    log_volume: float | None = None


@dataclass(frozen=True)
class Run:
    """Where one EM run ended.

    Attributes
    ----------
    weights : (k,) array
    means : (k, d) array
        In centred coordinates.
    covariances : (k, d, d) array
    lower_bound : float
        Log-likelihood per point at the last E-step, as scikit-learn reports it.
    log_likelihood : float
        Log-likelihood per point of these very parameters.
    entropy : float
        Of the responsibilities under these parameters, summed over the points, in nats.
    n_iter : int
    converged, fell, failed : bool
        Met ``tol``; the log-likelihood fell on the way; a covariance became singular.
    estimates : Estimates
        The same parameters, packed.
    paused : float
        Log-likelihood per point of the parameters that the settings' ``pause`` would have ended
        with; of the final ones where the run ended before, or there is no pause.
    """

    weights: Floats
    means: Floats
    covariances: Floats
    lower_bound: float
    log_likelihood: float
    entropy: float
    n_iter: int
    converged: bool
    fell: bool
    failed: bool
    estimates: Estimates
    paused: float


def run_em(
    features: Features,
    problems: Sequence[Problem],
    settings: Settings,
    *,
    together: bool = True,
    record: Callable[[int, Estimates, float], None] | None = None,
    assignment: Assignment | None = None,
) -> list[Run]:
    """Return where each problem's run ends, in the order given.

    Parameters
    ----------
    features : Features
        The data.
    problems : sequence of Problem
        Any sizes and covariance types.
    settings : Settings
    together : bool
        Whether models may share a batch.
    record : callable, optional
        For a single problem: called after each E-step with the number of M-steps so far, the
        parameters, and their log-likelihood per point.
    assignment : Assignment, optional
        For a single problem: filled in with the final responsibilities and labels.
    """
    order = sorted(range(len(problems)), key=lambda i: -problems[i].n_components)
    out: dict[int, Run] = {}
    sizes = [problems[i].n_components for i in order]
    for part in _parts(sizes, features, BATCH_CELLS if together else 0):
        mine = [order[i] for i in part]
        batch = start_batch(features, [problems[i] for i in mine], settings.reg_covar)
        out.update(zip(mine, _run_batch(batch, settings, record).runs(assignment), strict=True))
    return [out[i] for i in range(len(problems))]


def _parts(sizes: Sequence[int], features: Features, most: int) -> list[range]:
    """Split models, largest first, into batches of at most so many cells a block."""
    width = min(features.n, features.block)
    parts, first, cells = [], 0, 0
    for i, size in enumerate(sizes):
        if cells and cells + size * width > most:
            parts.append(range(first, i))
            first, cells = i, 0
        cells += size * width
    return [*parts, range(first, len(sizes))]


def start_batch(features: Features, problems: Sequence[Problem], reg_covar: float) -> Batch:
    """Return a batch with the first estimates of some problems, sorted by falling size."""
    types = np.array([problem.type_index for problem in problems])
    grouping = Grouping(np.array([problem.n_components for problem in problems]))
    place = grouping.from_models()
    starts = [problem.start.moments for problem in problems]
    moments = Moments(
        np.concatenate([s.count for s in starts])[place],
        np.concatenate([s.mean for s in starts], axis=1)[:, place],
        np.concatenate([s.covariance for s in starts], axis=1)[:, place],
    )
    for m, problem in enumerate(problems):
        if problem.start.aligned is not None:
            _settle_points(moments.covariance, grouping.columns(m), problem, features, reg_covar)
    weight = moments.count / features.total  # shares of all points, whether or not they sum to one
    (log_volume,) = {problem.log_volume for problem in problems}
    shapes = Shapes(types, grouping, features.packing, log_volume)
    first = estimate(moments, shapes, weight, reg_covar, features.resolution)
    for m, problem in enumerate(problems):
        if problem.type_index == TIED and problem.start.tied is not None and features.d > 1:
            inverse, log_det = problem.start.tied().inverse(features.packing, reg_covar)
            mine = grouping.columns(m)
            first.precision[:, mine], first.log_det[mine] = inverse[:, None], log_det
            first.valid[mine] = bool(np.isfinite(inverse).all() and np.isfinite(log_det))
            first.tight[mine] = False
    return Batch(features, grouping, types, first, reg_covar, log_volume)


def _settle_points(
    covariance: Floats, columns: Ints, problem: Problem, features: Features, reg_covar: float
) -> None:
    """Put in the first covariances of a start from single points.

    The variance that the count floor lends to a lone point is left out where it is no longer
    small beside ``reg_covar``: so far from zero it is nothing but lost digits.
    """
    start, kind = problem.start, problem.type_index
    if kind == TIED and start.tied is not None:
        covariance[:, columns] = start.tied().covariance(features.packing)[:, None]
    if ALIGNED[kind] and start.aligned is not None:
        lent = float(np.abs(start.aligned).max())
        if lent < reg_covar or reg_covar == 0.0:
            covariance[features.packing.diagonal[:, None], columns] = start.aligned


def final_assignment(features: Features, run: Run) -> Assignment:
    """Return which component each point belongs to under a run's final parameters."""
    grouping, out = Grouping(np.array([len(run.weights)])), Assignment(features.n, len(run.weights))
    batch = Batch(features, grouping, np.zeros(1, dtype=np.intp), run.estimates, 0.0)
    for expected in batch.expect():
        grouping.apply(np.multiply, expected.cells, expected.share)
        out.put(expected.block.rows, expected.cells)
    return out


class _Ends:
    """Where the models of a batch ended, in the batch's first layout."""

    def __init__(self, batch: Batch) -> None:
        self.batch, self.grouping, self.types = batch, batch.grouping, batch.types
        self.features, self.reg_covar = batch.features, batch.reg_covar
        self.estimates = batch.estimates.keep(np.arange(batch.grouping.n_columns))
        count = batch.grouping.n_models
        self.model = np.arange(count)  # of the models still in the batch
        self.column = np.arange(batch.grouping.n_columns)
        self.value = np.full(count, -np.inf)
        self.latest = self.value.copy()  # of the models still in the batch
        self.n_iter = np.zeros(count, dtype=np.intp)
        self.converged, self.fell, self.failed, self.cautious = np.zeros((4, count), dtype=bool)
        self.paused = np.full(count, np.nan)
        self.waiting, self.past = np.zeros((2, count), dtype=bool)

    def pause(self, value: Floats, stop: Bools) -> None:
        """Note what the runs that stopped at the last E-step have, and which ones stop at this.

        ``value`` is of the parameters before this iteration, so those of a run that stops now are
        scored by the next.
        """
        due = self.waiting[self.model]
        self.paused[self.model[due]] = value[due]
        self.waiting[self.model[due]] = False
        first = self.model[stop & ~self.past[self.model]]
        self.waiting[first] = self.past[first] = True

    def take(self, done: Bools, n_iter: int, converged: Bools, failed: Bools) -> None:
        """Copy the models that have just ended."""
        batch, places = self.batch, self.model[done]
        theirs = np.flatnonzero(done[batch.grouping.model])
        self.estimates.put(self.column[theirs], batch.estimates, theirs)
        self.value[places] = self.latest[done]
        self.n_iter[places] = n_iter
        self.converged[places], self.failed[places] = converged[done], failed[done]
        self.cautious[places] = batch.cautious[done]

    def shrink(self, models: Bools) -> None:
        """Drop models from the batch."""
        self.column = self.column[models[self.batch.grouping.model]]
        self.model, self.latest = self.model[models], self.latest[models]
        self.batch.keep(models)

    def runs(self, assignment: Assignment | None = None) -> list[Run]:
        """Score all final parameters in one sweep and return the runs."""
        grouping, estimates = self.grouping, self.estimates
        estimates.neutralise(np.flatnonzero(self.failed[grouping.model]))
        final = Batch(self.features, grouping, self.types, estimates, self.reg_covar)
        final.cautious = self.cautious
        scores = final.score(assignment)
        place = np.argsort(grouping.from_models(), kind="stable")
        weights, means = estimates.weight[place], estimates.mean[:, place].T
        covariances = self.features.packing.unpack(estimates.covariance[:, place])
        edges = np.concatenate(([0], np.cumsum(grouping.sizes)))
        paused = np.where(np.isnan(self.paused), scores.log_likelihood, self.paused)
        return [
            Run(
                weights=weights[low:high],
                means=means[low:high],
                covariances=covariances[low:high],
                lower_bound=float(self.value[m]) if not self.failed[m] else -np.inf,
                log_likelihood=float(scores.log_likelihood[m]) if not self.failed[m] else -np.inf,
                entropy=float(scores.entropy[m]),
                n_iter=int(self.n_iter[m]),
                converged=bool(self.converged[m]),
                fell=bool(self.fell[m]),
                failed=bool(self.failed[m]),
                estimates=estimates.keep(grouping.columns(m)),
                paused=float(paused[m]) if not self.failed[m] else -np.inf,
            )
            for m, (low, high) in enumerate(pairwise(edges.tolist()))
        ]


def _run_batch(
    batch: Batch,
    settings: Settings,
    record: Callable[[int, Estimates, float], None] | None,
) -> _Ends:
    """Iterate a batch until every model has ended."""
    ends = _Ends(batch)
    going = np.ones(batch.grouping.n_models, dtype=bool)
    going = _drop(ends, going, 0, ~going)
    for n_iter in range(1, settings.max_iter + 1):
        if not np.count_nonzero(going):
            break
        before = batch.estimates
        value = batch.iterate()
        if record is not None:
            record(n_iter - 1, before, float(value[0]))
        change = value - ends.latest
        fell = going & (change < -FELL * (1.0 + np.abs(value)))
        if np.count_nonzero(fell):
            ends.fell[ends.model[fell]] = True
        ends.latest = value
        if settings.pause is not None:
            tol, last = settings.pause
            ends.pause(value, (np.abs(change) < tol) | (n_iter == last))
        converged = np.abs(change) < settings.tol
        stop = converged if n_iter < settings.max_iter else np.ones_like(going)
        going = _drop(ends, going, n_iter, stop, converged)
    return ends


def _drop(
    ends: _Ends, going: Bools, n_iter: int, stop: Bools, converged: Bools | None = None
) -> Bools:
    """Note which models end now, shrink the batch when it pays, return which ones go on."""
    batch = ends.batch
    valid = batch.estimates.valid
    sound = np.count_nonzero(valid) == len(valid)
    if sound and not np.count_nonzero(going & stop):
        return going
    failed = np.zeros(len(going), dtype=bool)
    if not sound:
        failed[batch.grouping.model[~valid]] = True
    done = going & (stop | failed)
    ended = converged if converged is not None else np.zeros(len(going), dtype=bool)
    ends.take(done, n_iter, ended & ~failed, failed)
    going = going & ~done
    idle = batch.grouping.n_columns - int(batch.grouping.sizes[going].sum())
    if going.any() and (failed.any() or idle * CROWD > batch.grouping.n_columns):
        ends.shrink(going)
        going = going[going]
    return going
