"""How long a fit over all rows takes with more workers, from the parts of one that was timed.

Nothing is assumed but how a cluster works: a scheduler hands out one slice after the other, whoever
is free takes the next, and a pass ends with its last slice. Every part has been measured.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from heapq import heapify, heapreplace
from math import ceil
from time import perf_counter
from typing import TYPE_CHECKING, Any, TypeVar

from gmm_dash.pipeline.parted.crew import FAN, Alone

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Timed:
    """A pass over all slices.

    Attributes
    ----------
    slices : tuple of float
        Seconds for each, read and worked on.
    adding : float
        Seconds for one sum of ``FAN`` slices' sums.
    """

    slices: tuple[float, ...]
    adding: float


@dataclass
class Watched(Alone):
    """One process that works on slices, with a watch.

    Attributes
    ----------
    passes : list of Timed
    """

    passes: list[Timed] = field(default_factory=list)

    def total(
        self,
        function: Callable[[Any], T],
        items: Sequence[Any],
        tell: Callable[[int, int], None] | None = None,
    ) -> T:
        """See :class:`gmm_dash.pipeline.parted.crew.Crew`."""
        took: list[float] = []

        def watched(item: Any) -> T:
            begun = perf_counter()
            found = function(item)
            took.append(perf_counter() - begun)
            return found

        begun = perf_counter()
        found = super().total(watched, items, tell)
        adding = max(perf_counter() - begun - sum(took), 0.0) / max(_sums(len(items)), 1)
        self.passes.append(Timed(tuple(took), adding))
        return found


@dataclass(frozen=True, slots=True)
class Scheduler:
    """What a scheduler and its client take, one task after the other.

    Attributes
    ----------
    each : float
        Seconds for each task.
    wait : float
        Seconds from the end of a pass's last task to the start of the next pass.
    """

    each: float
    wait: float


def pass_seconds(timed: Timed, workers: int, scheduler: Scheduler) -> float:
    """Return how long a pass takes with so many workers.

    Sums are added in a tree; a level begins when the one below it has ended.
    """
    end = _level(timed.slices, workers, scheduler, 0.0)
    left = ceil(len(timed.slices) / FAN)
    while True:
        end = _level((timed.adding,) * left, workers, scheduler, end)
        if left == 1:
            return end + scheduler.wait
        left = ceil(left / FAN)


def fit_seconds(passes: Sequence[Timed], alone: float, workers: int, scheduler: Scheduler) -> float:
    """Return how long a whole fit takes: what one process does alone, and all passes."""
    return alone + sum(pass_seconds(one, workers, scheduler) for one in passes)


def _level(seconds: Sequence[float], workers: int, scheduler: Scheduler, begin: float) -> float:
    """Return when the last of some independent tasks ends."""
    free, end = [begin] * workers, begin
    heapify(free)
    for place, task in enumerate(seconds, start=1):
        handed = begin + place * scheduler.each
        end = max(end, done := max(free[0], handed) + task)
        heapreplace(free, done)
    return end


def _sums(count: int) -> int:
    """Return how many sums a pass adds up."""
    sums = 0
    while count > 1:
        count = ceil(count / FAN)
        sums += count
    return sums
