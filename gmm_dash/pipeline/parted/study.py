"""From a table in many files to its models: the survey, starts from a sample, and the passes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING, Final

import numpy as np

from gmm_dash.engine import (
    CovarianceType,
    Mixture,
    SelectionRows,
    canonical_order,
    fit_gmm,
    fit_kmeans,
)
from gmm_dash.engine.nesting import SMOOTHED
from gmm_dash.engine.select import judged
from gmm_dash.errors import FitError, ImportProblem, StateError
from gmm_dash.pipeline.parted.crew import Alone
from gmm_dash.pipeline.parted.ends import Begun, kmeans_ends, mixture_ends
from gmm_dash.pipeline.parted.passes import KMeansRun, MixtureRun, Rules, Runs, Scale, run_all
from gmm_dash.pipeline.parted.row import row_of
from gmm_dash.pipeline.parted.survey import survey
from gmm_dash.tables.parts.slice import footer_of
from gmm_dash.tables.parts.table import parquet_files, table_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from gmm_dash.engine import SelectionRow
    from gmm_dash.pipeline.parted.crew import Crew
    from gmm_dash.pipeline.parted.ends import Ends
    from gmm_dash.pipeline.parted.passes import Block
    from gmm_dash.pipeline.parted.survey import Survey
    from gmm_dash.tables.parts.slice import Footer
    from gmm_dash.tables.parts.table import PartedTable

_RULES: Final = Rules()  # scikit-learn's terms, this project's defaults

SAMPLE_ROWS: Final = 20_000
"""Rows that starts are searched in: a start needs to be near, not exact."""

MOST_RESTARTS: Final = 50
_MOST_CELLS: Final = 50_000_000  # of all samples together: 400 MB
_SENT: Final = 8_000_000  # bytes that go to workers, where every start brings its sample along


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be fitted, and how.

    Attributes
    ----------
    ks : tuple of int
        Numbers of components, and of clusters.
    covariance_types : tuple of str
    standardise : bool
        Whether every column is shifted and scaled to mean 0 and variance 1, over all rows.
    init, n_init, random_state : str, int, int
        Of the mixtures' starts, in the sample.
    kmeans_init : str
    rules : Rules
    restarts : int
        How many starts of each model go on over all rows, 1 to ``MOST_RESTARTS``: each is the best
        of ``n_init`` in a sample of its own.
    """

    ks: tuple[int, ...]
    covariance_types: tuple[str, ...] = (CovarianceType.FULL.value,)
    standardise: bool = True
    init: str = "mixed"
    n_init: int = 5
    random_state: int = 0
    kmeans_init: str = "k-means++"
    rules: Rules = _RULES
    restarts: int = 1

    def seed(self, start: int) -> int:
        """Return the seed of the first fit in the sample of a start."""
        return self.random_state + start * self.n_init


@dataclass(frozen=True, slots=True)
class Unbegun:
    """A mixture of which every start in a sample fails, and why, as a sentence."""

    covariance_type: str
    n_components: int
    reason: str


