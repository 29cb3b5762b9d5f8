"""Where many starts ended: rows of a study of restarts, and the distinct ends among them.

Ends are told apart by what matters: how well they explain the data. Starts whose values are as
good as one another's have one end; how many points they place differently, a row's partition
tells. The names in the code say "optimum": an end is one only where the starts were carried on to
rest, so the page says "end".
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from gmm_dash.engine import KMEANS_INITS, START_KINDS
from gmm_dash.engine.rest import close_values
from gmm_dash.errors import StateError
from gmm_dash.results.partition import apart, canonical, looked_at, unpack

if TYPE_CHECKING:
    from numpy.typing import NDArray

KINDS: Final = {"gmm": START_KINDS, "kmeans": KMEANS_INITS}
COLLAPSED: Final = -1  # the end of a start that has none to speak of
MOST_STARTS: Final = 400
_LARGEST: Final = 2**32


@dataclass(frozen=True, eq=False)
class Start:
    """One start and its end.

    Attributes
    ----------
    number : int
        Counted from zero; it fixes kind and seed.
    kind : str
    seed : int
    objective : float or None
        Mean log-likelihood per point, or inertia; None when the run broke down.
    n_iter : int
    converged, degenerate : bool
    rested : bool
        Whether it was carried on to rest: then ``objective`` is that of its rest.
    stopped : float or None
        The objective by the page's own tolerance and limit, from where it was carried on.
    moved : int
        Points that were still to change their cluster there (k-means).
    labels : (s,) array of int or None
        The clusters of the points looked at, numbered by their first points.
    """

    number: int
    kind: str
    seed: int
    objective: float | None
    n_iter: int
    converged: bool
    degenerate: bool
    rested: bool
    stopped: float | None
    moved: int
    labels: NDArray[np.intp] | None

    @property
    def sound(self) -> bool:
        """Whether its objective says something about the data."""
        return self.objective is not None and not self.degenerate


@dataclass(frozen=True, eq=False)
class Restarts:
    """All starts of one algorithm so far.

    Attributes
    ----------
    algorithm : str
        ``"gmm"`` or ``"kmeans"``.
    starts : tuple of Start
        By number.
    n : int
        Points.
    """

    algorithm: str
    starts: tuple[Start, ...]
    n: int

    @cached_property
    def _optima(self) -> tuple[NDArray[np.intp], list[int]]:
        optimum = np.full(len(self.starts), COLLAPSED, dtype=np.intp)
        sign = -1.0 if self.algorithm == "gmm" else 1.0
        costs = {i: sign * (s.objective or 0.0) for i, s in enumerate(self.starts) if s.sound}
        firsts: list[int] = []
        for i in sorted(costs, key=lambda i: costs[i]):
            if not firsts or costs[i] - costs[firsts[-1]] > self.close(costs[firsts[-1]]):
                firsts.append(i)
            optimum[i] = len(firsts) - 1
        return optimum, firsts

    def close(self, value: float) -> float:
        """Return how much worse than ``value`` is as good."""
        return close_values(value, self.n, inertia=self.algorithm == "kmeans")

    @property
    def rested(self) -> bool:
        """Whether all starts were carried on to rest."""
        return all(start.rested for start in self.starts)

    @property
    def looked_at(self) -> int:
        """Of how many points the clusters are compared."""
        return len(looked_at(self.n))

    def variants(self, optimum: int) -> tuple[int, int]:
        """Return how many partitions one end has, and how far they are from its best one's.

        Far: points that are placed differently, clusters matched, of those looked at.
        """
        ends = zip(self.starts, self.optimum.tolist(), strict=True)
        found = {
            s.labels.tobytes(): s.labels
            for s, end in ends
            if end == optimum and s.labels is not None
        }
        best = self.representatives[optimum].labels
        if best is None:
            return 0, 0
        return len(found), max(apart(best, other) for other in found.values())

    def stopped_early(self) -> tuple[Start, ...]:
        """Return the starts that the page's own tolerance and limit would have stopped too soon.

        Too soon: as mixtures, the value at rest is better by more than counts as the same; with
        k-means, points were still to move.
        """
        if self.algorithm == "kmeans":
            return tuple(s for s in self.starts if s.rested and s.sound and s.moved)
        return tuple(s for s in self.starts if s.sound and self.rise(s) > self.close(0.0))

    def rise(self, start: Start) -> float:
        """Return how much a start's value still got better on the way to rest."""
        if not start.rested or start.objective is None or start.stopped is None:
            return 0.0
        return abs(start.objective - start.stopped)

    @property
    def optimum(self) -> NDArray[np.intp]:
        """Which distinct end each start has, 0 the best; -1 where it collapsed."""
        return self._optima[0]

    @property
    def representatives(self) -> tuple[Start, ...]:
        """The best start of each distinct end, best first."""
        return tuple(self.starts[i] for i in self._optima[1])

    def reach_best(self) -> dict[str, float]:
        """Return the share of the starts of each kind that end where the best did."""
        kinds = np.array([start.kind for start in self.starts])
        return {
            kind: float((self.optimum[kinds == kind] == 0).mean())
            for kind in KINDS[self.algorithm]
            if (kinds == kind).any()
        }

    def count(self, optimum: int) -> int:
        """Return how many starts have one end."""
        return int((self.optimum == optimum).sum())


