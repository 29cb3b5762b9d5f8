"""The distinct ends of the starts in a sample, carried on to all rows, and what is true of them.

An end is carried on from the first start that reached it: more starts do not change which that is.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from gmm_dash.errors import StateError
from gmm_dash.results.claim import Claim
from gmm_dash.results.partition import apart
from gmm_dash.results.restarts import COLLAPSED, KINDS, MOST_STARTS, Restarts, optimum_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from gmm_dash.results.points import Points
    from gmm_dash.results.restarts import Start

MOST_ENDS: Final = 10
"""Of a method, the best first."""

_SEEN: Final = 5e-5
"""Nats a row, as far as a table shows them."""

ALIKE: Final = 0.01
"""Share of the rows looked at that two ends may place differently, and still be one."""


@dataclass(frozen=True, slots=True)
class Offered:
    """What would be carried on.

    Attributes
    ----------
    ends : mapping
        By algorithm, how many ends are carried on.
    total : mapping
        By algorithm, how many there are.
    n : int
        Rows.
    passes : int
        The most of EM over all of them, from one end.
    """

    ends: Mapping[str, int]
    total: Mapping[str, int]
    n: int
    passes: int


@dataclass(frozen=True, eq=False)
class Ends:
    """The best ends of one algorithm's starts, in the sample and over all rows.

    Attributes
    ----------
    sample : Restarts
    every : Restarts
        Of all rows: the first starts of those ends, as far as they are carried on.
    numbers : tuple of int
        Of these starts, by how good their ends are in the sample.
    stretch : float
        By how much log densities are more in the scale of all rows than in the sample's.
    """

    sample: Restarts
    every: Restarts
    numbers: tuple[int, ...]
    stretch: float = 0.0

    @cached_property
    def _places(self) -> dict[int, int]:
        return {start.number: i for i, start in enumerate(self.every.starts)}

    @property
    def complete(self) -> bool:
        """Whether every end has been carried on as far as it goes."""
        return self._places.keys() >= {*self.numbers}

    def begun(self, end: int) -> float | None:
        """Return the value of an end in the sample: a log-likelihood in the scale of all rows."""
        value = self.sample.representatives[end].objective
        if value is None or self.sample.algorithm == "kmeans":
            return value
        return value + self.stretch

    def start(self, end: int) -> Start | None:
        """Return where an end of the sample is on all rows; None where it is on its way."""
        place = self._places.get(self.numbers[end])
        return None if place is None else self.every.starts[place]

    def optimum(self, end: int) -> int:
        """Return which end over all rows an end of the sample has, 0 the best; -1 for none."""
        place = self._places.get(self.numbers[end])
        return COLLAPSED if place is None else int(self.every.optimum[place])

    def is_best(self, end: int) -> bool:
        """Return whether no end is better over all rows than this one of the sample."""
        start, found = self.start(end), self.every.representatives
        return start is not None and start.sound and start.objective == found[0].objective

    def best(self) -> int | None:
        """Return which end of the sample is the best over all rows, of equals the first."""
        return next(filter(self.is_best, range(len(self.numbers))), None)

    def joined(self) -> list[tuple[int, ...]]:
        """Return which ends of the sample are one over all rows: by value, and by clusters.

        Each is beside the best of its value: of the rows looked at, at most ``ALIKE`` are placed
        differently.
        """
        groups = []
        for place, best in enumerate(self.every.representatives):
            together = [
                end
                for end in range(len(self.numbers))
                if self.optimum(end) == place and self._differing(end, best) is not None
            ]
            if len(together) > 1:
                groups.append(tuple(together))
        return groups

    def differing(self, group: Iterable[int]) -> int:
        """Return how many of the rows looked at the ends of a group place differently, at most."""
        group = tuple(group)
        best = self.every.representatives[self.optimum(group[0])]
        return max(self._differing(end, best) or 0 for end in group)

    def _differing(self, end: int, best: Start) -> int | None:
        """Return by how many rows an end differs from another; None where it is by too many."""
        start = self.start(end)
        if start is None or start.labels is None or best.labels is None:
            return None
        found = apart(best.labels, start.labels)
        return found if found <= ALIKE * len(best.labels) else None


def carried_numbers(sample: Restarts) -> tuple[int, ...]:
    """Return the first start of each of the best ends."""
    ends = sample.optimum.tolist()
    best = min(len(sample.representatives), MOST_ENDS)
    return tuple(sample.starts[ends.index(end)].number for end in range(best))


def numbers_of(asked: Any) -> dict[str, tuple[int, ...]]:
    """Return which starts a request names, by algorithm.

    Raises
    ------
    StateError
        When it names none that could be.
    """
    if not isinstance(asked, dict) or asked.keys() != KINDS.keys():
        raise _unreadable()
    for numbers in asked.values():
        if not isinstance(numbers, list) or len(numbers) > MOST_ENDS:
            raise _unreadable()
        if not all(type(one) is int and 0 <= one < MOST_STARTS for one in numbers):
            raise _unreadable()
        if len({*numbers}) < len(numbers):
            raise _unreadable()
    return {name: tuple(numbers) for name, numbers in asked.items()}


def _unreadable() -> StateError:
    return StateError("The page sent a request that cannot be read.", hint="Reload the page.")


def ends_offer_claims(sample: Points, offered: Offered) -> Iterable[Claim]:
    """Return what the starts are of, and what a press on "Start" would do."""
    yield Claim("ends.sample", {"n": sample.n, "n_total": sample.n_total})
    ends = {name: count for name, count in offered.ends.items() if count}
    total = {name: offered.total[name] for name in ends}
    facts = {"ends": ends, "total": total, "n": offered.n, "passes": offered.passes}
    yield Claim("ends.offer", facts)


def ends_claims(ends: Ends) -> Iterator[Claim]:
    """Return what the ends of one algorithm are over all rows, and how they stand."""
    every, algorithm = ends.every, ends.every.algorithm
    if not every.starts:
        return
    sound = [start for start in every.starts if start.sound]
    slow = [start for start in sound if not start.converged]
    yield Claim(
        "ends.carried",
        {
            "algorithm": algorithm,
            "ends": len(every.starts),
            "of": len(ends.numbers),
            "n": every.n,
            "slow": len(slow),
            "passes": max((start.n_iter for start in slow), default=0),
            "fallen": len(every.starts) - len(sound),
        },
    )
    if algorithm == "gmm" and abs(ends.stretch) > _SEEN:
        yield Claim("ends.scale", {"more": ends.stretch})
    if not ends.complete or len(ends.numbers) < 2:
        return
    best = ends.best()
    if best is None:
        return
    yield _stands(ends, best)
    groups = ends.joined()
    for group in groups:
        facts = {"names": tuple(map(optimum_name, group)), "apart": ends.differing(group)}
        of = {"algorithm": algorithm, "n": every.n, "points": every.looked_at}
        yield Claim("ends.joined", of | facts)
    if not groups and len(sound) > 1:
        yield Claim("ends.apart", {"algorithm": algorithm, "ends": len(sound)})


def _stands(ends: Ends, best: int) -> Claim:
    """Return whether the sample's best end is the best over all rows."""
    algorithm, n = ends.every.algorithm, ends.every.n
    facts: dict[str, Any] = {"algorithm": algorithm, "name": optimum_name(0)}
    if ends.optimum(0) == 0:
        return Claim("ends.same", facts | {"n": n, "exact": best == 0})
    start, other = ends.start(0), ends.start(best)
    facts |= {"best": optimum_name(best), "n": n}
    if start is None or other is None or not start.sound:
        return Claim("ends.fallen", facts)
    behind = abs((start.objective or 0.0) - (other.objective or 0.0))
    much = behind * n if algorithm == "gmm" else behind / (other.objective or 1.0)
    return Claim("ends.other", facts | {"much": much})
