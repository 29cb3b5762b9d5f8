"""The data as one matrix in which every Gaussian log density is linear.

With ``phi(x) = [1, x_1 .. x_d, x_i x_j for i <= j]`` the log densities of all components of all
models are one matrix product, and their counts, sums and second moments are another.
The data are centred first: squares of numbers far from zero lose the digits that matter.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from gmm_dash.engine.columns import column_means, column_variances
from gmm_dash.engine.flatness import DataShape
from gmm_dash.engine.gaussians import Packing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gmm_dash.engine.types import Floats

SHORT_BLOCK = 384
"""Rows of a block when bits must not depend on the company: a BLAS sums an inner dimension up to
this length in one go, in row order."""

LONG_BLOCK = 8192
"""Most rows of a block otherwise."""

CACHE_CELLS = 110_000
"""Doubles that a block may take, features and responsibilities together: what the second-level
cache holds."""

FEW_ROWS = 2048
"""Rows below which a block is not worth its calls, unless there are very many features."""

BLOCK_CELLS = 1_000_000
"""Most doubles in the features of one block."""

ROUNDING = 1e-26
"""Share of a column's variance below which a component's own variance is rounding."""

CACHED_BYTES = 14_000_000
"""Features up to this size are kept between passes; larger ones are made again block by block."""


class Block(NamedTuple):
    """Some rows of the data.

    Attributes
    ----------
    rows : slice
    phi : (F, b) array
        Their features.
    transposed : (b, F) array
        The same, laid out the way sums over points want it.
    """

    rows: slice
    phi: Floats
    transposed: Floats


class Features:
    """Centred data and their features, block by block.

    Parameters
    ----------
    x : (n, d) array
        The data.
    diagonal_only : bool
        Leave the mixed products out: enough for diagonal covariances.
    reproducible : bool
        Work in short blocks, so that a model's bits do not depend on what else is fitted
        with it.
    shift : (d,) array, optional
        What to take off; the mean of the data when left out. All blocks of a table have to take
        off the same.
    once : bool
        Whether the features are needed once only, and are not worth keeping.
    weight : (n,) array, optional
        How many times each row counts; once when left out.

    Attributes
    ----------
    n_rows : int
        Number of features of a point, F.
    shift : (d,) array
        What was taken off.
    block : int
        Most rows of a block.
    """

    def __init__(
        self,
        x: Floats,
        *,
        diagonal_only: bool,
        reproducible: bool,
        shift: Floats | None = None,
        once: bool = False,
        weight: Floats | None = None,
    ) -> None:
        self.x, self.reproducible, self.once, self.weight = x, reproducible, once, weight
        self.n, self.d = x.shape
        self.packing = Packing.of(self.d, diagonal_only=diagonal_only)
        self.n_rows: int = 1 + self.d + self.packing.n_rows
        self.shift: Floats = weighted_mean(x, weight) if shift is None else shift
        self.longest = min(LONG_BLOCK, max(256, BLOCK_CELLS // self.n_rows))
        self.block = SHORT_BLOCK if reproducible else self.longest
        self._cache: list[Block] | None = None
        self._whole: Floats | None = None
        self._cut: tuple[int, list[Block]] = 0, []  # views of the whole, for one width

    @property
    def total(self) -> float:
        """How many points the rows are: their number, or the sum of their weights."""
        return self.n if self.weight is None else float(self.weight.sum())

    @cached_property
    def scatter(self) -> Floats:
        """Sums over all points of the products of centred features, packed (p,)."""
        total = np.zeros(self.packing.n_rows)
        for rows, phi, _ in self.blocks():
            products = phi[1 + self.d :]
            total += products.sum(axis=1) if self.weight is None else products @ self.weight[rows]
        return total

    @property
    def narrowest(self) -> float:
        """Smallest variance of any column that is not constant; infinite when all are."""
        variances = self.scatter[self.packing.diagonal] / self.total
        live = variances[variances > ROUNDING * np.square(self.shift)]
        return float(live.min()) if live.size else np.inf

    @cached_property
    def shape(self) -> DataShape:
        """The directions in which the data have width."""
        covariance = np.zeros((self.d, self.d))
        if self.packing.diagonal_only:
            for start in range(0, self.n, self.block):
                rows = slice(start, start + self.block)
                part = self.centred(rows)
                other = part if self.weight is None else part * self.weight[rows]
                covariance += other @ part.T
        else:
            covariance[self.packing.first, self.packing.second] = self.scatter
            covariance[self.packing.second, self.packing.first] = self.scatter
        return DataShape.of(covariance / self.total)

    @cached_property
    def resolution(self) -> Floats:
        """Variances, (d,), that are no more than rounding beside the spread of their column."""
        return np.asarray(ROUNDING * self.scatter[self.packing.diagonal] / self.total)

    def blocks(self, columns: int = 0) -> Iterator[Block]:
        """Yield the blocks, in the order of their rows; each is gone when the next one is made.

        Parameters
        ----------
        columns : int
            How many components are worked on: where bits may depend on the company, blocks are
            so long that the features and the responsibilities of one stay in the cache.
        """
        if self.once or self.n * self.n_rows * 8 > CACHED_BYTES:
            return self._make(columns)
        if not self.reproducible:
            return iter(self._kept(self.width(columns)))
        if self._cache is None:
            self._cache = list(self._make(columns))
        return iter(self._cache)

    def width(self, columns: int) -> int:
        """Return the rows of a block when so many components are worked on."""
        if self.reproducible:
            return SHORT_BLOCK
        fits = CACHE_CELLS // (self.n_rows + columns)
        return int(min(self.longest, max(FEW_ROWS, fits // 512 * 512)))

    def centred(self, rows: slice) -> Floats:
        """Return the (d, b) centred data of a block."""
        out = np.empty((self.d, len(range(*rows.indices(self.n)))))
        np.subtract(self.x[rows].T, self.shift[:, None], out=out)
        return out

    def _make(self, columns: int) -> Iterator[Block]:
        width = self.width(columns)
        own = np.ones((self.n_rows, 0 if self.reproducible else min(width, self.n)))
        for start in range(0, self.n, width):
            rows = slice(start, min(start + width, self.n))
            count = rows.stop - start
            phi = own if count == own.shape[1] else np.ones((self.n_rows, count))
            self._fill(rows, phi)
            yield Block(rows, phi, np.ascontiguousarray(phi.T) if self.reproducible else phi.T)

    def _kept(self, width: int) -> list[Block]:
        """Return the blocks of a width, cut anew only where the last ones had another."""
        if self._whole is None:
            self._whole = np.ones((self.n_rows, self.n))
            self._fill(slice(0, self.n), self._whole)
        cut = self._cut
        if cut[0] != width:
            places = [slice(low, min(low + width, self.n)) for low in range(0, self.n, width)]
            parts = [(rows, self._whole[:, rows]) for rows in places]
            cut = self._cut = width, [Block(rows, phi, phi.T) for rows, phi in parts]
        return cut[1]

    def _fill(self, rows: slice, out: Floats) -> None:
        """Put the (F, b) features of some rows into an array of ones; the first stays one."""
        points, products = out[1 : 1 + self.d], out[1 + self.d :]
        np.subtract(self.x[rows].T, self.shift[:, None], out=points)
        if self.packing.diagonal_only:
            np.square(points, out=products)
            return
        place = 0
        for i in range(self.d):
            np.multiply(points[i], points[i:], out=products[place : place + self.d - i])
            place += self.d - i


def weighted_mean(x: Floats, weight: Floats | None) -> Floats:
    """Return the (d,) mean of the rows, each counted as often as its weight says."""
    return column_means(x) if weight is None else np.asarray(np.average(x, axis=0, weights=weight))


def weighted_variance(x: Floats, weight: Floats | None) -> Floats:
    """Return the (d,) variances of the columns, each row counted as often as its weight says."""
    if weight is None:
        return column_variances(x)
    return np.asarray(np.average(np.square(x - weighted_mean(x, weight)), axis=0, weights=weight))
