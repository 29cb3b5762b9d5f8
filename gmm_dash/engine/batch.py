"""One iteration of EM for a batch of mixtures: a matrix product, an exponential, a product.

All components of all models are the columns of one matrix. An E-step over a block of points is
one product, an exponential and a sum over each model's components; what the M-step needs is one
more product.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from gmm_dash.engine.estimates import Shapes, coefficients, estimate, moments_from_sums
from gmm_dash.engine.tight import TightColumns, replace_anchored

if TYPE_CHECKING:
    from gmm_dash.engine.estimates import Estimates
    from gmm_dash.engine.features import Features
    from gmm_dash.engine.grouping import Grouping
    from gmm_dash.engine.types import Bools, Floats, Ints

FAINTEST = 1e-200
"""Smallest density of a point that is trusted without taking the maximum out first."""

NOTHING = -600.0
"""Log densities are cut off here. What is left, 1e-261, is nothing beside ``FAINTEST``, but
still a normal number: below 1e-308 a processor computes a hundred times more slowly."""

SAFE_LOG_DENSITY = 400.0
"""Log densities of at most this size are exponentiated as they are on the next iteration."""


@dataclass(frozen=True)
class Scores:
    """How well each model of a batch describes the data.

    Attributes
    ----------
    log_likelihood : (m,) array
        Mean per point, in nats.
    entropy : (m,) array
        Of the responsibilities, summed over the points, in nats.
    """

    log_likelihood: Floats
    entropy: Floats


class Batch:
    """Models that are iterated together.

    Parameters
    ----------
    features : Features
        The data.
    grouping : Grouping
        Which column is whose.
    types : (m,) array of int
        Index into ``CovarianceType`` of each model.
    estimates : Estimates
        First parameters.
    reg_covar : float
        Added to every variance.

    Attributes
    ----------
    cautious : (m,) array of bool
        Models with densities that a double may not hold.
    """

    def __init__(
        self,
        features: Features,
        grouping: Grouping,
        types: Ints,
        estimates: Estimates,
        reg_covar: float,
    ) -> None:
        self.features, self.packing, self.reg_covar = features, features.packing, reg_covar
        self.grouping, self.types, self.estimates = grouping, types, estimates
        self.shapes = Shapes(types, grouping, self.packing)
        self.cautious = np.ones(grouping.n_models, dtype=bool)
        self._top_range = np.zeros(grouping.n_models)

    def iterate(self) -> Floats:
        """Do one E-step and one M-step; return each model's log-likelihood at the E-step."""
        matrix, tight = self._prepared()
        sums = np.zeros((self.grouping.n_columns, self.features.n_rows))
        anchored = np.zeros((len(tight.columns) if tight else 0, self.features.n_rows))
        log_likelihood = np.zeros(self.grouping.n_models)
        for _, phi, transposed in self.features.blocks():
            cells, log_total = self._responsibilities(matrix, phi, tight)
            log_likelihood += log_total.sum(axis=1)
            sums += _product(cells, transposed)
            if tight is not None:
                anchored += tight.sums(phi, cells)
        self.cautious &= self._top_range > SAFE_LOG_DENSITY
        self._maximise(sums, anchored)
        return np.asarray(log_likelihood / self.features.n)

    def _maximise(self, sums: Floats, anchored: Floats) -> None:
        """Do the M-step."""
        moments = moments_from_sums(sums, self.packing, self.features.shift, self.shapes.full)
        if len(anchored):
            replace_anchored(moments, self.estimates, anchored, self.packing)
        model = self.grouping.model
        weight = moments.count / np.bincount(model, weights=moments.count)[model]
        self.estimates = estimate(moments, self.shapes, weight, self.reg_covar)

    def score(self) -> Scores:
        """Return how well the present parameters describe the data."""
        matrix, tight = self._prepared()
        log_likelihood = np.zeros(self.grouping.n_models)
        entropy = np.zeros(self.grouping.n_models)
        for _, phi, _ in self.features.blocks():
            cells, log_total = self._responsibilities(matrix, phi, tight)
            log_likelihood += log_total.sum(axis=1)
            surprise = np.log(np.maximum(cells, np.finfo(np.float64).tiny))
            surprise *= cells
            entropy -= self.grouping.total(surprise).sum(axis=1)
        return Scores(log_likelihood / self.features.n, np.maximum(entropy, 0.0))

    def _prepared(self) -> tuple[Floats, TightColumns | None]:
        """Return what the E-step multiplies the features with."""
        self._top_range = np.zeros(self.grouping.n_models)
        tight = TightColumns(self.estimates, self.packing) if self.estimates.tight.any() else None
        return coefficients(self.estimates, self.packing), tight

    def _responsibilities(
        self, matrix: Floats, phi: Floats, tight: TightColumns | None
    ) -> tuple[Floats, Floats]:
        """Return (c, b) responsibilities and the (m, b) log density of every model.

        The maximum is taken out only for models with densities that a double cannot hold; the
        choice is each model's own, so that its bits do not depend on its company.
        """
        while True:
            cells = _product(matrix, phi)
            if tight is not None:
                cells[tight.columns] = tight.log_joint(phi)
            top = self._take_out_tops(cells) if self.cautious.any() else None
            np.maximum(cells, NOTHING, out=cells)
            with np.errstate(over="ignore"):
                np.exp(cells, out=cells)
            total = self.grouping.total(cells)
            if total.min() > FAINTEST and total.max() < 1.0 / FAINTEST:
                break
            low, high = total.min(axis=1), total.max(axis=1)
            self.cautious |= ~((low > FAINTEST) & (high < 1.0 / FAINTEST))
        self.grouping.apply(np.multiply, cells, 1.0 / total)
        log_total = np.log(total, out=total)
        return cells, log_total if top is None else log_total + top

    def _take_out_tops(self, cells: Floats) -> Floats:
        """Subtract the (m, b) maxima of the cautious models and return them, zero elsewhere."""
        top = self.grouping.largest(cells)
        np.maximum(self._top_range, np.abs(top).max(axis=1), out=self._top_range)
        top[~self.cautious] = 0.0
        self.grouping.apply(np.subtract, cells, top)
        return top

    def keep(self, models: Bools) -> None:
        """Drop the other models."""
        self.grouping, columns = self.grouping.keep(models)
        self.estimates, self.types = self.estimates.keep(columns), self.types[models]
        self.cautious = self.cautious[models]
        self.shapes = Shapes(self.types, self.grouping, self.packing)


def _product(left: Floats, right: Floats) -> Floats:
    """Return ``left @ right``; one row alone is computed as one of two.

    A BLAS has a separate routine for a single row, whose rounding differs; a model must not
    depend in its last bits on how many others are in the batch.
    """
    if len(left) == 1:
        return np.asarray((np.concatenate((left, left)) @ right)[:1])
    return np.asarray(left @ right)
