"""Where pieces of long work run: in this process, or on a Dask cluster."""

from __future__ import annotations

from concurrent.futures import Executor, Future
from threading import Lock
from typing import TYPE_CHECKING, Any, TypeVar

from gmm_dash.engine import carried, note_stop
from gmm_dash.errors import GmmDashError, WorkLimitError

if TYPE_CHECKING:
    from collections.abc import Callable

R = TypeVar("R")
_PATIENCE = "10s"  # until a scheduler that does not answer is given up


class ClusterError(GmmDashError):
    """The cluster that long work should run on cannot be reached."""


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


class Workplace:
    """Gives the executor for long work; connects to a cluster when it is first needed.

    Parameters
    ----------
    scheduler : str
        Address of a Dask scheduler; empty for this process.
    """

    def __init__(self, scheduler: str = "") -> None:
        self._scheduler, self._lock = scheduler, Lock()
        self._executor: Executor | None = None if scheduler else Inline()
        self._client: Any = None

    def run(self, function: Callable[..., R], /, *args: Any) -> R:
        """Return ``function(*args)``, computed wherever long work is done.

        A worker that dies on the way is replaced by another one: the scheduler keeps what was
        asked for, and asks again.

        Raises
        ------
        ClusterError
            When the cluster cannot be reached.
        WorkLimitError
            When a time limit is reached; the caller's holds on the worker, too.
        """
        try:
            result, stopped = self.executor().submit(carried(function), *args).result()
        except WorkLimitError:
            note_stop()  # the clock that ran out was the worker's
            raise
        if stopped:
            note_stop()
        return result

    def executor(self) -> Executor:
        """Return the executor."""
        with self._lock:
            if self._executor is None:
                self._client = _connect(self._scheduler)
                self._executor = self._client.get_executor(pure=False)
            return self._executor

    def close(self) -> None:
        """Disconnect from the cluster; the next piece connects again."""
        with self._lock:
            if self._client is not None:
                self._client.close()
                self._client = self._executor = None


def _connect(scheduler: str) -> Any:
    from distributed import Client  # noqa: PLC0415  (an extra that most do not install)

    try:
        return Client(scheduler, timeout=_PATIENCE, set_as_default=False)
    except (OSError, TimeoutError) as error:
        raise ClusterError(
            "The computers that do the long work cannot be reached.",
            hint="Try again in a minute; whoever runs this page can look at the scheduler.",
        ) from error
