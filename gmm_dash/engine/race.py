"""A race of many starts: a few iterations for all, some more for the best, and so on.

Starts of one size run side by side as arrays. What a start costs is then its share of the
iterations, and not the hundred calls that a run of its own takes to set up and to describe.
"""

from __future__ import annotations

from dataclasses import fields as fields_of
from typing import TYPE_CHECKING

import numpy as np

from gmm_dash.engine.batch import Batch
from gmm_dash.engine.covariances import SKLEARN_TYPES
from gmm_dash.engine.em import BATCH_CELLS
from gmm_dash.engine.estimates import COUNT_FLOOR, TYPES, Estimates, Moments, Shapes, estimate
from gmm_dash.engine.grouping import Grouping
from gmm_dash.engine.health import diagnose
from gmm_dash.engine.levels import Leader
from gmm_dash.engine.types import Mixture

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gmm_dash.engine.covariances import CovarianceType
    from gmm_dash.engine.features import Features
    from gmm_dash.engine.levels import Field
    from gmm_dash.engine.types import Bools, Floats, Ints

LEGS = ((2, 8), (3, 3), (6, 2))
"""Iterations of each leg, and how many of a covariance type go on after it.

Who goes on is told by the log-likelihood that the leg's last E-step has met, one M-step behind:
scoring that step, too, would be one more E-step for each leg, done again by the next leg.
"""

RACED = sum(iterations for iterations, _ in LEGS)
"""Iterations that who leads in the end has behind it."""


def race(
    families: Sequence[tuple[Features, tuple[CovarianceType, ...]]],
    fields: Sequence[Field],
    reg_covar: float,
) -> list[Leader]:
    """Return who leads, by covariance type, the best first.

    A run that has become degenerate leaves the race: collapsing ones rise fastest, and would
    crowd out the others.

    Parameters
    ----------
    families : list of (Features, tuple of CovarianceType)
    fields : sequence of Field
        All of one number of components.
    reg_covar : float
    """
    shape, out = families[0][0], []
    for features, types in families:
        mine = [one for one in fields if one.covariance_type in types and len(one.parts.count)]
        if mine:
            out += _Track(features, shape, mine, reg_covar).leaders()
    return sorted(out, key=lambda one: SKLEARN_TYPES.index(one.covariance_type))


