"""The work of "Restarts" over all rows of a long table: the ends of the sample's starts carried on.

Which ends these are, the starts in the sample have found; it is cut by that and the settings
alone, so equal requests are equal work. The best ends of both methods come first.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from gmm_dash.engine import (
    estimate_cost,
    estimate_kmeans_cost,
    nearest_centers,
    responsibilities,
)
from gmm_dash.engine.cost import typical_iterations
from gmm_dash.engine.kmeans import MAX_LLOYD
from gmm_dash.errors import FitError
from gmm_dash.pipeline.carrying import (
    PIECE_SECONDS,
    center_sums,
    iteration_seconds,
    iterations_at_once,
    pass_seconds,
    passes_at_once,
    rules_of,
)
from gmm_dash.pipeline.cutting import cut, in_turns
from gmm_dash.pipeline.parted.row import row_of
from gmm_dash.pipeline.whole import stretched
from gmm_dash.results.partition import looked_at, pack
from gmm_dash.results.restarts import KINDS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gmm_dash.pipeline.carried import Carried, CarriedCenters
    from gmm_dash.pipeline.carrying import Carrier
    from gmm_dash.pipeline.cutting import Cut
    from gmm_dash.pipeline.whole import Whole
    from gmm_dash.results import Points
    from gmm_dash.state import AppState, ModelChoice

MOST_SECONDS: Final = 3_600.0  # of all passes together, estimated
_SIDE_BY_SIDE: Final = 2  # a page asks for so many pieces at a time: these are of different runs
_USUAL: Final = 15.0  # iterations of k-means


@dataclass(frozen=True, slots=True)
class Step:
    """Some passes from one end.

    Attributes
    ----------
    algorithm : str
    start : int
        Number of the start that reached the end.
    piece : Cut
    """

    algorithm: str
    start: int
    piece: Cut

    @property
    def run(self) -> tuple[str, int]:
        """Which run it is of."""
        return self.algorithm, self.start


class RestartsWholeWork:
    """What Restarts may ask for of all rows.

    Parameters
    ----------
    whole : Whole
    carrier : Carrier
    """

    def __init__(self, whole: Whole, carrier: Carrier) -> None:
        self._whole, self._carrier = whole, carrier

    def why_not(self, state: AppState) -> str:
        """Return why there is nothing to carry on, or ""; see :meth:`Whole.why_not`."""
        return self._whole.why_not(state.data)

    def points(self, state: AppState) -> Points:
        """Return all rows."""
        return self._whole.points(state.data)

    def stretch(self, state: AppState) -> float:
        """Return by how much log densities are more in the scale of all rows than the sample's."""
        return stretched(self._whole.sampled.points(state.data), self.points(state))

    def plan(self, state: AppState, starts: Mapping[str, tuple[int, ...]]) -> tuple[Step, ...]:
        """Return how some ends are carried on, as many of each as there is time for.

        Parameters
        ----------
        state : AppState
        starts : mapping
            By algorithm the numbers of the starts that reached them, the best ends first.

        Raises
        ------
        FitError
            Where there is nothing to carry on.
        """
        if self.why_not(state):
            raise FitError(
                "There is no sample of these data whose ends could be carried on to all rows.",
                hint="All rows have been fitted from every start.",
            )
        return plan(state, self._whole.sampled.points(state.data), starts)

    def piece(
        self, state: AppState, starts: Mapping[str, tuple[int, ...]], number: int
    ) -> dict[str, list[dict[str, Any]]]:
        """Return the row of the end that is reached in a piece, in plain form; else none."""
        step = self.plan(state, starts)[number]
        found = self._reached(state, step)
        return {step.algorithm: [] if found.ended is None else [self._row(state, step)]}

    def needless(
        self, state: AppState, starts: Mapping[str, tuple[int, ...]], number: int
    ) -> list[int]:
        """Return which later pieces bring nothing, as their run has ended by this one."""
        steps = self.plan(state, starts)
        step = steps[number]
        if self._reached(state, step).ended is None:
            return []
        later = enumerate(steps[number + 1 :], start=number + 1)
        return [i for i, one in later if one.run == step.run]

    def _reached(self, state: AppState, step: Step) -> Carried | CarriedCenters:
        if step.algorithm == "gmm":
            return self._mixture(state, step)
        return self._centers(state, step)

    def _mixture(self, state: AppState, step: Step) -> Carried:
        points = self._whole.points(state.data)
        model = model_of(state, step)
        passes = passes_at_once(points.n, points.d, model.k, model.covariance_type, PIECE_SECONDS)
        passes = min(passes, rules_of(model).max_iter)
        return self._carrier.of_start(state.data, model, passes, step.piece.number)

    def _centers(self, state: AppState, step: Step) -> CarriedCenters:
        points = self._whole.points(state.data)
        model = model_of(state, step)
        passes = iterations_at_once(points.n, points.d, model.k, PIECE_SECONDS)
        return self._carrier.centers_of_start(state.data, model, passes, step.piece.number)

    def _row(self, state: AppState, step: Step) -> dict[str, Any]:
        """Return an end as a row of a study of all rows."""
        model = model_of(state, step)
        kind = model.init if step.algorithm == "gmm" else model.kmeans_init
        row = self._row_of_mixture if step.algorithm == "gmm" else self._row_of_centers
        named = {"number": step.start, "kind": kind, "seed": model.seed}
        return named | {"rested": False, "stopped": None, "moved": 0} | row(state, step)

    def _row_of_mixture(self, state: AppState, step: Step) -> dict[str, Any]:
        found, points = self._mixture(state, step), self._whole.points(state.data)
        run = found.run
        if run is None:
            return _ended(None, 0, None, converged=False, degenerate=True)
        row = row_of(
            run,
            n=points.n,
            covariance=self._carrier.width(state.data).covariance,
            reg_covar=state.model.reg_covar,
            init=found.init,
            random_state=found.random_state,
        )
        labels = None
        if row.log_likelihood is not None:
            seen = points.fitted[looked_at(points.n)]
            labels = pack(responsibilities(seen, run.mixture).argmax(axis=1), state.model.k)
        return _ended(
            row.log_likelihood, row.n_iter, labels,
            converged=row.converged, degenerate=row.degenerate,
        )  # fmt: skip

    def _row_of_centers(self, state: AppState, step: Step) -> dict[str, Any]:
        run, x = self._centers(state, step).run, self._whole.points(state.data).fitted
        sums = center_sums(run, x)
        labels = nearest_centers(sums.centers, x[looked_at(len(x))])
        return _ended(
            sums.inertia, run.n_iter, pack(labels, state.model.k),
            converged=run.converged, degenerate=bool((sums.counts == 0).any()),
        )  # fmt: skip


