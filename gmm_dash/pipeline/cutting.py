"""How runs over all rows, which begin near their ends, are cut into pieces, and in which order."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Sequence

BEGUN: Final = 0.5  # of the passes that a start needs, one that is near its end needs so many
_LATE: Final = 0.05  # share of the models that need more than these

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Cut:
    """One piece of a run over all rows.

    Attributes
    ----------
    number : int
        Which of its pieces it is, from 0.
    passes : int
        The most that are made.
    seconds : float
        Estimated processor time, of runs that may have ended before.
    last : bool
        Whether the run ends here at the latest.
    """

    number: int
    passes: int
    seconds: float
    last: bool


def cut(one: float, most: int, size: int, usual: float, begin: float) -> list[Cut]:
    """Return the pieces of a run that begins near its end.

    Parameters
    ----------
    one : float
        Estimated seconds of a pass.
    most : int
        Passes that the run may make.
    size : int
        Of these in a piece.
    usual : float
        Passes that a run needs which begins anywhere.
    begin : float
        Seconds to find where it begins.
    """
    count, sure_of = -(-most // size), BEGUN * usual
    out = []
    for number in range(count):
        passes = min(size, most - number * size)
        sure = min(max(sure_of - number * size, 0.0), passes)
        seconds = one * (sure + _LATE * (passes - sure)) + (0.0 if number else begin)
        out.append(Cut(number, passes, round(seconds, 3), number == count - 1))
    return out


def in_turns(runs: Sequence[Sequence[T]]) -> list[T]:
    """Return the pieces of some runs, turn by turn: what is next to another is not its heir."""
    return [piece for turn in zip_longest(*runs) for piece in turn if piece is not None]
