"""Expectation-maximisation for many Gaussian mixtures at once.

All components of all models of a batch are the columns of one matrix, so that an E-step is one
matrix product, an exponential and a sum, and an M-step one more product and a handful of
whole-array operations. A model leaves the batch on the iteration on which scikit-learn would
have stopped it. Components whose spread is tiny beside their distance from the centre of the
data get their densities and moments about their own mean, where no digits are lost.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from gmm_dash.engine.estimates import (
    COUNT_FLOOR,
    DIAG,
    NEARLY_EMPTY,
    SPHERICAL,
    TIED,
    Estimates,
    Moments,
    Shapes,
    Start,
    coefficients,
    estimate,
    moments_from_sums,
)
from gmm_dash.engine.gaussians import whitening
from gmm_dash.engine.grouping import Grouping

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from gmm_dash.engine.features import Features
    from gmm_dash.engine.gaussians import Packing
    from gmm_dash.engine.types import Bools, Floats, Ints

FAINTEST = 1e-250
"""Smallest density of a point that is trusted without taking the maximum out first."""

TIGHT_CELLS = 400_000
"""Deviations from the means of tight columns held at a time, in doubles."""

BATCH_CELLS = 170_000
"""Responsibilities worked on at a time: about what the second-level cache holds."""


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
    """

    n_components: int
    type_index: int
    start: Start


@dataclass(frozen=True)
class Run:
    """Where one EM run ended.

    Attributes
    ----------
    weights : (k,) array
    means : (d, k) array
        In centred coordinates.
    covariances : (p, k) array
        Packed.
    lower_bound : float
        Log-likelihood per point at the last E-step, as scikit-learn reports it.
    log_likelihood : float
        Log-likelihood per point of these very parameters.
    n_iter : int
    converged, fell, failed : bool
        Met ``tol``; the log-likelihood fell on the way; a covariance became singular.
    """

    weights: Floats
    means: Floats
    covariances: Floats
    lower_bound: float
    log_likelihood: float
    n_iter: int
    converged: bool
    fell: bool
    failed: bool


FELL = 1e-10
"""A fall of the log-likelihood by less than this, relative to its size, is rounding."""


class Batch:
    """Models that are iterated together.

    Parameters
    ----------
    features : Features
        The data.
    problems : sequence of Problem
        Sorted by size, largest first.
    reg_covar : float
        Added to every variance.
    """

    def __init__(self, features: Features, problems: Sequence[Problem], reg_covar: float) -> None:
        self.features, self.reg_covar = features, reg_covar
        self.packing = features.packing
        self.ids = np.arange(len(problems))
        self.types = np.array([problem.type_index for problem in problems])
        self.grouping = Grouping(np.array([problem.n_components for problem in problems]))
        self.shapes = Shapes(self.types, self.grouping, self.packing)
        self.log_likelihood = np.full(len(problems), -np.inf)
        self.fell = np.zeros(len(problems), dtype=bool)
        self.cautious = True  # the first densities can be anything
        self.estimates = self._first(problems)

    def _first(self, problems: Sequence[Problem]) -> Estimates:
        """Turn the starts into first estimates; weights are shares of all n points."""
        columns = [self.grouping.columns(m) for m in range(len(problems))]
        order = np.concatenate(columns)
        place = np.empty_like(order)
        place[order] = np.arange(len(order))
        starts = [problem.start.moments for problem in problems]
        moments = Moments(
            np.concatenate([s.count for s in starts])[place],
            np.concatenate([s.mean for s in starts], axis=1)[:, place],
            np.concatenate([s.covariance for s in starts], axis=1)[:, place],
        )
        for mine, problem in zip(columns, problems, strict=True):
            self._settle_points(moments.covariance, mine, problem)
        weight = moments.count / self.features.n
        return estimate(moments, self.shapes, weight, self.reg_covar)

    def _settle_points(self, covariance: Floats, columns: Ints, problem: Problem) -> None:
        """Put in the first covariances of a start from single points.

        The variance that the count floor lends to a lone point is left out where it is no
        longer small beside ``reg_covar``: so far from zero it is nothing but lost digits.
        """
        start, kind = problem.start, problem.type_index
        if kind == TIED and start.tied is not None:
            covariance[:, columns] = start.tied[:, None]
        if kind in (DIAG, SPHERICAL) and start.aligned is not None:
            lent = float(np.abs(start.aligned).max())
            if lent < self.reg_covar or self.reg_covar == 0.0:
                covariance[np.ix_(self.packing.diagonal, columns)] = start.aligned

    def iterate(self) -> Floats:
        """Do one E-step and one M-step; return each model's log-likelihood at the E-step."""
        sums, anchored, log_likelihood = self._sweep()
        moments = moments_from_sums(sums, self.packing, self.features.shift, self.shapes.full)
        if anchored is not None:
            _replace_anchored(moments, self.estimates, anchored, self.packing)
        total = np.bincount(self.grouping.model, weights=moments.count)
        weight = moments.count / total[self.grouping.model]
        self.estimates = estimate(moments, self.shapes, weight, self.reg_covar)
        return log_likelihood

    def _sweep(self) -> tuple[Floats, Floats | None, Floats]:
        """Run the E-step over all blocks and sum up what the M-step needs."""
        matrix = coefficients(self.estimates, self.packing)
        tight = TightColumns(self.estimates, self.packing) if len(self.estimates.tight) else None
        sums = np.zeros((self.grouping.n_columns, self.features.n_rows))
        anchored = np.zeros((len(tight.columns), self.features.n_rows)) if tight else None
        log_likelihood = np.zeros(self.grouping.n_models)
        for _, phi in self.features.blocks():
            cells, log_total = self._responsibilities(matrix, phi, tight)
            log_likelihood += log_total.sum(axis=1)
            sums += _product(cells, phi.T)
            if tight is not None and anchored is not None:
                anchored += tight.sums(phi, cells)
        return sums, anchored, log_likelihood / self.features.n

    def _responsibilities(
        self, matrix: Floats, phi: Floats, tight: TightColumns | None
    ) -> tuple[Floats, Floats]:
        """Return (c, b) responsibilities and the (m, b) log density of every model."""
        cells = _product(matrix, phi)
        if tight is not None:
            cells[tight.columns] = tight.log_joint(phi)
        elif not self.cautious:
            with np.errstate(over="ignore"):
                np.exp(cells, out=cells)
            total = self.grouping.total(cells)
            if total.min() > FAINTEST and total.max() < 1 / FAINTEST:
                self.grouping.apply(np.multiply, cells, 1.0 / total)
                return cells, np.log(total)
            cells = _product(matrix, phi)
        top = self.grouping.largest(cells)
        self.grouping.apply(np.subtract, cells, top)
        np.exp(cells, out=cells)
        total = self.grouping.total(cells)
        self.cautious = bool(top.min() < -500.0 or top.max() > 500.0)
        self.grouping.apply(np.multiply, cells, 1.0 / total)
        return cells, np.log(total) + top

    def score(self) -> Floats:
        """Return each model's log-likelihood per point under the present parameters."""
        return self._sweep()[2]

    def keep(self, models: Bools) -> None:
        """Drop the other models."""
        self.grouping, columns = self.grouping.keep(models)
        self.estimates = self.estimates.keep(columns)
        self.ids, self.types = self.ids[models], self.types[models]
        self.log_likelihood, self.fell = self.log_likelihood[models], self.fell[models]
        self.shapes = Shapes(self.types, self.grouping, self.packing)


