"""From sums over the data to the parameters of a batch of mixtures: the M-step.

The rules are scikit-learn's, to the letter where it shows: ten machine epsilons are added to
every count, and a component that no point uses falls back to the origin of the data's axes.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

import numpy as np

from gmm_dash.engine.covariances import CovarianceType
from gmm_dash.engine.gaussians import invert

if TYPE_CHECKING:
    from collections.abc import Callable

    from gmm_dash.engine.gaussians import Packing
    from gmm_dash.engine.grouping import Grouping
    from gmm_dash.engine.types import Bools, Floats, Ints

COUNT_FLOOR = 10 * np.finfo(np.float64).eps
"""What scikit-learn adds to every count, so that it can divide by it."""

NEARLY_EMPTY = 1e-6
"""Counts below this feel the floor; above it the floor changes the ninth digit at most."""

TIGHT = 1e7
"""How many times its own variance a component's squared distance from the centre of the data
may be before log densities and moments are taken about the component's own mean."""

LOG_TWO_PI = float(np.log(2.0 * np.pi))

TYPES = tuple(CovarianceType)
FULL, TIED = TYPES.index(CovarianceType.FULL), TYPES.index(CovarianceType.TIED)
POOLED, ALIGNED, ROUND, EVEN = (
    np.array([getattr(kind.shape, name) for kind in TYPES])
    for name in ("pooled", "aligned", "round", "even")
)
"""By type: what its declaration asks of the M-step."""


@dataclass
class Moments:
    """Counts, means and covariances of the columns of a batch, before any constraint.

    Attributes
    ----------
    count : (c,) array
        Sum of responsibilities, plus the floor.
    mean : (d, c) array
        In centred coordinates.
    covariance : (p, c) array
        About that mean, packed.
    """

    count: Floats
    mean: Floats
    covariance: Floats

    def take(self, columns: Ints | Bools) -> Moments:
        """Return some of the columns."""
        return Moments(self.count[columns], self.mean[:, columns], self.covariance[:, columns])


@dataclass(frozen=True)
class FirstTied:
    """A covariance ``core + arm arm.T`` whose two parts may differ by many orders of magnitude.

    scikit-learn's first tied covariance holds the scatter of most points about the origin of
    the data's axes. Far from zero that drowns their scatter about each other, which still
    decides what is near and what is far; so the parts are kept and inverted apart.

    Attributes
    ----------
    core : (p,) array
        Packed.
    arm : (d,) array
    """

    core: Floats
    arm: Floats

    def covariance(self, packing: Packing) -> Floats:
        """Return the sum, packed (p,)."""
        return np.asarray(self.core + self.arm[packing.first] * self.arm[packing.second])

    def inverse(self, packing: Packing, reg_covar: float) -> tuple[Floats, float]:
        """Return the packed (p,) inverse and the log determinant (Sherman and Morrison)."""
        core = self.core.copy()
        core[packing.diagonal] += reg_covar
        inverse, log_det, _ = invert(core[:, None], packing)
        with np.errstate(all="ignore"):  # a singular core shows as NaN
            along = _times(inverse, self.arm[:, None], packing)[:, 0]
            lift = float(self.arm @ along)
            out = inverse[:, 0] - along[packing.first] * along[packing.second] / (1.0 + lift)
            return out, float(log_det[0]) + float(np.log1p(lift))


@dataclass(frozen=True)
class Start:
    """First estimates for one run, shared by all covariance types.

    Attributes
    ----------
    moments : Moments
        Before any constraint.
    tied : callable or None
        Only for starts from single points, whose responsibilities do not sum to one: the first
        tied covariance is then not the average of the components' own, and this returns it.
    aligned : (d, k) array or None
        Only for starts from single points: the first diagonal variances, as scikit-learn's
        one-pass formula leaves them (the count floor gives a lone point some variance).
    """

    moments: Moments
    tied: Callable[[], FirstTied] | None = None
    aligned: Floats | None = None


