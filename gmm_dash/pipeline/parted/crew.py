"""Who works on the slices of a table: this process, or the workers of a Dask cluster.

Both add up in the same order, so that the digits of an answer do not depend on who found it.
"""

from __future__ import annotations

import os
from concurrent.futures import CancelledError
from contextlib import contextmanager, suppress
from functools import partial, reduce
from operator import add
from typing import TYPE_CHECKING, Any, Final, Protocol, TypeVar

from gmm_dash.errors import GmmDashError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

T = TypeVar("T")

FAN: Final = 4  # sums that are added at a time
GROUP: Final = FAN**2  # sums that one task adds
MANY: Final = 16  # workers, of whom a scheduler has more to hear than it can take in
ROUNDS: Final = 3  # tasks for each of them in a pass, so that they end at about the same time
RETRIES: Final = 3  # of a task whose worker was lost
_ANY_PORT: Final = "127.0.0.1:0"  # of Dask's own pages, which nobody is sent to
PATIENCE: Final = "10s"  # until a scheduler that does not answer is given up


class CrewLost(GmmDashError):  # noqa: N818  (named as what has happened)
    """The workers are gone."""


class Crew(Protocol):
    """Whoever works on slices."""

    @property
    def size(self) -> int:
        """How many work at a time."""

    def total(
        self,
        function: Callable[[Any], T],
        items: Sequence[Any],
        tell: Callable[[int, int], None] | None = None,
    ) -> T:
        """Return the sum of ``function(item)`` over the items, in their order.

        ``tell(done, of)`` is called as items are done.

        Raises
        ------
        GmmDashError
            What the function raised for an item; :class:`CrewLost` when nobody is left.
        """


class Alone:
    """Nobody but the process itself, one slice after the other."""

    size = 1

    def total(
        self,
        function: Callable[[Any], T],
        items: Sequence[Any],
        tell: Callable[[int, int], None] | None = None,
    ) -> T:
        """See :class:`Crew`."""
        sums: list[T] = []
        for group in grouped(items, GROUP):
            found: list[T] = []
            for done, item in enumerate(group, start=GROUP * len(sums) + 1):
                found.append(function(item))
                if tell is not None:
                    tell(done, len(items))
            sums.append(added(found))
        return added(sums)


class Workers:
    """The workers of a Dask cluster; a lost one costs its slices.

    Many of them are given some slices at a time, where there are enough: their client and scheduler
    need some milliseconds for every task (docs/scaling.md).

    Parameters
    ----------
    client : distributed.Client
    """

    def __init__(self, client: Any) -> None:
        self._client = client

    @property
    def size(self) -> int:
        """How many work at a time."""
        return sum(self._client.nthreads().values())

    def total(
        self,
        function: Callable[[Any], T],
        items: Sequence[Any],
        tell: Callable[[int, int], None] | None = None,
    ) -> T:
        """See :class:`Crew`."""
        at_a_time = together(len(items), self.size)
        tasks = grouped(items, at_a_time)

        def told(done: int, _of: int) -> None:
            if tell is not None:
                tell(min(done * at_a_time, len(items)), len(items))

        with _lost_in_words():
            work = partial(_summed, function)
            parts = self._client.map(work, tasks, pure=False, retries=RETRIES)
            self._follow(parts, told)
            while len(parts) > 1:
                parts = [
                    self._client.submit(added, group, pure=False, retries=RETRIES)
                    for group in grouped(parts, GROUP)
                ]
            found: T = parts[0].result()
        return found

    def _follow(self, parts: Sequence[Any], tell: Callable[[int, int], None]) -> None:
        """Wait for all parts, or for the first that fails, and raise what it raised."""
        from distributed import as_completed  # noqa: PLC0415  (an extra)

        loop = self._client.loop

        for done, future in enumerate(as_completed(parts, loop=loop), start=1):
            if future.status != "finished":
                try:
                    future.result()
                finally:
                    with suppress(OSError, CancelledError, TimeoutError):
                        self._client.cancel(list(parts))
            tell(done, len(parts))


def added(values: Sequence[T]) -> T:
    """Return the sum of some values, ``FAN`` neighbours at a time, then of these sums, and so on.

    So the sum of sums of ``FAN``, ``FAN**2``, ... values each is the same, to the last digit.
    """
    while len(values) > 1:
        values = [reduce(add, group) for group in grouped(values, FAN)]
    return values[0]


def grouped(values: Sequence[T], size: int) -> list[Sequence[T]]:
    """Return values as groups of neighbours; the last one may be smaller."""
    return [values[first : first + size] for first in range(0, len(values), size)]


def together(n_slices: int, n_workers: int) -> int:
    """Return how many slices make a task: a power of ``FAN``."""
    size = 1
    if n_workers >= MANY:
        while n_slices >= ROUNDS * n_workers * size * FAN:
            size *= FAN
    return size


def _summed(function: Callable[[Any], T], items: Sequence[Any]) -> T:
    return added([function(item) for item in items])


@contextmanager
def crew(scheduler: str = "", workers: int = 0) -> Iterator[Crew]:
    """Give a crew until it is no longer needed.

    Parameters
    ----------
    scheduler : str
        Address of a Dask scheduler; empty for a cluster on this machine.
    workers : int
        Of that one: processes; 0 means one for each processor. One alone needs no cluster, nor
        does a machine without Dask have one.

    Raises
    ------
    CrewLost
        When the scheduler cannot be reached.
    """
    wanted = workers or (os.cpu_count() or 1)
    if not scheduler and wanted == 1:
        yield Alone()
        return
    try:
        from distributed import Client, LocalCluster  # noqa: PLC0415
    except ImportError:
        if scheduler:
            raise CrewLost(
                "There is a scheduler, but Dask is not installed.",
                hint="Install the extra: pip install 'gmm-dash[cluster]'.",
            ) from None
        yield Alone()
        return
    if scheduler:
        with _connected(Client, scheduler) as client:
            yield Workers(client)
        return
    local = LocalCluster(
        n_workers=wanted, threads_per_worker=1, dashboard_address=_ANY_PORT, silence_logs=50
    )
    with local, Client(local, set_as_default=False) as client:
        yield Workers(client)


@contextmanager
def _connected(client: Any, scheduler: str) -> Iterator[Any]:
    try:
        made = client(scheduler, timeout=PATIENCE, set_as_default=False)
    except (OSError, TimeoutError, ValueError) as error:
        raise CrewLost(
            f"The scheduler at {scheduler} cannot be reached.",
            hint="Check GMM_DASH_SCHEDULER, and that a scheduler runs there.",
        ) from error
    with made:
        yield made


@contextmanager
def _lost_in_words() -> Iterator[None]:
    """Say in words that a cluster is gone, or that one slice ends every worker."""
    from distributed import KilledWorker  # noqa: PLC0415

    try:
        yield
    except KilledWorker as error:
        raise CrewLost(
            "Worker after worker was lost over the same slice of rows.",
            hint="Give the workers more memory.",
        ) from error
    except (CancelledError, OSError, TimeoutError) as error:
        raise CrewLost(
            "The scheduler was lost, and with it what was under way.",
            hint="What was found before stays; start again when it is back.",
        ) from error
