"""Every error this package raises on purpose.

Each one says what went wrong and, in ``hint``, what the reader can do about it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence


class GmmDashError(Exception):
    """Base class; the callback boundary shows ``str(error)`` and ``hint`` to the user."""

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint

    @property
    def sentence(self) -> str:
        """The message followed by the hint: what a person is shown."""
        return f"{self} {self.hint}".strip()


class StateError(GmmDashError):
    """A setting is of the wrong type or outside its bounds."""


class FitError(GmmDashError):
    """A model could not be fitted to these data with these settings."""


class WorkLimitError(FitError):
    """The fit asked for would cost more than one request may spend."""


class ImportProblem(GmmDashError):  # noqa: N818  (the contract's name: it is an answer, not a crash)
    """A user's file could not be read as a table."""


class ReadingProblem(ImportProblem):
    """A text that may well be a table when it is read in another way.

    Parameters
    ----------
    message, hint : str
    ways : sequence of (str, dict)
        Other ways that suggest themselves: what each is called, and its reading options.
    """

    def __init__(
        self, message: str, *, hint: str = "", ways: Sequence[tuple[str, dict[str, Any]]] = ()
    ) -> None:
        super().__init__(message, hint=hint)
        self.ways = tuple(ways)


class TableGoneError(GmmDashError):
    """A stored table has expired, was deleted, or never existed."""


class LinkGoneError(GmmDashError):
    """A short link has expired, or never existed."""


class UnknownNameError(GmmDashError):
    """A data set, view, figure or lesson of that name does not exist."""


class RoomError(GmmDashError):
    """A class cannot be opened, joined, asked or answered like this.

    Parameters
    ----------
    message, hint : str
    over : bool
        Whether there is no such class any more, so that asking again is of no use.
    """

    def __init__(self, message: str, *, hint: str = "", over: bool = False) -> None:
        super().__init__(message, hint=hint)
        self.over = over


class BusyError(GmmDashError):
    """Others are served first; asking again after ``seconds`` is the way out.

    Parameters
    ----------
    message, hint : str
    seconds : float
        When to ask again.
    ahead : int, optional
        How many are served before; None without a place in the queue.
    """

    def __init__(
        self, message: str, *, hint: str = "", seconds: float, ahead: int | None = None
    ) -> None:
        super().__init__(message, hint=hint)
        self.seconds, self.ahead = seconds, ahead
