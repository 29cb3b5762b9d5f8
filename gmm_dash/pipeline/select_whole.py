"""The work of "How many?" over all rows of a long table: the sample's mixtures carried on.

It is cut by the settings alone, so equal requests are equal work. The sizes nearest to the best
of the sample come first, and as many of the others as there is time for. A mixture may end long
before its last piece; those that are then left need nobody to ask for them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from gmm_dash.engine import estimate_cost
from gmm_dash.engine.cost import typical_iterations
from gmm_dash.errors import FitError
from gmm_dash.pipeline.carrying import PIECE_SECONDS, pass_seconds, passes_at_once, rules_of
from gmm_dash.pipeline.cutting import cut, in_turns
from gmm_dash.pipeline.parted.row import row_of
from gmm_dash.pipeline.select_parts import without_fit

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from gmm_dash.pipeline.carrying import Carrier
    from gmm_dash.pipeline.whole import Whole
    from gmm_dash.results import Points
    from gmm_dash.state import AppState, ModelChoice

MOST_SECONDS: Final = 3_600.0  # of all passes together, estimated
_SEARCH: Final = 8  # about so many models of a sample share the calls of an iteration


@dataclass(frozen=True, slots=True)
class Step:
    """Some passes of one mixture.

    Attributes
    ----------
    covariance_type : str
    k : int
    number : int
        Which piece of this mixture's it is, from 0.
    passes : int
        The most that are made.
    seconds : float
        Estimated processor time, of mixtures that may have ended before.
    last : bool
        Whether the mixture ends here at the latest.
    """

    covariance_type: str
    k: int
    number: int
    passes: int
    seconds: float
    last: bool

    @property
    def model(self) -> tuple[str, int]:
        """Which mixture it is of."""
        return self.covariance_type, self.k


@dataclass(frozen=True, slots=True)
class WholePlan:
    """How that work is cut.

    Attributes
    ----------
    steps : tuple of Step
    counts : tuple of int
        Numbers of components that are carried on, rising.
    left : tuple of int
        Those of the comparison that there is no time for, rising.
    """

    steps: tuple[Step, ...]
    counts: tuple[int, ...]
    left: tuple[int, ...]


class SelectWholeWork:
    """What "How many?" may ask for of all rows.

    Parameters
    ----------
    whole : Whole
    carrier : Carrier
    compared : callable
        ``compared(state)`` returns which mixtures of the sample are left out as too costly.
    """

    def __init__(
        self,
        whole: Whole,
        carrier: Carrier,
        compared: Callable[[AppState], Sequence[tuple[str, int]]],
    ) -> None:
        self._whole, self._carrier, self._left_out = whole, carrier, compared

    def why_not(self, state: AppState) -> str:
        """Return why there is nothing to carry on, or ""; see :meth:`Whole.why_not`."""
        return self._whole.why_not(state.data)

    def points(self, state: AppState) -> Points:
        """Return all rows."""
        return self._whole.points(state.data)

    def smoothed(self, state: AppState) -> bool:
        """Return whether ``reg_covar`` is strong beside all rows."""
        return self._carrier.width(state.data).smoothed(state.model.reg_covar)

    def plan(self, state: AppState) -> WholePlan:
        """Return how the comparison that ``state`` asks for is carried on; its K is the best.

        Raises
        ------
        FitError
            Where there is nothing to carry on.
        """
        if self.why_not(state):
            raise FitError(
                "There is no sample of these data to carry on to all rows.",
                hint="Compare the mixtures themselves.",
            )
        sample = self._whole.sampled.points(state.data)
        return plan(state, sample, self._left_out(state))

    def piece(self, state: AppState, number: int) -> dict[str, list[dict[str, Any]]]:
        """Return the row of the mixture that ends in a piece, in plain form; else none."""
        step = self.plan(state).steps[number]
        found = self._carrier.after(state.data, _model(state, step), step.passes, step.number)
        rows: list[dict[str, Any]] = []
        if found.ended == step.number:
            rows = [self._row(state, step)]
        return {"mixtures": rows}

    def needless(self, state: AppState, number: int) -> list[int]:
        """Return which later pieces bring nothing, as their mixture has ended by this one."""
        steps = self.plan(state).steps
        step = steps[number]
        found = self._carrier.after(state.data, _model(state, step), step.passes, step.number)
        if found.ended is None:
            return []
        later = enumerate(steps[number + 1 :], start=number + 1)
        return [i for i, one in later if one.model == step.model]

    def _row(self, state: AppState, step: Step) -> dict[str, Any]:
        data, model = state.data, state.model
        found = self._carrier.after(data, _model(state, step), step.passes, step.number)
        points = self._whole.points(data)
        if found.run is None:
            return without_fit(
                step.covariance_type, step.k, points.d, found.init, found.random_state,
                found.reason,
            )  # fmt: skip
        row = row_of(
            found.run,
            n=points.n,
            covariance=self._carrier.width(data).covariance,
            reg_covar=model.reg_covar,
            init=found.init,
            random_state=found.random_state,
        )
        reason = "collapsed" if found.run.failed else row.reason
        return replace(row, reason=reason).as_dict()


def _model(state: AppState, step: Step) -> ModelChoice:
    return replace(state.model, k=step.k, covariance_type=step.covariance_type)


def plan(state: AppState, sample: Points, left_out: Sequence[tuple[str, int]]) -> WholePlan:
    """Return the passes that the comparison of ``state`` needs, nearest to its K first.

    Parameters
    ----------
    state : AppState
    sample : Points
        Of the rows.
    left_out : sequence of (str, int)
        Mixtures that the sample lacks.
    """
    best, known = state.model.k, [k for k in state.select.counts if k <= sample.n]
    steps: list[Step] = []
    counts: list[int] = []
    spent = 0.0
    for k in sorted(known, key=lambda k: (abs(k - best), k)):
        kinds = [kind for kind in state.select.shapes if (kind, k) not in left_out]
        level = in_turns([_steps(state, kind, k, sample) for kind in kinds])
        seconds = sum(step.seconds for step in level)
        if counts and spent + seconds > MOST_SECONDS:
            break
        if level:
            steps, counts, spent = [*steps, *level], [*counts, k], spent + seconds
    of = {k for k in known if any((kind, k) not in left_out for kind in state.select.shapes)}
    return WholePlan(tuple(steps), tuple(sorted(counts)), tuple(sorted(of - {*counts})))


def _steps(state: AppState, kind: str, k: int, sample: Points) -> list[Step]:
    model, n, d = state.model, sample.n_total, sample.d
    most = rules_of(model).max_iter
    one = pass_seconds(n, d, k, kind)
    size = min(most, passes_at_once(n, d, k, kind, PIECE_SECONDS))
    search = partial(estimate_cost, sample.n, d, k, covariance_type=kind, n_init=model.n_init)
    begin = search(tol=model.tol, max_iter=model.max_iter, models=_SEARCH) / _SEARCH
    usual = typical_iterations(n, k, model.tol, most)
    return [
        Step(kind, k, piece.number, piece.passes, piece.seconds, piece.last)
        for piece in cut(one, most, size, usual, begin)
    ]
