"""Models of a sample carried on to all rows by full passes, some at a time.

A piece of that work is some passes of EM, or of Lloyd's algorithm, over every row. It begins where
the one before has ended, and that follows from the settings alone: whoever lacks it finds it anew.
Where a run has ended is kept under the name of its start, too, so that two views whose searches
of the sample came to the same start need not both go on from it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from gmm_dash.engine import (
    CentersRun,
    Mixture,
    block_center_sums,
    block_scores,
    block_statistics,
    check_time,
    combine,
    estimate_cost,
    estimate_kmeans_cost,
)
from gmm_dash.engine.nesting import SMOOTHED
from gmm_dash.engine.types import INFORMED
from gmm_dash.errors import FitError, WorkLimitError
from gmm_dash.pipeline.carried import Carried, CarriedCenters
from gmm_dash.pipeline.climb import highest
from gmm_dash.pipeline.fits import Fits
from gmm_dash.pipeline.parted.passes import MixtureRun, Rules
from gmm_dash.pipeline.whole import centers_of_all, start_of_all
from gmm_dash.state import AppState, ModelChoice

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator

    from numpy.typing import NDArray

    from gmm_dash.engine import CenterSums, Statistics
    from gmm_dash.memory import Memory
    from gmm_dash.pipeline.carried import CarriedStore
    from gmm_dash.pipeline.whole import Whole
    from gmm_dash.state import DataChoice

ROWS_AT_ONCE: Final = 262_144
"""Rows of a block: what a pass needs beside the rows does not grow with these."""

MOST_PASSES: Final = 200
"""Over all rows, for one mixture: it begins near its end."""

PIECE_SECONDS: Final = 2.0  # estimated
_AGAIN: Final = 2.0  # an iteration that makes each block's features anew, beside one that has them
_LLOYD: Final = 15  # iterations that the estimate of a run of k-means stands for


@dataclass(frozen=True, slots=True)
class Width:
    """How the columns of all rows spread, as they are fitted.

    Attributes
    ----------
    covariance : (d, d) array
    """

    covariance: NDArray[np.float64]

    def smoothed(self, reg_covar: float) -> bool:
        """Return whether ``reg_covar`` is strong beside them; see ``engine.nesting``."""
        variances = np.diagonal(self.covariance)
        return bool((reg_covar > SMOOTHED * variances[variances > 0]).any())


class Carrier:
    """Mixtures on their way over all rows.

    Parameters
    ----------
    whole : Whole
        All rows, and the fits to their sample.
    memory : Memory
        Where states are kept by this process.
    carried : CarriedStore or None
        Where they are kept for all; without one each process finds them itself.
    """

    def __init__(self, whole: Whole, memory: Memory[Any], carried: CarriedStore | None) -> None:
        self._whole, self._carried, self._memory = whole, carried, memory
        self._after = memory.remember(self._find)
        self._centers_after = memory.remember(self._find_centers)
        self._width = memory.remember(self._measure)

    def after(self, data: DataChoice, model: ModelChoice, passes: int, number: int) -> Carried:
        """Return a mixture after so many pieces of so many passes, and one more.

        It begins with what "How many?" shows of the sample: with neighbours as far as it asks them.

        Parameters
        ----------
        data : DataChoice
        model : ModelChoice
            Its K and its covariance type, and how the sample is searched.
        passes : int
            Of a piece.
        number : int
            Of the piece, from 0, which begins with the sample's mixture.
        """
        points, fits = self._whole.sampled.points(data), Fits.of(AppState(data=data, model=model))
        informed = highest(fits, points.n, points.d, model.k) >= model.k
        searched = replace(model, init=INFORMED if informed else model.drawn)
        return self._after(data, replace(searched, background="off"), passes, number)

    def of_start(self, data: DataChoice, model: ModelChoice, passes: int, number: int) -> Carried:
        """Return a mixture that goes on from where one start has ended in the sample.

        As :meth:`after`; where a view has carried that start on to its end, it is there at once.

        Parameters
        ----------
        data : DataChoice
        model : ModelChoice
            Its ``init`` and ``seed`` are the start's.
        passes : int
            Of a piece.
        number : int
            Of the piece, from 0.
        """
        one = _of_mixture(model, model.init, model.seed)
        ended = self.end(data, one, one.init, one.seed)
        return ended or self._after(data, one, passes, number)

    def centers_of_start(
        self, data: DataChoice, model: ModelChoice, passes: int, number: int
    ) -> CarriedCenters:
        """Return k-means that goes on from where one start has ended in the sample.

        As :meth:`of_start`, with ``kmeans_init`` for the kind of start.
        """
        one = _of_kmeans(replace(model, n_init=1))
        return self.centers_end(data, one) or self._centers_after(data, one, passes, number)

    def as_set(
        self, data: DataChoice, model: ModelChoice, passes: int, number: int
    ) -> tuple[int, Carried]:
        """Return a piece of the mixture that Compare shows, and which of its pieces it is.

        The sample is searched, and the run ends, by the settings alone. A piece whose forerunner
        nobody has kept is the first one: from there all can be done again.

        Parameters
        ----------
        data : DataChoice
        model : ModelChoice
        passes : int
            Of a piece.
        number : int
            Of the piece that is wanted, from 0.
        """
        plain = replace(model, background="off")

        def work(i: int) -> Hashable:
            return _work("as set", data, plain, passes, i)

        before = self._known(work(number - 1)) if number else None
        number = 0 if before is None else number
        found = self._known(work(number))
        if found is not None:
            return number, found
        before = before or self._begin(data, plain)
        if before.ended is not None:
            return number, before
        rules = replace(rules_of(model), max_iter=model.max_iter)
        found = carry_on(before, self._whole.points(data).fitted, rules, passes, number)
        self._keep(work(number), found)
        self._keep_end(data, plain, found)
        return number, found

    def end(
        self, data: DataChoice, model: ModelChoice, init: str, random_state: int
    ) -> Carried | None:
        """Return where a mixture of all rows has ended; None where nobody has gone on so far.

        Parameters
        ----------
        data : DataChoice
        model : ModelChoice
        init, random_state : str, int
            Of the start of the sample's best, which names the run.
        """
        return self._known(_end(data, model, init, random_state))

    def centers(
        self, data: DataChoice, model: ModelChoice, passes: int, number: int
    ) -> tuple[int, CarriedCenters]:
        """Return a piece of k-means, and which of its pieces it is; as :meth:`as_set`."""
        plain = _of_kmeans(model)

        def work(i: int) -> Hashable:
            return _work("k-means", data, plain, passes, i)

        before = self._known_centers(work(number - 1)) if number else None
        number = 0 if before is None else number
        found = self._known_centers(work(number))
        if found is not None:
            return number, found
        return number, self._move_centers(data, plain, before, passes, number)

    def centers_end(self, data: DataChoice, model: ModelChoice) -> CarriedCenters | None:
        """Return where k-means of all rows has ended; None where nobody has gone on so far."""
        return self._known_centers(_work("k-means ended", data, _of_kmeans(model)))

    def _known(self, work: Hashable) -> Carried | None:
        found: Carried | None = self._memory.get(work)
        if found is None and self._carried is not None:
            found = self._carried.get(work)
            if found is not None:
                self._memory.put(work, found)
        return found

    def _known_centers(self, work: Hashable) -> CarriedCenters | None:
        found: CarriedCenters | None = self._memory.get(work)
        if found is None and self._carried is not None:
            found = self._carried.centers(work)
            if found is not None:
                self._memory.put(work, found)
        return found

    def _keep(self, work: Hashable, found: Carried | CarriedCenters) -> None:
        self._memory.put(work, found)
        if self._carried is not None:
            self._carried.put(work, found)

    def width(self, data: DataChoice) -> Width:
        """Return how the columns of all rows spread."""
        return self._width(data)

    def _find(self, data: DataChoice, model: ModelChoice, passes: int, number: int) -> Carried:
        work = _work(data, model, passes, number)
        known = None if self._carried is None else self._carried.get(work)
        if known is not None:
            return known
        if number:
            before = self._after(data, model, passes, number - 1)
        else:
            before = self._begin(data, model)
        if before.ended is not None:
            return before
        x = self._whole.points(data).fitted
        found = carry_on(before, x, rules_of(model), passes, number)
        if self._carried is not None:
            self._carried.put(work, found)
        self._keep_end(data, model, found)
        return found

    def _find_centers(
        self, data: DataChoice, model: ModelChoice, passes: int, number: int
    ) -> CarriedCenters:
        known = self._known_centers(_work("k-means", data, model, passes, number))
        if known is not None:
            return known
        before = self._centers_after(data, model, passes, number - 1) if number else None
        return self._move_centers(data, model, before, passes, number)

    def _move_centers(
        self,
        data: DataChoice,
        plain: ModelChoice,
        before: CarriedCenters | None,
        passes: int,
        number: int,
    ) -> CarriedCenters:
        """Return k-means a piece further on; without one before, from the sample's centres."""
        every, sampled = self._whole.points(data), self._whole.sampled
        fit = sampled.kmeans(data, plain)
        if before is None:
            start = centers_of_all(sampled.points(data), every, fit)
            before = CarriedCenters(CentersRun.at(every.fitted, start))
        if before.ended is not None:
            return before
        run = before.run.moved(every.fitted, passes, fit.tol)
        found = CarriedCenters(run, None if run.moves() else number)
        self._keep(_work("k-means", data, plain, passes, number), found)
        if found.ended is not None:
            self._keep(_work("k-means ended", data, plain), found)
        return found

    def _keep_end(self, data: DataChoice, model: ModelChoice, found: Carried) -> None:
        """Keep where a mixture has ended by its settings, for those who begin at the same start."""
        run = found.run
        if found.ended is None or run is None:
            return
        if run.converged or run.failed or len(run.log_likelihoods) >= model.max_iter:
            self._keep(_end(data, model, found.init, found.random_state), found)

    def _begin(self, data: DataChoice, model: ModelChoice) -> Carried:
        """Return the sample's best mixture in the scale of all rows."""
        sample, every = self._whole.sampled.points(data), self._whole.points(data)
        try:
            fit = self._whole.sampled.gmm(data, model)
        except WorkLimitError:
            return Carried(None, model.drawn, model.seed, 0, "stopped")
        except FitError:
            return Carried(None, model.drawn, model.seed, 0, "collapsed")
        run = MixtureRun(str(fit.covariance_type), start_of_all(sample, every, fit))
        return Carried(run, fit.init, fit.random_state)

    def _measure(self, data: DataChoice) -> Width:
        x = self._whole.points(data).fitted
        mean, total = x.mean(axis=0), np.zeros((x.shape[1], x.shape[1]))
        for part in _blocks(x):
            about = part - mean
            total += about.T @ about
        return Width(total / len(x))


