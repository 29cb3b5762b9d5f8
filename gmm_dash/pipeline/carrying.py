"""Mixtures of a sample carried on to all rows by full passes, some at a time.

A piece of that work is some passes of EM over every row, block by block. It begins where the one
before has ended, and that follows from the settings alone: whoever lacks it finds it anew.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from gmm_dash.engine import Mixture, block_scores, block_statistics, check_time, combine
from gmm_dash.engine.nesting import SMOOTHED
from gmm_dash.engine.types import INFORMED
from gmm_dash.errors import FitError, WorkLimitError
from gmm_dash.pipeline.carried import Carried
from gmm_dash.pipeline.climb import highest
from gmm_dash.pipeline.fits import Fits
from gmm_dash.pipeline.parted.passes import MixtureRun, Rules
from gmm_dash.pipeline.whole import start_of_all
from gmm_dash.state import AppState

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from gmm_dash.engine import MixtureFit, Statistics
    from gmm_dash.memory import Memory
    from gmm_dash.pipeline.carried import CarriedStore
    from gmm_dash.pipeline.whole import Whole
    from gmm_dash.state import DataChoice, ModelChoice

ROWS_AT_ONCE: Final = 262_144
"""Rows of a block: what a pass needs beside the rows does not grow with these."""

MOST_PASSES: Final = 200
"""Over all rows, for one mixture: it begins near its end."""


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
        self._whole, self._carried = whole, carried
        self._after = memory.remember(self._find)
        self._width = memory.remember(self._measure)

    def after(self, data: DataChoice, model: ModelChoice, passes: int, number: int) -> Carried:
        """Return a mixture after so many pieces of so many passes, and one more.

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
        return self._after(data, replace(model, background="off"), passes, number)

    def width(self, data: DataChoice) -> Width:
        """Return how the columns of all rows spread."""
        return self._width(data)

    def _find(self, data: DataChoice, model: ModelChoice, passes: int, number: int) -> Carried:
        version = import_module(__name__.partition(".")[0]).__version__  # it is above every layer
        work = (version, data, model, passes, number)  # the next one may compute otherwise
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
        return found

    def _begin(self, data: DataChoice, model: ModelChoice) -> Carried:
        """Return the sample's best mixture in the scale of all rows."""
        sample, every = self._whole.sampled.points(data), self._whole.points(data)
        try:
            fit = self._fit(data, model)
        except WorkLimitError:
            return Carried(None, model.drawn, model.seed, 0, "stopped")
        except FitError:
            return Carried(None, model.drawn, model.seed, 0, "collapsed")
        run = MixtureRun(str(fit.covariance_type), start_of_all(sample, every, fit))
        return Carried(run, fit.init, fit.random_state)

    def _fit(self, data: DataChoice, model: ModelChoice) -> MixtureFit:
        """Return what "How many?" shows of the sample: with neighbours as far as it asks them."""
        points, fits = self._whole.sampled.points(data), Fits.of(AppState(data=data, model=model))
        if highest(fits, points.n, points.d, model.k) >= model.k:
            return self._whole.sampled.gmm(data, replace(model, init=INFORMED))
        return self._whole.sampled.gmm(data, replace(model, init=model.drawn))

    def _measure(self, data: DataChoice) -> Width:
        x = self._whole.points(data).fitted
        mean, total = x.mean(axis=0), np.zeros((x.shape[1], x.shape[1]))
        for part in _blocks(x):
            about = part - mean
            total += about.T @ about
        return Width(total / len(x))


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
