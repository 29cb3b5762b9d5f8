"""A limit on processor time that long loops keep to, however wrong an estimate was.

Time is that of the thread: a busy machine stops no honest work. The loops ask once a turn, which
costs less than a microsecond, and outside of :func:`time_limit` nothing is ever stopped.
"""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import partial
from time import thread_time
from typing import TYPE_CHECKING, Any, TypeVar

from gmm_dash.engine.cost import WAYS_OUT, spoken
from gmm_dash.errors import WorkLimitError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

R = TypeVar("R")


@dataclass(slots=True)
class Limit:
    """How long the work in progress may go on.

    Attributes
    ----------
    seconds : float
        In all.
    end : float
        On the clock of the thread.
    reached : bool
        Whether something was stopped.
    passing : bool
        Whether the answer is of what has been found so far, and another one may come.
    """

    seconds: float
    end: float
    reached: bool = False
    passing: bool = False

    @property
    def lasting(self) -> bool:
        """Whether the same work always has this result."""
        return not (self.reached or self.passing)


_limit: ContextVar[Limit | None] = ContextVar("limit", default=None)


@contextmanager
def time_limit(seconds: float) -> Iterator[Limit]:
    """Stop what runs inside after so much processor time; of nested limits the tighter wins."""
    outer, own = _limit.get(), Limit(seconds, thread_time() + seconds)
    token = _limit.set(own if outer is None or own.end < outer.end else outer)
    try:
        yield _limit.get() or own
    finally:
        _limit.reset(token)


def check_time() -> None:
    """Raise :class:`WorkLimitError` when the limit of the work in progress is reached."""
    limit = _limit.get()
    if limit is not None and thread_time() > limit.end:
        limit.reached = True
        raise WorkLimitError(
            f"This took more than {spoken(limit.seconds)} of computing and was stopped.",
            hint=WAYS_OUT,
        )


def note_stop() -> None:
    """Note that a part of the work was stopped elsewhere."""
    limit = _limit.get()
    if limit is not None:
        limit.reached = True


def note_passing() -> None:
    """Note that the work in progress may come to more another time: others are on their way."""
    limit = _limit.get()
    if limit is not None:
        limit.passing = True


def carried(function: Callable[..., R]) -> Callable[..., tuple[R, bool]]:
    """Return ``function`` so that what is left of the present limit holds where it is called.

    It then returns its result, and whether something in it was stopped.
    """
    limit = _limit.get()
    left = float("inf") if limit is None else max(0.0, limit.end - thread_time())
    return partial(_within, left, function)


def _within(seconds: float, function: Callable[..., R], *args: Any) -> tuple[R, bool]:
    with time_limit(seconds) as limit:
        result = function(*args)
    return result, limit.reached
