"""The work of "Restarts", cut into runs of starts that anybody can compute in any order."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from gmm_dash.engine import check_budget, estimate_cost, estimate_kmeans_cost, study_restarts
from gmm_dash.engine.rest import kmeans_rest_cost, longest_rest, rest_cost
from gmm_dash.results.partition import looked_at, pack
from gmm_dash.results.restarts import KINDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from numpy.typing import NDArray

    from gmm_dash.pipeline.executor import Workplace
    from gmm_dash.results import Points
    from gmm_dash.state import AppState, DataChoice

FIRST_SECONDS: Final = 0.1
PIECE_SECONDS: Final = 0.5
REST_SECONDS: Final = 10.0
"""Most that all starts of a method may take, by estimate, when they are carried on to rest; where
they would take longer, they end by the page's own tolerance."""

START_SECONDS: Final = 5.0
"""Most that one start of a mixture may take that needs every iteration allowed."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Some starts of one algorithm, one after the other.

    Attributes
    ----------
    algorithm : str
    first, count : int
    seconds : float
        Estimated processor time.
    rest : bool
        Whether the starts are carried on to rest.
    """

    algorithm: str
    first: int
    count: int
    seconds: float
    rest: bool


@dataclass(frozen=True, slots=True)
class Task:
    """What is started again and again."""

    k: int
    covariance_type: str
    seed: int
    tol: float
    reg_covar: float
    max_iter: int

    @classmethod
    def of(cls, state: AppState) -> Task:
        """Return the settings that ``state`` asks for."""
        m = state.model
        return cls(m.k, m.covariance_type, m.seed, m.tol, m.reg_covar, m.max_iter)


class RestartsWork:
    """What Restarts may ask for.

    Parameters
    ----------
    points : callable
        ``points(data)`` returns the chosen points.
    limit : float
        Estimated seconds that a single start may take.
    workplace : Workplace
        Where pieces are computed.
    """

    def __init__(
        self, points: Callable[[DataChoice], Points], limit: float, workplace: Workplace
    ) -> None:
        self._points, self._limit, self._workplace = points, limit, workplace

    def plan(self, state: AppState) -> tuple[Batch, ...]:
        """Return how the starts that ``state`` asks for are cut into pieces."""
        points = self._points(state.data)
        return plan(state, points.n, points.d, self._limit)

    def rests(self, state: AppState) -> dict[str, bool]:
        """Return by algorithm whether those starts are carried on to rest."""
        points = self._points(state.data)
        return rests(state, points.n, points.d)

    def piece(self, state: AppState, number: int) -> dict[str, list[dict[str, Any]]]:
        """Return the rows of one piece of those starts, in plain form."""
        batch, x = self.plan(state)[number], self._points(state.data).fitted
        return self._workplace.run(compute, x, batch, Task.of(state))


def plan(state: AppState, n: int, d: int, most_seconds: float) -> tuple[Batch, ...]:
    """Return the batches of starts that ``state`` asks for.

    Raises
    ------
    WorkLimitError
        When a single start is over the limit.
    """
    task, starts = Task.of(state), state.select.starts
    check_budget(Price(task, "gmm", n, d, rest=False).of(1), most_seconds)
    both = [list(_cut(price, starts)) for price in _prices(task, starts, n, d)]
    order = sorted(
        (batch for batches in both for batch in batches),
        key=lambda batch: (batch.first + batch.count, batch.algorithm),
    )
    return tuple(order)


def rests(state: AppState, n: int, d: int) -> dict[str, bool]:
    """Return by algorithm whether the starts that ``state`` asks for are carried on to rest."""
    prices = _prices(Task.of(state), state.select.starts, n, d)
    return {price.algorithm: price.rest for price in prices}


def compute(x: NDArray[np.float64], batch: Batch, task: Task) -> dict[str, list[dict[str, Any]]]:
    """Return the rows of one batch in plain form, under the algorithm's name."""
    starts = partial(
        study_restarts,
        x,
        task.k,
        algorithm=batch.algorithm,
        inits=KINDS[batch.algorithm],
        first=batch.first,
        n_restarts=batch.count,
        random_state=task.seed,
        rest=batch.rest,
        labelled=looked_at(len(x)),
    )
    restarts = (
        starts()
        if batch.algorithm == "kmeans"
        else starts(
            covariance_type=task.covariance_type,
            tol=task.tol,
            reg_covar=task.reg_covar,
            max_iter=task.max_iter,
        )
    )
    rows = [
        {
            "number": batch.first + i,
            "kind": restarts.kinds[i],
            "seed": int(restarts.seeds[i]),
            "objective": _finite(restarts.objective[i]),
            "n_iter": int(restarts.n_iter[i]),
            "converged": bool(restarts.converged[i]),
            "degenerate": bool(restarts.degenerate[i]),
            "rested": batch.rest,
            "stopped": _finite(restarts.stopped[i]),
            "moved": int(restarts.moved[i]),
            "labels": None if labels is None else pack(labels, task.k),
        }
        for i, labels in enumerate(restarts.labels)
    ]
    return {batch.algorithm: rows}


def _finite(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None


@dataclass(frozen=True, slots=True)
class Price:
    """What starts of one algorithm cost, carried on to rest or not."""

    task: Task
    algorithm: str
    n: int
    d: int
    rest: bool

    def of(self, count: int) -> float:
        """Return the estimated processor time of so many starts in one batch."""
        task, size = self.task, (self.n, self.d, self.task.k)
        if self.algorithm == "kmeans":
            kmeans = kmeans_rest_cost if self.rest else estimate_kmeans_cost
            return 0.004 + kmeans(*size, n_init=count)
        if self.rest:
            return rest_cost(*size, covariance_type=task.covariance_type, n_init=count)
        return estimate_cost(
            *size,
            covariance_type=task.covariance_type,
            n_init=count,
            tol=task.tol,
            max_iter=task.max_iter,
        )


def _prices(task: Task, starts: int, n: int, d: int) -> tuple[Price, Price]:
    """Return the prices of k-means and of the mixture, to rest where that can be afforded.

    A mixture's start may need every iteration it is allowed, so that, too, is bounded: by work,
    not by the clock, as equal links must have equal answers.
    """
    kmeans, gmm = (Price(task, name, n, d, rest=True) for name in ("kmeans", "gmm"))
    longest = longest_rest(n, d, task.k, covariance_type=task.covariance_type)
    bounded = longest <= START_SECONDS and gmm.of(starts) <= REST_SECONDS
    return replace(kmeans, rest=kmeans.of(starts) <= REST_SECONDS), replace(gmm, rest=bounded)


def _cut(price: Price, total: int) -> Iterable[Batch]:
    """Yield batches of about equal cost, the first one short."""
    first, budget, whole_turn = 0, FIRST_SECONDS, len(KINDS[price.algorithm])
    while first < total:
        count = min(whole_turn, total - first)
        while first + count < total and price.of(count + 1) <= budget:
            count += 1
        while count > 1 and price.of(count) > 2 * budget:
            count -= 1
        yield Batch(price.algorithm, first, count, price.of(count), price.rest)
        first, budget = first + count, PIECE_SECONDS
