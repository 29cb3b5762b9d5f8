"""Both runs of the step-by-step view, from the start that was chosen."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

from gmm_dash.contract.methods import is_informed
from gmm_dash.engine import Mixture, check_budget, estimate_cost, fit_gmm, fit_kmeans
from gmm_dash.engine.known_starts import fit_from_mixture
from gmm_dash.engine.types import INFORMED, RANDOM_GAUSSIANS
from gmm_dash.pipeline.budget import check_comparison
from gmm_dash.pipeline.run_on import carried_on
from gmm_dash.results import Start, Steps, kmeans_run, mixture_run, project
from gmm_dash.state import AppState, ViewChoice
from gmm_dash.tables import sample_rows

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from gmm_dash.engine import KMeansFit, MixtureFit
    from gmm_dash.memory import Memory
    from gmm_dash.pipeline.models import Models
    from gmm_dash.results import Points, Projection
    from gmm_dash.state import DataChoice, ModelChoice, StepsChoice

MOST_POINTS: Final = 5_000
_SAMPLE_SEED: Final = 0
_TALES: Final = 400_000  # odds of a k-means++ start that are sent along, point by point


class StepsWork:
    """What Step by step may ask for.

    Parameters
    ----------
    models : Models
        The points, and the mixture of them.
    limit : float
        Seconds of processor time that both runs may take, by estimate.
    memory : Memory
        Where results are kept.
    """

    def __init__(self, models: Models, limit: float, memory: Memory[Any]) -> None:
        self._models, self._limit = models, limit
        self._runs = memory.remember(self._run_both)

    def runs(self, state: AppState) -> Steps:
        """Return both runs of the player, from the start that was chosen."""
        drives_start = state.steps.start == "own"  # only then the axes matter to the runs
        axes = (state.view.x, state.view.y) if drives_start else ("", "")
        return self._runs(state.data, state.model, state.steps, axes)

    def check(self, state: AppState, seconds: float) -> None:
        """Refuse runs that would take longer than ``seconds`` of processor time, by estimate.

        Raises
        ------
        WorkLimitError
            With the estimate, and what to make smaller.
        """
        points, model = self._models.points(state.data), state.model
        if is_informed(state):
            check_comparison(points, model, seconds)
        _check(_sampled(points), model, seconds)

    def under_hand(self, state: AppState, seconds: float) -> Steps:
        """Return both runs of points that a hand has now: not remembered, and not carried on.

        Parameters
        ----------
        state : AppState
        seconds : float
            Most estimated processor time to spend.
        """
        return _played(self._models.points(state.data), state, seconds, None)

    def end(self, state: AppState, seconds: float) -> End:
        """Return where the chosen start ends; not remembered, as a class sends one after another.

        Parameters
        ----------
        state : AppState
        seconds : float
            Most estimated processor time to spend.
        """
        return end_of(self._models.points(state.data), state, seconds)

    def _run_both(
        self, data: DataChoice, model: ModelChoice, steps: StepsChoice, axes: tuple[str, str]
    ) -> Steps:
        view = ViewChoice(x=axes[0], y=axes[1])
        state = AppState(data=data, model=model, view=view, steps=steps)
        kept = partial(self._models.gmm, data, model)
        return run_steps(self._models.points(data), state, self._limit, kept)


def run_steps(
    points: Points, state: AppState, seconds: float, kept: Callable[[], MixtureFit]
) -> Steps:
    """Return both runs from the chosen start.

    Parameters
    ----------
    points : Points
        All points of the analysis; above 5,000 a seeded sample of them is used.
    state : AppState
    seconds : float
        Most estimated processor time to spend.
    kept : callable
        Returns the run that the search with neighbours keeps, for a start that asks for it.

    Raises
    ------
    FitError
        When the points are too few, or a component collapses.
    """
    steps = _played(points, state, seconds, kept)
    return replace(steps, on=carried_on(steps.points, steps.gmm.fit))


def _played(
    points: Points,
    state: AppState,
    seconds: float,
    kept: Callable[[], MixtureFit] | None,
) -> Steps:
    """Return both runs from the chosen start, frame by frame."""
    n_all, points = points.n_total, _sampled(points)  # a sample of a sample is one of all rows
    known = kept() if kept and is_informed(state) else None
    start, kmeans, gmm = _from_start(points, state, seconds, known)
    return Steps(
        points,
        start,
        kmeans_run(points, kmeans, gmm),
        mixture_run(points, gmm),
        n_all,
    )


class End(NamedTuple):
    """Where both runs from one start come to rest.

    Attributes
    ----------
    inertia : float
    log_likelihood : float, optional
        Per point; None where a component collapsed, as such likelihoods compare with no other.
    """

    inertia: float
    log_likelihood: float | None


def end_of(points: Points, state: AppState, seconds: float) -> End:
    """Return where both runs from the chosen start end: what :func:`run_steps` shows last.

    Parameters
    ----------
    points : Points
    state : AppState
    seconds : float
        Most estimated processor time to spend.

    A start that the search with neighbours would find is drawn instead: one run is one run.

    Raises
    ------
    FitError
        When the points are too few, or a component collapses.
    """
    points = _sampled(points)
    _, kmeans, gmm = _from_start(points, state, seconds, None)
    end = carried_on(points, gmm) or gmm
    return End(kmeans.inertia, None if gmm.degenerate.any() else end.log_likelihood)


def _from_start(
    points: Points, state: AppState, seconds: float, known: MixtureFit | None
) -> tuple[Start, KMeansFit, MixtureFit]:
    """Return the chosen start, or that of a known fit, and what both methods make of it."""
    model = state.model
    _check(points, model, seconds)
    by_shapes = state.steps.start == RANDOM_GAUSSIANS
    drawn = _mixture(points, model, RANDOM_GAUSSIANS) if by_shapes else None
    if drawn is not None:
        start = Start(drawn.init, model.seed, _first_parameters(drawn).means)
    else:
        start = choose_start(points, state) if known is None else _begun(known, model.seed)
    kmeans = fit_kmeans(points.fitted, model.k, init=start.centers, n_init=1)
    if known is None:
        gmm = drawn or _mixture(points, model, start.centers)
    else:
        gmm = _again(points, model, known)
    return start, kmeans, gmm


def _check(points: Points, model: ModelChoice, seconds: float) -> None:
    cost = estimate_cost(
        points.n,
        points.d,
        model.k,
        covariance_type=model.covariance_type,
        tol=model.tol,
        max_iter=model.max_iter,
    )
    check_budget(cost, seconds)


def _mixture(points: Points, model: ModelChoice, init: Any) -> MixtureFit:
    return fit_gmm(
        points.fitted,
        model.k,
        covariance_type=model.covariance_type,
        init=init,
        n_init=1,
        tol=model.tol,
        reg_covar=model.reg_covar,
        max_iter=model.max_iter,
        random_state=model.seed,
    )


def _again(points: Points, model: ModelChoice, known: MixtureFit) -> MixtureFit:
    fit = fit_from_mixture(
        points.fitted,
        _first_parameters(known),
        covariance_type=model.covariance_type,
        tol=model.tol,
        reg_covar=model.reg_covar,
        max_iter=known.max_iter,
    )
    return replace(fit, move=known.move)


def _begun(known: MixtureFit, seed: int) -> Start:
    """Return where a run began, as centres that k-means can start from, too."""
    return Start(INFORMED, seed, _first_parameters(known).means, kept=known)


def _first_parameters(known: MixtureFit) -> Mixture:
    """Return the parameters that a run's first E-step used, drawn or given."""
    if known.start is not None:
        return known.start
    trace = known.trace
    return Mixture(trace.weights[0].copy(), trace.means[0].copy(), trace.covariances[0].copy())


