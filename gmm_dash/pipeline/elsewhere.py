"""Tables in many files, of which the page has a sample, and fits over all their rows, in pieces.

What is reached lies in the store, under a key that the page names and under what was asked for: so
a killed worker, a lost scheduler or a page that was closed costs the piece that was under way.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from hashlib import sha256
from importlib import import_module
from threading import Lock
from time import monotonic
from typing import TYPE_CHECKING, Final

from gmm_dash.errors import ImportProblem, LinkGoneError, StateError
from gmm_dash.pipeline.carrying import iteration_seconds, pass_seconds
from gmm_dash.pipeline.parted.crew import crew
from gmm_dash.pipeline.parted.reached import go_on
from gmm_dash.pipeline.parted.starts import note_ends
from gmm_dash.pipeline.parted.study import open_table
from gmm_dash.tables.parts.problems import PlaceProblem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from gmm_dash.config import Config
    from gmm_dash.pipeline.parted.reached import Reached, ReachedStore
    from gmm_dash.pipeline.sources import Sources
    from gmm_dash.state import AppState, DataChoice
    from gmm_dash.tables import TableStore
    from gmm_dash.tables.parts.slice import Slice
    from gmm_dash.tables.parts.table import PartedTable
    from gmm_dash.tables.reading.report import Whole

PIECE_SECONDS: Final = 1.0  # between two answers on how far it is
MOST_NUMBERS: Final = 1_000_000  # of the sums of all mixtures, which are kept between two pieces
_TABLES: Final = 8  # of which the footers are kept
_ROWS: Final = (100_000, 1_000_000)  # of a block, which is whole row groups where they are short
_LEAST: Final = 10_000  # rows of a part of a row group
_BLOCKS: Final = 50  # of a table that is not too large for so few
_MANY: Final = 1_000_000  # rows that the estimates are made for


@dataclass(frozen=True, slots=True)
class Offer:
    """Whether models can be fitted to all rows.

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


class Elsewhere:
    """Such tables, and how far fits to them are.

    Parameters
    ----------
    config : Config
    store : TableStore
    sources : Sources
        Knows which places may be read.
    reached : ReachedStore or None
        Keeps how far a fit is; without one there is none to offer.
    """

    def __init__(
        self,
        config: Config,
        store: TableStore,
        sources: Sources,
        reached: ReachedStore | None,
    ) -> None:
        self.config, self.store, self.sources = config, store, sources
        self._reached = reached
        self._tables: OrderedDict[tuple[str, tuple[str, ...]], PartedTable] = OrderedDict()
        self._turn = Lock()

    @property
    def kept(self) -> ReachedStore:
        """Where it is kept how far fits are.

        Raises
        ------
        StateError
            When there is no such place.
        """
        if self._reached is None:
            raise StateError("Fits to all rows are not kept here.", hint="Use gmm-dash fit.")
        return self._reached

    def offer(self, data: DataChoice) -> Offer | None:
        """Return whether all rows can be fitted; None where the page has all there are."""
        if data.dataset != "upload" or not data.table or self._reached is None:
            return None
        report = self.store.get(data.table).report
        whole = report.whole
        if whole is None or whole.n_complete <= report.n_rows:
            return None
        why = _unfit(data)
        if not self.sources.reaches(whole.url):
            why = "They can be fitted where the table was opened, or by the command gmm-dash fit."
        return Offer(whole, report.n_rows, why)

    def offered(self, data: DataChoice, why: str = "") -> Offer:
        """Return the offer of a table that can be fitted.

        Parameters
        ----------
        data : DataChoice
        why : str
            What else stands in the way, as a sentence.

        Raises
        ------
        StateError
            When it cannot.
        """
        offer = self.offer(data)
        if offer is None:
            raise StateError("The page has all rows of this table.", hint="Reload the page.")
        if offer.why or why:
            raise StateError(offer.why or why)
        return offer

    def columns(self, offer: Offer, state: AppState, names: Iterable[str]) -> tuple[str, ...]:
        """Return what the files call some columns of the sample."""
        report = self.store.get(state.data.table).report
        own = [column.name for column in report.columns]
        return tuple(offer.whole.columns[own.index(one)] for one in names)

    def at(self, key: str, asked: str) -> Reached:
        """Return how far a fit is.

        Raises
        ------
        LinkGoneError
            When that is not known any more.
        StateError
            When the key is of something else than what is asked for.
        """
        found = self.kept.get(key)
        if found.asked != asked:
            raise StateError(
                "How far the fit is was named for other settings.", hint="Reload the page."
            )
        return found

    def piece(
        self,
        asked: str,
        key: str,
        seconds: float,
        begun: Callable[[], Reached],
        begin: Callable[[Reached], None],
    ) -> tuple[str, Reached, int]:
        """Go on with a fit for about so many seconds, or begin it.

        Parameters
        ----------
        asked : str
            Names what is asked for.
        key : str
            Of what was reached before; empty for what is known, or nothing.
        seconds : float
        begun : callable
            Returns the fit as it is before its first pass.
        begin : callable
            Finds the next start that is still to do.

        Returns
        -------
        str, Reached, int
            The key of what is reached now, that itself, and how many blocks a pass has; 0 while
            starts are searched.

        Raises
        ------
        GmmDashError
            What stands in the way; what was reached before stays.
        """
        until = monotonic() + seconds
        at = self.at(key, asked) if key else (self._noted(asked) or begun())
        self.check_place(at.url)
        while at.todo:
            begin(at)
            if monotonic() >= until:
                break
        blocks = 0 if at.todo else self._passed(at, until)
        if at.finished:
            note_ends(self.kept, at)
        name = self.kept.put(at)
        self.kept.note(_asked(asked), name)
        return name, at, blocks

    def _noted(self, asked: str) -> Reached | None:
        """Return how far somebody has come who asked for the same."""
        key = self.kept.noted(_asked(asked), str)
        try:
            return None if key is None else self.at(key, asked)
        except (LinkGoneError, StateError):
            return None

    def _passed(self, at: Reached, until: float) -> int:
        """Go over rows until a time; return how many blocks a pass has."""
        with self.sources.plainly(at.url), crew(self.config.scheduler, 1) as who:
            table = self.table(at)
            if table.n_rows != at.n_rows:
                self._forget(at)
                raise ImportProblem(
                    f"The table at {at.url} has changed: it had {at.n_rows:,} rows, and has "
                    f"{table.n_rows:,}.",
                    hint="Open it again, and fit all its rows then.",
                )
            blocks = blocks_of(at, table)
            try:
                go_on(at, who, blocks, until - monotonic())
            except PlaceProblem:
                self._forget(at)  # its footers are out of date
                raise
        return len(blocks)

    def check_place(self, url: str) -> None:
        """Refuse a place that may not be read.

        Raises
        ------
        ImportProblem
        """
        if not self.sources.reaches(url):
            raise ImportProblem(
                f"{url} is not opened here any more.", hint="Use the command gmm-dash fit."
            )

    def table(self, at: Reached) -> PartedTable:
        """Return the table that a fit is of; its footers are read once."""
        key = (at.url, at.columns)
        with self._turn:
            if key in self._tables:
                self._tables.move_to_end(key)
                return self._tables[key]
        table = self.sources.within(at.url, lambda tell: self._opened(at, tell))
        with self._turn:
            self._tables[key] = table
            while len(self._tables) > _TABLES:
                self._tables.popitem(last=False)
        return table

    def _opened(self, at: Reached, tell: Callable[[int, int], None]) -> PartedTable:
        with crew(self.config.scheduler, 1) as who:
            return open_table(who, at.url, at.columns, tell)

    def _forget(self, at: Reached) -> None:
        with self._turn:
            self._tables.pop((at.url, at.columns), None)


