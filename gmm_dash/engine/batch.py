"""One iteration of EM for a batch of mixtures: a matrix product, an exponential, a product.

All components of all models are the columns of one matrix. An E-step over a block of points is
one product, an exponential and a sum over each model's components; what the M-step needs is one
more product.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple, cast

import numpy as np

from gmm_dash.engine.deadline import check_time
from gmm_dash.engine.estimates import Shapes, coefficients, estimate, moments_from_sums
from gmm_dash.engine.tight import TightColumns, replace_anchored

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gmm_dash.engine.estimates import Estimates
    from gmm_dash.engine.features import Block, Features
    from gmm_dash.engine.gaussians import Packing
    from gmm_dash.engine.grouping import Grouping
    from gmm_dash.engine.types import Bools, Floats, Ints

FAINTEST = 1e-40
"""Densities of a mixture from this to its inverse are used without taking the maximum out."""

PRODUCT = 4
"""Densities that are multiplied before a logarithm is taken: all of ``FAINTEST`` are 1e-160."""

NOTHING = -550.0
"""Log densities are cut off here. What is left, 1e-239, is nothing beside ``FAINTEST``, but even
divided by the inverse of that it stays a normal number: below 1e-308 a processor computes ten
to a hundred times more slowly."""

SAFE_LOG_DENSITY = 80.0
"""Log densities of at most this size are exponentiated as they are on the next iteration."""

MANY_FEATURES = 256
"""From so many features on, sums are made of those points only that a component has a share of."""

NO_SHARE = 1e-25
"""Responsibilities up to this count as none there: those of all points together are still nothing
beside the floor of a count."""

SCATTERED = 16
"""How many times longer a share that is picked takes than one in a matrix product of all."""

PANEL = 48
"""Columns that one product handles when bits must not depend on the company. A BLAS rounds
differently at the edges of a matrix; every common tile size divides this, so there are none."""


class Expectation(NamedTuple):
    """The E-step on one block of points; its arrays are used again for the next block.

    Attributes
    ----------
    block : Block
    cells : (c, b) array
        Weighted densities, up to a factor of each point and model.
    padded : (>= c, b) array
        The same, with rows of zeros up to whole panels.
    share : (m, b) array
        That factor: cells times share are responsibilities. The weight of a row is one more
        factor here, where its sums are taken.
    total : (m, b) array
        Its inverse: densities of each model, up to their ``top``.
    top : (m, b) array or None
        Logarithms of what was taken out of cells and totals.
    logs : (c, b) array or None
        Of the cells.
    """

    block: Block
    cells: Floats
    padded: Floats
    share: Floats
    total: Floats
    top: Floats | None
    logs: Floats | None

    def log_likelihood(self, weight: Floats | None) -> Floats:
        """Return the (m,) sums of log densities over the block, weighted by (b,) if asked."""
        return self._with_top(_sum_of_logs(self.total, weight), weight)

    def entropy(self, weight: Floats | None, grouping: Grouping) -> Floats:
        """Return the (m,) entropies of responsibilities, which are in ``cells`` by now."""
        logs = cast("Floats", self.logs)
        logs *= self.cells
        expected = grouping.total(logs)
        if weight is not None:
            expected *= weight
        return np.asarray(_sum_of_logs(self.total, weight) - np.add.reduce(expected, axis=1))

    def _with_top(self, value: Floats, weight: Floats | None) -> Floats:
        """Add what was taken out of the points' densities."""
        if self.top is None:
            return value
        top = self.top if weight is None else self.top * weight
        return np.asarray(value + np.add.reduce(top, axis=1))


class Sums(NamedTuple):
    """What an M-step needs to know of some points: sums, so those of other points add up.

    Attributes
    ----------
    features : (c, F) array
        Of responsibilities times features.
    anchored : (t, F) array
        The same about the present means, for the columns that need their own origin.
    tight : (t,) array of int
        These columns.
    anchors : (d, t) array
        These means, in centred coordinates.
    log_likelihood : (m,) array
        In nats.
    """

    features: Floats
    anchored: Floats
    tight: Ints
    anchors: Floats
    log_likelihood: Floats


class Scores(NamedTuple):
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


