"""Small symmetric matrices, many at once and packed: closed forms where they exist.

A symmetric matrix is packed into rows, one for each pair ``i <= j`` of features (or one for
each feature, when every matrix is diagonal); each column is one component. Ten thousand 2 x 2
inverses are then eight whole-array operations instead of ten thousand calls to LAPACK.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from scipy.linalg import lapack

if TYPE_CHECKING:
    from gmm_dash.engine.types import Bools, Floats, Ints


@dataclass(frozen=True)
class Packing:
    """How symmetric (d, d) matrices are laid out in rows.

    Attributes
    ----------
    d : int
        Number of features.
    first, second : (p,) arrays of int
        Row and column of each packed entry, ``first <= second``.
    diagonal, mixed : (d,) and (p - d,) arrays of int
        The packed rows that hold the diagonal, and the others.
    """

    d: int
    first: Ints
    second: Ints
    diagonal: Ints
    mixed: Ints

    @classmethod
    def of(cls, d: int, *, diagonal_only: bool) -> Packing:
        """Return the layout for d features."""
        both = np.arange(d)
        first, second = (both, both) if diagonal_only else np.triu_indices(d)
        on_diagonal = first == second
        return cls(d, first, second, np.flatnonzero(on_diagonal), np.flatnonzero(~on_diagonal))

    @cached_property
    def on_diagonal(self) -> slice | Ints:
        """The rows of the diagonal, as a slice where they are evenly spaced: a view, not a copy."""
        if self.diagonal_only:
            return slice(None)
        return slice(None, None, 2) if self.d == 2 else self.diagonal

    @cached_property
    def quadratic(self) -> Floats:
        """What each packed precision is multiplied with in a log density, (p, 1)."""
        return np.where(self.first == self.second, -0.5, -1.0)[:, None]

    @cached_property
    def diagonal_only(self) -> bool:
        """Whether only diagonals are stored."""
        return len(self.first) == self.d

    @cached_property
    def n_rows(self) -> int:
        """Number of packed entries, p."""
        return len(self.first)

    def unpack(self, packed: Floats) -> Floats:
        """Return (c, d, d) matrices from (p, c) rows."""
        out = np.zeros((packed.shape[1], self.d, self.d))
        out[:, self.first, self.second] = packed.T
        out[:, self.second, self.first] = packed.T
        return out

    def pack(self, matrices: Floats) -> Floats:
        """Return (p, c) rows from (c, d, d) matrices."""
        return np.ascontiguousarray(matrices[:, self.first, self.second].T)


def invert(packed: Floats, packing: Packing) -> tuple[Floats, Floats, Bools]:
    """Return inverses, log determinants and which matrices are positive definite.

    Parameters
    ----------
    packed : (p, c) array
        Covariances.
    packing : Packing
        Their layout.

    Returns
    -------
    precision : (p, c) array
        Meaningless where not ``valid``.
    log_det : (c,) array
    valid : (c,) array of bool
    """
    with np.errstate(all="ignore"):
        if packing.diagonal_only:
            precision = 1.0 / packed
            log_det = np.cumsum(np.log(packed), axis=0)[-1]  # in one order for any number
        elif packing.d == 2:
            precision, log_det = _invert_2x2(packed)
        else:
            precision, log_det = _invert_any(packed, packing)
    valid = np.logical_and.reduce(np.isfinite(precision), axis=0)
    valid &= np.isfinite(log_det)
    return precision, log_det, valid


def _invert_2x2(packed: Floats) -> tuple[Floats, Floats]:
    """Invert by one step of elimination; never squares a variance, so nothing overflows."""
    xx, xy, yy = packed
    slope = xy / xx
    rest = yy - slope * xy  # the variance of y that x does not explain
    out = np.empty_like(packed)
    top, mixed, last = out
    np.divide(1.0, rest, out=last)
    np.multiply(slope, last, out=mixed)
    np.add(1.0 / xx, slope * mixed, out=top)
    np.negative(mixed, out=mixed)
    return out, np.log(xx) + np.log(rest)


def _invert_any(packed: Floats, packing: Packing) -> tuple[Floats, Floats]:
    """Invert by Cholesky, one LAPACK call after another; NaN marks a failure."""
    matrices = packing.unpack(packed)
    log_det = np.full(len(matrices), np.nan)
    for c, matrix in enumerate(matrices):
        factor, failed = lapack.dpotrf(matrix, lower=1, overwrite_a=0)
        if failed == 0:
            log_det[c] = 2.0 * np.log(factor.diagonal()).sum()
            inverse, failed = lapack.dpotri(factor, lower=1, overwrite_c=1)
            matrices[c] = inverse.T  # dpotri fills the lower triangle; packing reads the upper
    return packing.pack(matrices), log_det


def whitening(matrices: Floats) -> Floats:
    """Return the (c, d, d) inverses of the Cholesky factors of covariances; NaN where none.

    A matrix has one exactly when :func:`invert` calls it valid: the steps are the same.
    """
    with np.errstate(all="ignore"):
        if matrices.shape[1] == 1:
            return np.asarray(1.0 / np.sqrt(matrices))
        return _whitening_2x2(matrices) if matrices.shape[1] == 2 else _whitening_any(matrices)


def _whitening_2x2(matrices: Floats) -> Floats:
    """Whiten by one step of elimination."""
    xx, xy, yy = matrices[:, 0, 0], matrices[:, 0, 1], matrices[:, 1, 1]
    slope = xy / xx
    rest = np.sqrt(yy - slope * xy)
    out = np.zeros_like(matrices)
    out[:, 0, 0], out[:, 1, 0], out[:, 1, 1] = 1.0 / np.sqrt(xx), -slope / rest, 1.0 / rest
    return out


def _whitening_any(matrices: Floats) -> Floats:
    """Whiten by Cholesky, one LAPACK call after another."""
    out = np.full_like(matrices, np.nan)
    for c, matrix in enumerate(matrices):
        factor, failed = lapack.dpotrf(matrix, lower=1, clean=1)
        if failed == 0:
            out[c] = lapack.dtrtri(factor, lower=1)[0]
    return out