def _work(*parts: Hashable) -> Hashable:
    """Return the name of some work in this version: the next one may compute otherwise."""
    version = import_module(__name__.partition(".")[0]).__version__  # it is above every layer
    return version, *parts


def _end(data: DataChoice, model: ModelChoice, init: str, random_state: int) -> Hashable:
    """Return the name of the end of the run that goes on from one start of a sample.

    Kind and seed are all there is to a start that is drawn; one that was made from neighbours
    depends on how these were searched.
    """
    return _work("ended", data, _of_mixture(model, init, random_state))


def _of_mixture(model: ModelChoice, init: str, random_state: int) -> ModelChoice:
    """Return what the run from one start depends on, the rest as it is in no settings at all."""
    start = (
        replace(model, init=INFORMED)
        if init == INFORMED
        else replace(model, init=init, n_init=1, seed=random_state)
    )
    return replace(start, background="off", kmeans_init=ModelChoice().kmeans_init)


def _of_kmeans(model: ModelChoice) -> ModelChoice:
    """Return what k-means depends on, the rest as it is in no settings at all."""
    return ModelChoice(
        k=model.k, n_init=model.n_init, seed=model.seed, kmeans_init=model.kmeans_init
    )


def passes_at_once(n: int, d: int, k: int, kind: str, seconds: float = PIECE_SECONDS) -> int:
    """Return how many passes over all rows a piece for one mixture makes."""
    return max(1, min(MOST_PASSES, int(seconds / pass_seconds(n, d, k, kind))))


