"""Onto which column collapsed components have collapsed, where one can be named."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from gmm_dash.engine.flatness import THIN
from gmm_dash.results.columns import FLATTENING, PEAKED, ColumnDoubt, column_doubts, many_equal

_REPEATED = 3
"""Rows with one and the same value from which a component lies on that value by no accident."""

if TYPE_CHECKING:
    from collections.abc import Collection

    from numpy.typing import NDArray

    from gmm_dash.engine import MixtureFit
    from gmm_dash.results.claim import Claim
    from gmm_dash.results.points import Points


@dataclass(frozen=True, slots=True)
class Blame:
    """What collapsed components have collapsed onto.

    Attributes
    ----------
    doubt : Claim
        What stands out about the column in which most of them have no width, or about its
        relation to others.
    lying : int
        How many of them have next to no width there.
    others : int
        How many other columns with few values, or one frequent value, explain some of them.
    """

    doubt: Claim
    lying: int
    others: int


def blamed(points: Points, fit: MixtureFit, components: Collection[int]) -> Blame | None:
    """Return the column in which most of the collapsed components have no width.

    Parameters
    ----------
    points : Points
    fit : MixtureFit
    components : collection of int
        The collapsed ones, in the fit's own numbers.

    A component without width in any column lies on repeated rows, and no column is to blame; nor
    is one where the fits see principal components.
    """
    if points.reduction:
        return None
    found = []
    axes = np.diag(points.scale)
    components = [c for c in components if not all(_flat(points, fit, c, one) for one in axes)]
    for doubt in column_doubts(points, fit.reg_covar):
        if doubt.claim.code in FLATTENING:
            direction = _direction(points, doubt)
            lying = sum(_flat(points, fit, c, direction) for c in components)
            found.append((lying, -doubt.column, doubt))
    told = {-place for _, place, _ in found}
    found += [
        one
        for j in range(points.d)
        if j not in told and (one := _on_a_value(points, fit, components, j))
    ]
    found = [one for one in found if one[0]]
    if not found:
        return None
    lying, _, doubt = max(found, key=lambda one: one[:2])
    peaked = sum(one.claim.code in PEAKED for *_, one in found if one is not doubt)
    return Blame(doubt.claim, lying, peaked)


def _on_a_value(
    points: Points, fit: MixtureFit, components: Collection[int], j: int
) -> tuple[int, int, ColumnDoubt] | None:
    """Return that components lie on one value of a column that several rows have, if they do."""
    axis = np.zeros(points.d)
    axis[j] = points.scale[j]
    lying = [c for c in components if _flat(points, fit, c, axis)]
    if not lying:
        return None
    nearest = np.abs(points.fitted[:, j] - fit.means[lying[0], j]).argmin()
    value = points.raw[nearest, j]
    share = float(np.mean(points.raw[:, j] == value))
    if share * points.n < _REPEATED:
        return None
    return len(lying), -j, many_equal(points, j, float(value), share)


def _direction(points: Points, doubt: ColumnDoubt) -> NDArray[np.float64]:
    """Return which sum of the fitted columns a doubt is about, as weights (d,)."""
    weights = np.zeros(points.d)
    weights[doubt.column] = 1.0
    for name, coefficient in doubt.claim.facts.get("terms", ()):
        weights[points.columns.index(name)] = -coefficient
    return weights * points.scale


def _flat(points: Points, fit: MixtureFit, component: int, direction: NDArray[np.float64]) -> bool:
    """Return whether a component, without what was added to it, has no width in a direction."""
    spread = float(np.var(points.fitted @ direction))
    own = fit.covariances[component] - fit.reg_covar * np.eye(points.d)
    rounding = 1e-10 * float(np.square(direction * points.fitted.std(axis=0)).sum())
    return spread > rounding and float(direction @ own @ direction) <= THIN * spread
