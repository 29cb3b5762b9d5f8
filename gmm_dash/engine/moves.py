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
    from collections.abc import Iterator

    from gmm_dash.engine.types import Floats, Mixture

ROWS = 8192
"""Points worked on at a time."""

FEWEST_TO_CUT = 6.0
"""Points that a component holds at least when it is cut: each half keeps three."""

STEP = 0.7
"""How many standard deviations the two halves move apart from the middle, each."""

RIDGE = 1e-3
"""Share of a column's variance added before volumes are compared: flat groups have none."""


@dataclass(frozen=True, eq=False)
class Parts:
    """Groups of points by their moments, each with the whole scatter of its own.

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

    def but(self, gone: tuple[int, ...], *new: tuple[float, Floats, Floats]) -> Parts:
        """Return the groups without some, and with new ones behind them."""
        kept = [c for c in range(len(self.count)) if c not in gone]
        return Parts(
            np.array([*self.count[kept], *(one[0] for one in new)]),
            np.array([*self.mean[kept], *(one[1] for one in new)]),
            np.array([*self.scatter[kept], *(one[2] for one in new)]),
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
    for start in range(0, len(x), ROWS):
        check_time()
        part = x[start : start + ROWS]
        share = log_joint(part, mixture)
        share -= share.max(axis=1)[:, None]
        np.exp(share, out=share)
        share /= share.sum(axis=1)[:, None]
        count += share.sum(axis=0)
        for c, mean in enumerate(mixture.means):
            others = share[:, :c].sum(axis=1) + share[:, c + 1 :].sum(axis=1)
            kept[c] += np.log(np.maximum(others, np.finfo(np.float64).tiny)).sum()
            deviation = part - mean
            weighted = share[:, c, None] * deviation
            first[c] += weighted.sum(axis=0)
            second[c] += weighted.T @ deviation
    divisor = np.maximum(count, np.finfo(np.float64).tiny)
    moved = first / divisor[:, None]
    scatter = second / divisor[:, None, None] - moved[:, :, None] * moved[:, None, :]
    rest = np.maximum(1.0 - mixture.weights, np.finfo(np.float64).tiny)
    return Local(Parts(count, mixture.means + moved, scatter), len(x) * np.log(rest) - kept)


def cuts(parts: Parts, spread: Floats, axes: int) -> Iterator[Parts]:
    """Yield every component cut in two across each of its longest axes.

    Parameters
    ----------
    parts : Parts
    spread : (d,) array
        Standard deviation of each column, so that long means long whatever the units.
    axes : int
        How many of the axes are tried.
    """
    widths, ways = np.linalg.eigh(parts.scatter / np.outer(spread, spread))
    for c in np.flatnonzero(parts.count >= FEWEST_TO_CUT).tolist():
        for a in range(1, min(axes, len(spread)) + 1):
            if widths[c, -a] <= 0.0:
                continue
            arm = STEP * np.sqrt(widths[c, -a]) * ways[c, :, -a] * spread
            half, rest = parts.count[c] / 2.0, parts.scatter[c] - np.outer(arm, arm)
            yield parts.but(
                (c,), (half, parts.mean[c] + arm, rest), (half, parts.mean[c] - arm, rest)
            )


def mergers(here: Local, spread: Floats, most: int) -> Iterator[Parts]:
    """Yield the pairs made one that cost least, then the component left out that costs least.

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
    for p in np.argsort(cost, kind="stable")[:most].tolist():
        yield parts.but((int(i[p]), int(j[p])), (float(both[p]), mean[p], scatter[p]))
    fewer = parts.but((int(here.loss.argmin()),))
    yield Parts(fewer.count * (parts.count.sum() / fewer.count.sum()), fewer.mean, fewer.scatter)


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
