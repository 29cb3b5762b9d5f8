"""Where pieces of long work run: in this process, or on a Dask cluster."""

from __future__ import annotations

from concurrent.futures import Executor, Future
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

R = TypeVar("R")


class Inline(Executor):
    """Runs what it is given at once, in the caller's thread."""

    def submit(self, fn: Callable[..., R], /, *args: Any, **kwargs: Any) -> Future[R]:
        """Return a future that already holds the result, or the error."""
        future: Future[R] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except BaseException as error:  # noqa: BLE001  (it is raised again by ``result``)
            future.set_exception(error)
        return future


def executor_of(scheduler: str) -> Callable[[], Executor]:
    """Return a function that gives the executor; it connects on first use.

    Parameters
    ----------
    scheduler : str
        Address of a Dask scheduler; empty for this process.
    """
    if not scheduler:
        inline = Inline()
        return lambda: inline
    return cache(lambda: _cluster(scheduler))


def _cluster(scheduler: str) -> Executor:
    from distributed import Client  # noqa: PLC0415  (an extra that most do not install)

    executor: Executor = Client(scheduler, set_as_default=False).get_executor(pure=False)
    return executor
