"""Both methods side by side: scored, joined, pinned, and asked why they miss the true groups."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from gmm_dash.engine import (
    CovarianceType,
    check_budget,
    merge_components,
    note_passing,
    time_limit,
)
from gmm_dash.errors import GmmDashError, WorkLimitError
from gmm_dash.pipeline.budget import check_comparison, check_joining
from gmm_dash.pipeline.labelling import called
from gmm_dash.pipeline.low_score import low_score
from gmm_dash.pipeline.run_on import run_on
from gmm_dash.pipeline.whole import seconds_of, seconds_to_show
from gmm_dash.results import Comparison, LowScore, Shapes, compare, gmm_side, is_low
from gmm_dash.results.joined import joined
from gmm_dash.results.pinned import Pinned, Refusal
from gmm_dash.results.profile import Profiles, profiles
from gmm_dash.results.rows import Rows
from gmm_dash.state import COVARIANCE_TYPES, AppState, ViewChoice, names_of, pinned_of, starts

if TYPE_CHECKING:
    from collections.abc import Hashable

    from gmm_dash.engine import Merging, MixtureFit
    from gmm_dash.memory import Memory
    from gmm_dash.pipeline.compare_whole import CompareWhole
    from gmm_dash.pipeline.models import Models
    from gmm_dash.pipeline.whole import Whole
    from gmm_dash.results.points import Points
    from gmm_dash.results.run_on_claims import CarriedOn
    from gmm_dash.state import DataChoice, ModelChoice, StoredNames
    from gmm_dash.tables import TableStore


_ENDING: Final = 0.5  # of the seconds of a request, what Density spends on all rows at most


class CompareWork:
    """What Compare may ask for.

    Parameters
    ----------
    models : Models
        The points, and the fits to them.
    whole : Whole
        The same of all rows of a long table.
    pieces : CompareWhole
        The same where one request is too short for them.
    limit : float
        Seconds of processor time that one comparison may take, by estimate.
    store : TableStore
        Where users' tables live, in which rows have names.
    names : StoredNames or None
        Where names of groups live that are too long for a link; without it these are not known.
    memory : Memory
        Where results are kept.
    """

    def __init__(
        self,
        models: Models,
        whole: Whole,
        pieces: CompareWhole,
        limit: float,
        store: TableStore,
        names: StoredNames | None,
        memory: Memory[Any],
    ) -> None:
        self._models, self._whole, self._pieces, self._limit = models, whole, pieces, limit
        self._store, self._names, self._memory = store, names, memory
        self._profiles = memory.remember(self._describe_groups)
        self._low_score = memory.remember(_low_score_of, _asked)
        self._run_on = memory.remember(_run_on_of, _asked)

    def comparison(self, state: AppState) -> Comparison:
        """Return both fits, scored and in matched numbers."""
        models, data, model = self._models, state.data, state.model
        points = models.points(data)
        check_comparison(points, model, self._limit)
        again = self._draws_anew(state)
        kmeans, gmm = models.shown_kmeans(data, model), models.shown_gmm(state)
        if gmm.gapped is not None:
            shares = models.bootstrap(data, model) if again else None
            return compare(points, kmeans, gmm, shares)
        held = self._held_back(state, gmm)
        here = self._whole if held is None else self._pieces
        if points.n < points.n_total and (held is None or self._carried(state, held)):
            every = self._whole.points(data)  # held: it may be too large to be remembered
            ended = here.gmm(data, model)
            rows = self._whole.rows(data, gmm, ended)
            return compare(every, here.kmeans(data, model), ended, None, rows)
        bootstrap = models.bootstrap(data, model) if again else None
        return compare(points, kmeans, gmm, bootstrap, held)

    def mixture(
        self, data: DataChoice, model: ModelChoice
    ) -> tuple[Points, MixtureFit, Rows | None]:
        """Return the mixture that Compare ends on with these data and this model.

        Nothing else of the settings counts: it has no background and no width held by hand, and
        each row counts once.

        Parameters
        ----------
        data : DataChoice
        model : ModelChoice

        Returns
        -------
        points : Points
            That it is fitted to.
        fit : MixtureFit
        rows : Rows or None
            Which rows of a long table these are; None where it is not long.
        """
        plain, points = replace(model, background="off"), self._models.points(data)
        fit = self._models.gmm(data, plain)
        if points.n == points.n_total:
            return points, fit, None
        keeps = "" if points.weighting is None else "weights"
        held = self._whole.held_back(data, plain, (plain.covariance_type,), keeps)
        if held is not None and not (held.pieces and self._pieces.found(data, plain)):
            return points, fit, held
        ended = self._at_once(data, plain) if held is None else self._pieces.gmm(data, plain)
        if ended is None:
            told, spent = (points.n, points.n_total, points.n, fit.log_likelihood), self._spent
            return points, fit, Rows(*told, why="stopped", seconds=spent, limit=self._limit)
        return self._whole.points(data), ended, self._whole.rows(data, fit, ended)

    def _at_once(self, data: DataChoice, model: ModelChoice) -> MixtureFit | None:
        """Return the mixture of all rows; None where it takes longer than was estimated.

        Then there is time left to show the sample's, and it is not tried again soon.
        """
        key = ("stopped", data, model)
        if self._memory.get(key) is None:
            try:
                with time_limit(self._spent):
                    return self._whole.gmm(data, model)
            except WorkLimitError:
                self._memory.put(key, True)  # noqa: FBT003  (a mark)
        note_passing()
        return None

    @property
    def _spent(self) -> float:
        """Seconds of processor time after which a fit to all rows is given up for the sample's."""
        return _ENDING * self._limit

    def check_all_rows(self, state: AppState, seconds: float) -> None:
        """Refuse a long table whose models end on all rows, where that takes too long.

        Parameters
        ----------
        state : AppState
        seconds : float
            Of processor time, by estimate: for the fits, and for showing them.

        Raises
        ------
        WorkLimitError
            With the estimate, and what to make smaller.
        """
        points, model = self._models.points(state.data), state.model
        kinds, n, d = (model.covariance_type,), points.n_total, points.d
        held = bool(state.view.hard) and CovarianceType(model.covariance_type).shape.even
        keeps = "hard" if held else "background" if model.background == "on" else ""
        keeps = keeps if points.weighting is None else "weights"
        if points.n < n and self._whole.held_back(state.data, model, kinds, keeps) is None:
            shown = seconds_to_show(n, d, model.k)
            check_budget(seconds_of(n, d, model, kinds) + shown, seconds)

    def beyond(self, state: AppState) -> Rows | None:
        """Return what fits to all rows would take, where that is too long for one request.

        None where it is not, or the models stay with the sample for another reason: also where
        showing them would be too long.
        """
        points = self._models.points(state.data)
        if points.n == points.n_total:
            return None
        gmm = self._models.shown_gmm(state)
        held = None if gmm.gapped is not None else self._held_back(state, gmm)
        return held if held is not None and held.pieces else None

    def shapes_beyond(self, state: AppState) -> Rows | None:
        """Return the same of the four covariance types."""
        held = self._shapes_held(state)
        return held if held is not None and held.pieces else None

    def _shapes_held(self, state: AppState) -> Rows | None:
        """Return why the four types stay with a sample; of weighted rows the panel says so."""
        keeps = "" if self._models.points(state.data).weighting is None else "weights"
        return self._whole.held_back(state.data, state.model, COVARIANCE_TYPES, keeps)

    def shapes_carried(self, state: AppState) -> bool:
        """Return whether all four are of all rows after they were carried on in pieces."""
        held, asked = self.shapes_beyond(state), shape_models(state.model)
        return held is not None and self._pieces.all_found(state.data, asked)

    def carried(self, state: AppState) -> bool:
        """Return whether both models are of all rows after they were carried on in pieces."""
        held = self.beyond(state)
        return held is not None and self._carried(state, held)

    def of_all_rows(self, state: AppState) -> bool:
        """Return whether the models of settings that nothing keeps to a sample are of all rows."""
        model = state.model
        held = self._whole.held_back(state.data, model, (model.covariance_type,))
        return held is None or self._carried(state, held)

    def _carried(self, state: AppState, held: Rows) -> bool:
        return held.pieces and self._pieces.found(state.data, state.model)

    def _draws_anew(self, state: AppState) -> bool:
        """Return whether k-means is fitted again and again; weighted points would count once."""
        weighted = self._models.points(state.data).weighting is not None
        return "bootstrap" in state.view.show and not weighted

    def _held_back(self, state: AppState, gmm: MixtureFit) -> Rows | None:
        """Return why models stay with a sample, or None where they do not, or have all rows."""
        kept = {"hard": gmm.variance, "background": gmm.background, "weights": gmm.weighting}
        keeps = next((why for why, what in kept.items() if what is not None), "")
        keeps = "bootstrap" if self._draws_anew(state) else keeps
        model = state.model
        return self._whole.held_back(state.data, model, (model.covariance_type,), keeps)

    def merging(self, state: AppState, result: Comparison) -> Merging:
        """Return in which order the mixture's components are joined, numbered as shown.

        It is handed the comparison: one of a long table is too large to be remembered.
        """
        shares = result.gmm.components.grouped_shares
        key = ("merging", state.data, state.model, state.view.hard, len(shares))
        found: Merging | None = self._memory.get(key)
        if found is None:
            check_joining(len(shares), shares.shape[1], self._limit)
            found = merge_components(shares)
            self._memory.put(key, found)
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
        return replace(result, gmm=result.gmm.with_names(self._called(state)))

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
        view, carried = state.view, self.carried(state)
        found = self._profiles(state.data, state.model, view.hard, view.merge, carried)
        return found.with_names(self._called(state))

    def _called(self, state: AppState) -> dict[int, str]:
        """Return what groups are called, by their lowest component, counted from zero."""
        return {number - 1: name for number, name in names_of(state, self._names)[0].items()}

    def shapes(self, state: AppState) -> Shapes:
        """Return the four covariance types on the same points."""
        data, points = state.data, self._models.points(state.data)
        check_comparison(points, state.model, self._limit, COVARIANCE_TYPES)
        asked = shape_models(state.model)
        fits = tuple(self._models.gmm(data, model) for model in asked)
        rows = self._shapes_held(state)
        here = self._whole if rows is None else self._pieces
        there = rows is None or (rows.pieces and self._pieces.all_found(data, asked))
        if points.n < points.n_total and there:
            points, first = self._whole.points(data), fits[0]
            fits = tuple(here.gmm(data, model) for model in asked)
            rows = self._whole.rows(data, first, fits[0])
        return Shapes(points, fits, tuple(gmm_side(points, fit) for fit in fits), rows)

    def low_score(self, state: AppState, result: Comparison) -> LowScore | None:
        """Return why both methods miss the true groups; None where they do not.

        Parameters
        ----------
        state : AppState
        result : Comparison
            Of this state; one whose components are joined is spoken of otherwise.
        """
        if result.merging is not None or result.gmm_fit.special or not is_low(result):
            return None
        return self._low_score(state.data, state.model, result)

    def run_on(self, state: AppState, result: Comparison) -> CarriedOn | None:
        """Return the mixture carried on, where it met its tolerance and was only slow.

        Parameters
        ----------
        state : AppState
        result : Comparison
            Of this state, with components joined or not.
        """
        if result.gmm_fit.special:
            return None
        unjoined = result if result.merging is None else replace(result, gmm=result.gmm.components)
        return self._run_on(state.data, state.model, unjoined)

    def _describe_groups(
        self,
        data: DataChoice,
        model: ModelChoice,
        hard: float,
        merge: int,
        _carried: bool,  # noqa: FBT001  (results are told apart by it)
    ) -> Profiles:
        shown = AppState(data=data, model=model, view=ViewChoice(hard=hard, merge=merge))
        result = self.grouped(shown)
        return profiles(result, lambda rows: called(data, result.points, rows, self._store))


def shape_models(model: ModelChoice) -> list[ModelChoice]:
    """Return the settings of the four covariance types, each once, without a background."""
    plain = replace(model, background="off")
    return [replace(plain, covariance_type=kind) for kind in COVARIANCE_TYPES]


def _low_score_of(_data: DataChoice, _model: ModelChoice, result: Comparison) -> LowScore:
    return low_score(result)


def _run_on_of(_data: DataChoice, _model: ModelChoice, result: Comparison) -> CarriedOn | None:
    return run_on(result)


def _asked(data: DataChoice, model: ModelChoice, result: Comparison) -> Hashable:
    """Return what the experiments depend on: whether all rows of a long table are compared, too."""
    return data, model, result.points.n
