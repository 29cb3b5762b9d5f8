"""CPU time of two ways to do the same thing, measured in turn."""

from __future__ import annotations

import time
import warnings
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True)
class Measured:
    """Median seconds of CPU of both sides, and the ratio of those medians."""

    ours: float
    theirs: float

    @property
    def ratio(self) -> float:
        """How many times less CPU ours takes."""
        return self.theirs / self.ours


def cpu_seconds(work: Callable[[], object]) -> float:
    """Return the CPU time of one call, all threads."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        start = time.process_time()
        work()
        return time.process_time() - start


def side_by_side(
    ours: Callable[[], object], theirs: Callable[[], object], *, repeats: int
) -> Measured:
    """Return medians over ``repeats`` rounds; each round runs both, ours three times.

    Running them in turn lets a busy machine disturb both alike. The first round of each is a
    warm-up and does not count.
    """
    cpu_seconds(ours)
    mine, other = [], []
    for _ in range(repeats):
        mine += [cpu_seconds(ours) for _ in range(3)]
        other.append(cpu_seconds(theirs))
    return Measured(median(mine), median(other))
