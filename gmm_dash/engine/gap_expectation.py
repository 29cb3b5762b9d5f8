"""The E-step of rows with gaps: shares from what is known, and each gap filled by expectation.

A gap is filled, for each component, with the mean and the covariance that the known values of its
row leave it (Ghahramani and Jordan, 1994, equations 11 to 13; Little and Rubin, 2019, chapter 11).

Rows with the same gaps share every factorisation, so they are handled together.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from gmm_dash.engine.deadline import check_time
from gmm_dash.engine.gap_rows import patterns_of
from gmm_dash.engine.types import ReadOnlyArrays

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gmm_dash.engine.gap_rows import Pattern
    from gmm_dash.engine.types import Bools, Floats, Ints, Mixture


_CELLS: Final = 400_000  # numbers of a block of rows that are worked on at a time


@dataclass(frozen=True, eq=False)
class Expected(ReadOnlyArrays):
    """What a mixture says of rows with gaps, given their known values.

    Attributes
    ----------
    responsibilities : (n, k) array
    log_density : (n,) array
        Of the known values, in nats: of rows with other gaps it has another dimension.
    mean, spread : (n, a) arrays
        Mean and standard deviation of each row along a axes; a spread is zero where no gap matters.
    """

    responsibilities: Floats
    log_density: Floats
    mean: Floats
    spread: Floats


def expect_gaps(x: Any, mixture: Mixture, axes: Any = None) -> Expected:
    """Return what ``mixture`` says of rows with gaps.

    Parameters
    ----------
    x : (n, d) array-like
        NaN where there is no value; each row has one.
    mixture : Mixture
        In d dimensions.
    axes : (a, d) array, optional
        Directions along which rows are wanted; the columns when left out.
    """
    points = np.asarray(x, dtype=np.float64)
    ways = np.eye(mixture.n_features) if axes is None else np.asarray(axes, dtype=np.float64)
    known = ~np.isnan(points)
    found = expect(points, patterns_of(known), mixture, ways)
    spread = np.where(_matters(known, ways), found.spread, 0.0)
    return Expected(found.shares, found.log_density, found.filled, spread)


def known_log_likelihood(x: Any, mixture: Mixture) -> float:
    """Return the log-likelihood of the known values of (n, d) rows, summed over the rows."""
    return float(expect_gaps(x, mixture).log_density.sum())


def _matters(known: Bools, axes: Floats) -> Bools:
    """Return along which axes, (n, a), rows have a gap."""
    return np.asarray((~known).astype(np.intp) @ (axes != 0).T.astype(np.intp) > 0)


@dataclass
class Sums:
    """What an E-step has found.

    Attributes
    ----------
    log_density : (n,) array
        Of what is known of each row.
    count : (k,) array
        Sums of shares.
    moved : (k, d) array
        Sums of the rows, filled for each component and by its shares, about its mean.
    scatter : (k, d, d) array
        Sums of their products about it, with the covariances that the gaps leave.
    shares : (n, k) array
    filled, spread : (n, a) arrays
        What is expected of each row along the axes that were asked for, and its deviation.
    """

    log_density: Floats
    count: Floats
    moved: Floats
    scatter: Floats
    shares: Floats
    filled: Floats
    spread: Floats

    @property
    def value(self) -> float:
        """Log-likelihood of what is known, mean per row."""
        return float(self.log_density.mean())


def expect(
    z: Floats, patterns: list[Pattern], mixture: Mixture, axes: Floats | None = None
) -> Sums:
    """Return the expected sums of all rows; ``LinAlgError`` where a covariance is singular."""
    (n, d), k, wanted = z.shape, mixture.n_components, 0 if axes is None else len(axes)
    out = Sums(
        np.empty(n), np.zeros(k), np.zeros((k, d)), np.zeros((k, d, d)), np.empty((n, k)),
        np.empty((n, wanted)), np.empty((n, wanted)),
    )  # fmt: skip
    for pattern in patterns:
        _add_alike(z, pattern, mixture, out, axes)
    return out


def _add_alike(
    z: Floats, pattern: Pattern, mixture: Mixture, out: Sums, axes: Floats | None
) -> None:
    """Add the rows of one pattern to ``out``."""
    seen, gone, covariances = pattern.seen, pattern.gone, mixture.covariances
    within = covariances[:, seen[:, None], seen]
    factor = np.linalg.cholesky(within)
    slopes = np.linalg.solve(within, covariances[:, seen[:, None], gone]).swapaxes(1, 2)
    left = covariances[:, gone[:, None], gone] - slopes @ covariances[:, seen[:, None], gone]
    log_det = 2.0 * np.log(np.diagonal(factor, axis1=1, axis2=2)).sum(axis=1)
    with np.errstate(divide="ignore"):
        constant = np.log(mixture.weights) - 0.5 * (log_det + len(seen) * np.log(2.0 * np.pi))
    for rows in _blocks(pattern.rows, mixture.means.size):
        check_time()
        about = np.empty((mixture.n_components, z.shape[1], len(rows)))  # of the means, filled
        known = z[rows[:, None], seen].T - mixture.means[:, seen, None]
        about[:, seen], about[:, gone] = known, slopes @ known
        joint = constant[:, None] - 0.5 * np.square(np.linalg.solve(factor, known)).sum(axis=1)
        top = joint.max(axis=0)
        shares = np.exp(joint - top)
        sums = shares.sum(axis=0)
        shares /= sums
        out.log_density[rows] = top + np.log(sums)
        weighted = about * shares[:, None]
        count = shares.sum(axis=1)
        out.shares[rows] = shares.T
        out.count += count
        out.moved += weighted.sum(axis=2)
        out.scatter += weighted @ about.swapaxes(1, 2)
        out.scatter[:, gone[:, None], gone] += count[:, None, None] * left
        if axes is not None:
            both = np.hstack((axes, axes[:, gone]))
            _fill(rows, shares, mixture.means[:, :, None] + about, left, both, out)


def _fill(rows: Ints, shares: Floats, means: Floats, left: Floats, axes: Floats, out: Sums) -> None:
    """Put in what is expected of rows along some axes: means and deviations of all components.

    Means, (k, d, m), are those of filled rows, and ``left``, (k, g, g), what the gaps leave, of
    which ``axes``, (a, d), want the last g columns of ``(a, d + g)``.
    """
    d = means.shape[1]
    along = axes[:, :d] @ means
    mean = (along * shares[:, None]).sum(axis=0)
    own = np.einsum("ag,kgh,ah->ka", axes[:, d:], left, axes[:, d:])
    variance = ((np.square(along - mean) + own[:, :, None]) * shares[:, None]).sum(axis=0)
    out.filled[rows] = mean.T
    out.spread[rows] = np.sqrt(np.maximum(variance, 0.0)).T


def _blocks(rows: Ints, cells: int) -> Iterator[Ints]:
    size = max(1, _CELLS // cells)
    for first in range(0, len(rows), size):
        yield rows[first : first + size]
