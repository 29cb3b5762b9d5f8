"""Compare's two models over all rows of a table in many files, of which the page has a sample.

Both go on from those of the sample, in its scale, so that the numbers can be set beside each other.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, replace
from threading import Lock
from time import monotonic
from typing import TYPE_CHECKING, Final

import numpy as np

from gmm_dash.config import addresses_in
from gmm_dash.engine import CovarianceType, Mixture, n_parameters
from gmm_dash.engine.criteria import CRITERIA, Scored
from gmm_dash.engine.flatness import DataShape
from gmm_dash.engine.health import diagnose
from gmm_dash.errors import ImportProblem, StateError
from gmm_dash.files.address import typed_address
from gmm_dash.pipeline.parted.crew import Alone, crew
from gmm_dash.pipeline.parted.labels import (
    Labeller,
    by_file,
    check_apart,
    check_free,
    name_of,
    write_files,
)
from gmm_dash.pipeline.parted.passes import KMeansRun, MixtureRun, Rules, Scale
from gmm_dash.pipeline.parted.reached import Reached, Written, go_on
from gmm_dash.pipeline.parted.study import open_table
from gmm_dash.tables.parts.problems import PlaceProblem

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from gmm_dash.config import Config
    from gmm_dash.pipeline.compare import CompareWork
    from gmm_dash.pipeline.parted.reached import ReachedStore
    from gmm_dash.pipeline.sources import Sources
    from gmm_dash.results import Comparison
    from gmm_dash.state import AppState
    from gmm_dash.tables import TableStore
    from gmm_dash.tables.parts.table import PartedTable
    from gmm_dash.tables.reading.report import Whole

PIECE_SECONDS: Final = 1.0  # between two answers on how far it is
MOST_FILE_ROWS: Final = 20_000_000  # a file is written in one answer
MOST_NUMBERS: Final = 1_000_000  # of the sums of one mixture, which are kept between two pieces
_TABLES: Final = 8  # of which the footers are kept
_ROWS: Final = (100_000, 1_000_000)  # of a block, which is whole row groups
_BLOCKS: Final = 50  # of a table that is not too large for so few


@dataclass(frozen=True, slots=True)
class Offer:
    """Whether both models can be fitted to all rows.

    Attributes
    ----------
    whole : Whole
    sample : int
        Rows that the page has.
    why : str
        Why they cannot, as a sentence; empty where they can.
    """

    whole: Whole
    sample: int
    why: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """Both models of some rows.

    Attributes
    ----------
    n : int
        Complete rows.
    log_likelihood : float or None
        Per row, in nats, in the sample's scale; None of a mixture that failed.
    criteria : dict of str to float
        By name.
    inertia : float
    mixture : Mixture
        In the units of the table, numbered as the plots are.
    centers : (k, d) array
        In these units, numbered as the plots are.
    shares : (k,) array
        Of the rows, in each cluster.
    """

    n: int
    log_likelihood: float | None
    criteria: dict[str, float]
    inertia: float
    mixture: Mixture
    centers: NDArray[np.float64]
    shares: NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Both:
    """Both models of the sample and of all rows.

    Attributes
    ----------
    sample, every : Found
    columns : tuple of str
    left_out : int
        Rows of the table with a gap or no finite number.
    url : str
    iterations : tuple of int
        Of the mixture and of k-means, over all rows.
    converged : tuple of bool
    failed : str
        Why the mixture ended early, as a sentence, or empty.
    degenerate : bool
        Whether a component of it has collapsed.
    """

    sample: Found
    every: Found
    columns: tuple[str, ...]
    left_out: int
    url: str
    iterations: tuple[int, int]
    converged: tuple[bool, bool]
    failed: str
    degenerate: bool


class AllRowsWork:
    """What Compare may ask for of all rows.

    Parameters
    ----------
    config : Config
    store : TableStore
    compare : CompareWork
        The models of the sample.
    sources : Sources
        Knows which places may be read.
    reached : ReachedStore or None
        Keeps how far a fit is; without one there is none to offer.
    """

    def __init__(
        self,
        config: Config,
        store: TableStore,
        compare: CompareWork,
        sources: Sources,
        reached: ReachedStore | None,
    ) -> None:
        self._config, self._store, self._compare = config, store, compare
        self._sources, self._reached = sources, reached
        self._tables: OrderedDict[tuple[str, tuple[str, ...]], PartedTable] = OrderedDict()
        self._turn = Lock()

    def offer(self, state: AppState) -> Offer | None:
        """Return whether all rows can be fitted; None where the page has all there are."""
        if state.data.dataset != "upload" or not state.data.table or self._reached is None:
            return None
        report = self._store.get(state.data.table).report
        whole = report.whole
        if whole is None or whole.n_complete <= report.n_rows:
            return None
        why = _unfit(state)
        if not self._sources.reaches(whole.url):
            why = "They can be fitted where the table was opened, or by the command gmm-dash fit."
        return Offer(whole, report.n_rows, why)

    def piece(
        self, state: AppState, key: str, seconds: float = PIECE_SECONDS
    ) -> tuple[str, Reached, int]:
        """Go on with a fit for about so many seconds, or begin it.

        Parameters
        ----------
        state : AppState
            It is begun with.
        key : str
            Of what was reached before; empty for nothing.
        seconds : float

        Returns
        -------
        str, Reached, int
            The key of what is reached now, that itself, and how many blocks a pass has.

        Raises
        ------
        GmmDashError
            What stands in the way; what was reached before stays.
        """
        kept = self._kept()
        at = kept.get(key) if key else self._begun(state)
        self._check_place(at.url)
        with self._sources.plainly(at.url), crew(self._config.scheduler, 1) as who:
            table = self._table(at)
            if table.n_rows != at.n_rows:
                self._forget(at)
                raise ImportProblem(
                    f"The table at {at.url} has changed: it had {at.n_rows:,} rows, and has "
                    f"{table.n_rows:,}.",
                    hint="Open it again, and fit all its rows then.",
                )
            low, high = _ROWS
            blocks = table.slices(min(high, max(low, table.n_rows // _BLOCKS)))
            try:
                go_on(at, who, blocks, seconds)
            except PlaceProblem:
                self._forget(at)  # its footers are out of date
                raise
        return kept.put(at), at, len(blocks)

    def both(self, state: AppState, key: str) -> Both:
        """Return the models of the sample and of all rows, once these are finished.

        Raises
        ------
        StateError
            While they are not.
        """
        at = self._kept().get(key)
        if not at.finished or at.kmeans.last is None:
            raise StateError("The fit to all rows is not finished.", hint="Let it go on.")
        result = self._compare.comparison(state)
        points, fit = result.points, result.gmm_fit
        shape = DataShape.of(np.cov(points.fitted.T, bias=True).reshape(points.d, points.d))
        n = int(at.kmeans.last.counts.sum())
        wrong = diagnose(at.mixture.mixture, n=n, reg_covar=fit.reg_covar, data=shape)
        return Both(
            _of_sample(result),
            _of_all(at, n),
            points.columns,
            at.n_rows - n,
            at.url,
            (len(at.mixture.log_likelihoods), at.kmeans.n_iter),
            (at.mixture.converged, at.kmeans.converged),
            at.mixture.failed,
            bool(wrong.degenerate.any()),
        )

    def write(
        self, key: str, place: str, written: str, seconds: float = PIECE_SECONDS
    ) -> tuple[str, Written]:
        """Write the labels of all rows for about so many seconds; the first call looks only.

        Parameters
        ----------
        key : str
            Of a finished fit.
        place : str
            The address that somebody typed.
        written : str
            The key of what was written before; empty for nothing.
        seconds : float

        Returns
        -------
        str, Written
            The key of what is written now, and that itself.

        Raises
        ------
        GmmDashError
            When the place may not be written to, is not empty, or the table cannot be read.
        """
        kept, below = self._kept(), addresses_in(self._config.sources_write)
        if not below:
            raise StateError("Nothing is written from this page.", hint="Use gmm-dash fit.")
        address = typed_address(place, below, "Nothing is written to this address from here.")
        at = kept.get(key)
        self._check_place(at.url)
        with self._sources.plainly(address):
            check_apart(address, at.url)
        with self._sources.plainly(address), crew(self._config.scheduler, 1) as who:
            table = self._table(at)
            files = by_file(table)
            if not written:
                self._check_labels(at, table)
                self._sources.within(address, lambda _tell: check_free(address))
                done = Written(key, address, 0, len(files))
                return kept.put(done), done
            done = kept.written(written)
            if (done.reached, done.place, done.of) != (key, address, len(files)):
                raise StateError("These labels are others.", hint="Write them to another place.")
            own = [name_of(one) for one in files]
            until, some = monotonic() + seconds, 1 if isinstance(who, Alone) else who.size
            labeller = Labeller(at.scale, at.mixture.mixture, at.kmeans.centers, _about(at))
            if done.files < done.of:  # what is there is of this very work, or nothing is touched
                check_free(address, own[: done.files + some])
            while done.files < done.of:
                write_files(who, files[done.files : done.files + some], labeller, address)
                done = replace(done, files=min(done.files + some, done.of))
                if monotonic() >= until:
                    break
        return kept.put(done), done

    def _check_labels(self, at: Reached, table: PartedTable) -> None:
        """Refuse what has no labels, or takes too long for an answer.

        Raises
        ------
        StateError
        """
        if not at.finished or at.mixture.failed:
            raise StateError(
                "There is no finished mixture of all rows, so there are no labels.",
                hint="Fit all rows first.",
            )
        most = max(sum(one.group_rows) for one in table.footers)
        if table.n_rows != at.n_rows or most > MOST_FILE_ROWS:
            raise StateError(
                f"Only files of at most {MOST_FILE_ROWS:,} rows, which are those that were "
                "fitted, are labelled from the page.",
                hint="Use the command gmm-dash fit with --labels.",
            )

    def _kept(self) -> ReachedStore:
        if self._reached is None:
            raise StateError("Fits to all rows are not kept here.", hint="Use gmm-dash fit.")
        return self._reached

    def _begun(self, state: AppState) -> Reached:
        """Return the fit as it is before its first pass: the models of the sample."""
        offer = self.offer(state)
        if offer is None:
            raise StateError("The page has all rows of this table.", hint="Reload the page.")
        if offer.why:
            raise StateError(offer.why)
        result, model = self._compare.comparison(state), state.model
        points, gmm, kmeans = result.points, result.gmm, result.kmeans
        k, d = gmm.mixture.means.shape
        if k * (1 + d + d * d) > MOST_NUMBERS:
            raise StateError(
                f"A mixture of {k} components in {d} columns is too large to be fitted to all rows "
                "from the page.",
                hint="Choose fewer columns, or use the command gmm-dash fit.",
            )
        report = self._store.get(state.data.table).report
        names = [column.name for column in report.columns]
        columns = tuple(offer.whole.columns[names.index(one)] for one in points.columns)
        start = MixtureRun(str(result.gmm_fit.covariance_type), gmm.mixture)
        return Reached(
            offer.whole.url,
            columns,
            offer.whole.n_rows,
            Scale(points.shift, points.scale),
            Rules(model.tol, model.reg_covar, model.max_iter, kmeans_tol=result.kmeans_fit.tol),
            float(points.fitted.var(axis=0).mean()),
            start,
            KMeansRun(kmeans.mixture.means),
        ).in_rows()

    def _check_place(self, url: str) -> None:
        if not self._sources.reaches(url):
            raise ImportProblem(
                f"{url} is not opened here any more.", hint="Use the command gmm-dash fit."
            )

    def _table(self, at: Reached) -> PartedTable:
        key = (at.url, at.columns)
        with self._turn:
            if key in self._tables:
                self._tables.move_to_end(key)
                return self._tables[key]
        table = self._sources.within(at.url, lambda tell: self._opened(at, tell))
        with self._turn:
            self._tables[key] = table
            while len(self._tables) > _TABLES:
                self._tables.popitem(last=False)
        return table

    def _opened(self, at: Reached, tell: Callable[[int, int], None]) -> PartedTable:
        with crew(self._config.scheduler, 1) as who:
            return open_table(who, at.url, at.columns, tell)

    def _forget(self, at: Reached) -> None:
        with self._turn:
            self._tables.pop((at.url, at.columns), None)


def _about(at: Reached) -> tuple[str, ...]:
    """Return what stands in each file of labels."""
    k = at.mixture.mixture.n_components
    return (
        f"Labels of {', '.join(at.columns)}: k-means' cluster, the mixture's component "
        f"({at.mixture.covariance_type}, {k}) and how sure it is of it; numbers are from 1.",
        "Rows with a gap, or without a finite number, have none.",
    )


def _unfit(state: AppState) -> str:
    """Return why settings are not for tables in many files, or nothing."""
    data, even = state.data, CovarianceType(state.model.covariance_type).shape.even
    for asked, what in (
        (bool(data.transform), "with transformed columns"),
        (bool(data.components), "with principal components"),
        (data.gaps != "drop", "with the known values of rows with gaps"),
        (state.model.background == "on", "with a uniform background"),
        (bool(state.view.hard) and even, "with a width that is held"),
    ):
        if asked:
            return f"They are not fitted {what}."
    return ""


def _of_sample(result: Comparison) -> Found:
    points, fit, gmm, kmeans = result.points, result.gmm_fit, result.gmm, result.kmeans
    scale = np.outer(points.scale, points.scale)
    own = gmm.mixture
    return Found(
        points.n,
        fit.log_likelihood,
        {name: float(getattr(fit, name)) for name, one in CRITERIA.items() if not one.held_out},
        result.kmeans_fit.inertia,
        Mixture(own.weights, points.own_units(own.means), own.covariances * scale),
        points.own_units(kmeans.mixture.means),
        np.bincount(kmeans.labels, minlength=kmeans.k) / points.n,
    )


def _of_all(at: Reached, n: int) -> Found:
    run, last = at.mixture, at.kmeans.last
    assert last is not None
    shift, scale = at.scale.shift, at.scale.scale
    criteria: dict[str, float] = {}
    value = None
    if run.scores is not None:
        value = run.scores.log_likelihood / run.scores.n
        free = n_parameters(run.covariance_type, *run.mixture.means.shape)
        scored = Scored(value, free, run.scores.n, run.scores.entropy)
        found = {name: one.value(scored) for name, one in CRITERIA.items() if one.value is not None}
        criteria = {name: score for name, score in found.items() if score is not None}
    own = run.mixture
    return Found(
        n,
        value,
        criteria,
        last.inertia,
        Mixture(own.weights, own.means * scale + shift, own.covariances * np.outer(scale, scale)),
        at.kmeans.centers * scale + shift,
        last.counts / n,
    )
