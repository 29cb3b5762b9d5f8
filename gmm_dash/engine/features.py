"""The data as one matrix in which every Gaussian log density is linear.

With ``phi(x) = [1, x_1 .. x_d, x_i x_j for i <= j]`` the log densities of all components of all
models are one matrix product, and their counts, sums and second moments are another.
The data are centred first: squares of numbers far from zero lose the digits that matter.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from gmm_dash.engine.flatness import DataShape
from gmm_dash.engine.gaussians import Packing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gmm_dash.engine.types import Floats

SHORT_BLOCK = 384
"""Rows of a block when bits must not depend on the company: a BLAS sums an inner dimension up to
this length in one go, in row order."""

LONG_BLOCK = 8192
"""Rows of a block otherwise, for few features: what fits the second-level cache."""

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

    Attributes
    ----------
    shift : (d,) array
        The mean that was taken off.
    """

    def __init__(self, x: Floats, *, diagonal_only: bool, reproducible: bool) -> None:
        self.x, self.reproducible = x, reproducible
        self.n, self.d = x.shape
        self.packing = Packing.of(self.d, diagonal_only=diagonal_only)
        self.shift = x.mean(axis=0)
        longest = min(LONG_BLOCK, max(256, BLOCK_CELLS // self.n_rows))
        self.block = SHORT_BLOCK if reproducible else longest
        self._cache: list[Block] | None = None

    @property
    def n_rows(self) -> int:
        """Number of features of a point, F."""
        return int(1 + self.d + self.packing.n_rows)

    @cached_property
    def scatter(self) -> Floats:
        """Sums over all points of the products of centred features, packed (p,)."""
        total = np.zeros(self.packing.n_rows)
        for _, phi, _ in self.blocks():
            total += phi[1 + self.d :].sum(axis=1)
        return total

    @property
    def narrowest(self) -> float:
        """Smallest variance of any column that is not constant; infinite when all are."""
        variances = self.scatter[self.packing.diagonal] / self.n
        live = variances[variances > ROUNDING * np.square(self.shift)]
        return float(live.min()) if live.size else np.inf

    @cached_property
    def shape(self) -> DataShape:
        """The directions in which the data have width."""
        covariance = np.zeros((self.d, self.d))
        if self.packing.diagonal_only:
            for start in range(0, self.n, self.block):
                part = self.centred(slice(start, start + self.block))
                covariance += part @ part.T
        else:
            covariance[self.packing.first, self.packing.second] = self.scatter
            covariance[self.packing.second, self.packing.first] = self.scatter
        return DataShape.of(covariance / self.n)

    @cached_property
    def resolution(self) -> Floats:
        """Variances, (d,), that are no more than rounding beside the spread of their column."""
        return np.asarray(ROUNDING * self.scatter[self.packing.diagonal] / self.n)

    def blocks(self) -> Iterator[Block]:
        """Yield the blocks, in the order of their rows."""
        if self._cache is None and self.n * self.n_rows * 8 <= CACHED_BYTES:
            self._cache = list(self._make())
        return iter(self._cache) if self._cache is not None else self._make()

    def centred(self, rows: slice) -> Floats:
        """Return the (d, b) centred data of a block."""
        out = np.empty((self.d, len(range(*rows.indices(self.n)))))
        np.subtract(self.x[rows].T, self.shift[:, None], out=out)
        return out

    def _make(self) -> Iterator[Block]:
        for start in range(0, self.n, self.block):
            rows = slice(start, min(start + self.block, self.n))
            phi = self._features(rows)
            yield Block(rows, phi, np.ascontiguousarray(phi.T) if self.reproducible else phi.T)

    def _features(self, rows: slice) -> Floats:
        """Return the (F, b) features of a block."""
        out = np.empty((self.n_rows, rows.stop - rows.start))
        out[0] = 1.0
        points, products = out[1 : 1 + self.d], out[1 + self.d :]
        np.subtract(self.x[rows].T, self.shift[:, None], out=points)
        if self.packing.diagonal_only:
            np.square(points, out=products)
            return out
        place = 0
        for i in range(self.d):
            np.multiply(points[i], points[i:], out=products[place : place + self.d - i])
            place += self.d - i
        return out
