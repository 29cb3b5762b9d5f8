"""The work of "How sure?", cut into refits that anybody can compute in any order.

What is tested is asked for by the state alone: the chosen model is its ``k`` and ``cov``, searched
for from the drawn starts of the page's settings. No piece needs what another one found.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from gmm_dash.engine import check_budget, estimate_cost
from gmm_dash.engine.bootstrap import (
    Pair,
    Search,
    ends_at,
    fit_pair,
    replicate_statistics,
    resampled_agreement,
)
from gmm_dash.engine.cost import spoken
from gmm_dash.engine.covariances import CovarianceType
from gmm_dash.engine.gmm import usual_starts
from gmm_dash.errors import FitError, WorkLimitError
from gmm_dash.pipeline.fits import Fits

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    import numpy as np
    from numpy.typing import NDArray

    from gmm_dash.engine.levels import Found
    from gmm_dash.memory import Memory
    from gmm_dash.pipeline.executor import Workplace
    from gmm_dash.results import Points
    from gmm_dash.state import AppState, DataChoice

PIECE_SECONDS: Final = 1.0  # estimated
MOST_SECONDS: Final = 1_200.0  # of all refits together, estimated
RESAMPLES: Final = 50  # at most: of the rows, for the labels
STARTS: Final = 20  # of which the ends are counted


@dataclass(frozen=True, slots=True)
class Batch:
    """Some refits of one kind, one after the other.

    Attributes
    ----------
    kind : str
        ``"observed"``, ``"test"`` or ``"labels"``.
    first, count : int
    seconds : float
        Estimated processor time.
    """

    kind: str
    first: int
    count: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of the chosen model.

    Attributes
    ----------
    chosen : int
        Its components, K.
    null : int
        The components under the null hypothesis: K, or one fewer.
    covariance_type : str
    replicates : int
    fits : Fits
    """

    chosen: int
    null: int
    covariance_type: str
    replicates: int
    fits: Fits

    @classmethod
    def of(cls, state: AppState) -> Question:
        """Return what ``state`` asks.

        Raises
        ------
        FitError
            When there is no smaller model to test against.
        """
        k, chosen = state.model.k, state.select
        null = k if chosen.against == "more" else k - 1
        if null < 1:
            raise FitError(
                "One component is the fewest there is, so none is one too many.",
                hint="Test K against K + 1.",
            )
        fits = replace(Fits.of(state), kmeans_init="", folds=0)
        return cls(k, null, state.model.covariance_type, chosen.replicates, fits)

    @property
    def search(self) -> Search:
        """How data and replicates are searched."""
        return self.search_from(self.fits.n_init)

    def search_from(self, n_init: int) -> Search:
        """Return the same search from another number of starts."""
        kind = CovarianceType(self.covariance_type)
        starts = usual_starts(self.fits.init, n_init, self.fits.seed)
        return Search(kind, starts, self.fits.settings, self.fits.seed)

    @property
    def resamples(self) -> int:
        """How often the rows are drawn anew; never for one group, whose labels cannot change."""
        return min(RESAMPLES, self.replicates) if self.chosen > 1 else 0

    def of_pair(self, pair: Pair) -> Found | None:
        """Return the chosen model of the two that are tested."""
        return pair.null if self.null == self.chosen else pair.wider


class SureWork:
    """What How sure? may ask for.

    Parameters
    ----------
    points : callable
        ``points(data)`` returns the chosen points.
    limit : float
        Estimated seconds that a single refit may take.
    memory : Memory
    workplace : Workplace
        Where pieces are computed.
    """

    def __init__(
        self,
        points: Callable[[DataChoice], Points],
        limit: float,
        memory: Memory[Any],
        workplace: Workplace,
    ) -> None:
        self._points, self._limit, self._workplace = points, limit, workplace
        self._observed = memory.remember(self._observe)

    def plan(self, state: AppState) -> tuple[Batch, ...]:
        """Return how the test of the model that ``state`` chooses is cut into refits.

        Raises
        ------
        FitError
            Where rows with gaps are used: replicates and drawn rows would have other gaps. Where
            rows count by weights: those of replicates are not known.
        """
        points = self._points(state.data)
        if points.weighting is not None:
            raise FitError(
                "The test and the refits take each row once, so there are none where rows count "
                "by weights.",
                hint="Choose none as weights of rows.",
            )
        if points.gaps is not None:
            raise FitError(
                "The test and the refits are of complete rows, so there are none where rows with "
                "gaps are used.",
                hint="Leave out the rows with gaps.",
            )
        return plan(Question.of(state), points.n, points.d, self._limit)

    def piece(self, state: AppState, number: int) -> dict[str, list[dict[str, Any]]]:
        """Return the rows of one piece of that test, in plain form."""
        batch, question = self.plan(state)[number], Question.of(state)
        pair = self._observed(state.data, replace(question, replicates=0))
        x = self._points(state.data).fitted
        return self._workplace.run(compute, x, batch, question, pair)

    def _observe(self, data: DataChoice, question: Question) -> Pair:
        return self._workplace.run(observe, self._points(data).fitted, question)