def _ended(
    objective: float | None, n_iter: int, labels: str | None, *, converged: bool, degenerate: bool
) -> dict[str, Any]:
    return {
        "objective": objective,
        "n_iter": n_iter,
        "converged": converged,
        "degenerate": degenerate,
        "labels": labels,
    }


def model_of(state: AppState, step: Step) -> ModelChoice:
    """Return the settings of the one start that reached an end."""
    kinds = KINDS[step.algorithm]
    name = "init" if step.algorithm == "gmm" else "kmeans_init"
    kind: dict[str, Any] = {name: kinds[step.start % len(kinds)]}
    return replace(state.model, n_init=1, seed=state.model.seed + step.start, **kind)


def plan(
    state: AppState, sample: Points, starts: Mapping[str, tuple[int, ...]]
) -> tuple[Step, ...]:
    """Return the pieces of the runs from some ends, the best of each method first."""
    cuts = {"gmm": _mixture_cut(state, sample), "kmeans": _centers_cut(state, sample)}
    runs = in_turns([[(name, number) for number in starts[name]] for name in cuts])
    steps: list[Step] = []
    spent = 0.0
    for first in range(0, len(runs), _SIDE_BY_SIDE):
        some = runs[first : first + _SIDE_BY_SIDE]
        seconds = sum(piece.seconds for name, _ in some for piece in cuts[name])
        if steps and spent + seconds > MOST_SECONDS:
            break
        steps += in_turns([[Step(*run, piece) for piece in cuts[run[0]]] for run in some])
        spent += seconds
    return tuple(steps)


def _mixture_cut(state: AppState, sample: Points) -> list[Cut]:
    model, n, d = state.model, sample.n_total, sample.d
    kind, most = model.covariance_type, rules_of(model).max_iter
    search = partial(estimate_cost, sample.n, d, model.k, covariance_type=kind)
    return cut(
        pass_seconds(n, d, model.k, kind),
        most,
        min(most, passes_at_once(n, d, model.k, kind, PIECE_SECONDS)),
        typical_iterations(n, model.k, model.tol, most),
        search(tol=model.tol, max_iter=model.max_iter),
    )


def _centers_cut(state: AppState, sample: Points) -> list[Cut]:
    k, n, d = state.model.k, sample.n_total, sample.d
    size = min(MAX_LLOYD, iterations_at_once(n, d, k, PIECE_SECONDS))
    begin = estimate_kmeans_cost(sample.n, d, k)
    return cut(iteration_seconds(n, d, k), MAX_LLOYD, size, _USUAL, begin)