@dataclass(frozen=True, eq=False)
class Study:
    """Models of all rows of a table.

    Attributes
    ----------
    seen : Survey
    scale : Scale
    plan : Plan
    runs : Runs
        By covariance type, then number of components, then start; those of k-means by number of
        clusters, then start.
    begun : tuple of Begun
        The mixtures, with their runs.
    unbegun : tuple of Unbegun
        The mixtures that no start in a sample leads to, and that there are therefore no runs of.
    """

    seen: Survey
    scale: Scale
    plan: Plan
    runs: Runs
    begun: tuple[Begun, ...]
    unbegun: tuple[Unbegun, ...] = ()

    @cached_property
    def rows(self) -> SelectionRows:
        """The mixtures as rows, in the order of ``begun``, judged as everywhere else.

        Each is that of its start of highest likelihood over all rows, a sound one if there is one.
        One without scores, as it failed or the work was stopped, has no criteria.
        """
        rows = tuple(rows[i] for rows, i in zip(self._every_row, self._chosen, strict=True))
        smoothed = bool((self.plan.rules.reg_covar > SMOOTHED * self._variances).any())
        return SelectionRows(judged(rows, smoothed=smoothed))

    @cached_property
    def best(self) -> MixtureRun | None:
        """The mixture of lowest BIC whose search is not known to have failed; None: there is none.

        Those that have collapsed, and those without scores, are none of them.
        """
        able = SelectionRows(tuple(row for row in self.rows.rows if row.law != "search_failed"))
        row = able.best()
        every = zip(self.rows.rows, self.begun, self._chosen, strict=True)
        return next((begun.runs[i] for one, begun, i in every if one is row), None)

    @cached_property
    def ends(self) -> tuple[Ends, ...]:
        """Where the starts of each mixture ended, in the order of ``begun``."""
        every = zip(self.begun, self._every_row, strict=True)
        return tuple(mixture_ends(one, rows, self.plan.restarts) for one, rows in every)

    def kmeans_ends(self, k: int) -> Ends:
        """Return where the starts of k-means with k clusters ended."""
        return kmeans_ends(self._kmeans_runs(k))

    @cached_property
    def _every_row(self) -> tuple[tuple[SelectionRow, ...], ...]:
        """Of each mixture a row for each of its runs."""
        return tuple(tuple(map(self._row, one.runs, one.numbers)) for one in self.begun)

    @cached_property
    def _chosen(self) -> tuple[int, ...]:
        """Of each mixture the place of the run that stands for it."""
        both = zip(self.begun, self._every_row, strict=True)
        return tuple(_best_of(one.runs, rows) for one, rows in both)

    @property
    def _variances(self) -> NDArray[np.float64]:
        """Of the columns, as they are fitted."""
        return np.asarray(np.diagonal(self.seen.covariance) / np.square(self.scale.scale))

    def _row(self, run: MixtureRun, start: int) -> SelectionRow:
        plan, inverse = self.plan, 1.0 / self.scale.scale
        return row_of(
            run,
            n=self.seen.n,
            covariance=self.seen.covariance * np.outer(inverse, inverse),
            reg_covar=plan.rules.reg_covar,
            init=plan.init,
            random_state=plan.seed(start),
        )

    def ordered(self, run: MixtureRun) -> Mixture:
        """Return a mixture with its components in the order in which they are numbered."""
        order, one = canonical_order(run.mixture), run.mixture
        return Mixture(one.weights[order], one.means[order], one.covariances[order])

    def in_units(self, mixture: Mixture) -> Mixture:
        """Return a mixture in the units of the table."""
        scale = self.scale.scale
        return Mixture(
            mixture.weights.copy(),
            mixture.means * scale + self.scale.shift,
            mixture.covariances * np.outer(scale, scale),
        )

    def centers(self, k: int) -> NDArray[np.float64]:
        """Return the centres of k-means, as fitted, in the order in which they are numbered."""
        run = self.kmeans(k)
        order = np.arange(k)
        if run.last is not None:
            counts = np.maximum(run.last.counts, 1)
            width = max(run.last.inertia / counts.sum() / run.centers.shape[1], 1e-12)
            shapes = np.tile(width * np.eye(run.centers.shape[1]), (k, 1, 1))
            order = canonical_order(Mixture(counts / counts.sum(), run.centers.copy(), shapes))
        return run.centers[order]

    def kmeans(self, k: int) -> KMeansRun:
        """Return the run of k-means with k clusters: of several starts that of least inertia."""
        runs = self._kmeans_runs(k)
        return min(runs, key=lambda run: np.inf if run.last is None else run.last.inertia)

    def _kmeans_runs(self, k: int) -> list[KMeansRun]:
        return [run for run in self.runs.kmeans if len(run.centers) == k]


def _best_of(runs: Sequence[MixtureRun], rows: Sequence[SelectionRow]) -> int:
    """Return which run of one mixture stands for it."""

    def worth(i: int) -> tuple[bool, bool, float]:
        value = rows[i].log_likelihood
        so_far = runs[i].log_likelihoods[-1] if runs[i].log_likelihoods else -np.inf
        scored = value is not None
        return not rows[i].degenerate, scored, so_far if value is None else value

    return max(range(len(runs)), key=worth)


def open_table(
    crew: Crew,
    url: str,
    columns: Sequence[str],
    tell: Callable[[int, int], None] | None = None,
) -> PartedTable:
    """Return the table below a place, once all its files are known to fit together.

    ``tell`` is called with how many files were looked at, and how many there are.

    Raises
    ------
    ImportProblem
        When there is no such table; see :func:`gmm_dash.tables.parts.table.table_of`.
    """
    footers = crew.total(partial(_footer, url), parquet_files(url), tell)
    return table_of(url, footers, columns)


def _footer(url: str, name: str) -> tuple[Footer, ...]:
    return (footer_of(url, name),)