@dataclass
class Estimates:
    """The parameters of a batch.

    Attributes
    ----------
    count : (c,) array
    weight : (c,) array
    mean : (d, c) array
        In centred coordinates.
    covariance, precision : (p, c) arrays
        Packed.
    log_det : (c,) array
        Of the covariance.
    valid : (c,) array of bool
        Whether the covariance is positive definite.
    tight : (c,) array of bool
        Columns that need their own origin.
    """

    count: Floats
    weight: Floats
    mean: Floats
    covariance: Floats
    precision: Floats
    log_det: Floats
    valid: Bools
    tight: Bools

    def keep(self, columns: Bools | Ints) -> Estimates:
        """Return some of the columns."""
        return Estimates(*(getattr(self, name)[..., columns] for name in _FIELDS))

    def put(self, columns: Ints, other: Estimates, theirs: Ints) -> None:
        """Copy columns from another batch into this one."""
        for name in _FIELDS:
            getattr(self, name)[..., columns] = getattr(other, name)[..., theirs]

    def neutralise(self, columns: Ints) -> None:
        """Make columns without a density harmless: a standard Gaussian at the centre."""
        self.mean[:, columns], self.log_det[columns] = 0.0, 0.0
        self.covariance[:, columns] = self.precision[:, columns] = 1.0
        self.tight[columns] = False


_FIELDS = tuple(field.name for field in fields(Estimates))


class Shapes:
    """Which columns are held to which covariance type.

    Parameters
    ----------
    types : (m,) array of int
        Index into ``CovarianceType`` of each model.
    grouping : Grouping
    packing : Packing
    log_volume : float, optional
        Where each model's last component is a uniform background: of its box.
    """

    def __init__(
        self, types: Ints, grouping: Grouping, packing: Packing, log_volume: float | None = None
    ) -> None:
        per_column = types[grouping.model]
        self.grouping, self.packing, self.log_volume = grouping, packing, log_volume
        last = grouping.component == grouping.sizes[grouping.model] - 1
        self.background = np.flatnonzero(last if log_volume is not None else np.zeros_like(last))
        shaped = np.ones(len(per_column), dtype=bool)
        shaped[self.background] = False
        self.full = per_column == FULL
        self.pooled = np.flatnonzero(POOLED[per_column] & shaped)
        self.aligned = np.flatnonzero(ALIGNED[per_column])
        self.round = np.flatnonzero(ROUND[per_column])
        self.even = np.flatnonzero(EVEN[per_column] & shaped)

    def constrain(self, moments: Moments, reg_covar: float) -> Floats:
        """Return (p, c) covariances of the right shapes, ``reg_covar`` on their diagonals."""
        covariance = moments.covariance
        if len(self.pooled):
            self._pool(moments)
        if len(self.packing.mixed) and len(self.aligned):
            covariance[self.packing.mixed[:, None], self.aligned] = 0.0
        if len(self.round):
            place = self.packing.diagonal[:, None], self.round
            covariance[place] = sum_rows(covariance[place]) / self.packing.d
        covariance[self.packing.on_diagonal] += reg_covar
        return covariance

    def weigh(self, weight: Floats) -> Floats:
        """Return the (c,) weights, made equal where the type says so."""
        if len(self.even):
            model, left = self.grouping.model, np.ones(self.grouping.n_models)
            sizes = self.grouping.sizes.copy()
            left[model[self.background]] -= weight[self.background]
            sizes[model[self.background]] -= 1
            weight[self.even] = (left / sizes)[model[self.even]]
        return weight

    def flatten(self, estimates: Estimates) -> None:
        """Make the backgrounds' log density that of their box everywhere, whatever is in it."""
        if self.log_volume is not None:
            estimates.precision[:, self.background] = 0.0
            estimates.log_det[self.background] = 2.0 * self.log_volume - self.packing.d * LOG_TWO_PI
            estimates.valid[self.background] = True
            estimates.tight[self.background] = False

    def _pool(self, moments: Moments) -> None:
        """Replace covariances that are one by their average, weighted by counts."""
        owner, columns = self.grouping.model[self.pooled], self.pooled
        count, n_models = moments.count[columns], self.grouping.n_models
        total = np.bincount(owner, weights=count, minlength=n_models)
        for row in moments.covariance:
            pooled = np.bincount(owner, weights=count * row[columns], minlength=n_models)
            row[columns] = pooled[owner] / total[owner]


