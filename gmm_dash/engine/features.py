"""The data as one matrix in which every Gaussian log density is linear.

With ``phi(x) = [1, x_1 .. x_d, x_i x_j for i <= j]`` the log densities of all components of all
models are one matrix product, and their counts, sums and second moments are another.
The data are centred first: squares of numbers far from zero lose the digits that matter.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from gmm_dash.engine.gaussians import Packing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gmm_dash.engine.types import Floats

SMALL_BLOCK = 384
"""Rows of a block when bits must not depend on what else is in the batch: a BLAS sums an inner
dimension up to this length in one go, in row order, whatever the other dimensions are."""

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
        The same laid out the other way, which is how sums over points want it.
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
    block : int
        Most rows in one block.

    Attributes
    ----------
    shift : (d,) array
        The mean that was taken off.
    """

    def __init__(self, x: Floats, *, diagonal_only: bool, block: int) -> None:
        self.x, self.block = x, block
        self.n, self.d = x.shape
        self.packing = Packing.of(self.d, diagonal_only=diagonal_only)
        self.shift = x.mean(axis=0)
        self._cache: list[Block] | None = None
        if self.n * self.n_rows * 8 <= CACHED_BYTES:
            self._cache = list(self._make())

    @property
    def n_rows(self) -> int:
        """Number of features of a point, F."""
        return int(1 + self.d + self.packing.n_rows)

    def blocks(self) -> Iterator[Block]:
        """Yield the blocks, in the order of their rows."""
        return iter(self._cache) if self._cache is not None else self._make()

    def centred(self, rows: slice) -> Floats:
        """Return the (d, b) centred data of a block."""
        return np.asarray(np.ascontiguousarray(self.x[rows].T) - self.shift[:, None])

    def at(self, points: Floats) -> Floats:
        """Return the (F, b) features of centred (d, b) points."""
        out = np.empty((self.n_rows, points.shape[1]))
        out[0] = 1.0
        out[1 : 1 + self.d] = points
        np.multiply(points[self.packing.first], points[self.packing.second], out=out[1 + self.d :])
        return out

    def _make(self) -> Iterator[Block]:
        for start in range(0, self.n, self.block):
            rows = slice(start, min(start + self.block, self.n))
            phi = self.at(self.centred(rows))
            yield Block(rows, phi, np.ascontiguousarray(phi.T))