def pass_seconds(n: int, d: int, k: int, kind: str) -> float:
    """Return the estimate of one iteration of a mixture over all rows."""
    cost = partial(estimate_cost, n, d, k, covariance_type=kind, tol=1e-12)
    return _AGAIN * max(cost(max_iter=11) - cost(max_iter=1), 1e-6) / 10


def iterations_at_once(n: int, d: int, k: int, seconds: float = PIECE_SECONDS) -> int:
    """Return how many iterations of k-means over all rows a piece makes."""
    return max(1, int(seconds / iteration_seconds(n, d, k)))


def iteration_seconds(n: int, d: int, k: int) -> float:
    """Return the estimate of one iteration of k-means over all rows."""
    return estimate_kmeans_cost(n, d, k) / _LLOYD


def center_sums(run: CentersRun, x: NDArray[np.float64]) -> CenterSums:
    """Return how all rows lie about the centres of a run, their inertia with it."""
    centers = run.centers + x.mean(axis=0)
    first, *others = (block_center_sums(centers, one) for one in _blocks(x))
    return sum(others, first)


def rules_of(model: ModelChoice) -> Rules:
    """Return when a run over all rows ends."""
    return Rules(model.tol, model.reg_covar, min(model.max_iter, MOST_PASSES))


def carry_on(
    before: Carried, x: NDArray[np.float64], rules: Rules, passes: int, number: int
) -> Carried:
    """Return a mixture some passes further on, with its scores where it ends.

    Parameters
    ----------
    before : Carried
        One that goes on.
    x : (n, d) array
        All rows, as they are fitted.
    rules : Rules
    passes : int
        The most that are made.
    number : int
        Of this piece.
    """
    assert before.run is not None
    run = replace(before.run, log_likelihoods=[*before.run.log_likelihoods])
    for _ in range(passes):
        if not run.moves(rules):
            break
        run.mixture = _laid_out(run.mixture)
        run.step(_statistics(run, x), rules)
    run.mixture = _laid_out(run.mixture)
    if run.moves(rules):
        return replace(before, run=run)
    if not run.failed:
        run.scores = _scores(run, x)
    return replace(before, run=run, ended=number)


def _laid_out(mixture: Mixture) -> Mixture:
    """Return the parameters as they lie when they were kept: the last digits depend on it."""
    parts = mixture.weights, mixture.means, mixture.covariances
    return Mixture(*(np.ascontiguousarray(part) for part in parts))


def _statistics(run: MixtureRun, x: NDArray[np.float64]) -> Statistics | str:
    kind = run.covariance_type
    try:
        return combine(
            block_statistics(run.mixture, one, covariance_type=kind) for one in _blocks(x)
        )
    except WorkLimitError:
        raise
    except FitError as problem:
        return problem.sentence


def _scores(run: MixtureRun, x: NDArray[np.float64]) -> Any:
    first, *others = (
        block_scores(run.mixture, one, covariance_type=run.covariance_type) for one in _blocks(x)
    )
    return sum(others, first)


def _blocks(x: NDArray[np.float64]) -> Iterator[NDArray[np.float64]]:
    for first in range(0, len(x), ROWS_AT_ONCE):
        check_time()
        yield x[first : first + ROWS_AT_ONCE]
