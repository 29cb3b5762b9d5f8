"""A fit over all rows, timed slice by slice, and played again by more workers than there are here.

In the replay scheduler, client, messages and sums are those of a real fit; only the work on a slice
is replaced, by a rest for as long as it took. So any number of workers fits on one machine, as long
as it keeps up with what they report; how busy it was is part of the answer.
"""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, Final, TypeVar

import psutil

from gmm_dash.pipeline.parted.crew import Workers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from gmm_dash.pipeline.parted.crew import Crew

T = TypeVar("T")

HOSTS: Final = 4
"""Processes that the workers of a replay are in: one for each would be the machine's whole work."""

QUIET: Final = {
    "DASK_LOGGING__DISTRIBUTED": "error",
    "DASK_DISTRIBUTED__WORKER__PROFILE__ENABLED": "False",  # of workers that rest
}


@dataclass(frozen=True, slots=True)
class Timed:
    """A sum over some slices, and the seconds for each."""

    value: Any
    seconds: tuple[float, ...]

    def __add__(self, other: Timed) -> Timed:
        """Return what is known of both sets of slices."""
        return Timed(self.value + other.value, self.seconds + other.seconds)


@dataclass(frozen=True, slots=True)
class Played:
    """A pass over all slices.

    Attributes
    ----------
    name : str
        Of what was done with each.
    wall : float
        Seconds from the first task to the sum.
    seconds : tuple of float
        For each slice, in its worker.
    value : object
        The sum, which is as large as what a slice reports.
    """

    name: str
    wall: float
    seconds: tuple[float, ...]
    value: Any


@dataclass
class Watched:
    """A crew with a watch.

    Attributes
    ----------
    crew : Crew
    passes : list of Played
    """

    crew: Crew
    passes: list[Played] = field(default_factory=list)

    @property
    def size(self) -> int:
        """How many work at a time."""
        return self.crew.size

    def total(
        self,
        function: Callable[[Any], T],
        items: Sequence[Any],
        tell: Callable[[int, int], None] | None = None,
    ) -> T:
        """See :class:`gmm_dash.pipeline.parted.crew.Crew`."""
        begun = time.perf_counter()
        found = self.crew.total(partial(timed, function), items, tell)
        name = getattr(function, "func", function).__name__
        wall = time.perf_counter() - begun
        self.passes.append(Played(name, wall, found.seconds, found.value))
        value: T = found.value
        return value


@dataclass(frozen=True, slots=True)
class Replay:
    """What playing some passes again took.

    Attributes
    ----------
    walls : tuple of float
        Seconds for each pass.
    busy : float
        Share of this machine's processors that was in use meanwhile, by anybody. Towards 1 it is
        the machine that is measured, and workers of their own would be faster.
    """

    walls: tuple[float, ...]
    busy: float


def timed(function: Callable[[Any], Any], item: Any) -> Timed:
    """Return what a function makes of an item, and the seconds that it took."""
    begun = time.perf_counter()
    value = function(item)
    return Timed(value, (time.perf_counter() - begun,))


def rested(item: tuple[float, Any]) -> Any:
    """Return a value after some seconds."""
    seconds, value = item
    time.sleep(seconds)
    return value


def replay(crew: Crew, passes: Sequence[Played], times: int = 1) -> Replay:
    """Play passes again, over a table that is ``times`` as long; starts are in a sample of it."""
    slices = max(len(one.seconds) for one in passes)
    psutil.cpu_percent()
    walls = []
    for one in passes:
        begun = time.perf_counter()
        items = [(seconds, one.value) for seconds in one.seconds]
        crew.total(rested, items * times if len(items) == slices else items)
        walls.append(time.perf_counter() - begun)
    return Replay(tuple(walls), psutil.cpu_percent() / 100)


@contextmanager
def resting(workers: int) -> Iterator[Crew]:
    """Give a crew of so many workers that rest, below a scheduler in a process of its own."""
    from distributed import Client, LocalCluster  # noqa: PLC0415  (an extra)

    none = LocalCluster(n_workers=0, dashboard_address="127.0.0.1:0", silence_logs=50)
    with none, Client(none, set_as_default=False) as client:
        hosts = [
            subprocess.Popen(
                [sys.executable, "-m", __name__, none.scheduler_address, str(n)],
                env=os.environ | QUIET,
            )
            for n in _shared(workers, HOSTS)
        ]
        try:
            client.wait_for_workers(workers)
            yield Workers(client)
        finally:
            for host in hosts:
                host.terminate()
                host.wait()


def _shared(n: int, among: int) -> list[int]:
    """Return n as parts of about the same size, none of them empty."""
    return [part for i in range(among) if (part := (n + i) // among)]


async def _host(address: str, n: int) -> None:
    from distributed import Worker  # noqa: PLC0415

    workers = [await Worker(address, nthreads=1) for _ in range(n)]
    for one in workers:
        await one.finished()


if __name__ == "__main__":
    asyncio.run(_host(sys.argv[1], int(sys.argv[2])))