def _sampled(points: Points) -> Points:
    """Return at most ``MOST_POINTS`` of the points.

    Their notes are left out: they stand above every view.
    """
    if points.n <= MOST_POINTS:
        return replace(points, notes=())
    kept = sample_rows(points.n, MOST_POINTS, _SAMPLE_SEED)
    return replace(
        points,
        raw=points.raw[kept],
        fitted=points.fitted[kept],
        rows=points.rows[kept],
        labels=None if points.labels is None else points.labels[kept],
        notes=(),
        before=_sampled(points.before) if points.before else None,
    )


def choose_start(points: Points, state: AppState) -> Start:
    """Return the centres that both runs start from, where they are all that is chosen."""
    model, kind = state.model, state.steps.start
    if kind in ("auto", "random", "k-means++"):
        drawn = model.kmeans_init if kind == "auto" else kind
        centers = _drawn(points, model, drawn)
        told = kind == "k-means++" and points.n * model.k <= _TALES
        return Start(drawn, model.seed, centers, seeding_odds(points, centers) if told else None)
    if kind == "kmeans":
        fit = fit_kmeans(
            points.fitted, model.k, init=model.kmeans_init, n_init=1, random_state=model.seed
        )
        return Start(kind, model.seed, fit.centers)
    projection = project(points, state.view.x, state.view.y)
    if kind == "bad":
        return Start(kind, model.seed, side_by_side(points, model.k))
    return _own(points, state, projection)