class TightColumns:
    """Densities and moments of a few columns about their own means.

    Parameters
    ----------
    estimates : Estimates
    packing : Packing
    """

    def __init__(self, estimates: Estimates, packing: Packing) -> None:
        self.columns, self.packing = estimates.tight, packing
        self.mean = estimates.mean[:, self.columns].T[:, :, None]
        usable = estimates.valid[self.columns]
        covariance = packing.unpack(estimates.covariance[:, self.columns])
        covariance[~usable] = np.eye(packing.d)
        self.whiten = whitening(covariance)
        self.constant = np.log(estimates.weight[self.columns]) - 0.5 * (
            packing.d * np.log(2 * np.pi) + estimates.log_det[self.columns]
        )

    def log_joint(self, phi: Floats) -> Floats:
        """Return (t, b) log weight plus log density."""
        out = np.empty((len(self.columns), phi.shape[1]))
        for part in self._parts(phi):
            white = self.whiten[part] @ self._deviation(phi, part)
            np.square(white, out=white)
            out[part] = self.constant[part, None] - 0.5 * white.sum(axis=1)
        return out

    def sums(self, phi: Floats, cells: Floats) -> Floats:
        """Return (t, F) counts, sums and second moments about the present means."""
        out = np.empty((len(self.columns), phi.shape[0]))
        d, first, second = self.packing.d, self.packing.first, self.packing.second
        for part in self._parts(phi):
            share = cells[self.columns[part]][:, None, :]
            deviation = self._deviation(phi, part)
            weighted = share * deviation
            out[part, 0] = share.sum(axis=2)[:, 0]
            out[part, 1 : 1 + d] = weighted.sum(axis=2)
            if self.packing.diagonal_only:
                out[part, 1 + d :] = (weighted * deviation).sum(axis=2)
            else:
                squares = weighted @ deviation.transpose(0, 2, 1)
                out[part, 1 + d :] = squares[:, first, second]
        return out

    def _parts(self, phi: Floats) -> Iterator[slice]:
        """Yield columns few enough for their deviations to stay small in memory."""
        step = max(1, TIGHT_CELLS // (self.packing.d * phi.shape[1]))
        for first in range(0, len(self.columns), step):
            yield slice(first, first + step)

    def _deviation(self, phi: Floats, part: slice) -> Floats:
        """Return (t, d, b) deviations of the points from some of the means."""
        return np.asarray(phi[None, 1 : 1 + self.packing.d] - self.mean[part])


def _replace_anchored(
    moments: Moments, before: Estimates, anchored: Floats, packing: Packing
) -> None:
    """Put in the moments that were taken about the old means of the tight columns."""
    rows, d, columns = anchored.T, packing.d, before.tight
    used = rows[0] > NEARLY_EMPTY
    rows, columns = rows[:, used], columns[used]
    count = rows[0] + COUNT_FLOOR
    moved = rows[1 : 1 + d] / count
    moments.mean[:, columns] = before.mean[:, columns] + moved
    moments.covariance[:, columns] = (
        rows[1 + d :] / count - moved[packing.first] * moved[packing.second]
    )


def _product(left: Floats, right: Floats) -> Floats:
    """Return ``left @ right``; one row alone is computed as one of two.

    A BLAS has a separate routine for a single row, whose rounding differs; a model must not
    depend in its last bits on how many others are in the batch.
    """
    if len(left) == 1:
        return np.asarray((np.concatenate((left, left)) @ right)[:1])
    return np.asarray(left @ right)


def run_em(
    features: Features,
    problems: Sequence[Problem],
    *,
    reg_covar: float,
    tol: float,
    max_iter: int,
    record: Callable[[int, Estimates, float], None] | None = None,
) -> list[Run]:
    """Return where each problem's run ends, in the order given.

    Parameters
    ----------
    features : Features
        The data.
    problems : sequence of Problem
        Any sizes and covariance types.
    reg_covar, tol, max_iter
        As in scikit-learn.
    record : callable, optional
        For a single problem: called after each E-step with the number of M-steps so far, the
        parameters, and their log-likelihood per point.
    """
    order = sorted(range(len(problems)), key=lambda i: -problems[i].n_components)
    out: list[Run | None] = [None] * len(problems)
    for part in _parts([problems[i].n_components for i in order], features):
        mine = [order[i] for i in part]
        batch = Batch(features, [problems[i] for i in mine], reg_covar)
        for place, run in _iterate(batch, tol, max_iter, record):
            out[mine[place]] = run
    return [run for run in out if run is not None]


def _parts(sizes: Sequence[int], features: Features) -> list[range]:
    """Split models, largest first, into batches that fit the cache."""
    width = min(features.n, features.block)
    parts, first, cells = [], 0, 0
    for i, size in enumerate(sizes):
        if cells and cells + size * width > BATCH_CELLS:
            parts.append(range(first, i))
            first, cells = i, 0
        cells += size * width
    return [*parts, range(first, len(sizes))]


def _iterate(
    batch: Batch,
    tol: float,
    max_iter: int,
    record: Callable[[int, Estimates, float], None] | None,
) -> list[tuple[int, Run]]:
    """Iterate a batch to its end; return (place in the batch, run) pairs."""
    ended: list[tuple[int, Run]] = _leave(batch, 0, ~_all_valid(batch), batch.log_likelihood)
    for n_iter in range(1, max_iter + 1):
        if not len(batch.ids):
            break
        before = batch.estimates
        value = batch.iterate()
        if record is not None:
            record(n_iter - 1, before, float(value[0]))
        change = value - batch.log_likelihood
        batch.fell |= change < -FELL * (1.0 + np.abs(value))
        batch.log_likelihood = value
        done = (np.abs(change) < tol) | (n_iter == max_iter) | ~_all_valid(batch)
        if done.any():
            ended += _leave(batch, n_iter, done, np.abs(change) < tol)
    return ended


def _all_valid(batch: Batch) -> Bools:
    """Return, for each model, whether all its covariances are positive definite."""
    bad = np.bincount(
        batch.grouping.model, weights=~batch.estimates.valid, minlength=batch.grouping.n_models
    )
    return np.asarray(bad == 0)


def _leave(batch: Batch, n_iter: int, done: Bools, converged: Bools) -> list[tuple[int, Run]]:
    """Take finished models out of the batch and return their runs."""
    if not done.any():
        return []
    leaving, valid = np.flatnonzero(done), _all_valid(batch)
    final = _final_scores(batch, done & valid)
    out = [
        (
            int(batch.ids[m]),
            _run_of(batch, m, n_iter, float(final[m]), converged=bool(converged[m] & valid[m])),
        )
        for m in leaving.tolist()
    ]
    if not done.all():
        batch.keep(~done)
    else:
        batch.ids = batch.ids[:0]
    return out


def _final_scores(batch: Batch, models: Bools) -> Floats:
    """Return the log-likelihood of some of the models' present parameters."""
    out = np.full(len(models), -np.inf)
    if models.any():
        part = object.__new__(Batch)
        part.__dict__.update(batch.__dict__)
        if not models.all():
            part.keep(models)
        out[models] = part.score()
    return out


def _run_of(batch: Batch, m: int, n_iter: int, score: float, *, converged: bool) -> Run:
    """Copy one model out of the batch."""
    columns, estimates = batch.grouping.columns(m), batch.estimates
    ok = bool(np.isfinite(score))
    return Run(
        weights=estimates.weight[columns],
        means=estimates.mean[:, columns],
        covariances=estimates.covariance[:, columns],
        lower_bound=float(batch.log_likelihood[m]) if ok else -np.inf,
        log_likelihood=score,
        n_iter=n_iter,
        converged=converged,
        fell=bool(batch.fell[m]),
        failed=not ok,
    )
