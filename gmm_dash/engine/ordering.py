"""Which component is number one: an order that follows from the parameters alone.

Two searches that end in the same optimum list its components differently, as each goes by its
own start. Here they come in one order, whatever led to them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gmm_dash.engine.types import Floats, Ints, Mixture

TIE: Final = 0.01
"""Differences too small to order by: of means in standard deviations of a typical component, of
covariances in squares of these, of weights as they are."""

_ROUNDING: Final = 64 * float(np.finfo(float).eps)  # of the largest number: far from zero


def canonical_order(mixture: Mixture) -> Ints:
    """Return which component is first, which is second, and so on.

    From left to right along the first feature; those that are level there along the second, and
    so on; then the heavier first, then the narrower, then by the other covariances.

    Parameters
    ----------
    mixture : Mixture
        Of k-means, the centres told as a mixture.

    Returns
    -------
    (k,) array of int
        ``mixture.means[order]`` is the same for every arrangement of the same components.

    Notes
    -----
    In a symmetric optimum means agree in a feature up to rounding, or to how far EM got; a plain
    sort would let the last digit decide. Sorted values are therefore level as long as none leaps
    by more than ``TIE``. Components that are level in everything go by plain numbers.
    """
    groups = [np.arange(mixture.n_components, dtype=np.intp)]
    for values, tie in _keys(mixture):
        if len(groups) == mixture.n_components:
            break
        groups = [part for group in groups for part in _split(group, values, tie)]
    return np.concatenate([_by_plain_numbers(group, mixture) for group in groups])


def _split(group: Ints, values: Floats, tie: float) -> list[Ints]:
    """Return the group in rising order of ``values``, cut where these leap by more than a tie."""
    if len(group) == 1:
        return [group]
    rising = group[np.argsort(values[group], kind="stable")]
    return np.split(rising, np.flatnonzero(np.diff(values[rising]) > tie) + 1)


def _keys(mixture: Mixture) -> Iterator[tuple[Floats, float]]:
    """Yield (k,) values to order by, most telling first, and what makes two of them level."""
    means, spread = mixture.means, _typical_spread(mixture)
    ties = np.maximum(TIE * spread, _ROUNDING * np.abs(means).max(axis=0))
    yield from zip(means.T, ties.tolist(), strict=True)
    yield -mixture.weights, TIE
    unit = np.where(spread > 0, spread, 1.0)
    shapes = mixture.covariances / np.outer(unit, unit)
    for offset in range(mixture.n_features):  # the diagonal first
        for values in np.diagonal(shapes, offset, axis1=1, axis2=2).T:
            yield values, TIE


def _typical_spread(mixture: Mixture) -> Floats:
    """Return the standard deviation of each feature within a component, pooled over all, (d,)."""
    inside = np.diagonal(mixture.covariances, axis1=1, axis2=2)
    return np.asarray(np.sqrt(mixture.weights @ inside))


def _by_plain_numbers(group: Ints, mixture: Mixture) -> Ints:
    """Return the group in the order of all its numbers, means first."""
    if len(group) == 1:
        return group
    parts = (mixture.means, -mixture.weights[:, None], mixture.covariances)
    numbers = np.hstack([part[group].reshape(len(group), -1) for part in parts])
    return group[np.lexsort(numbers.T[::-1])]
