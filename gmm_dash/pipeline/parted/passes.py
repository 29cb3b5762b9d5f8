"""EM and Lloyd over all rows of a table, many models in one pass over the data."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from gmm_dash.engine import (
    block_center_sums,
    block_scores,
    block_statistics,
    centers_from_sums,
    m_step_from_statistics,
)
from gmm_dash.errors import FitError, GmmDashError, ImportProblem
from gmm_dash.tables.parts.slice import complete

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray

    from gmm_dash.engine import BlockScores, CenterSums, Mixture, Statistics
    from gmm_dash.pipeline.parted.crew import Crew


class Block(Protocol):
    """Rows that a worker can read again and again."""

    @property
    def name(self) -> str:
        """The file they are in."""

    @property
    def columns(self) -> tuple[str, ...]:
        """Their columns."""

    @property
    def n_rows(self) -> int:
        """How many they are, gaps and all."""

    def batches(self) -> Iterator[NDArray[np.float64]]:
        """Yield (b, d) arrays, all rows in order; gaps are NaN."""


@dataclass(frozen=True, eq=False)
class Scale:
    """How rows become what is fitted: ``(row - shift) / scale``, (d,) arrays."""

    shift: NDArray[np.float64]
    scale: NDArray[np.float64]

    def of(self, rows: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the complete ones of (b, d) rows as they are fitted."""
        kept = rows[complete(rows)]
        return np.ascontiguousarray((kept - self.shift) / self.scale)


@dataclass(frozen=True, slots=True)
class Rules:
    """When runs end, in scikit-learn's terms; ``kmeans_tol`` is a share of the mean variance."""

    tol: float = 1e-6
    reg_covar: float = 1e-6
    max_iter: int = 500
    kmeans_tol: float = 1e-4
    kmeans_max_iter: int = 300


@dataclass(eq=False)
class MixtureRun:
    """EM for one mixture.

    Attributes
    ----------
    covariance_type : str
    mixture : Mixture
        The present parameters, of the rows as they are fitted.
    log_likelihoods : list of float
        Means per row in nats, one for each pass, under the parameters it began with.
    converged : bool
    failed : str
        Why it ended before; empty while all is well.
    scores : BlockScores or None
        Of the present parameters, once a last pass has found them.
    """

    covariance_type: str
    mixture: Mixture
    log_likelihoods: list[float] = field(default_factory=list)
    converged: bool = False
    failed: str = ""
    scores: BlockScores | None = None

    def moves(self, rules: Rules) -> bool:
        """Return whether there is more to do."""
        done = self.converged or bool(self.failed)
        return not done and len(self.log_likelihoods) < rules.max_iter

    def step(self, found: Statistics | str, rules: Rules) -> None:
        """Take in what a pass has found: the M-step, and whether it was the last."""
        if isinstance(found, str):
            self.failed = found
            return
        value = found.log_likelihood / found.n
        before = self.log_likelihoods[-1] if self.log_likelihoods else -np.inf
        self.log_likelihoods.append(value)
        try:
            self.mixture = m_step_from_statistics(
                found, covariance_type=self.covariance_type, reg_covar=rules.reg_covar
            )
        except FitError as problem:
            self.failed = problem.sentence
            return
        self.converged = abs(value - before) < rules.tol


@dataclass(eq=False)
class KMeansRun:
    """Lloyd's algorithm.

    Attributes
    ----------
    centers : (k, d) array
        The present centres, of the rows as they are fitted.
    n_iter : int
    converged : bool
    last : CenterSums or None
        Of the present centres, once a last pass has found them.
    """

    centers: NDArray[np.float64]
    n_iter: int = 0
    converged: bool = False
    last: CenterSums | None = None

    def moves(self, rules: Rules) -> bool:
        """Return whether there is more to do."""
        return not self.converged and self.n_iter < rules.kmeans_max_iter

    def step(self, found: CenterSums, rules: Rules, variance: float) -> None:
        """Move the centres; ``variance`` is the mean variance of a column."""
        before, self.centers = self.centers, centers_from_sums(found)
        self.n_iter += 1
        moved = float(np.square(self.centers - before).sum())
        self.converged = moved <= rules.kmeans_tol * variance


@dataclass(frozen=True, eq=False)
class Pass:
    """What one pass over some rows has found for several models; passes over others add up.

    Over no rows it is of no model.

    Attributes
    ----------
    statistics : tuple of Statistics or str
        Of each mixture; a sentence where it cannot go on.
    centers : tuple of CenterSums
    """

    statistics: tuple[Statistics | str, ...] = ()
    centers: tuple[CenterSums, ...] = ()

    def __add__(self, other: Pass) -> Pass:
        """Return what was found in both sets of rows."""
        if not (self and other):
            return self or other
        both = zip(self.statistics, other.statistics, strict=True)
        return Pass(
            tuple(_sum(a, b) for a, b in both),
            tuple(a + b for a, b in zip(self.centers, other.centers, strict=True)),
        )

    def __bool__(self) -> bool:
        """Return whether it is of any model."""
        return bool(self.statistics or self.centers)


@dataclass(frozen=True, eq=False)
class LastPass:
    """The scores of several models on some rows; those of others add up.

    Over no rows they are of no model.

    Attributes
    ----------
    scores : tuple of BlockScores
    centers : tuple of CenterSums
    """

    scores: tuple[BlockScores, ...] = ()
    centers: tuple[CenterSums, ...] = ()

    def __add__(self, other: LastPass) -> LastPass:
        """Return the scores on both sets of rows."""
        if not (self and other):
            return self or other
        return LastPass(
            tuple(a + b for a, b in zip(self.scores, other.scores, strict=True)),
            tuple(a + b for a, b in zip(self.centers, other.centers, strict=True)),
        )

    def __bool__(self) -> bool:
        """Return whether it is of any model."""
        return bool(self.scores or self.centers)


