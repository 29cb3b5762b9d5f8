"""The work of "Restarts", cut into runs of starts that anybody can compute in any order."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from gmm_dash.engine import check_budget, estimate_cost, estimate_kmeans_cost, study_restarts
from gmm_dash.results.study import KINDS, sketch_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from gmm_dash.state import AppState

FIRST_SECONDS: Final = 0.1
PIECE_SECONDS: Final = 0.5


@dataclass(frozen=True, slots=True)
class Batch:
    """Some starts of one algorithm, one after the other.

    Attributes
    ----------
    algorithm : str
    first, count : int
    seconds : float
        Estimated processor time.
    """

    algorithm: str
    first: int
    count: int
    seconds: float


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


def plan(state: AppState, n: int, d: int, most_seconds: float) -> tuple[Batch, ...]:
    """Return the batches of the study that ``state`` asks for.

    Raises
    ------
    WorkLimitError
        When a single start is over the limit.
    """
    task = Task.of(state)
    check_budget(_seconds(task, "gmm", 1, n, d), most_seconds)
    both = [list(_cut(task, name, state.select.starts, n, d)) for name in ("kmeans", "gmm")]
    order = sorted(
        (batch for batches in both for batch in batches),
        key=lambda batch: (batch.first + batch.count, batch.algorithm),
    )
    return tuple(order)


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
    )
    study = (
        starts()
        if batch.algorithm == "kmeans"
        else starts(
            covariance_type=task.covariance_type,
            tol=task.tol,
            reg_covar=task.reg_covar,
            max_iter=task.max_iter,
        )
    )
    spread = x.std(axis=0)
    rows = [
        {
            "number": batch.first + i,
            "kind": study.kinds[i],
            "seed": int(study.seeds[i]),
            "objective": float(study.objective[i]) if np.isfinite(study.objective[i]) else None,
            "n_iter": int(study.n_iter[i]),
            "converged": bool(study.converged[i]),
            "degenerate": bool(study.degenerate[i]),
            "sketch": None if means is None else sketch_of(means, spread),
        }
        for i, means in enumerate(study.means)
    ]
    return {batch.algorithm: rows}


def _seconds(task: Task, algorithm: str, count: int, n: int, d: int) -> float:
    if algorithm == "kmeans":
        return 0.004 + estimate_kmeans_cost(n, d, task.k, n_init=count)
    return estimate_cost(
        n,
        d,
        task.k,
        covariance_type=task.covariance_type,
        n_init=count,
        tol=task.tol,
        max_iter=task.max_iter,
    )


def _cut(task: Task, algorithm: str, total: int, n: int, d: int) -> Iterable[Batch]:
    """Yield batches of about equal cost, the first one short."""
    first, budget, whole_turn = 0, FIRST_SECONDS, len(KINDS[algorithm])
    while first < total:
        count = min(whole_turn, total - first)
        while first + count < total and _seconds(task, algorithm, count + 1, n, d) <= budget:
            count += 1
        while count > 1 and _seconds(task, algorithm, count, n, d) > 2 * budget:
            count -= 1
        yield Batch(algorithm, first, count, _seconds(task, algorithm, count, n, d))
        first, budget = first + count, PIECE_SECONDS