def plan(question: Question, n: int, d: int, most_seconds: float) -> tuple[Batch, ...]:
    """Return the batches of refits that ``question`` needs.

    Raises
    ------
    FitError
        When there are too few points.
    WorkLimitError
        When a single refit, or all of them, would take too long.
    """
    if question.null + 1 > n:
        raise FitError(
            f"There are only {n} points, too few for {question.null + 1} components.",
            hint="Use more rows, or fewer components.",
        )
    fits = question.fits
    estimate = partial(
        estimate_cost, n, d, covariance_type=question.covariance_type, tol=fits.tol,
        max_iter=fits.max_iter,
    )  # fmt: skip
    pair = sum(estimate(k, n_init=fits.n_init) for k in (question.null, question.null + 1))
    again = estimate(question.chosen, n_init=fits.n_init)
    first = pair + estimate(question.chosen, n_init=STARTS)
    check_budget(max(pair, again), most_seconds)
    batches = [
        Batch("observed", 0, 1, first),
        *_cut("test", question.replicates, pair),
        *_cut("labels", question.resamples, again),
    ]
    total = sum(batch.seconds for batch in batches)
    if total > MOST_SECONDS:
        raise WorkLimitError(
            f"{question.replicates} replicates would take about {spoken(total)} of computing; the "
            f"limit is {spoken(MOST_SECONDS)}.",
            hint="Ask for fewer replicates, or use fewer rows (a random sample).",
        )
    share = {"observed": 0, "test": question.replicates, "labels": question.resamples}
    return tuple(
        sorted(batches, key=lambda b: (b.first + b.count) / share[b.kind] if share[b.kind] else 0.0)
    )


def observe(x: NDArray[np.float64], question: Question) -> Pair:
    """Return the two models on the data: every other piece begins with them."""
    return fit_pair(x, question.null, question.search)


def compute(
    x: NDArray[np.float64], batch: Batch, question: Question, pair: Pair
) -> dict[str, list[dict[str, Any]]]:
    """Return the rows of one batch in plain form, under its kind."""
    if batch.kind == "observed":
        return {"observed": [_observed(x, question, pair)]}
    numbers = range(batch.first, batch.first + batch.count)
    chosen = question.of_pair(pair)
    found: list[float | None] = [None] * batch.count
    if batch.kind == "labels":
        if chosen is not None:
            found = resampled_agreement(x, chosen.mixture, question.search, numbers)
        name = "agreement"
    else:
        if pair.null is not None and pair.statistic is not None:
            found = replicate_statistics(pair.null.mixture, len(x), question.search, numbers)
        name = "statistic"
    rows = [{"number": i, name: value} for i, value in zip(numbers, found, strict=True)]
    return {batch.kind: rows}


def _observed(x: NDArray[np.float64], question: Question, pair: Pair) -> dict[str, Any]:
    chosen = question.of_pair(pair)
    reached, above = 0, 0
    if chosen is not None:
        many = question.search_from(STARTS)
        reached, above = ends_at(x, question.chosen, chosen.log_likelihood, many)
    return {
        "statistic": pair.statistic,
        "sound": pair.null is not None,
        "log_likelihood": None if chosen is None else chosen.log_likelihood,
        "starts": STARTS,
        "reached": reached,
        "above": above,
    }


def _cut(kind: str, total: int, each: float) -> Iterable[Batch]:
    """Yield batches of about equal cost."""
    size = max(1, int(PIECE_SECONDS / each))
    for first in range(0, total, size):
        count = min(size, total - first)
        yield Batch(kind, first, count, count * each)
