"""A pinned result beside the one that is shown: which rows both have, and where these went."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import linear_sum_assignment

from gmm_dash.engine import scores
from gmm_dash.results.backed import CALLED

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from gmm_dash.results.comparison import Comparison, Side
    from gmm_dash.results.points import Points
    from gmm_dash.state import AppState


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why the pinned settings allow no result.

    Attributes
    ----------
    sentence : str
        What the page would say, were they its own.
    """

    sentence: str


@dataclass(frozen=True, eq=False)
class Pinned:
    """Two results of the same data.

    Attributes
    ----------
    settings, now_settings : AppState
        Of the pinned one, and of the one that is shown.
    before, now : Comparison
        The results.
    """

    settings: AppState
    now_settings: AppState
    before: Comparison
    now: Comparison

    @cached_property
    def _common(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        both = (self.before.points.rows, self.now.points.rows)
        _, first, second = np.intersect1d(*both, assume_unique=True, return_indices=True)
        return first, second

    @property
    def n(self) -> int:
        """Number of rows that both results have, matched by their number in the data."""
        return len(self._common[0])

    @property
    def same_rows(self) -> bool:
        """Whether both results are of the same rows."""
        return self.n == self.before.points.n == self.now.points.n

    @property
    def same_gaps(self) -> bool:
        """Whether both mixtures are fitted to the same rows with gaps, or both to none."""
        first, second = map(_gap_rows, (self.before, self.now))
        return first == second

    @property
    def same_weights(self) -> bool:
        """Whether the rows that both have count as much in both, or all once in both."""
        one, other = self.before.points.weighting, self.now.points.weighting
        if one is None or other is None:
            return one is other
        first, second = self._common
        alike = np.array_equal(one.values[first], other.values[second])
        return one.counts == other.counts and alike

    @property
    def same_background(self) -> bool:
        """Whether both mixtures have a background, or neither: no criterion tells which to have."""
        first, second = (one.gmm.background for one in (self.before, self.now))
        return (first is None) == (second is None)

    @property
    def same_columns(self) -> bool:
        """Whether both results are of the same columns, in any order.

        Principal components are the same only where they are made in the same way.
        """
        first, second = self.before.points.reduction, self.now.points.reduction
        if first and second:
            return first.same_as(second)
        if first or second:
            return False
        return sorted(self.before.points.columns) == sorted(self.now.points.columns)

    @property
    def same_scale(self) -> bool:
        """Whether each column that both have is transformed and scaled alike.

        Standardised columns of other rows have another mean and another standard deviation.
        """
        first, second = _scaling(self.before.points.origin), _scaling(self.now.points.origin)
        return all(first[name] == second[name] for name in first.keys() & second.keys())

    @property
    def comparable(self) -> bool:
        """Whether likelihoods and criteria may be compared."""
        return self.same_points and self.same_background

    @property
    def same_points(self) -> bool:
        """Whether both are of the same rows, weights, columns and scale: inertias compare then."""
        same = self.same_rows and self.same_gaps and self.same_weights
        return same and self.same_columns and self.same_scale

    def sides(self, method: str) -> tuple[Side, Side]:
        """Return a method's part of the pinned result, and of the one that is shown."""
        if method == "kmeans":
            return self.before.kmeans, self.now.kmeans
        return self.before.gmm, self.now.gmm

    def called(self, method: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return what the groups of both are called; a background is one, the last."""
        before, now = (
            (*side.called, *([CALLED] if side.background is not None else []))
            for side in self.sides(method)
        )
        return before, now

    def crosstab(self, method: str) -> NDArray[np.int64]:
        """Return how many common rows each pinned group (rows) shares with each present one.

        A background is a group here, the last: its label, -1, is the last place.
        """
        before, now = self.sides(method)
        first, second = self._common
        found = np.zeros(tuple(map(len, self.called(method))), dtype=np.int64)
        np.add.at(found, (before.labels[first], now.labels[second]), 1)
        return found

    def pairs(self, method: str) -> NDArray[np.int64]:
        """Return pairs of groups, (min of both numbers, 2), that together keep most rows."""
        return np.column_stack(linear_sum_assignment(-self.crosstab(method)))

    def strayed(self, method: str) -> NDArray[np.int64]:
        """Return the crosstab without the rows that stay in a pair of groups."""
        found = self.crosstab(method)
        found[tuple(self.pairs(method).T)] = 0
        return found

    def moved(self, method: str) -> int:
        """Return how many common rows changed group, the groups being paired one to one."""
        return int(self.strayed(method).sum())

    def ari(self, method: str) -> float | None:
        """Return the adjusted Rand index between both labellings of the common rows."""
        before, now = self.sides(method)
        first, second = self._common
        return scores.ari(before.labels[first], now.labels[second])


def _scaling(points: Points) -> dict[str, tuple[str, float, float]]:
    """Return by column how it is bent, shifted and scaled."""
    return {
        name: (points.bend_of(j), float(points.shift[j]), float(points.scale[j]))
        for j, name in enumerate(points.columns)
    }


def _gap_rows(result: Comparison) -> list[int]:
    """Return the rows with gaps that a mixture was fitted to, as their places in the table."""
    gaps = result.points.gaps
    return list(gaps.rows) if gaps is not None and result.gmm_fit.gapped is not None else []