def _drawn(points: Points, model: ModelChoice, kind: str) -> NDArray[np.float64]:
    """Return the first centres of the fit that scikit-learn would make with this seed."""
    fit = fit_kmeans(
        points.fitted, model.k, init=kind, n_init=1, max_iter=1, random_state=model.seed
    )
    return fit.trace.start_centers


def seeding_odds(points: Points, centers: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return (k, n): how likely k-means++ was to draw each point for each centre in turn.

    The first is drawn evenly, each further one in proportion to the squared distance from
    the nearest centre so far.
    """
    odds = np.empty((len(centers), points.n))
    nearest = np.ones(points.n)
    for j, center in enumerate(centers):
        total = nearest.sum()
        odds[j] = nearest / total if total > 0 else 1 / points.n
        distance = np.square(points.fitted - center).sum(axis=1)
        nearest = distance if j == 0 else np.minimum(nearest, distance)
    return odds


def side_by_side(points: Points, k: int) -> NDArray[np.float64]:
    """Return k centres in a row across the data's second direction, where they mislead most.

    On two groups lying left and right this puts one centre above the other, as in the
    classic local optimum of k-means. One column has no second direction: there they stand
    between the end that is farther from the mean and halfway to it, where few points are.
    """
    if points.d == 1:
        return _at_one_end(points.fitted, k)
    mean = points.fitted.mean(axis=0)
    centred = points.fitted - mean
    variance, vectors = np.linalg.eigh(centred.T @ centred / points.n)
    direction = vectors[:, -2] * np.sign(vectors[:, -2][np.abs(vectors[:, -2]).argmax()])
    places = np.linspace(-1.0, 1.0, k) if k > 1 else np.zeros(1)
    rows: NDArray[np.float64] = mean + np.outer(places * np.sqrt(variance[-2]), direction)
    return rows


def _at_one_end(x: NDArray[np.float64], k: int) -> NDArray[np.float64]:
    mean, ends = x.mean(axis=0), np.array([x.min(axis=0), x.max(axis=0)])
    end = ends[np.abs(ends - mean)[:, 0].argmax()]
    return np.asarray(end + np.linspace(0.0, 0.5, k)[:, None] * (mean - end))


def _own(points: Points, state: AppState, projection: Projection) -> Start:
    """Return the centres that the user placed; what is missing is drawn by k-means++."""
    k, given = state.model.k, state.steps.centres
    xy = np.array(given[: 2 * min(k, len(given) // 2)]).reshape(-1, 2)
    placed = lift(points, projection, xy)
    missing = k - len(placed)
    if missing == 0:
        return Start("own", state.model.seed, placed)
    drawn = _drawn(points, state.model, "k-means++")
    return Start("own", state.model.seed, np.vstack([placed, drawn[len(placed) :]]), filled=missing)


def lift(points: Points, projection: Projection, xy: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return fitted points that appear at plot positions ``xy``.

    With more than two columns many do; these lie in the plane of the plot through the mean.
    """
    mean = points.fitted.mean(axis=0)
    back = np.linalg.pinv(projection.matrix)
    lifted: NDArray[np.float64] = mean + (xy - projection.points(mean[None])) @ back.T
    return lifted
