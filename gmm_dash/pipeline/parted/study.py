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
from gmm_dash.errors import FitError, ImportProblem
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
    from gmm_dash.pipeline.parted.passes import Block
    from gmm_dash.pipeline.parted.survey import Survey
    from gmm_dash.tables.parts.slice import Footer
    from gmm_dash.tables.parts.table import PartedTable

_RULES: Final = Rules()  # scikit-learn's terms, this project's defaults

SAMPLE_ROWS: Final = 20_000
"""Rows that starts are searched in: a start needs to be near, not exact."""


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
    """

    ks: tuple[int, ...]
    covariance_types: tuple[str, ...] = (CovarianceType.FULL.value,)
    standardise: bool = True
    init: str = "mixed"
    n_init: int = 5
    random_state: int = 0
    kmeans_init: str = "k-means++"
    rules: Rules = _RULES


@dataclass(frozen=True, slots=True)
class Unbegun:
    """A mixture of which every start in the sample fails, and why, as a sentence."""

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
        By covariance type, then number of components; those of k-means by number of clusters.
    unbegun : tuple of Unbegun
        The mixtures that no start in the sample leads to, and that there are therefore no runs of.
    """

    seen: Survey
    scale: Scale
    plan: Plan
    runs: Runs
    unbegun: tuple[Unbegun, ...] = ()

    @cached_property
    def rows(self) -> SelectionRows:
        """The mixtures as rows, in the order of ``runs``, judged as everywhere else.

        One without scores, as it failed or the work was stopped, has no criteria.
        """
        rows = tuple(self._row(run) for run in self.runs.mixtures)
        smoothed = bool((self.plan.rules.reg_covar > SMOOTHED * self._variances).any())
        return SelectionRows(judged(rows, smoothed=smoothed))

    @cached_property
    def best(self) -> MixtureRun | None:
        """The mixture of lowest BIC whose search is not known to have failed; None: there is none.

        Those that have collapsed, and those without scores, are none of them.
        """
        able = SelectionRows(tuple(row for row in self.rows.rows if row.law != "search_failed"))
        row = able.best()
        pairs = zip(self.rows.rows, self.runs.mixtures, strict=True)
        return next((run for one, run in pairs if one is row), None)

    @property
    def _variances(self) -> NDArray[np.float64]:
        """Of the columns, as they are fitted."""
        return np.asarray(np.diagonal(self.seen.covariance) / np.square(self.scale.scale))

    def _row(self, run: MixtureRun) -> SelectionRow:
        plan, inverse = self.plan, 1.0 / self.scale.scale
        return row_of(
            run,
            n=self.seen.n,
            covariance=self.seen.covariance * np.outer(inverse, inverse),
            reg_covar=plan.rules.reg_covar,
            init=plan.init,
            random_state=plan.random_state,
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
        """Return the run of k-means with k clusters."""
        return next(run for run in self.runs.kmeans if len(run.centers) == k)


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
    then go on over all rows, from there. What goes wrong in a pass is noted in ``runs.stopped``.

    Parameters
    ----------
    crew : Crew
    blocks : sequence of Block
        Of the whole table, in its order.
    plan : Plan
    tell : callable, optional
        Called with the runs, which are None during the survey, with the blocks that are done in
        this pass, and how many there are.

    Raises
    ------
    ImportProblem
        When no row is complete, or a column is constant.
    FitError
        When there are fewer rows than clusters.
    """
    looking = None if tell is None else partial(tell, None)
    seen = survey(crew, blocks, SAMPLE_ROWS, plan.random_state, looking)
    scale = _scale_of(seen, blocks[0].columns, standardise=plan.standardise)
    runs, unbegun = _started(scale.of(seen.sample), plan)
    variance = float((np.diagonal(seen.covariance) / np.square(scale.scale)).mean())
    run_all(crew, blocks, scale, runs, plan.rules, variance, tell)
    return Study(seen, scale, plan, runs, unbegun)


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


def _started(sample: NDArray[np.float64], plan: Plan) -> tuple[Runs, tuple[Unbegun, ...]]:
    """Return the models as they are in the sample, from where all rows go on; and which are not.

    Without regularisation every start of a mixture may collapse: the others go on without it.

    Raises
    ------
    FitError
        When k-means cannot be started.
    """
    rules, seed = plan.rules, plan.random_state
    kmeans = [
        KMeansRun(
            fit_kmeans(
                sample,
                k,
                init=plan.kmeans_init,
                n_init=plan.n_init,
                tol=rules.kmeans_tol,
                max_iter=rules.kmeans_max_iter,
                random_state=seed,
            ).centers
        )
        for k in plan.ks
    ]
    mixtures, unbegun = [], []
    for kind in plan.covariance_types:
        for k in plan.ks:
            try:
                mixtures.append(MixtureRun(kind, _start(sample, k, kind, plan)))
            except FitError as problem:
                unbegun.append(Unbegun(kind, k, problem.sentence))
    return Runs(mixtures, kmeans), tuple(unbegun)


def _start(sample: NDArray[np.float64], k: int, kind: str, plan: Plan) -> Mixture:
    return fit_gmm(
        sample,
        k,
        covariance_type=kind,
        init=plan.init,
        n_init=plan.n_init,
        tol=plan.rules.tol,
        reg_covar=plan.rules.reg_covar,
        max_iter=plan.rules.max_iter,
        random_state=plan.random_state,
    ).mixture