def study(
    crew: Crew,
    blocks: Sequence[Block],
    plan: Plan,
    tell: Callable[[Runs | None, int, int], None] | None = None,
) -> Study:
    """Return the models of all complete rows of a table.

    The starts are the best of a sample, each found as everywhere else; EM and Lloyd's algorithm
    then go on over all rows, from there, all starts of all models in the same passes. What goes
    wrong in a pass is noted in ``runs.stopped``.

    Parameters
    ----------
    crew : Crew
    blocks : sequence of Block
        Of the whole table, in its order.
    plan : Plan
    tell : callable, optional
        Called with the runs, which are None during the survey, with the blocks that are done in
        this pass, and how many there are. While starts are searched there are no runs yet: it is
        called with how many are found, and how many there are.

    Raises
    ------
    ImportProblem
        When no row is complete, or a column is constant.
    FitError
        When there are fewer rows than clusters.
    StateError
        When there are too many restarts.
    """
    _check_restarts(plan.restarts, len(blocks[0].columns))
    looking = None if tell is None else partial(tell, None)
    seen = survey(crew, blocks, SAMPLE_ROWS, plan.random_state, looking, n_samples=plan.restarts)
    scale = _scale_of(seen, blocks[0].columns, standardise=plan.standardise)
    samples = [scale.of(one) for one in seen.samples]
    finding = None if tell is None else partial(tell, Runs([], []))
    kmeans, begun, unbegun = _started(crew, samples, plan, finding)
    runs = Runs([run for one in begun for run in one.runs], kmeans)
    variance = float((np.diagonal(seen.covariance) / np.square(scale.scale)).mean())
    run_all(crew, blocks, scale, runs, plan.rules, variance, tell)
    return Study(seen, scale, plan, runs, begun, unbegun)


def _check_restarts(restarts: int, d: int) -> None:
    most = min(MOST_RESTARTS, max(_MOST_CELLS // (SAMPLE_ROWS * d), 1))
    if not 1 <= restarts <= most:
        raise StateError(
            f"{restarts:,} restarts are not from 1 to {most}, which is as many samples of {d} "
            f"column{'s' * (d > 1)} as are kept at a time.",
            hint=f"Ask for {most} or fewer.",
        )


def _scale_of(seen: Survey, columns: Sequence[str], *, standardise: bool) -> Scale:
    if not seen.n:
        raise ImportProblem(
            "No row has a number in every chosen column.", hint="Choose other columns."
        )
    d = len(columns)
    if not standardise:
        return Scale(np.zeros(d), np.ones(d))
    width = np.sqrt(np.diagonal(seen.covariance))
    flat = [name for name, wide in zip(columns, width, strict=True) if not wide > 0.0]
    if flat:
        raise ImportProblem(
            f"All values of {flat[0]} are the same, so it tells no rows apart.",
            hint="Leave it out.",
        )
    return Scale(seen.mean, width)


@dataclass(frozen=True, eq=False)
class _Start:
    """One start of one model, in its sample; k-means has no covariance type."""

    sample: NDArray[np.float64]
    number: int
    k: int
    kind: str = ""


def _started(
    crew: Crew,
    samples: Sequence[NDArray[np.float64]],
    plan: Plan,
    tell: Callable[[int, int], None] | None,
) -> tuple[list[KMeansRun], tuple[Begun, ...], tuple[Unbegun, ...]]:
    """Return the models as they are in the samples, from where all rows go on; and which are not.

    Without regularisation every start of a mixture may collapse: the others go on without it.

    Raises
    ------
    FitError
        When k-means cannot be started.
    """
    cells = [(kind, k) for kind in ("", *plan.covariance_types) for k in plan.ks]
    starts = [
        _Start(sample, number, k, kind)
        for kind, k in cells
        for number, sample in enumerate(samples)
    ]
    sent = sum(one.sample.nbytes for one in starts)
    who = crew if sent <= _SENT else Alone()
    ended = who.total(partial(_ended, plan), starts, tell)
    kmeans = [KMeansRun(one) for one in ended if isinstance(one, np.ndarray)]
    begun, unbegun = [], []
    for place in range(len(plan.ks), len(cells)):
        (kind, k), first = cells[place], place * plan.restarts
        mine = ended[first : first + plan.restarts]
        runs = {i: MixtureRun(kind, one) for i, one in enumerate(mine) if isinstance(one, Mixture)}
        if runs:
            begun.append(Begun(kind, k, tuple(runs.values()), tuple(runs)))
        else:
            unbegun.append(Unbegun(kind, k, str(mine[0])))
    return kmeans, tuple(begun), tuple(unbegun)


def _ended(plan: Plan, start: _Start) -> tuple[NDArray[np.float64] | Mixture | str]:
    """Return where a start ends in its sample: centres, a mixture, or why there is none."""
    if not start.kind:
        return (_centers(start, plan),)
    try:
        return (_mixture(start, plan),)
    except FitError as problem:
        return (problem.sentence,)


def _centers(start: _Start, plan: Plan) -> NDArray[np.float64]:
    return fit_kmeans(
        start.sample,
        start.k,
        init=plan.kmeans_init,
        n_init=plan.n_init,
        tol=plan.rules.kmeans_tol,
        max_iter=plan.rules.kmeans_max_iter,
        random_state=plan.seed(start.number),
    ).centers


def _mixture(start: _Start, plan: Plan) -> Mixture:
    return fit_gmm(
        start.sample,
        start.k,
        covariance_type=start.kind,
        init=plan.init,
        n_init=plan.n_init,
        tol=plan.rules.tol,
        reg_covar=plan.rules.reg_covar,
        max_iter=plan.rules.max_iter,
        random_state=plan.seed(start.number),
    ).mixture
