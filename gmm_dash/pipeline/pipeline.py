"""Every computation a view may ask for, each remembered.

One object per application, so that two applications in one process share nothing.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from gmm_dash.engine import merge_components
from gmm_dash.errors import FitError, GmmDashError, ImportProblem
from gmm_dash.memory import Memory
from gmm_dash.pipeline.budget import check_comparison, check_joining
from gmm_dash.pipeline.climb import Climbs
from gmm_dash.pipeline.colors import Colors
from gmm_dash.pipeline.density import Density
from gmm_dash.pipeline.digits import Digits
from gmm_dash.pipeline.drawing import drawing_of
from gmm_dash.pipeline.executor import Workplace
from gmm_dash.pipeline.kept_rows import KeptRows
from gmm_dash.pipeline.labelling import called, desk_of, label_in_blocks, label_rows, whole_table
from gmm_dash.pipeline.load import Columns, columns_of, load
from gmm_dash.pipeline.low_score import low_score
from gmm_dash.pipeline.models import Models
from gmm_dash.pipeline.reading import TableReading, reading_of
from gmm_dash.pipeline.restarts import RestartsWork
from gmm_dash.pipeline.run_on import run_on
from gmm_dash.pipeline.select import SelectWork
from gmm_dash.pipeline.sizes import size_of
from gmm_dash.pipeline.steps import End, end_of, run_steps
from gmm_dash.pipeline.sure import SureWork
from gmm_dash.pipeline.whole import Limits, Whole
from gmm_dash.results import (
    Comparison,
    LowScore,
    Shapes,
    compare,
    gmm_side,
    is_low,
    kmeans_side,
)
from gmm_dash.results.columns import ColumnDoubt, column_doubts
from gmm_dash.results.joined import joined
from gmm_dash.results.pinned import Pinned, Refusal
from gmm_dash.results.profile import Profiles, profiles
from gmm_dash.results.separation import Separation
from gmm_dash.state import (
    COVARIANCE_TYPES,
    TABLE_DATA,
    AppState,
    ModelChoice,
    ViewChoice,
    names_of,
    pinned_of,
    starts,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from gmm_dash.config import Config
    from gmm_dash.engine import KMeansFit, Merging, MixtureFit
    from gmm_dash.images.store import ImageStore
    from gmm_dash.results import Labelled, Points, Side, Steps
    from gmm_dash.results.row_desk import RowDesk
    from gmm_dash.state import DataChoice, StepsChoice, StoredNames
    from gmm_dash.tables import Given, TableStore

ROWS_AT_ONCE = 100_000  # that are written as texts
_RESULTS_SHARE = 2  # results get half of what a worker keeps; answers and tables share the rest


class Pipeline:
    """State in, results out.

    Parameters
    ----------
    config : Config
        Limits on rows, work and memory.
    store : TableStore
        Where users' tables live.
    images : ImageStore, optional
        Where users' images live; without one only the bundled images can be opened.
    names : StoredNames, optional
        Where names of groups live that are too long for a link; without one these are not known.
    """

    def __init__(
        self,
        config: Config,
        store: TableStore,
        images: ImageStore | None = None,
        names: StoredNames | None = None,
    ) -> None:
        self.config, self.store, self.names = config, store, names
        self.memory = Memory[Any](config.cache_bytes // _RESULTS_SHARE, size_of)
        self._points = self.memory.remember(self._load)
        self._lines = self.memory.remember(self._find_lines)
        self._doubts = self.memory.remember(self._diagnose)
        self._low_score = self.memory.remember(self._try_low_score)
        self._run_on = self.memory.remember(self._carry_on)
        self._steps = self.memory.remember(self._run_steps)
        self._separation = self.memory.remember(self._separate)
        self._profiles = self.memory.remember(self._describe_groups)
        self._workplace, limit = Workplace(config.scheduler), config.fit_seconds
        climbs = Climbs(lambda data: self.points(data).fitted, self.memory, self._workplace)
        self.models = Models(self.points, limit, climbs, self.memory)
        limits = Limits(config.all_rows, limit)
        self.whole = Whole(self.models, self._load_all, limits, self.memory)
        self.density = Density(self.models, limit, self.memory)
        self.select = SelectWork(self.points, limit, climbs, self._workplace)
        self.restarts = RestartsWork(self.points, limit, self._workplace)
        self.rows = KeptRows(self.memory)
        self.sure = SureWork(self.points, limit, self.memory, self._workplace)
        self.digits = Digits(config, store, self.memory)
        self.colors = Colors(config, images, self.memory)

    def points(self, data: DataChoice) -> Points:
        """Return the chosen points."""
        return self._points(data)

    def columns(self, data: DataChoice) -> Columns:
        """Return the columns that may be chosen, clustered on, and shown on the axes."""
        try:
            points = self.points(data)
        except (FitError, ImportProblem):  # other columns may do
            points = None
        return columns_of(data, points, self.store)

    def column_doubts(self, data: DataChoice, reg_covar: float) -> tuple[ColumnDoubt, ...]:
        """Return what stands out about single columns, each with its cure."""
        return self._doubts(data, reg_covar)

    def reading(self, key: str) -> TableReading:
        """Return how a stored table was read, with its first rows."""
        return reading_of(key, self.store)

    def drawing(self, key: str) -> list[tuple[float, float, str]]:
        """Return the points of a stored drawing: x, y and the group's name."""
        return drawing_of(key, self.store)

    def kmeans(self, data: DataChoice, model: ModelChoice) -> KMeansFit:
        """Return k-means on the chosen points."""
        return self.models.kmeans(data, model)

    def gmm(self, data: DataChoice, model: ModelChoice) -> MixtureFit:
        """Return the mixture on the chosen points."""
        return self.models.gmm(data, model)

    def comparison(self, state: AppState) -> Comparison:
        """Return both fits, scored and in matched numbers."""
        points, model = self.points(state.data), state.model
        check_comparison(points, model, self.config.fit_seconds)
        again = "bootstrap" in state.view.show
        kmeans, gmm = self.kmeans(state.data, model), self.models.shown_gmm(state)
        if gmm.gapped is not None:
            shares = self.models.bootstrap(state.data, model) if again else None
            return compare(points, kmeans, gmm, shares)
        keeps = "bootstrap" if again else "hard" if gmm.variance is not None else ""
        held = self.whole.held_back(state.data, model, (model.covariance_type,), keeps)
        if points.n < points.n_total and held is None:
            whole, ended = self.whole, self.whole.gmm(state.data, model)
            rows = whole.rows(state.data, gmm, ended)
            return compare(
                whole.points(state.data), whole.kmeans(state.data, model), ended, None, rows
            )
        bootstrap = self.models.bootstrap(state.data, model) if again else None
        return compare(points, kmeans, gmm, bootstrap, held)

    def labelled(self, state: AppState) -> Labelled:
        """Return every row of the data, also those left out, with what both fits say of it."""
        return label_rows(state, self.grouped(state), self.store)

    def label_in_blocks(
        self, state: AppState, size: int = ROWS_AT_ONCE
    ) -> tuple[tuple[str, ...], Iterator[Labelled]]:
        """Return what there is to say of :meth:`labelled`, and its rows in blocks."""
        return label_in_blocks(state, self.grouped(state), self.store, size)

    def desk(self, state: AppState) -> RowDesk:
        """Return every row with its labels, to find some of them in."""
        view = state.view
        shown = (view.hard, view.merge, view.called, state.density.outliers)
        key = ("desk", state.data, state.model, *shown)
        found: RowDesk | None = self.memory.get(key)
        if found is None:
            found = desk_of(state, self.grouped(state), self.store)
            self.memory.put(key, found)
        # Of a long table the four types may be drawn on another sample than the pair.
        return replace(found, points=self.shapes(state).points) if "shapes" in view.show else found

    def merging(self, state: AppState, result: Comparison) -> Merging:
        """Return in which order the mixture's components are joined, numbered as shown.

        It is handed the comparison: one of a long table is too large to be remembered.
        """
        shares = result.gmm.components.responsibilities
        key = ("merging", state.data, state.model, state.view.hard, len(shares))
        found: Merging | None = self.memory.get(key)
        if found is None:
            check_joining(len(shares), shares.shape[1], self.config.fit_seconds)
            found = merge_components(shares)
            self.memory.put(key, found)
        return found

    def grouped(self, state: AppState) -> Comparison:
        """Return both fits, the mixture's components joined and its groups named as is asked.

        The start shows components as they are: there is nothing on it to join or name them with.
        """
        result, wanted = self.comparison(state), state.view.merge
        if starts(state):
            return result
        if 0 < wanted < result.gmm.k:
            result = joined(result, self.merging(state, result), wanted)
        return replace(result, gmm=result.gmm.with_names(self._names(state)))

    def pinned(self, state: AppState) -> Pinned | Refusal | None:
        """Return the pinned result beside the one that is shown; None where nothing is pinned."""
        settings = pinned_of(state)
        if settings is None:
            return None
        now = self.grouped(state)
        try:
            before = self.grouped(settings)
        except GmmDashError as problem:
            return Refusal(problem.sentence)
        return Pinned(settings, state, before, now)

    def profiles(self, state: AppState) -> Profiles:
        """Return what the groups of both fits are."""
        found = self._profiles(state.data, state.model, state.view.hard, state.view.merge)
        return found.with_names(self._names(state))

    def _names(self, state: AppState) -> dict[int, str]:
        """Return what groups are called, by their lowest component, counted from zero."""
        return {number - 1: name for number, name in names_of(state, self.names)[0].items()}

    def _describe_groups(
        self, data: DataChoice, model: ModelChoice, hard: float, merge: int
    ) -> Profiles:
        shown = AppState(data=data, model=model, view=ViewChoice(hard=hard, merge=merge))
        result = self.grouped(shown)
        return profiles(result, lambda rows: called(data, result.points, rows, self.store))

    def whole_table(self, data: DataChoice) -> tuple[pd.DataFrame, Given]:
        """Return every row and column of the data, as values and as the user wrote them."""
        if data.dataset in TABLE_DATA:
            self.points(data)  # where nothing is open yet, or nothing can be plotted, it says so
        return whole_table(data, self.store)

    def lines(self, data: DataChoice, *, every: bool = False) -> NDArray[np.int64]:
        """Return for each point the line of the user's file that it comes from, from 1.

        Of a long table those are the points of the sample, or of ``every`` row.
        """
        return self._lines(data, every)

    def _find_lines(self, data: DataChoice, every: bool) -> NDArray[np.int64]:  # noqa: FBT001
        rows = (self.whole.points(data) if every else self.points(data)).rows
        return self.store.origin(data.table).lines[rows] if data.dataset in TABLE_DATA else rows + 1

    def low_score(self, state: AppState) -> LowScore | None:
        """Return why both methods miss the true groups; None where they do not."""
        result = self.comparison(state)
        joins = not starts(state) and 0 < state.view.merge < result.gmm.k  # then that is spoken of
        fit = result.gmm_fit
        if joins or fit.variance is not None or fit.gapped is not None or not is_low(result):
            return None
        return self._low_score(state.data, state.model)

    def _try_low_score(self, data: DataChoice, model: ModelChoice) -> LowScore:
        return low_score(self.comparison(AppState(data=data, model=model)))

    def run_on(self, state: AppState) -> MixtureFit | None:
        """Return the mixture carried on, where it met its tolerance and was only slow."""
        fit = self.models.shown_gmm(state)
        if fit.variance is not None or fit.gapped is not None:
            return None
        return self._run_on(state.data, state.model)

    def _carry_on(self, data: DataChoice, model: ModelChoice) -> MixtureFit | None:
        return run_on(self.comparison(AppState(data=data, model=model)))

    def shapes(self, state: AppState) -> Shapes:
        """Return the four covariance types on the same points."""
        points = self.points(state.data)
        check_comparison(points, state.model, self.config.fit_seconds, COVARIANCE_TYPES)
        states = [state.with_model(covariance_type=kind) for kind in COVARIANCE_TYPES]
        fits = tuple(self.gmm(one.data, one.model) for one in states)
        rows = self.whole.held_back(state.data, state.model, COVARIANCE_TYPES)
        if points.n < points.n_total and rows is None:
            points, first = self.whole.points(state.data), fits[0]
            fits = tuple(self.whole.gmm(one.data, one.model) for one in states)
            rows = self.whole.rows(state.data, first, fits[0])
        return Shapes(points, fits, tuple(gmm_side(points, fit) for fit in fits), rows)

    def steps(self, state: AppState) -> Steps:
        """Return both runs of the player, from the start that was chosen."""
        drives_start = state.steps.start == "own"  # only then the axes matter to the runs
        axes = (state.view.x, state.view.y) if drives_start else ("", "")
        return self._steps(state.data, state.model, state.steps, axes)

    def end(self, state: AppState, seconds: float) -> End:
        """Return where the chosen start ends; not remembered, as a class sends one after another.

        Parameters
        ----------
        state : AppState
        seconds : float
            Most estimated processor time to spend.
        """
        return end_of(self.points(state.data), state, seconds)

    def _run_steps(
        self, data: DataChoice, model: ModelChoice, steps: StepsChoice, axes: tuple[str, str]
    ) -> Steps:
        view = ViewChoice(x=axes[0], y=axes[1])
        state = AppState(data=data, model=model, view=view, steps=steps)
        kept = partial(self.gmm, data, model)
        return run_steps(self.points(data), state, self.config.fit_seconds, kept)

    def one_side(
        self,
        state: AppState,
        algorithm: str,
        *,
        page: AppState | None = None,
        rested: bool = False,
    ) -> tuple[Points, Side, NDArray[np.float64] | None]:
        """Return one method alone; for k-means with the radii of its circles.

        Its clusters are numbered as Compare numbers them with the settings of ``page``.
        ``rested`` carries k-means on until no point moves; the mixture's own settings do that.
        """
        points, model = self.points(state.data), state.model
        if algorithm != "kmeans":
            return points, gmm_side(points, self.gmm(state.data, model)), None
        fitted = self.models.kmeans_at_rest if rested else self.models.kmeans
        fit = fitted(state.data, model)
        side = kmeans_side(points, fit, beside=self._mixture_of(page or state))
        return points, side, fit.radii[side.order]

    def _mixture_of(self, state: AppState) -> MixtureFit | None:
        """Return the mixture of the page's settings, None where these allow none."""
        try:
            return self.models.shown_gmm(state)
        except FitError:
            return None

    def _load(self, data: DataChoice) -> Points:
        return self._separable(data, load(data, self.store, self.config.fit_rows))

    def _load_all(self, data: DataChoice) -> Points:
        return self._separable(data, load(data, self.store, self.config.all_rows))

    def _separable(self, data: DataChoice, points: Points) -> Points:
        """Return points that can be looked at along what separates a mixture."""
        return replace(points, separation=partial(self.separation, data))

    def separation(self, data: DataChoice, k: int, covariance_type: str) -> Separation:
        """Return what the components of a mixture differ by: of one that no other setting turns."""
        return self._separation(data, k, covariance_type)

    def _separate(self, data: DataChoice, k: int, covariance_type: str) -> Separation:
        model = ModelChoice(k=k, covariance_type=covariance_type)
        return Separation.of(self.gmm(data, model).mixture)

    def _diagnose(self, data: DataChoice, reg_covar: float) -> tuple[ColumnDoubt, ...]:
        return column_doubts(self.points(data), reg_covar)
