"""Every computation a view may ask for, each remembered.

One object per application, so that two applications in one process share nothing.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from gmm_dash.engine import (
    bootstrap_certainty,
    fit_gmm,
    fit_kmeans,
    hardened,
)
from gmm_dash.engine.covariances import CovarianceType
from gmm_dash.engine.rest import KMEANS_REST_TOL
from gmm_dash.engine.types import INFORMED
from gmm_dash.errors import FitError, ImportProblem
from gmm_dash.memory import Memory
from gmm_dash.pipeline import study, sure, sweep
from gmm_dash.pipeline.budget import check_comparison
from gmm_dash.pipeline.climb import Climbs
from gmm_dash.pipeline.colors import Colors
from gmm_dash.pipeline.density import held_out
from gmm_dash.pipeline.digits import Digits
from gmm_dash.pipeline.drawing import drawing_of
from gmm_dash.pipeline.executor import Workplace
from gmm_dash.pipeline.fits import Fits
from gmm_dash.pipeline.labelling import called, label_rows, whole_table
from gmm_dash.pipeline.load import Columns, columns_of, load
from gmm_dash.pipeline.low_score import low_score
from gmm_dash.pipeline.reading import TableReading, reading_of
from gmm_dash.pipeline.run_on import run_on
from gmm_dash.pipeline.sizes import size_of
from gmm_dash.pipeline.steps import run_steps
from gmm_dash.pipeline.whole import (
    Limits,
    held_back,
    kmeans_of_all,
    mixture_of_all,
    rows_of_all,
)
from gmm_dash.results import (
    Comparison,
    DensityStudy,
    HeldOut,
    LowScore,
    Shapes,
    compare,
    gmm_side,
    is_low,
    kmeans_side,
    study_density,
)
from gmm_dash.results.columns import ColumnDoubt, column_doubts
from gmm_dash.results.profile import Profiles, profiles
from gmm_dash.results.separation import Separation
from gmm_dash.state import COVARIANCE_TYPES, TABLE_DATA, AppState, ModelChoice, ViewChoice

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from gmm_dash.config import Config
    from gmm_dash.engine import KMeansFit, Mixture, MixtureFit
    from gmm_dash.engine.bootstrap import Pair
    from gmm_dash.images.store import ImageStore
    from gmm_dash.results import Labelled, Points, Side, Steps
    from gmm_dash.results.rows import Rows
    from gmm_dash.state import DataChoice, StepsChoice
    from gmm_dash.tables import Given, TableStore

_BOOTSTRAPS = 50
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
    """

    def __init__(self, config: Config, store: TableStore, images: ImageStore | None = None) -> None:
        self.config, self.store = config, store
        self.memory = Memory[Any](config.cache_bytes // _RESULTS_SHARE, size_of)
        self._points = self.memory.remember(self._load)
        self._every = self.memory.remember(self._load_all)
        self._kmeans_of_all = self.memory.remember(self._fit_kmeans_to_all)
        self._gmm_of_all = self.memory.remember(self._fit_gmm_to_all)
        self._lines = self.memory.remember(self._find_lines)
        self._doubts = self.memory.remember(self._diagnose)
        self._kmeans = self.memory.remember(self._fit_kmeans)
        self._gmm = self.memory.remember(self._fit_gmm)
        self._hardened = self.memory.remember(self._harden)
        self._low_score = self.memory.remember(self._try_low_score)
        self._run_on = self.memory.remember(self._carry_on)
        self._steps = self.memory.remember(self._run_steps)
        self._bootstrap = self.memory.remember(self._fit_bootstrap)
        self._observed = self.memory.remember(self._observe)
        self._separation = self.memory.remember(self._separate)
        self._profiles = self.memory.remember(self._describe_groups)
        self._density = self.memory.remember(self._study_density)
        self._held_out = self.memory.remember(self._fit_held_out)
        self.digits = Digits(config, store, self.memory)
        self.colors = Colors(config, images, self.memory)
        self._workplace = Workplace(config.scheduler)
        self.climbs = Climbs(lambda data: self.points(data).fitted, self.memory, self._workplace)

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
        return self._kmeans(data, model.k, model.n_init, model.seed, model.kmeans_init)

    def gmm(self, data: DataChoice, model: ModelChoice) -> MixtureFit:
        """Return the mixture on the chosen points."""
        return self._gmm(data, model)

    def comparison(self, state: AppState) -> Comparison:
        """Return both fits, scored and in matched numbers."""
        points, model = self.points(state.data), state.model
        check_comparison(points, model, self.config.fit_seconds)
        again = "bootstrap" in state.view.show
        kmeans, gmm = self.kmeans(state.data, model), self.shown_gmm(state)
        keeps = "bootstrap" if again else "hard" if gmm.variance is not None else ""
        held = self._held_back(points, model, (model.covariance_type,), keeps)
        if points.n < points.n_total and held is None:
            every = self._every(state.data)
            ended = self._gmm_of_all(state.data, model)
            rows = rows_of_all(points, every, gmm, ended)
            return compare(every, self._kmeans_of_all(state.data, model), ended, None, rows)
        bootstrap = None
        if again:
            bootstrap = self._bootstrap(
                state.data, model.k, model.n_init, model.seed, model.kmeans_init
            )
        return compare(points, kmeans, gmm, bootstrap, held)

    def _held_back(
        self, points: Points, model: ModelChoice, kinds: Sequence[str], keeps: str = ""
    ) -> Rows | None:
        limits = Limits(self.config.all_rows, self.config.fit_seconds)
        return held_back(points, model, limits, kinds, keeps)

    def shown_gmm(self, state: AppState) -> MixtureFit:
        """Return the mixture that Compare shows: equal circles may be on their way to k-means."""
        if not state.view.hard or not CovarianceType(state.model.covariance_type).shape.even:
            return self.gmm(state.data, state.model)
        return self._hardened(state.data, state.model, state.view.hard)

    def _harden(self, data: DataChoice, model: ModelChoice, hardness: float) -> MixtureFit:
        centers = self.kmeans(data, model).centers
        return hardened(self.points(data).fitted, self.gmm(data, model), centers, hardness)

    def labelled(self, state: AppState) -> Labelled:
        """Return every row of the data, also those left out, with what both fits say of it."""
        return label_rows(state, self.comparison(state), self.store)

    def profiles(self, state: AppState) -> Profiles:
        """Return what the groups of both fits are."""
        return self._profiles(state.data, state.model, state.view.hard)

    def _describe_groups(self, data: DataChoice, model: ModelChoice, hard: float) -> Profiles:
        shown = AppState(data=data, model=model, view=ViewChoice(hard=hard))
        result = self.comparison(shown)
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
        rows = (self._every(data) if every else self.points(data)).rows
        return self.store.origin(data.table).lines[rows] if data.dataset in TABLE_DATA else rows + 1

    def low_score(self, state: AppState) -> LowScore | None:
        """Return why both methods miss the true groups; None where they do not."""
        result = self.comparison(state)
        if result.gmm_fit.variance is not None or not is_low(result):
            return None
        return self._low_score(state.data, state.model)

    def _try_low_score(self, data: DataChoice, model: ModelChoice) -> LowScore:
        return low_score(self.comparison(AppState(data=data, model=model)))

    def run_on(self, state: AppState) -> MixtureFit | None:
        """Return the mixture carried on, where it met its tolerance and was only slow."""
        if self.shown_gmm(state).variance is not None:
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
        rows = self._held_back(points, state.model, COVARIANCE_TYPES)
        if points.n < points.n_total and rows is None:
            sample, first = points, fits[0]
            points = self._every(state.data)
            fits = tuple(self._gmm_of_all(one.data, one.model) for one in states)
            rows = rows_of_all(sample, points, first, fits[0])
        return Shapes(points, fits, tuple(gmm_side(points, fit) for fit in fits), rows)

    def density(self, state: AppState) -> DensityStudy:
        """Return the mixture as a density, with new points drawn from it."""
        asked = state.density
        return self._density(state.data, state.model, asked.draws, asked.seed, asked.outliers / 100)

    def held_out(self, state: AppState) -> HeldOut:
        """Return the score of unseen points for every K."""
        return self._held_out(state.data, state.model)

    def _study_density(
        self, data: DataChoice, model: ModelChoice, n_draws: int, seed: int, outlier_share: float
    ) -> DensityStudy:
        points, fit = self.points(data), self.gmm(data, model)
        return study_density(points, fit, n_draws=n_draws, seed=seed, outlier_share=outlier_share)

    def _fit_held_out(self, data: DataChoice, model: ModelChoice) -> HeldOut:
        return held_out(self.points(data), model, self.config.fit_seconds)

    def steps(self, state: AppState) -> Steps:
        """Return both runs of the player, from the start that was chosen."""
        drives_start = state.steps.start == "own"  # only then the axes matter to the runs
        axes = (state.view.x, state.view.y) if drives_start else ("", "")
        return self._steps(state.data, state.model, state.steps, axes)

    def _run_steps(
        self, data: DataChoice, model: ModelChoice, steps: StepsChoice, axes: tuple[str, str]
    ) -> Steps:
        view = ViewChoice(x=axes[0], y=axes[1])
        state = AppState(data=data, model=model, view=view, steps=steps)
        return run_steps(self.points(data), state, self.config.fit_seconds)

    def sweep_plan(self, state: AppState) -> sweep.Plan:
        """Return how the comparison of models that ``state`` asks for is cut into pieces."""
        points = self.points(state.data)
        return sweep.plan(state, points.n, points.d, self.config.fit_seconds)

    def sweep_piece(self, state: AppState, number: int) -> dict[str, list[dict[str, Any]]]:
        """Return the rows of one piece of that comparison, in plain form."""
        units = self.sweep_plan(state).pieces[number]
        x = self.points(state.data).fitted
        fits = Fits.of(state)
        rows, drawn = self._workplace.run(sweep.compute, x, units, fits)
        self.climbs.begin_with(state.data, fits, drawn)
        levels = [unit.k for unit in units if unit.informed]
        for k in levels:
            found = self.climbs.rows(state.data, fits, k, state.select.shapes)
            rows["mixtures"] += [row.as_dict() for row in found]
        return rows

    def sweep_starts(
        self, state: AppState
    ) -> tuple[int, dict[tuple[str, int], tuple[Mixture, int]]]:
        """Return how far that comparison asks neighbours, and start and ``max_iter`` they gave."""
        fits, n = Fits.of(state), self.points(state.data).n
        counts = [k for k in state.select.counts if k <= n]
        return self.climbs.starts(state.data, fits, counts, state.select.shapes)

    def study_plan(self, state: AppState) -> tuple[study.Batch, ...]:
        """Return how the study of restarts that ``state`` asks for is cut into pieces."""
        points = self.points(state.data)
        return study.plan(state, points.n, points.d, self.config.fit_seconds)

    def study_rests(self, state: AppState) -> dict[str, bool]:
        """Return by algorithm whether that study carries its starts on to rest."""
        points = self.points(state.data)
        return study.rests(state, points.n, points.d)

    def study_piece(self, state: AppState, number: int) -> dict[str, list[dict[str, Any]]]:
        """Return the rows of one piece of that study, in plain form."""
        batch, x = self.study_plan(state)[number], self.points(state.data).fitted
        return self._workplace.run(study.compute, x, batch, study.Task.of(state))

    def sure_plan(self, state: AppState) -> tuple[sure.Batch, ...]:
        """Return how the test of the model that ``state`` chooses is cut into refits."""
        points, question = self.points(state.data), sure.Question.of(state)
        return sure.plan(question, points.n, points.d, self.config.fit_seconds)

    def sure_piece(self, state: AppState, number: int) -> dict[str, list[dict[str, Any]]]:
        """Return the rows of one piece of that test, in plain form."""
        batch, question = self.sure_plan(state)[number], sure.Question.of(state)
        pair = self._observed(state.data, replace(question, replicates=0))
        x = self.points(state.data).fitted
        return self._workplace.run(sure.compute, x, batch, question, pair)

    def _observe(self, data: DataChoice, question: sure.Question) -> Pair:
        return self._workplace.run(sure.observe, self.points(data).fitted, question)

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
        if rested:
            fit = fit_kmeans(
                points.fitted, model.k,
                init=model.kmeans_init, n_init=1, tol=KMEANS_REST_TOL, random_state=model.seed,
            )  # fmt: skip
        else:
            fit = self.kmeans(state.data, model)
        side = kmeans_side(points, fit, beside=self._mixture_of(page or state))
        return points, side, fit.radii[side.order]

    def _mixture_of(self, state: AppState) -> MixtureFit | None:
        """Return the mixture of the page's settings, None where these allow none."""
        try:
            return self.shown_gmm(state)
        except FitError:
            return None

    def _load(self, data: DataChoice) -> Points:
        return self._separable(data, load(data, self.store, self.config.fit_rows))

    def _separable(self, data: DataChoice, points: Points) -> Points:
        """Return points that can be looked at along what separates a mixture."""
        return replace(points, separation=partial(self.separation, data))

    def separation(self, data: DataChoice, k: int, covariance_type: str) -> Separation:
        """Return what the components of a mixture differ by: of one that no other setting turns."""
        return self._separation(data, k, covariance_type)

    def _separate(self, data: DataChoice, k: int, covariance_type: str) -> Separation:
        model = ModelChoice(k=k, covariance_type=covariance_type)
        return Separation.of(self.gmm(data, model).mixture)

    def _load_all(self, data: DataChoice) -> Points:
        return self._separable(data, load(data, self.store, self.config.all_rows))

    def _fit_kmeans_to_all(self, data: DataChoice, model: ModelChoice) -> KMeansFit:
        return kmeans_of_all(self.points(data), self._every(data), self.kmeans(data, model))

    def _fit_gmm_to_all(self, data: DataChoice, model: ModelChoice) -> MixtureFit:
        return mixture_of_all(self.points(data), self._every(data), self.gmm(data, model), model)

    def _diagnose(self, data: DataChoice, reg_covar: float) -> tuple[ColumnDoubt, ...]:
        return column_doubts(self.points(data), reg_covar)

    def _fit_kmeans(self, data: DataChoice, k: int, n_init: int, seed: int, init: str) -> KMeansFit:
        points = self.points(data)
        return fit_kmeans(points.fitted, k, init=init, n_init=n_init, random_state=seed)

    def _fit_gmm(self, data: DataChoice, model: ModelChoice) -> MixtureFit:
        points = self.points(data)
        check_comparison(points, model, self.config.fit_seconds)
        if model.init == INFORMED:
            fits = Fits.of(AppState(data=data, model=model))
            return self.climbs.fit(data, fits, model.k, model.covariance_type)
        return fit_gmm(
            points.fitted,
            model.k,
            covariance_type=model.covariance_type,
            init=model.init,
            n_init=model.n_init,
            tol=model.tol,
            reg_covar=model.reg_covar,
            max_iter=model.max_iter,
            random_state=model.seed,
        )

    def _fit_bootstrap(
        self, data: DataChoice, k: int, n_init: int, seed: int, init: str
    ) -> NDArray[np.float64]:
        fit = self._kmeans(data, k, n_init, seed, init)
        return bootstrap_certainty(
            self.points(data).fitted, fit, n_bootstrap=_BOOTSTRAPS, random_state=seed
        )