def optimum_name(optimum: int) -> str:
    """Return ``A`` for the best end, ``B`` for the next, ..., ``Z``, ``AA``."""
    if optimum == COLLAPSED:
        return "collapsed"
    letters = ""
    rest = optimum + 1
    while rest:
        rest, last = divmod(rest - 1, 26)
        letters = chr(65 + last) + letters
    return letters


def restarts_of(algorithm: str, rows: Any, *, n: int, k: int) -> Restarts:
    """Return the study made of rows in their plain form.

    Parameters
    ----------
    algorithm : str
    rows : list of dict
    n, k : int
        Points, and clusters or components.

    Raises
    ------
    StateError
        When something in them cannot be a row.
    """
    if not isinstance(rows, list) or len(rows) > MOST_STARTS:
        raise _unreadable()
    count = len(looked_at(n))
    read = (_start(algorithm, row, k, count) for row in rows)
    starts = {start.number: start for start in read}
    return Restarts(algorithm, tuple(starts[number] for number in sorted(starts)), n)


def _start(algorithm: str, raw: Any, k: int, count: int) -> Start:
    if not isinstance(raw, dict):
        raise _unreadable()
    numbers = [raw.get(name) for name in ("number", "seed", "n_iter", "moved")]
    flags = [raw.get(name) for name in ("converged", "degenerate", "rested")]
    values = [raw.get(name, "missing") for name in ("objective", "stopped")]
    readable = (
        all(type(number) is int and 0 <= number < _LARGEST for number in numbers)
        and all(isinstance(flag, bool) for flag in flags)
        and raw.get("kind") in KINDS[algorithm]
        and all(value is None or _is_finite(value) for value in values)
    )
    if not readable:
        raise _unreadable()
    return Start(
        number=raw["number"],
        kind=raw["kind"],
        seed=raw["seed"],
        objective=raw["objective"],
        n_iter=raw["n_iter"],
        converged=raw["converged"],
        degenerate=raw["degenerate"],
        rested=raw["rested"],
        stopped=raw["stopped"],
        moved=raw["moved"],
        labels=_labels(raw.get("labels"), k, count),
    )


def _is_finite(value: Any) -> bool:
    return type(value) in (int, float) and math.isfinite(value)


def _labels(raw: Any, k: int, count: int) -> NDArray[np.intp] | None:
    if raw is None:
        return None
    if not isinstance(raw, str):
        raise _unreadable()
    try:
        return canonical(unpack(raw, k, count))
    except ValueError:
        raise _unreadable() from None


def _unreadable() -> StateError:
    return StateError(
        "The page sent results that cannot be read.", hint="Reload the page to compute them again."
    )
