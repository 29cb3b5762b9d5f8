"""The work of "How many?", cut into pieces that anybody can compute in any order.

How it is cut follows from the settings alone, never from how fast a machine is, so equal
requests are equal work, and one answer serves a whole class.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from gmm_dash.engine import (
    calinski_harabasz,
    estimate_kmeans_cost,
    n_parameters,
    silhouettes,
)
from gmm_dash.engine.covariances import CovarianceType
from gmm_dash.engine.starts import cycle_kinds
from gmm_dash.errors import FitError, WorkLimitError
from gmm_dash.pipeline.climb import CLIMB_SECONDS, climb_seconds, highest, level_seconds
from gmm_dash.pipeline.fits import Fits
from gmm_dash.pipeline.select_costs import PlainCost
from gmm_dash.pipeline.select_engines import engine_of
from gmm_dash.pipeline.select_parts import Part, compute_part, parts_of, without_fit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from gmm_dash.engine import Mixture
    from gmm_dash.engine.drawn import Cell
    from gmm_dash.engine.levels import Found
    from gmm_dash.pipeline.climb import Climbs
    from gmm_dash.pipeline.executor import Workplace
    from gmm_dash.pipeline.select_costs import Cost
    from gmm_dash.pipeline.select_engines import Engine
    from gmm_dash.results import Points
    from gmm_dash.state import AppState, DataChoice

FIRST_SECONDS: Final = 0.1  # so that the first points show at once
PIECE_SECONDS: Final = 1.0  # estimated
ANSWER_SECONDS: Final = (4.0, 5.0, 5.5)  # in all, after each kind of the first answer
MANY_COLUMNS: Final = 20  # from here on matrices are dear beside variances
PART_SECONDS: Final = 1.0  # a model beyond this is fitted restart by restart
_TOGETHER: Final = 8  # about so many models of a piece share the calls of an iteration


@dataclass(frozen=True, slots=True)
class Unit:
    """The smallest part of that work: a model, a restart of a costly one, one k-means, one level.

    Attributes
    ----------
    covariance_type : str
        Empty for k-means, and for a level of a climb.
    k : int
    seconds : float
        Estimate.
    part : Part or None
        Which restart of which fold, for a model that is fitted in parts.
    informed : bool
        All mixtures of this size once more, from starts that their neighbours give.
    """

    covariance_type: str
    k: int
    seconds: float
    part: Part | None = None
    informed: bool = False

    @property
    def finishes(self) -> bool:
        """Whether a mixture is complete with it."""
        return bool(self.covariance_type) and (self.part is None or self.part.last)


@dataclass(frozen=True, slots=True)
class Plan:
    """How that work is cut.

    Attributes
    ----------
    pieces : tuple of tuple of Unit
    left_out : tuple of (str, int)
        Models of which a single fit is over the limit.
    at_once : int
        How many of the pieces are a first answer, which comes also where the whole waits for
        somebody to agree to it: of many columns, models that are quick.
    drawn_only_from : int or None
        The K from which on starts made from neighbours are too costly; None where they are not,
        or are not asked for.
    """

    pieces: tuple[tuple[Unit, ...], ...]
    left_out: tuple[tuple[str, int], ...]
    at_once: int
    drawn_only_from: int | None

    @property
    def seconds(self) -> tuple[float, ...]:
        """Estimated processor time of each piece."""
        return tuple(sum(unit.seconds for unit in piece) for piece in self.pieces)

    @property
    def models(self) -> tuple[int, ...]:
        """How many mixtures each piece finishes; one in parts counts when it is whole."""
        return tuple(sum(unit.finishes for unit in piece) for piece in self.pieces)


def plan(state: AppState, n: int, d: int, most_seconds: float, cost: Cost | None = None) -> Plan:
    """Return the pieces of the comparison that ``state`` asks for.

    Parameters
    ----------
    state : AppState
    n, d : int
        Complete rows, and columns.
    most_seconds : float
        Estimated time above which a single fit is left out.
    cost : Cost, optional
        Of the mixtures; that of ordinary ones of these rows if not given.

    Raises
    ------
    FitError
        When there are fewer points than components in every model.
    """
    cost = cost or PlainCost(n, d)
    fits, models, left_out = cost.rule(Fits.of(state)), [], []
    counts = [k for k in state.select.counts if k <= n]
    if not counts:
        raise FitError(
            f"There are only {n} points, and every model asked for has more components.",
            hint="Compare smaller K.",
        )
    for k in counts:
        for shape in state.select.shapes:
            found = list(_units(fits, shape, k, cost))
            if found[0].seconds > most_seconds:
                left_out.append((shape, k))
            else:
                models.append(found)
        models.append([Unit("", k, _kmeans_seconds(fits, k, n, d))])
    early = _first_answer(models, n, d) if d >= MANY_COLUMNS else []
    units = [unit for model in models if model not in early for unit in model]
    most = highest(fits, n, d, counts[-1], min(CLIMB_SECONDS, most_seconds))
    units += _levels(fits, counts, most, n, d)
    short = fits.climbs and most < counts[-1]
    first = max(most + 1, counts[0]) if short else None
    answer = tuple(_cut([unit for model in early for unit in model]))
    rest = tuple(_cut(units, PIECE_SECONDS if answer else FIRST_SECONDS))
    return Plan((*answer, *rest), tuple(left_out), len(answer), first)


class SelectWork:
    """What "How many?" may ask for.

    Parameters
    ----------
    points : callable
        ``points(data)`` returns the chosen points.
    limit : float
        Estimated seconds above which a single fit is left out.
    climbs : Climbs
        Remembers the levels.
    workplace : Workplace
        Where pieces are computed.
    """

    def __init__(
        self,
        points: Callable[[DataChoice], Points],
        limit: float,
        climbs: Climbs,
        workplace: Workplace,
    ) -> None:
        self._points, self._limit = points, limit
        self._climbs, self._workplace = climbs, workplace

    def plan(self, state: AppState) -> Plan:
        """Return how the comparison that ``state`` asks for is cut into pieces."""
        engine = engine_of(self._points(state.data))
        n, d = engine.complete.shape
        return plan(state, n, d, self._limit, engine.cost)

    def piece(self, state: AppState, number: int) -> dict[str, list[dict[str, Any]]]:
        """Return the rows of one piece of that comparison, in plain form."""
        units, engine = self.plan(state).pieces[number], engine_of(self._points(state.data))
        fits = engine.cost.rule(Fits.of(state))
        rows, drawn = self._workplace.run(compute, engine, units, fits)
        self._climbs.begin_with(state.data, fits, drawn)
        for k in (unit.k for unit in units if unit.informed):
            found = self._climbs.rows(state.data, fits, k, state.select.shapes)
            rows["mixtures"] += [row.as_dict() for row in found]
        return rows

    def starts(self, state: AppState) -> tuple[int, dict[tuple[str, int], tuple[Mixture, int]]]:
        """Return how far that comparison asks neighbours, and start and ``max_iter`` they gave."""
        engine = engine_of(self._points(state.data))
        fits, n = engine.cost.rule(Fits.of(state)), len(engine.complete)
        counts = [k for k in state.select.counts if k <= n]
        return self._climbs.starts(state.data, fits, counts, state.select.shapes)


class Computed(NamedTuple):
    """What a piece gives.

    Attributes
    ----------
    rows : dict
        In plain form, under ``mixtures`` and ``kmeans``.
    drawn : dict
        The best sound run of each model that was fitted whole: where its climb begins.
    """

    rows: dict[str, Any]
    drawn: dict[Cell, Found | None]


def compute(engine: Engine, units: tuple[Unit, ...], fits: Fits) -> Computed:
    """Return what one piece gives; without its levels, which ``Climbs`` remembers."""
    clusters = [unit.k for unit in units if not unit.covariance_type and not unit.informed]
    kmeans = _kmeans_rows(engine, clusters, fits)
    whole = [unit for unit in units if unit.part is None and unit.covariance_type]
    mixtures, drawn = [], {}
    for shapes, counts in _blocks(whole):
        rows, found = _rows(engine, counts, shapes, fits)
        mixtures += rows
        drawn.update(found)
    mixtures += [
        compute_part(engine, unit.covariance_type, unit.k, unit.part, fits)
        for unit in units
        if unit.part is not None
    ]
    return Computed({"mixtures": mixtures, "kmeans": kmeans}, drawn)


def _units(fits: Fits, shape: str, k: int, cost: Cost) -> Iterable[Unit]:
    """Return the units of one model: itself, or its parts when it is costly."""
    together = cost.seconds(fits, shape, k, n_init=fits.n_init, models=_TOGETHER) / _TOGETHER
    whole = together * (1 + fits.folds)
    if whole <= PART_SECONDS:
        return [Unit(shape, k, whole)]
    one = cost.seconds(fits, shape, k)
    return [Unit(shape, k, one, part) for part in parts_of(fits.n_init, fits.folds)]


def _levels(fits: Fits, counts: list[int], most: int, n: int, d: int) -> Iterable[Unit]:
    """Yield the levels of the climb: the first one holds those below it, which nobody asked for."""
    for k in counts:
        if k <= most:
            below = climb_seconds(fits, n, d, k - 1) if k == counts[0] else 0.0
            yield Unit("", k, below + level_seconds(fits, n, d, k), informed=True)


def _kmeans_seconds(fits: Fits, k: int, n: int, d: int) -> float:
    """Return the estimate for k-means and its scores; the silhouette looks at pairs."""
    pairs = 1e-8 * min(n, 2_000) ** 2
    return 0.004 + pairs + estimate_kmeans_cost(n, d, k, n_init=fits.n_init)


def _first_answer(models: list[list[Unit]], n: int, d: int) -> list[list[Unit]]:
    """Return what to begin with where columns are many: some seconds of work, in its order.

    Models of separate variances and k-means first, for as many K as there is time; then tied, then
    full ones of fewer parameters than rows, from small K on.
    """
    known = sorted(models, key=lambda model: _rank(model[0].covariance_type))  # K stays
    chosen, spent, ended = [], 0.0, set[float]()
    for model in known:
        kind, k = model[0].covariance_type, model[0].k
        rank = _rank(kind)
        until = ANSWER_SECONDS[rank]
        seconds = sum(unit.seconds for unit in model)
        if rank == len(ANSWER_SECONDS) - 1 and n_parameters(kind, k, d) >= n:
            continue
        if until in ended or spent + seconds > until:
            ended.add(until)
            continue
        chosen.append(model)
        spent += seconds
    return chosen


def _rank(kind: str) -> int:
    """Return how late a covariance type is in the first answer; k-means is among the first."""
    if not kind or CovarianceType(kind).shape.aligned:
        return 0
    return 1 if CovarianceType(kind).shape.pooled else 2


def _cut(units: list[Unit], first: float = FIRST_SECONDS) -> Iterable[tuple[Unit, ...]]:
    """Yield runs of units of about equal cost, the first one of ``first`` seconds."""
    piece: list[Unit] = []
    spent, budget = 0.0, first
    for unit in units:
        if piece and spent + unit.seconds > budget:
            yield tuple(piece)
            piece, spent, budget = [], 0.0, PIECE_SECONDS
        piece.append(unit)
        spent += unit.seconds
    if piece:
        yield tuple(piece)


def _blocks(units: list[Unit]) -> Iterable[tuple[tuple[str, ...], list[int]]]:
    """Group models of the same covariance types, which then share their starts."""
    shapes: dict[int, tuple[str, ...]] = {}
    for unit in units:
        shapes[unit.k] = (*shapes.get(unit.k, ()), unit.covariance_type)
    blocks: dict[tuple[str, ...], list[int]] = {}
    for k, kinds in shapes.items():
        blocks.setdefault(kinds, []).append(k)
    return blocks.items()


def _rows(
    engine: Engine, counts: list[int], shapes: tuple[str, ...], fits: Fits
) -> tuple[list[dict[str, Any]], dict[Cell, Found | None]]:
    """Return the rows of some models; when they are stopped by a time limit, without scores."""
    cells = [(CovarianceType(shape), k) for shape in shapes for k in counts]
    try:
        found, drawn = engine.rows(cells, fits)
    except WorkLimitError:
        kind, d = cycle_kinds(fits.init, 1)[0], engine.complete.shape[1]
        return [without_fit(shape, k, d, kind, fits.seed, "stopped") for shape, k in cells], {}
    return [row.as_dict() for row in found], drawn


def _kmeans_rows(engine: Engine, counts: list[int], fits: Fits) -> list[dict[str, Any]]:
    """Return the rows of k-means; silhouette and Calinski-Harabasz take every row once."""
    x, found = engine.complete, [engine.kmeans(k, fits) for k in counts]
    return [
        {
            "n_clusters": len(fit.centers),
            "inertia": fit.inertia,
            "silhouette": silhouette,
            "calinski_harabasz": calinski_harabasz(x, fit.labels),
            "n_iter": fit.n_iter,
            "converged": fit.converged,
            "random_state": fit.random_state,
        }
        for fit, silhouette in zip(found, silhouettes(x, [f.labels for f in found]), strict=True)
    ]
