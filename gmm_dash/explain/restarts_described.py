"""What the strips of Restarts show, for those who do not see them: who ends where, by kind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gmm_dash.explain.numbers import counted, shown
from gmm_dash.explain.restarts import METHODS, OBJECTIVES, start_names
from gmm_dash.results.restarts import KINDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gmm_dash.results.restarts import Restarts, Start

_DIGITS: Final = 6  # as its hover has


def strips_described(restarts: Restarts, picked: int | None = None) -> str:
    """Return what the plot of one algorithm's starts shows.

    Parameters
    ----------
    restarts : Restarts
        The starts so far.
    picked : int, optional
        Number of the start that is ringed.

    Returns
    -------
    str
        Such as ``"Inertia (lower is better) of 20 starts of k-means, one strip for each kind.
        k-means++, 10 starts: 8 as good as the best, from 78.9 to 145.5; ..."``
    """
    side = restarts.algorithm
    drawn = [start for start in restarts.starts if start.objective is not None]
    head = f"{OBJECTIVES[side]} of {counted(len(drawn), 'start')} of {METHODS[side]}"
    if not drawn:
        return f"{head}."
    names = start_names(side)
    strips = [
        f"{names[kind]}, {_strip(restarts, own)}"
        for kind in KINDS[side]
        if (own := [start for start in drawn if start.kind == kind])
    ]
    ringed = next((start for start in drawn if start.number == picked), None)
    ring = ""
    if ringed is not None:
        ring = f" Ringed: start {ringed.number + 1}, {shown(ringed.objective, _DIGITS)}."
    return f"{head}, one strip for each kind of start. {'; '.join(strips)}.{ring}"


def _strip(restarts: Restarts, own: Sequence[Start]) -> str:
    ends = dict(zip((s.number for s in restarts.starts), restarts.optimum.tolist(), strict=True))
    best = sum(ends[start.number] == 0 for start in own)
    values = [start.objective for start in own if start.sound and start.objective is not None]
    fallen = len(own) - len(values)
    said = f"{counted(len(own), 'start')}: {best} as good as the best"
    if values:
        low, high = shown(min(values), _DIGITS), shown(max(values), _DIGITS)
        said += f", {f'all at {low}' if low == high else f'from {low} to {high}'}"
    return f"{said}, {fallen} collapsed" if fallen else said
