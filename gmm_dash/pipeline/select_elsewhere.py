"""The work of "How many?" over all rows of a table in many files: all its models in one chain.

Each goes on from where it ended in the sample, in its scale, and all in the same passes: a pass
reads the table once. k-means goes on beside them with every K.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from gmm_dash.engine import Mixture, canonical_order
from gmm_dash.engine.cost import typical_iterations
from gmm_dash.engine.nesting import is_smoothed
from gmm_dash.engine.types import INFORMED
from gmm_dash.errors import FitError, StateError, WorkLimitError
from gmm_dash.pipeline.climb import highest
from gmm_dash.pipeline.cutting import BEGUN
from gmm_dash.pipeline.elsewhere import (
    MOST_NUMBERS,
    PIECE_SECONDS,
    asked_for,
    numbers_of,
    row_seconds,
)
from gmm_dash.pipeline.fits import Fits
from gmm_dash.pipeline.parted.passes import KMeansRun, MixtureRun, Rules, Scale
from gmm_dash.pipeline.parted.reached import Cell, Reached
from gmm_dash.pipeline.parted.row import row_of
from gmm_dash.pipeline.parted.starts import begin, settle
from gmm_dash.pipeline.select_parts import without_fit
from gmm_dash.results.elsewhere import PointsElsewhere
from gmm_dash.state import AppState, ModelChoice

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from gmm_dash.engine import MixtureFit
    from gmm_dash.pipeline.elsewhere import Elsewhere, Offer
    from gmm_dash.pipeline.models import Models
    from gmm_dash.results import Points

MOST_MODELS: Final = 60  # mixtures that go on together


@dataclass(frozen=True, slots=True)
class Together:
    """Which models go on together.

    Attributes
    ----------
    cells : tuple of (str, int)
        Covariance types and numbers of components.
    counts : tuple of int
        These numbers, rising: of clusters, too.
    left : tuple of int
        Those of the comparison that are too many, rising.
    seconds : float
        Of computing, by estimate.
    """

    cells: tuple[tuple[str, int], ...]
    counts: tuple[int, ...]
    left: tuple[int, ...]
    seconds: float


@dataclass(frozen=True, slots=True, eq=False)
class EveryModel:
    """The models of all rows.

    Attributes
    ----------
    rows : list of dict
        The mixtures, in plain form.
    points : Points
        As many as all rows, in the scale of the sample.
    inertias : tuple of (int, float, int, bool)
        Of k-means: clusters, inertia, iterations, and whether it has converged.
    left_out : int
        Rows of the table with a gap or no finite number.
    """

    rows: list[dict[str, Any]]
    points: Points
    inertias: tuple[tuple[int, float, int, bool], ...]
    left_out: int


class SelectElsewhereWork:
    """What "How many?" may ask for of all rows of such a table.

    Parameters
    ----------
    elsewhere : Elsewhere
        The tables, and how far fits to them are.
    models : Models
        The fits to the sample.
    compared : callable
        ``compared(state)`` returns which mixtures of the sample are left out as too costly.
    """

    def __init__(
        self,
        elsewhere: Elsewhere,
        models: Models,
        compared: Callable[[AppState], Sequence[tuple[str, int]]],
    ) -> None:
        self._elsewhere, self._models, self._left_out = elsewhere, models, compared

    def offer(self, state: AppState) -> Offer | None:
        """Return whether the models can go on; None where the page has all rows there are."""
        offer = self._elsewhere.offer(state.data)
        if offer is None or offer.why or self.together(state, offer).cells:
            return offer
        return replace(
            offer,
            why=f"One mixture of so many components and columns is more than {MOST_NUMBERS:,} "
            "numbers: the command gmm-dash fit takes them.",
        )

    def together(self, state: AppState, offer: Offer) -> Together:
        """Return which models go on together; the K of ``state`` is the sample's best."""
        points, left_out = self._models.points(state.data), self._left_out(state)
        d, known = points.d, [k for k in state.select.counts if k <= points.n]
        cells: list[tuple[str, int]] = []
        numbers = 0
        of = {
            k: [(kind, k) for kind in state.select.shapes if (kind, k) not in left_out]
            for k in known
        }
        for k in sorted(known, key=lambda k: (abs(k - state.model.k), k)):
            numbers += len(of[k]) * numbers_of(k, d)
            if len(cells) + len(of[k]) > MOST_MODELS or numbers > MOST_NUMBERS:
                break
            cells += of[k]
        counts = {k for _, k in cells}
        left = {k for k in known if of[k]} - counts
        seconds = _seconds(offer.whole.n_complete, d, cells, state.model)
        return Together(tuple(cells), tuple(sorted(counts)), tuple(sorted(left)), seconds)

    def piece(
        self, state: AppState, key: str, seconds: float = PIECE_SECONDS
    ) -> tuple[str, Reached, int]:
        """Go on with all models for about so many seconds, or begin them.

        As :meth:`gmm_dash.pipeline.all_rows.AllRowsWork.piece`; ``state`` has the K of the
        sample's best.
        """
        begun, start = partial(self._begun, state), partial(self._begin, state)
        return self._elsewhere.piece(self._asked(state), key, seconds, begun, start)

    def every(self, state: AppState, key: str) -> EveryModel:
        """Return the models of all rows, once they are finished.

        Raises
        ------
        StateError
            While they are not.
        """
        at = self._elsewhere.at(key, self._asked(state))
        if not at.finished:
            raise StateError("The fit to all rows is not finished.", hint="Let it go on.")
        sample = self._models.points(state.data)
        n = int(at.kmeans[0].last.counts.sum()) if at.kmeans[0].last else 0
        runs = iter(at.mixtures)
        covariance = np.cov(sample.fitted.T, bias=True).reshape(sample.d, sample.d)
        rows = []
        for cell in at.cells:
            plain = cell.covariance_type, cell.n_components, sample.d
            start = cell.init, cell.random_state
            if cell.reason:
                rows.append(without_fit(*plain, *start, cell.reason))
                continue
            run = next(runs)
            row = row_of(
                run, n=n, covariance=covariance, reg_covar=at.rules.reg_covar, init=start[0],
                random_state=start[1],
            )  # fmt: skip
            reason = "collapsed" if run.failed else row.reason
            rows.append(replace(row, reason=reason).as_dict())
        inertias = tuple(
            (len(one.centers), one.last.inertia, one.n_iter, one.converged)
            for one in sorted(at.kmeans, key=lambda one: len(one.centers))
            if one.last is not None
        )
        return EveryModel(rows, _points(sample, n), inertias, at.n_rows - n)

    def smoothed(self, state: AppState) -> bool:
        """Return whether ``reg_covar`` is strong beside the columns, as they are in the sample."""
        return is_smoothed(self._models.points(state.data).fitted, state.model.reg_covar)

    def _asked(self, state: AppState) -> str:
        model = replace(
            state.model, covariance_type=ModelChoice().covariance_type, background="off"
        )
        return asked_for("select", state.data, model, state.select.counts, state.select.shapes)

    def _begun(self, state: AppState) -> Reached:
        """Return the work before anything is done."""
        offer = self._elsewhere.offered(state.data)
        points, model = self._models.points(state.data), state.model
        together = self.together(state, offer)
        if not together.cells:
            raise StateError("These mixtures are too large for the page.", hint="Use gmm-dash fit.")
        tol = self._models.kmeans(state.data, replace(model, k=together.counts[0])).tol
        return Reached(
            self._asked(state),
            offer.whole.url,
            self._elsewhere.columns(offer, state, points.columns),
            offer.whole.n_rows,
            Scale(points.shift, points.scale),
            Rules(model.tol, model.reg_covar, model.max_iter, kmeans_tol=tol),
            float(points.fitted.var(axis=0).mean()),
            todo=(*together.cells, *(("", k) for k in together.counts)),
        ).in_rows()

    def _begin(self, state: AppState, at: Reached) -> None:
        """Find the next start in the sample, and let a run begin there."""
        kind, k = at.todo[0]
        model, kept = replace(state.model, k=k), self._elsewhere.kept
        if not kind:
            begin(kept, at, KMeansRun(self._models.kmeans(state.data, model).centers))
        else:
            cell, fit = self._start(state, replace(model, covariance_type=kind))
            at.cells = (*at.cells, cell)
            if fit is not None:
                order = canonical_order(fit.mixture)
                own = fit.mixture
                start = Mixture(own.weights[order], own.means[order], own.covariances[order])
                begin(kept, at, MixtureRun(kind, start))
        at.todo = at.todo[1:]
        at.in_rows()
        if not at.todo:
            settle(at)

    def _start(self, state: AppState, model: ModelChoice) -> tuple[Cell, MixtureFit | None]:
        """Return the sample's best mixture, with neighbours as far as "How many?" asks them."""
        points, fits = self._models.points(state.data), Fits.of(AppState(state.data, model))
        informed = highest(fits, points.n, points.d, model.k) >= model.k
        searched = replace(model, init=INFORMED if informed else model.drawn, background="off")
        try:
            fit = self._models.gmm(state.data, searched)
        except FitError as problem:
            reason = "stopped" if isinstance(problem, WorkLimitError) else "collapsed"
            return Cell(model.covariance_type, model.k, model.drawn, model.seed, reason), None
        return Cell(model.covariance_type, model.k, fit.init, fit.random_state), fit


def _seconds(n: int, d: int, cells: Sequence[tuple[str, int]], model: ModelChoice) -> float:
    """Return the estimate of all passes: each mixture is half on its way, k-means is like it."""
    usual = {k: BEGUN * typical_iterations(n, k, model.tol, model.max_iter) for _, k in cells}
    of = sum((usual[k] + 1) * row_seconds(d, [(kind, k)], []) for kind, k in cells)
    return n * (of + sum((usual[k] + 1) * row_seconds(d, [], [k]) for k in usual))


def _points(sample: Points, n: int) -> Points:
    own = {one.name: getattr(sample, one.name) for one in fields(sample)}
    return PointsElsewhere(**own | {"labels": None, "n_total": n}, n_elsewhere=n)