def moments_from_sums(sums: Floats, packing: Packing, shift: Floats, full: Bools) -> Moments:
    """Return moments from (c, F) sums of responsibilities times features.

    Parameters
    ----------
    sums : (c, F) array
        Counts, sums and second moments in centred coordinates.
    packing : Packing
    shift : (d,) array
        What was taken off the data; an empty component falls back to ``-shift``.
    full : (c,) array of bool
        Columns with full covariances (they treat empty components differently).
    """
    d = packing.d
    rows = np.ascontiguousarray(sums.T)
    count = rows[0] + COUNT_FLOOR
    mean = rows[1 : 1 + d] / count
    covariance = rows[1 + d :] / count
    covariance -= mean.take(packing.first, axis=0) * mean.take(packing.second, axis=0)
    moments = Moments(count, mean, covariance)
    if np.minimum.reduce(count) < NEARLY_EMPTY:
        _settle_empty(moments, rows, packing, shift, full)
    return moments


def _settle_empty(
    moments: Moments, rows: Floats, packing: Packing, shift: Floats, full: Bools
) -> None:
    """Redo nearly empty components with the count floor felt as in the data's own axes."""
    empty = np.flatnonzero(moments.count < NEARLY_EMPTY)
    d, first, second = packing.d, packing.first, packing.second
    raw, count = rows[:, empty], moments.count[empty]
    here = shift[:, None]
    total = raw[1 : 1 + d] + here * raw[0]
    second_moment = (
        raw[1 + d :]
        + here[first] * raw[1 + second]
        + here[second] * raw[1 + first]
        + here[first] * here[second] * raw[0]
    )
    mean = total / count
    doubled = np.where(full[empty], 2.0 - raw[0] / count, 1.0)
    moments.mean[:, empty] = mean - here
    moments.covariance[:, empty] = second_moment / count - doubled * mean[first] * mean[second]


def estimate(
    moments: Moments, shapes: Shapes, weight: Floats, reg_covar: float, resolution: Floats
) -> Estimates:
    """Return the parameters that maximise the expected log-likelihood.

    Parameters
    ----------
    moments : Moments
    shapes : Shapes
    weight : (c,) array
        Shares by size; equal in the result where the type says so.
    reg_covar : float
    resolution : (d,) array
        With ``reg_covar=0``, variances up to this are rounding: the component has collapsed.
    """
    packing = shapes.packing
    covariance = shapes.constrain(moments, reg_covar)
    precision, log_det, valid = invert(covariance, packing)
    if reg_covar == 0.0:
        valid &= (covariance[packing.diagonal] > resolution[:, None]).all(axis=0)
    found = Estimates(
        moments.count,
        shapes.weigh(weight),
        moments.mean,
        covariance,
        precision,
        log_det,
        valid,
        tight_columns(precision, moments.mean, packing),
    )
    shapes.flatten(found)
    return found


def tight_columns(precision: Floats, mean: Floats, packing: Packing) -> Bools:
    """Return the columns whose own spread is tiny beside their distance from the centre."""
    with np.errstate(invalid="ignore", over="ignore"):  # no precision at all counts as tight
        strain: Floats = precision[packing.on_diagonal] * np.square(mean)
        return np.asarray(~(np.maximum.reduce(strain, axis=0) < TIGHT))


def coefficients(estimates: Estimates, packing: Packing) -> Floats:
    """Return the (c, F) coefficients that make ``log weight + log density`` linear."""
    d, precision, mean = packing.d, estimates.precision, estimates.mean
    out = np.empty((1 + d + packing.n_rows, len(estimates.count)))
    slope = _times(precision, mean, packing)
    out[1 : 1 + d] = slope
    np.multiply(precision, packing.quadratic, out=out[1 + d :])
    out[0] = np.log(estimates.weight)
    out[0] -= 0.5 * (d * LOG_TWO_PI + estimates.log_det + sum_rows(slope * mean))
    return np.asarray(out.T)


def sum_rows(values: Floats) -> Floats:
    """Return the (c,) sums of (d, c) values, added up in the same order for any c."""
    if len(values) == 2:
        return np.asarray(values[0] + values[1])
    if values.shape[1] > 1:
        return np.asarray(np.add.reduce(values, axis=0))
    return np.asarray(np.cumsum(values, axis=0)[-1])


def _times(matrix: Floats, vector: Floats, packing: Packing) -> Floats:
    """Return (d, c) products of packed symmetric matrices with (d, c) vectors."""
    if packing.diagonal_only:
        return matrix * vector
    if packing.d == 2:
        return np.asarray(matrix[:2] * vector[0] + matrix[1:] * vector[1])
    columns = np.ascontiguousarray(vector.T)[:, :, None]
    return np.ascontiguousarray((packing.unpack(matrix) @ columns)[:, :, 0].T)
