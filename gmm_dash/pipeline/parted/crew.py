"""Who works on the slices of a table: this process, or the workers of a Dask cluster.

Both add up in the same order, so that the digits of an answer do not depend on who found it.
"""

from __future__ import annotations

import os
from concurrent.futures import CancelledError
from contextlib import contextmanager, suppress
from functools import reduce
from operator import add
from typing import TYPE_CHECKING, Any, Final, Protocol, TypeVar

from gmm_dash.errors import GmmDashError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

T = TypeVar("T")

FAN: Final = 16  # sums that are added at a time
RETRIES: Final = 3  # of a slice whose worker was lost
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
        for first in range(0, len(items), FAN):
            group: list[T] = []
            for item in items[first : first + FAN]:
                group.append(function(item))
                if tell is not None:
                    tell(first + len(group), len(items))
            sums.append(added(group))
        while len(sums) > 1:
            sums = [added(sums[i : i + FAN]) for i in range(0, len(sums), FAN)]
        return sums[0]


class Workers:
    """The workers of a Dask cluster; a lost one costs its slices.

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
        with _lost_in_words():
            parts = self._client.map(function, items, pure=False, retries=RETRIES)
            self._follow(parts, tell)
            while len(parts) > 1:
                groups = [parts[i : i + FAN] for i in range(0, len(parts), FAN)]
                parts = [
                    self._client.submit(added, group, pure=False, retries=RETRIES)
                    for group in groups
                ]
            found: T = parts[0].result()
        return found

    def _follow(self, parts: Sequence[Any], tell: Callable[[int, int], None] | None) -> None:
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
            if tell is not None:
                tell(done, len(parts))


def added(values: Sequence[T]) -> T:
    """Return the sum of some values, first to last."""
    return reduce(add, values)


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
