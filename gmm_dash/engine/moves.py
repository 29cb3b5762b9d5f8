"""From one mixture to starts for others: a component cut in two, two made one, one left out.

A search that only draws random starts does not know what its neighbours have found. A good mixture
of K components nearly always holds most of a good one of K + 1 and of K - 1, and what is missing
is a cut or a merger away (Ueda and others, 2000, "SMEM algorithm for mixture models").
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from gmm_dash.engine.deadline import check_time
from gmm_dash.engine.density import log_joint

if TYPE_CHECKING:
    from gmm_dash.engine.types import Floats, Ints, Mixture

ROWS = 8192
"""Most points worked on at a time."""

CELLS = 300_000
"""Most doubles in their deviations from all means."""

FEWEST_TO_CUT = 6.0
"""Points that a component holds at least when it is cut: each half keeps three."""

STEP = 0.7
"""How many standard deviations the two halves move apart from the middle, each."""

RIDGE = 1e-3
"""Share of a column's variance added before volumes are compared: flat groups have none."""


@dataclass(frozen=True, eq=False)
class Parts:
    """Groups of points by their moments, each with the whole scatter of its own.

    Or many such divisions side by side: then every array has one more axis in front.

    Attributes
    ----------
    count : (k,) array
    mean : (k, d) array
    scatter : (k, d, d) array
        Covariance about that mean, whatever shape a mixture is held to.
    """

    count: Floats
    mean: Floats
    scatter: Floats

    def but(self, gone: Ints, *new: tuple[Floats, Floats, Floats]) -> Parts:
        """Return divisions without some of the groups, and with new ones behind them.

        Parameters
        ----------
        gone : (m, g) array of int
            In each of the m divisions, in rising order.
        new : tuple of (m,), (m, d) and (m, d, d) arrays
            Count, mean and scatter of one more group in each.
        """
        kept = np.tile(np.arange(len(self.count) - gone.shape[1]), (len(gone), 1))
        for one in gone.T:
            kept += kept >= one[:, None]
        mine = (self.count, self.mean, self.scatter)
        return Parts(
            *(
                np.concatenate([old[kept], *(group[i][:, None] for group in new)], axis=1)
                for i, old in enumerate(mine)
            )
        )


@dataclass(frozen=True, eq=False)
class Local:
    """What a mixture's components hold of the data.

    Attributes
    ----------
    parts : Parts
        Their points, by responsibility.
    loss : (k,) array
        What leaving a component out costs, in nats over all points, before the others move.
    """

    parts: Parts
    loss: Floats


def local(x: Floats, mixture: Mixture) -> Local:
    """Return the moments of (n, d) points by component, and what each component is worth."""
    k, d = mixture.means.shape
    count, first, second = np.zeros(k), np.zeros((k, d)), np.zeros((k, d, d))
    kept = np.zeros(k)
    width = max(64, min(ROWS, CELLS // (k * d)))
    for start in range(0, len(x), width):
        check_time()
        part = x[start : start + width]
        share = log_joint(part, mixture).T
        share -= share.max(axis=0)
        np.exp(share, out=share)
        share /= share.sum(axis=0)
        count += share.sum(axis=1)
        kept += np.log(np.maximum(_others(share), np.finfo(np.float64).tiny)).sum(axis=1)
        deviation = part.T - mixture.means[:, :, None]
        weighted = share[:, None] * deviation
        first += weighted.sum(axis=2)
        second += weighted @ deviation.transpose(0, 2, 1)
    divisor = np.maximum(count, np.finfo(np.float64).tiny)
    moved = first / divisor[:, None]
    scatter = second / divisor[:, None, None] - moved[:, :, None] * moved[:, None, :]
    rest = np.maximum(1.0 - mixture.weights, np.finfo(np.float64).tiny)
    return Local(Parts(count, mixture.means + moved, scatter), len(x) * np.log(rest) - kept)


def _others(share: Floats) -> Floats:
    """Return the (k, b) sums of the other rows: nothing is taken off, which would lose digits."""
    out = np.zeros_like(share)
    np.cumsum(share[:-1], axis=0, out=out[1:])
    out[:-1] += np.cumsum(share[:0:-1], axis=0)[::-1]
    return out


def cuts(parts: Parts, spread: Floats, axes: int) -> Parts:
    """Return divisions with one component cut in two across one of its longest axes, all of them.

    Parameters
    ----------
    parts : Parts
    spread : (d,) array
        Standard deviation of each column, so that long means long whatever the units.
    axes : int
        How many of the axes are tried.
    """
    widths, ways = np.linalg.eigh(parts.scatter / np.outer(spread, spread))
    tried = min(axes, len(spread))
    able = (parts.count >= FEWEST_TO_CUT)[:, None] & (widths[:, ::-1][:, :tried] > 0.0)
    c, a = np.nonzero(able)
    width, way = widths[c, -1 - a], ways[c, :, -1 - a]
    arm = STEP * np.sqrt(width)[:, None] * way * spread
    half, rest = parts.count[c] / 2.0, parts.scatter[c] - arm[:, :, None] * arm[:, None, :]
    mean = parts.mean[c]
    return parts.but(c[:, None], (half, mean + arm, rest), (half, mean - arm, rest))


def mergers(here: Local, spread: Floats, most: int) -> Parts:
    """Return the pairs made one that cost least, then the component left out that costs least.

    Parameters
    ----------
    here : Local
        Of a mixture of two or more components.
    spread : (d,) array
        Standard deviation of each column.
    most : int
        How many pairs.

    Notes
    -----
    What a merger costs is bounded as in Runnalls (2007), "Kullback-Leibler approach to Gaussian
    mixture reduction".
    """
    parts, k = here.parts, len(here.parts.count)
    pairs = np.array(list(combinations(range(k), 2)))
    i, j = pairs[:, 0], pairs[:, 1]
    both = parts.count[i] + parts.count[j]
    share = (parts.count[i] / np.maximum(both, np.finfo(np.float64).tiny))[:, None]
    apart = parts.mean[i] - parts.mean[j]
    mean = share * parts.mean[i] + (1.0 - share) * parts.mean[j]
    across = (share * (1.0 - share))[:, :, None] * apart[:, :, None] * apart[:, None, :]
    within = share[:, :, None] * parts.scatter[i] + (1.0 - share)[:, :, None] * parts.scatter[j]
    scatter = within + across
    ridge = np.diag(RIDGE * np.square(spread))
    volume, alone = (np.linalg.slogdet(s + ridge)[1] for s in (scatter, parts.scatter))
    cost = both * volume - parts.count[i] * alone[i] - parts.count[j] * alone[j]
    p = np.argsort(cost, kind="stable")[:most]
    joined = parts.but(pairs[p], (both[p], mean[p], scatter[p]))
    fewer = parts.but(np.array([[here.loss.argmin()]]))
    whole = fewer.count * (parts.count.sum() / fewer.count.sum())
    return Parts(
        np.concatenate([joined.count, whole]),
        np.concatenate([joined.mean, fewer.mean]),
        np.concatenate([joined.scatter, fewer.scatter]),
    )


def doubled(mixture: Mixture) -> Mixture:
    """Return the same density with its heaviest component written twice."""
    heaviest = int(mixture.weights.argmax())
    weights = np.append(mixture.weights, mixture.weights[heaviest] / 2.0)
    weights[heaviest] /= 2.0
    return type(mixture)(
        weights,
        np.append(mixture.means, mixture.means[[heaviest]], axis=0),
        np.append(mixture.covariances, mixture.covariances[[heaviest]], axis=0),
    )