class _Track:
    """The starts that share features, in batches of what the cache holds.

    Parameters
    ----------
    features : Features
    lead : Features
        With all products, to tell which covariances are degenerate.
    fields : list of Field
    reg_covar : float
    """

    def __init__(
        self, features: Features, lead: Features, fields: list[Field], reg_covar: float
    ) -> None:
        self.features, self.lead, self.reg_covar = features, lead, reg_covar
        self.k = fields[0].parts.count.shape[1]
        self.most = max(1, BATCH_CELLS // (self.k * min(features.n, features.block)))
        self.batches = list(self._begin(fields))
        self.value = self.rise = np.empty(0)
        self.moves = [one.move for one in fields for _ in one.parts.count]

    def leaders(self) -> list[Leader]:
        """Return who leads in the end."""
        for iterations, kept in LEGS:
            if not self.batches:
                return []
            ran = [self._run(batch, iterations) for batch in self.batches]
            self.value = np.concatenate([value for value, _ in ran])
            self.rise = np.concatenate([rise for _, rise in ran])
            self._keep(self._best(kept))
        reached = zip(self.value.tolist(), self.rise.tolist(), self.moves, strict=True)
        found = [
            Leader(TYPES[kind], mixture, *next(reached))
            for batch in self.batches
            for kind, mixture in zip(batch.types.tolist(), self._mixtures(batch), strict=True)
        ]
        return sorted(found, key=lambda one: -one.log_likelihood)

    def _begin(self, fields: list[Field]) -> Iterator[Batch]:
        """Yield batches with the first estimates."""
        packing = self.features.packing
        types = np.repeat(
            [TYPES.index(one.covariance_type) for one in fields],
            [len(one.parts.count) for one in fields],
        )
        count = np.concatenate([one.parts.count for one in fields])
        mean = np.concatenate([one.parts.mean for one in fields]) - self.features.shift
        scatter = np.concatenate([one.parts.scatter for one in fields])
        scatter = scatter[:, :, packing.first, packing.second]
        for first in range(0, len(types), self.most):
            rows = slice(first, first + self.most)
            moments = Moments(*(_columns(one[rows]) for one in (count, mean, scatter)))
            moments.count += COUNT_FLOOR
            yield self._batch(types[rows], moments)

    def _batch(self, types: Ints, moments: Moments) -> Batch:
        features = self.features
        grouping = Grouping(np.full(len(types), self.k))
        shapes = Shapes(types, grouping, features.packing)
        weight = moments.count / features.n
        estimates = estimate(moments, shapes, weight, self.reg_covar, features.resolution)
        return Batch(features, grouping, types, estimates, self.reg_covar)

    def _run(self, batch: Batch, iterations: int) -> tuple[Floats, Floats]:
        """Iterate; return each model's log-likelihood at the last E-step, and its rise there."""
        standing = np.ones(batch.grouping.n_models, dtype=bool)
        before = value = np.full(batch.grouping.n_models, -np.inf)
        for _ in range(iterations):
            before, value = value, batch.iterate()
            broken = np.flatnonzero(~batch.estimates.valid)
            standing[batch.grouping.model[broken]] = False
            batch.estimates.neutralise(broken)
            batch.estimates.valid[broken] = True
        return np.where(standing, value, -np.inf), value - before

    def _best(self, kept: int) -> Bools:
        """Return which runs are the best few of their type among those that are sound."""
        types = np.concatenate([batch.types for batch in self.batches])
        order = np.argsort(-self.value, kind="stable")
        order = order[np.isfinite(self.value[order])]
        chosen = np.zeros(len(types), dtype=bool)
        while len(order):
            taken = np.bincount(types[chosen], minlength=len(TYPES))
            place = _place(types[order])
            tried = order[place < (kept - taken)[types[order]]]
            if not len(tried):
                break
            chosen[tried] = self._sound(tried)
            order = order[~np.isin(order, tried)]
        return chosen

    def _sound(self, runs: Ints) -> Bools:
        """Return for some runs whether no component is degenerate."""
        edges = np.cumsum([0] + [batch.grouping.n_models for batch in self.batches])
        out = np.empty(len(runs), dtype=bool)
        for batch, first, last in zip(self.batches, edges[:-1], edges[1:], strict=True):
            mine = (runs >= first) & (runs < last)
            if mine.any():
                every = self._mixture(batch, runs[mine] - first)
                wrong = diagnose(
                    every, n=self.features.n, reg_covar=self.reg_covar, data=self.lead.shape
                ).degenerate
                out[mine] = ~wrong.reshape(-1, self.k).any(axis=1)
        return out

    def _keep(self, runs: Bools) -> None:
        """Drop the other runs, and put together what is left."""
        edges = np.cumsum([batch.grouping.n_models for batch in self.batches])
        left = []
        for batch, mine in zip(self.batches, np.split(runs, edges[:-1]), strict=True):
            if mine.any():
                batch.keep(mine)
                left.append(batch)
        self.value, self.rise = self.value[runs], self.rise[runs]
        self.moves = [move for move, mine in zip(self.moves, runs, strict=True) if mine]
        self.batches = []
        for batch in left:
            room = self.most - batch.grouping.n_models
            if self.batches and self.batches[-1].grouping.n_models <= room:
                self.batches[-1] = self._joined(self.batches[-1], batch)
            else:
                self.batches.append(batch)

    def _joined(self, *both: Batch) -> Batch:
        columns = {
            field.name: np.concatenate(
                [
                    (one := getattr(batch.estimates, field.name)).reshape(
                        *one.shape[:-1], self.k, -1
                    )
                    for batch in both
                ],
                axis=-1,
            )
            for field in fields_of(Estimates)
        }
        out = Batch(
            self.features,
            Grouping(np.full(sum(batch.grouping.n_models for batch in both), self.k)),
            np.concatenate([batch.types for batch in both]),
            Estimates(**{name: one.reshape(*one.shape[:-2], -1) for name, one in columns.items()}),
            self.reg_covar,
        )
        out.cautious = np.concatenate([batch.cautious for batch in both])
        return out

    def _mixtures(self, batch: Batch) -> list[Mixture]:
        """Return each run's parameters in the units of the data."""
        return [self._mixture(batch, np.array([m])) for m in range(batch.grouping.n_models)]

    def _mixture(self, batch: Batch, models: Ints) -> Mixture:
        """Return the parameters of some runs, one after the other; weights sum to one in each."""
        columns = (models[:, None] + batch.grouping.n_models * np.arange(self.k)).ravel()
        one = batch.estimates.keep(columns)
        weight = one.weight.reshape(-1, self.k)
        return Mixture(
            (weight / weight.sum(axis=1)[:, None]).ravel(),
            one.mean.T + self.features.shift,
            self.features.packing.unpack(one.covariance),
        )


def _columns(values: Floats) -> Floats:
    """Return (..., c) columns of a batch from (m, k, ...) values."""
    turned = np.moveaxis(values, (0, 1), (-1, -2))
    return np.ascontiguousarray(turned).reshape(*turned.shape[:-2], -1)


def _place(types: Ints) -> Ints:
    """Return how many of the same type stand before each."""
    return np.array([(types[:i] == kind).sum() for i, kind in enumerate(types)], dtype=np.intp)
