"""Tables at addresses that somebody types in the page: opened on a sample, within a time."""

from __future__ import annotations

import logging
from contextlib import contextmanager
from functools import partial
from threading import BoundedSemaphore, Event, Thread
from time import monotonic
from typing import TYPE_CHECKING, Final, TypeVar

from gmm_dash.config import addresses_in
from gmm_dash.errors import BusyError, GmmDashError, ImportProblem
from gmm_dash.files.address import is_below, typed_address
from gmm_dash.pipeline.parted.crew import CrewLost, crew
from gmm_dash.pipeline.parted.sample import store_sample
from gmm_dash.pipeline.parted.study import open_table
from gmm_dash.tables.parts.problems import PlaceProblem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from gmm_dash.config import Config
    from gmm_dash.tables import ReadReport, TableStore
    from gmm_dash.tables.parts.table import PartedTable

T = TypeVar("T")
_AT_ONCE: Final = 4  # places waited for; one that never answers keeps its thread
_NUMBER_BYTES: Final = 8
_log = logging.getLogger(__name__)


class _TooLate(Exception):  # noqa: N818  (it ends the work of a thread that nobody waits for)
    """The time is over."""


class Sources:
    """Tables in many files at addresses below those that the deployment allows.

    Parameters
    ----------
    config : Config
    store : TableStore
        Where samples are kept.
    opened : sequence of str
        Places that this process was given on its command line: a folder may be one of them.
    """

    def __init__(self, config: Config, store: TableStore, opened: Sequence[str] = ()) -> None:
        self._config, self._store, self._here = config, store, frozenset(opened)
        self._free = BoundedSemaphore(_AT_ONCE)

    def open(self, text: str) -> tuple[str, ReadReport]:
        """Open the table at an address that somebody typed; return its sample's key and account.

        Raises
        ------
        ImportProblem
            When the address is not allowed, there is no table, or it takes too long. What a
            library says of it is in the log alone: it may name machines and accounts.
        BusyError
            When several places are being waited for.
        """
        config = self._config
        address = typed_address(text, addresses_in(config.sources))
        with self.plainly(address):
            return self.within(address, partial(self._sampled, address))

    def reaches(self, url: str) -> bool:
        """Return whether a table may be read: it is below an allowed address, or was given."""
        return url in self._here or any(
            is_below(url, one) for one in addresses_in(self._config.sources)
        )

    @contextmanager
    def plainly(self, address: str) -> Iterator[None]:
        """Say what goes wrong at a place without what a library has to say of it.

        Raises
        ------
        GmmDashError
        """
        try:
            yield
        except PlaceProblem as problem:
            if problem.plain is problem:
                raise
            _log.warning("%s: %s", address, problem)
            raise problem.plain from None
        except CrewLost as problem:
            scheduler = self._config.scheduler
            if not scheduler or scheduler not in str(problem):
                raise
            _log.warning("%s", problem)
            raise CrewLost(
                "The scheduler cannot be reached.",
                hint="What was reached stays; go on when it is back.",
            ) from None
        except GmmDashError:
            raise
        except Exception:  # noqa: BLE001  (each back end of fsspec has exceptions of its own)
            _log.warning("%s could not be opened", address, exc_info=True)
            raise ImportProblem(
                f"{address} cannot be opened.",
                hint="Check the address; the reason is in the server's log.",
            ) from None

    def _sampled(self, address: str, tell: Callable[[int, int], None]) -> tuple[str, ReadReport]:
        config = self._config
        with crew(config.scheduler, 1) as who:
            table = open_table(who, address, (), tell)
            return store_sample(who, table, self._rows(table), self._store, tell)

    def _rows(self, table: PartedTable) -> int:
        """Return how many rows a sample of a table has: within the limits of every table."""
        config, d = self._config, len(table.columns)
        if d > config.table_columns:
            raise ImportProblem(
                f"The table has {d:,} columns of numbers; at most {config.table_columns:,} are "
                "opened from the page.",
                hint="Whoever runs the server can raise GMM_DASH_TABLE_COLUMNS.",
            )
        cells = min(config.table_cells, config.table_bytes // _NUMBER_BYTES)
        return max(1, min(config.fit_rows, config.table_rows, cells // d))

    def within(self, address: str, work: Callable[[Callable[[int, int], None]], T]) -> T:
        """Return what some work on a place returns, or give it up after ``source_seconds``.

        A thread that waits for a place cannot be ended; it ends by itself when it next calls
        what ``work`` is given, with what is done and how much there is.

        Raises
        ------
        ImportProblem
            When it takes longer.
        BusyError
            When several places are being waited for.
        """
        seconds = self._config.source_seconds
        if not self._free.acquire(blocking=False):
            raise BusyError("Other places are being waited for.", hint="Try again.", seconds=2.0)
        until, done = monotonic() + seconds, Event()
        found: list[T] = []
        raised: list[BaseException] = []

        def tell(_done: int, _of: int) -> None:
            if monotonic() > until:
                raise _TooLate

        def run() -> None:
            try:
                found.append(work(tell))
            except BaseException as problem:  # noqa: BLE001  (raised where it is waited for)
                raised.append(problem)
            finally:
                self._free.release()
                done.set()

        Thread(target=run, name="place", daemon=True).start()
        if not done.wait(seconds) or (raised and isinstance(raised[0], _TooLate)):
            raise ImportProblem(
                f"{address} took longer than {seconds:g} seconds.",
                hint="Try again, or a table with fewer files and rows; whoever runs the server can "
                "raise GMM_DASH_SOURCE_SECONDS, or set GMM_DASH_SCHEDULER.",
            )
        if raised:
            raise raised[0]
        return found[0]
