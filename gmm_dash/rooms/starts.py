"""The starts of a class: one from each pupil, with where it ends; where all of them end together.

Where a start ends is computed on the server; what a browser says of it is never kept.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from urllib.parse import parse_qsl, urlencode

if TYPE_CHECKING:
    from collections.abc import Sequence

LONGEST: Final = 4_000  # characters of a start: thirty centres, written out
_DIGITS: Final = 7


class Start(NamedTuple):
    """One start.

    Attributes
    ----------
    query : str
        The settings that make it, as part of a link.
    own : bool
        Whether its centres were dragged, not drawn.
    inertia : float
        Where k-means ends from it.
    log_likelihood : float, optional
        Where the mixture ends from it, per point; None where a component collapsed.
    """

    query: str
    own: bool
    inertia: float
    log_likelihood: float | None

    @classmethod
    def read(cls, found: object) -> Start | None:
        """Return the start in parsed JSON, or None."""
        if not isinstance(found, list | tuple) or len(found) != len(cls._fields):
            return None
        query, own, inertia, likelihood = found
        if not isinstance(query, str) or not query.startswith("?") or len(query) > LONGEST:
            return None
        if not _finite(inertia) or not (likelihood is None or _finite(likelihood)):
            return None
        return cls(query, own is True, inertia, likelihood)


def tally(base: str, starts: Sequence[Start]) -> dict[str, Any]:
    """Return where all end, in no order that tells who was first, and links to the best.

    Parameters
    ----------
    base : str
        The query of the state that they are starts of.
    starts : sequence of Start
    """
    sound = [start for start in starts if start.log_likelihood is not None]
    best = {}
    if starts:
        best["kmeans"] = _joined(base, min(starts, key=lambda one: (one.inertia, one.query)))
    if sound:
        highest = min(sound, key=lambda one: (-(one.log_likelihood or 0.0), one.query))
        best["gmm"] = _joined(base, highest)
    return {
        "n": len(starts),
        "kmeans": sorted([_short(one.inertia), int(one.own)] for one in starts),
        "gmm": sorted([_short(one.log_likelihood or 0.0), int(one.own)] for one in sound),
        "best": best,
    }


def _joined(base: str, start: Start) -> str:
    pairs = [dict(parse_qsl(q[1:], keep_blank_values=True)) for q in (base, start.query)]
    return f"?{urlencode(pairs[0] | pairs[1])}"


def _short(value: float) -> float:
    return float(f"{value:.{_DIGITS}g}")


def _finite(found: object) -> bool:
    number = isinstance(found, int | float) and not isinstance(found, bool)
    return number and math.isfinite(found)  # type: ignore[arg-type]
