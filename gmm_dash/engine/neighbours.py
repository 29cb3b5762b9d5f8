"""Starts for mixtures of one size, made from what is known of other mixtures."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from gmm_dash.engine.covariances import SKLEARN_TYPES
from gmm_dash.engine.levels import INSIDE, Field
from gmm_dash.engine.moves import Parts, cuts, local, mergers, without_least

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from gmm_dash.engine.covariances import CovarianceType
    from gmm_dash.engine.levels import Best, Found, Leader
    from gmm_dash.engine.moves import Local
    from gmm_dash.engine.types import Floats, Mixture

AXES = 2
"""Across how many of its longest axes a component is cut."""

PAIRS = 6
"""How many mergers of a mixture are tried."""


class Neighbours:
    """The starts that a level's neighbours give, each source once.

    Parameters
    ----------
    x : (n, d) array
    best : dict
        What is known of the level, which changes meanwhile.
    race : callable
        Takes starts of one component more, returns those that lead after a few iterations.
    """

    def __init__(self, x: Floats, best: Best, race: Callable[[list[Field]], list[Leader]]) -> None:
        self.x, self.best, self.race = x, best, race
        spread = x.std(axis=0)
        self.spread = np.where(spread > 0.0, spread, 1.0)
        self._held: dict[int, tuple[Mixture, Local]] = {}  # keeps the mixture, so ids stay unique
        self._nested: dict[tuple[CovarianceType, CovarianceType], Found] = {}
        self._cut: dict[CovarianceType, tuple[Found, tuple[Leader, ...]]] = {}

    def above(self, usual: Sequence[Found | None]) -> list[Field]:
        """Return the mergers of what the usual starts find with one component more."""
        return [
            field
            for kind, found in zip(SKLEARN_TYPES, usual, strict=True)
            if found is not None
            for field in self._mergers(kind, found.mixture)
        ]

    def inside(self) -> list[Field]:
        """Return what contained types have found at the same size."""
        out = []
        for inner, outer in INSIDE:
            found = self.best[inner]
            if found is not None and self._nested.get((inner, outer)) is not found:
                self._nested[inner, outer] = found
                one = self._local(found.mixture).parts
                parts = Parts(one.count[None], one.mean[None], one.scatter[None])
                out.append(Field(outer, parts, f"nest-{inner}"))
        return out

    def back(self) -> list[Field]:
        """Return the best cut of what is known, with two components made one again."""
        return [
            field
            for kind in self._look_ahead()
            for leader in self._cut[kind][1][:1]
            for field in self._mergers(kind, leader.mixture, "cut-")
        ]

    def ahead(self) -> tuple[Leader, ...]:
        """Return the cuts that lead the race to one component more."""
        self._look_ahead()
        return tuple(
            leader for kind in SKLEARN_TYPES if kind in self._cut for leader in self._cut[kind][1]
        )

    def _look_ahead(self) -> list[CovarianceType]:
        """Cut what has been found since the last time; return the types that changed."""
        fresh = {
            kind: found
            for kind, found in self.best.items()
            if found is not None and self._cut.get(kind, (None,))[0] is not found
        }
        leaders = self.race(
            [
                Field(kind, cuts(self._local(found.mixture).parts, self.spread, AXES), "cut")
                for kind, found in fresh.items()
            ]
        )
        for kind, found in fresh.items():
            mine = (one for one in leaders if one.covariance_type is kind)
            self._cut[kind] = found, tuple(mine)
        return list(fresh)

    def _mergers(self, kind: CovarianceType, mixture: Mixture, first: str = "") -> list[Field]:
        """Return the mergers of a mixture; ``first`` names what was done to it before."""
        if mixture.n_components < 2:
            return []
        here = self._local(mixture)
        return [
            Field(kind, mergers(here, self.spread, PAIRS), f"{first}merge"),
            Field(kind, without_least(here), f"{first}drop"),
        ]

    def _local(self, mixture: Mixture) -> Local:
        """Return what a mixture's components hold of the data, computed once."""
        if id(mixture) not in self._held:
            self._held[id(mixture)] = mixture, local(self.x, mixture)
        return self._held[id(mixture)][1]
