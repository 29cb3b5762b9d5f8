"""Which of many runs ended in the same place, told by their means and values."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import linear_sum_assignment

from gmm_dash.engine.deadline import check_time

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gmm_dash.engine.types import Floats, Ints

SAME_OPTIMUM = 1e-2
"""Two ends are one optimum when no mean of one is farther from its partner in the other than
this many standard deviations of the data, and their objectives are close as well."""

SAME_OBJECTIVE = 1e-3
"""Largest relative (k-means) or absolute (GMM, nats per point) difference of the objective."""


def distinct_optima(
    cost: Floats, means: Sequence[Floats | None], spread: Floats, *, relative: bool
) -> tuple[Ints, Ints]:
    """Return which distinct optimum each run reached, and a run that reached each, best first.

    Parameters
    ----------
    cost : (r,) array
        What every run made small.
    means : sequence of (k, d) array or None
        Where the components of each run ended; a run without is no optimum, and gets -1.
    spread : (d,) array
        Standard deviations of the data, in the units of the means.
    relative : bool
        Whether costs are close by their ratio (inertia) or their difference (nats per point).
    """
    scale = np.where(spread > 0, spread, 1.0)
    optimum = np.full(len(cost), -1, dtype=np.intp)
    found: list[int] = []
    for i in np.argsort(cost, kind="stable").tolist():
        check_time()
        here = means[i]
        if here is None:
            continue
        for group in range(len(found) - 1, -1, -1):
            there, gap = means[found[group]], cost[i] - cost[found[group]]
            if gap > SAME_OBJECTIVE * (max(abs(cost[i]), 1e-300) if relative else 1.0):
                break  # sorted by cost: earlier optima are farther still
            if there is not None and _same_means(here / scale, there / scale):
                optimum[i] = group
                break
        if optimum[i] < 0:
            optimum[i] = len(found)
            found.append(i)
    return optimum, np.array(found, dtype=np.intp)


def _same_means(first: Floats, second: Floats) -> bool:
    """Return whether two sets of means agree up to their order."""
    apart = np.abs(first[:, None, :] - second[None, :, :]).max(axis=2)
    if (apart.min(axis=1) > SAME_OPTIMUM).any():
        return False
    rows, columns = linear_sum_assignment(apart)
    return bool(apart[rows, columns].max() <= SAME_OPTIMUM)