class Assignment:
    """Which component each point belongs to, filled in block by block.

    Attributes
    ----------
    responsibilities : (n, k) array
    labels : (n,) array of int
    """

    def __init__(self, n: int, k: int) -> None:
        self.responsibilities: Floats = np.empty((n, k))
        self.labels: Ints = np.zeros(n, dtype=np.intp)

    def put(self, rows: slice, cells: Floats) -> None:
        """Take in the (k, b) responsibilities of some rows; the first of equals is the label."""
        self.responsibilities[rows] = cells.T
        best, labels = np.maximum.reduce(cells, axis=0), self.labels[rows]
        for j in range(len(cells) - 1, -1, -1):
            np.copyto(labels, j, where=cells[j] == best)


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
    log_volume : float, optional
        Where each model's last component is a uniform background: of its box.

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
        log_volume: float | None = None,
    ) -> None:
        self.features, self.packing, self.reg_covar = features, features.packing, reg_covar
        self.grouping, self.types, self.estimates = grouping, types, estimates
        self.shapes = Shapes(types, grouping, self.packing, log_volume)
        self.cautious = np.ones(grouping.n_models, dtype=bool)
        self._top_range: Floats | None = None  # the largest top of each model, once one is taken
        self._tight: TightColumns | None = None
        self._floor = np.empty((0, 0))

    def iterate(self) -> Floats:
        """Do one E-step and one M-step; return each model's log-likelihood at the E-step."""
        sums = self.sums()
        shift, resolution = self.features.shift, self.features.resolution
        self.estimates = maximise(sums, self.shapes, shift, self.reg_covar, resolution)
        return np.asarray(sums.log_likelihood / self.features.total)

    def sums(self) -> Sums:
        """Do the E-step; return what the M-step needs of it."""
        sums = np.zeros((self.grouping.n_columns, self.features.n_rows))
        tight = np.flatnonzero(self.estimates.tight)
        anchored = np.zeros((len(tight), self.features.n_rows))
        log_likelihood = np.zeros(self.grouping.n_models)
        sparse = self.features.n_rows >= MANY_FEATURES and not self.packing.diagonal_only
        lean = not sparse and self._is_lean()
        weight = self.features.weight
        for expected in self.expect():
            block, cells, padded, share = expected[:4]
            own = None if weight is None else weight[block.rows]
            log_likelihood += expected.log_likelihood(own)
            if own is not None:
                np.multiply(share, own, out=share)
            right = block.transposed
            if lean:
                right = (block.phi * share).T
            else:
                self.grouping.apply(np.multiply, cells, share)
            held = cells > NO_SHARE if sparse else None
            if held is not None and np.count_nonzero(held) * SCATTERED < held.size:
                _add_held(sums, cells, held, block.phi, self.packing)
            else:
                sums += _products(padded, right)[: len(cells)]
            if self._tight is not None:
                anchored += self._tight.sums(block.phi, cells)
        if self._top_range is not None:
            self.cautious &= self._top_range > SAFE_LOG_DENSITY
        return Sums(sums, anchored, tight, self.estimates.mean[:, tight], log_likelihood)

    def _is_lean(self) -> bool:
        """Return whether features are rather weighted than cells: where they are fewer."""
        alone = self.grouping.n_models == 1 and not self.features.reproducible
        fewer = self.features.n_rows < self.grouping.n_columns
        return alone and fewer and not np.count_nonzero(self.estimates.tight)

    def score(self, assignment: Assignment | None = None) -> Scores:
        """Return how well the present parameters describe the data.

        Parameters
        ----------
        assignment : Assignment, optional
            For a batch of one model: filled in on the way.
        """
        log_likelihood = np.zeros(self.grouping.n_models)
        entropy = np.zeros(self.grouping.n_models)
        weight = self.features.weight
        for expected in self.expect(logs=True):
            block, cells = expected.block, expected.cells
            own = None if weight is None else weight[block.rows]
            log_likelihood += expected.log_likelihood(own)
            self.grouping.apply(np.multiply, cells, expected.share)
            if assignment is not None:
                assignment.put(block.rows, cells)
            entropy += expected.entropy(own, self.grouping)
        return Scores(log_likelihood / self.features.total, np.maximum(entropy, 0.0))

    def expect(self, *, logs: bool = False) -> Iterator[Expectation]:
        """Yield the E-step on each block of points, with logarithms of its cells if asked."""
        check_time()
        self._top_range = None
        tight = np.count_nonzero(self.estimates.tight)
        self._tight = TightColumns(self.estimates, self.packing) if tight else None
        matrix = coefficients(self.estimates, self.packing)
        room = None
        if self.features.reproducible:
            matrix = _panels(matrix)
        elif len(matrix) % PANEL:
            width = min(self.features.n, self.features.width(len(matrix)))
            room = np.empty((len(matrix), width))
        for block in self.features.blocks(self.grouping.n_columns):
            fits = room is not None and block.phi.shape[1] == room.shape[1]
            yield self._expect(matrix, block, room if fits else None, logs=logs)

    def _expect(
        self, matrix: Floats, block: Block, room: Floats | None, *, logs: bool
    ) -> Expectation:
        """Return the E-step on one block.

        The maximum is taken out only for models with densities that a double cannot hold; the
        choice is each model's own, so that its bits do not depend on its company.
        """
        while True:
            padded = _products(matrix, block.phi, room)
            cells = padded[: self.grouping.n_columns]
            if self._tight is not None:
                cells[self._tight.columns] = self._tight.log_joint(block.phi)
            top = self._take_out_tops(cells) if np.count_nonzero(self.cautious) else None
            self._cut_off(cells)
            kept = cells.copy() if logs else None
            with np.errstate(over="ignore"):
                np.exp(cells, out=cells)
            total = self.grouping.total(cells)
            faintest, brightest = np.minimum.reduce(total, None), np.maximum.reduce(total, None)
            if faintest > FAINTEST and brightest < 1.0 / FAINTEST:
                break
            low, high = total.min(axis=1), total.max(axis=1)
            bold = ~((low > FAINTEST) & (high < 1.0 / FAINTEST)) & ~self.cautious
            if not bold.any():  # what is no number does not become one by care
                break
            self.cautious |= bold
        return Expectation(block, cells, padded, 1.0 / total, total, top, kept)

    def _cut_off(self, cells: Floats) -> None:
        """Raise log densities below ``NOTHING`` to it.

        Looking for one is four times faster than raising them, and that is three times faster
        beside an array than beside a number.
        """
        if np.minimum.reduce(cells, None) >= NOTHING:
            return
        if self._floor.shape != cells.shape:
            self._floor = np.full(cells.shape, NOTHING)
        np.maximum(cells, self._floor, out=cells)

    def _take_out_tops(self, cells: Floats) -> Floats:
        """Subtract the (m, b) maxima of the cautious models and return them, zero elsewhere."""
        top = self.grouping.largest(cells)
        reach = np.abs(top).max(axis=1)
        before = self._top_range
        self._top_range = reach if before is None else np.maximum(before, reach)
        top[~self.cautious] = 0.0
        self.grouping.apply(np.subtract, cells, top)
        return top

    def keep(self, models: Bools) -> None:
        """Drop the other models."""
        self.grouping, columns = self.grouping.keep(models)
        self.estimates, self.types = self.estimates.keep(columns), self.types[models]
        self.cautious = self.cautious[models]
        self.shapes = Shapes(self.types, self.grouping, self.packing, self.shapes.log_volume)