@dataclass(eq=False)
class Runs:
    """Several models on their way, over one table.

    Attributes
    ----------
    mixtures : list of MixtureRun
    kmeans : list of KMeansRun
    passes : int
        Over all rows, so far.
    stopped : GmmDashError or None
        What ended the work early; what was found until then stays.
    """

    mixtures: list[MixtureRun]
    kmeans: list[KMeansRun]
    passes: int = 0
    stopped: GmmDashError | None = None


def run_all(
    crew: Crew,
    blocks: Sequence[Block],
    scale: Scale,
    runs: Runs,
    rules: Rules,
    variance: float,
    tell: Callable[[Runs, int, int], None] | None = None,
) -> None:
    """Go over the table until no model moves, and once more for the scores.

    Parameters
    ----------
    crew : Crew
    blocks : sequence of Block
    scale : Scale
    runs : Runs
        Changed as the passes go by. What goes wrong on the way is noted in it.
    rules : Rules
    variance : float
        Mean variance of a column, as it is fitted.
    tell : callable, optional
        Called with the runs, the blocks that are done in this pass, and how many there are.
    """

    def told(done: int, of: int) -> None:
        if tell is not None:
            tell(runs, done, of)

    try:
        while True:
            one = next_pass(scale, runs, rules, variance)
            one.take(crew.total(one.work, blocks, told))
            if one.last:
                break
    except GmmDashError as problem:
        runs.stopped = problem


@dataclass(frozen=True, slots=True)
class NextPass:
    """One pass over all rows that is still to do.

    Attributes
    ----------
    work : callable
        What is done with a block; what it returns adds up.
    take : callable
        Takes in the sum over all blocks.
    last : bool
        Whether it is for the scores, after which there is nothing more to do.
    """

    work: Callable[[Any], Any]
    take: Callable[[Any], None]
    last: bool


def next_pass(scale: Scale, runs: Runs, rules: Rules, variance: float) -> NextPass:
    """Return what is to do next: an iteration of every run that moves, or the scores of all.

    Parameters are those of :func:`run_all`.
    """
    mixtures = [run for run in runs.mixtures if run.moves(rules)]
    kmeans = [run for run in runs.kmeans if run.moves(rules)]
    if mixtures or kmeans:
        models = tuple((run.covariance_type, run.mixture) for run in mixtures)
        work = partial(pass_over, scale, models, tuple(run.centers for run in kmeans))
        return NextPass(
            work, partial(_iterated, runs, mixtures, kmeans, rules, variance), last=False
        )
    ended = [run for run in runs.mixtures if not run.failed]
    models = tuple((run.covariance_type, run.mixture) for run in ended)
    centers = tuple(run.centers for run in runs.kmeans)
    return NextPass(
        partial(score_over, scale, models, centers), partial(_scored, runs, ended), last=True
    )


def _iterated(
    runs: Runs,
    mixtures: Sequence[MixtureRun],
    kmeans: Sequence[KMeansRun],
    rules: Rules,
    variance: float,
    found: Pass,
) -> None:
    _refuse_nothing(found)
    runs.passes += 1
    for mixture, statistics in zip(mixtures, found.statistics, strict=True):
        mixture.step(statistics, rules)
    for one, sums in zip(kmeans, found.centers, strict=True):
        one.step(sums, rules, variance)


def _scored(runs: Runs, ended: Sequence[MixtureRun], found: LastPass) -> None:
    _refuse_nothing(found)
    runs.passes += 1
    for mixture, scores in zip(ended, found.scores, strict=True):
        mixture.scores = scores
    for one, sums in zip(runs.kmeans, found.centers, strict=True):
        one.last = sums


def _refuse_nothing(found: Pass | LastPass) -> None:
    if not found:
        raise ImportProblem(
            "No row has a number in every chosen column.", hint="Choose other columns."
        )


def pass_over(
    scale: Scale,
    models: tuple[tuple[str, Mixture], ...],
    centers: tuple[NDArray[np.float64], ...],
    block: Block,
) -> Pass:
    """Return what an iteration needs to know of one block."""
    total = Pass()
    for x in _fitted(scale, block):
        total += Pass(
            tuple(_statistics(kind, mixture, x) for kind, mixture in models),
            tuple(block_center_sums(one, x) for one in centers),
        )
    return total


def score_over(
    scale: Scale,
    models: tuple[tuple[str, Mixture], ...],
    centers: tuple[NDArray[np.float64], ...],
    block: Block,
) -> LastPass:
    """Return the scores on one block."""
    total = LastPass()
    for x in _fitted(scale, block):
        total += LastPass(
            tuple(block_scores(one, x, covariance_type=kind) for kind, one in models),
            tuple(block_center_sums(one, x) for one in centers),
        )
    return total


def _fitted(scale: Scale, block: Block) -> Iterator[NDArray[np.float64]]:
    """Yield the complete rows of a block as they are fitted, where there are any."""
    return filter(len, map(scale.of, block.batches()))


def _statistics(kind: str, mixture: Mixture, x: NDArray[np.float64]) -> Statistics | str:
    try:
        return block_statistics(mixture, x, covariance_type=kind)
    except FitError as problem:
        return problem.sentence


def _sum(first: Statistics | str, second: Statistics | str) -> Statistics | str:
    if isinstance(first, str) or isinstance(second, str):
        return first if isinstance(first, str) else second
    return first + second