def asked_for(*parts: object) -> str:
    """Return the name of some work in this version: the next one may compute otherwise."""
    version = import_module(__name__.partition(".")[0]).__version__  # it is above every layer
    return sha256(repr((version, *parts)).encode()).hexdigest()


def row_seconds(d: int, mixtures: Iterable[tuple[str, int]], kmeans: Iterable[int]) -> float:
    """Return the estimate of one iteration of some models, for each row of d columns.

    Parameters
    ----------
    d : int
    mixtures : iterable of (str, int)
        Covariance types and numbers of components.
    kmeans : iterable of int
        Numbers of clusters.
    """
    of_mixtures = sum(pass_seconds(_MANY, d, k, kind) for kind, k in mixtures)
    return (of_mixtures + sum(iteration_seconds(_MANY, d, k) for k in kmeans)) / _MANY


def blocks_of(at: Reached, table: PartedTable) -> list[Slice]:
    """Return the blocks of a pass, each of which takes all models a piece at most by estimate."""
    mixtures = [(run.covariance_type, run.mixture.n_components) for run in at.mixtures]
    each = row_seconds(len(at.columns), mixtures, [len(run.centers) for run in at.kmeans])
    (low, high), most = _ROWS, max(int(PIECE_SECONDS / each), _LEAST)
    return table.slices(min(high, max(low, table.n_rows // _BLOCKS), most), most)


def numbers_of(k: int, d: int) -> int:
    """Return how many numbers the sums of a mixture are."""
    return k * (1 + d + d * d)


def _asked(asked: str) -> str:
    return f"asked {asked}"


def _unfit(data: DataChoice) -> str:
    """Return why settings are not for tables in many files, or nothing."""
    for asked, what in (
        (bool(data.transform), "with transformed columns"),
        (bool(data.components), "with principal components"),
        (data.gaps != "drop", "with the known values of rows with gaps"),
        (bool(data.weights), "with weights of rows"),
    ):
        if asked:
            return f"They are not fitted {what}."
    return ""