def maximise(
    sums: Sums, shapes: Shapes, shift: Floats, reg_covar: float, resolution: Floats
) -> Estimates:
    """Return the parameters that follow from sums over all points: the M-step.

    Parameters
    ----------
    sums : Sums
    shapes : Shapes
    shift : (d,) array
        What was taken off the data.
    reg_covar : float
    resolution : (d,) array
        Variances that are no more than rounding.
    """
    packing, model = shapes.packing, shapes.grouping.model
    moments = moments_from_sums(sums.features, packing, shift, shapes.full)
    if len(sums.anchored):
        replace_anchored(moments, sums.tight, sums.anchors, sums.anchored, packing)
    weight = moments.count / np.bincount(model, weights=moments.count)[model]
    return estimate(moments, shapes, weight, reg_covar, resolution)


def _panels(matrix: Floats) -> Floats:
    """Return (panels, PANEL, F) coefficients, the last panel filled up with zeros."""
    count = -(-len(matrix) // PANEL)
    out = np.zeros((count, PANEL, matrix.shape[1]))
    out.reshape(count * PANEL, -1)[: len(matrix)] = matrix
    return out


def _sum_of_logs(values: Floats, weight: Floats | None) -> Floats:
    """Return the (m,) sums of logarithms of (m, b) values; each within ``FAINTEST`` of one.

    The product of a few such numbers is still a double, and a product costs next to nothing
    beside a logarithm.
    """
    if weight is not None:
        logs = np.log(values)
        logs *= weight
        return np.asarray(np.add.reduce(logs, axis=1))
    models, length = values.shape
    quarter = length // PRODUCT
    products = values[:, : quarter * PRODUCT].reshape(models, PRODUCT, quarter)
    out = np.add.reduce(np.log(np.multiply.reduce(products, axis=1)), axis=1)
    if quarter * PRODUCT < length:
        out += np.add.reduce(np.log(values[:, quarter * PRODUCT :]), axis=1)
    return np.asarray(out)


def _add_held(sums: Floats, cells: Floats, held: Bools, phi: Floats, packing: Packing) -> None:
    """Add the (c, F) sums of features over the points that each column has a share of.

    In many dimensions most responsibilities are nothing. What is left of a column are few points,
    and one product of these with each other has their count, sums and second moments.
    """
    columns, rows = np.nonzero(held)
    edges = np.searchsorted(columns, np.arange(len(cells) + 1))
    side = 1 + packing.d
    points = phi[:side, rows]
    weighted = points * cells[columns, rows]
    product = np.empty((side, side))
    wanted = np.concatenate([np.arange(side), (1 + packing.first) * side + 1 + packing.second])
    for column, (low, high) in enumerate(pairwise(edges.tolist())):
        if low < high:
            np.matmul(weighted[:, low:high], points[:, low:high].T, out=product)
            sums[column] += product.ravel()[wanted]


def _products(left: Floats, right: Floats, out: Floats | None = None) -> Floats:
    """Return ``left @ right`` as one (rows, columns) matrix, panel by panel if left has panels."""
    if left.ndim == 2 and len(left) % PANEL:
        return np.matmul(left, right, out=out)
    panels = left.reshape(-1, PANEL, left.shape[-1]) @ right
    return np.asarray(panels.reshape(-1, panels.shape[-1]))
