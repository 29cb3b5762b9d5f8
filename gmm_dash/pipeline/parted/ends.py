"""Where several starts of one model ended over all rows: the distinct ends among them.

A run ends when its rule of stopping is met, which is not always rest: so these are ends. They are
told apart by how well they explain the rows, up to ``SAME_SHARE``: what a rule of stopping leaves
to gain is no other end.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gmm_dash.engine.rest import SAME_SHARE

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from gmm_dash.engine import SelectionRow
    from gmm_dash.pipeline.parted.passes import KMeansRun, MixtureRun


@dataclass(frozen=True, eq=False)
class Begun:
    """The starts of one mixture that all rows go on from.

    Attributes
    ----------
    covariance_type : str
    n_components : int
    runs : tuple of MixtureRun
    numbers : tuple of int
        Which start each run is, from 0.
    """

    covariance_type: str
    n_components: int
    runs: tuple[MixtureRun, ...]
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class End:
    """A place where starts ended.

    Attributes
    ----------
    value : float
        The best of them: mean log-likelihood per row in nats, or inertia, over all rows.
    n_starts : int
    start : int
        Number of the start that has this value, from 0.
    """

    value: float
    n_starts: int
    start: int


@dataclass(frozen=True, slots=True)
class Ends:
    """All ends of one model.

    Attributes
    ----------
    n_components : int
        Or clusters.
    covariance_type : str
        Empty for k-means.
    starts : int
    found : tuple of End
        The best first.
    collapsed : int
        Starts that are of none of them.
    """

    n_components: int
    covariance_type: str
    starts: int
    found: tuple[End, ...]
    collapsed: int


def mixture_ends(begun: Begun, rows: Sequence[SelectionRow], starts: int) -> Ends:
    """Return where the starts of one mixture ended.

    Parameters
    ----------
    begun : Begun
    rows : sequence of SelectionRow
        Of its runs. One that is degenerate, or has no likelihood, has no end.
    starts : int
        All that there were, of which some may not have led to a run.
    """
    values = {
        number: row.log_likelihood
        for number, row in zip(begun.numbers, rows, strict=True)
        if row.log_likelihood is not None and not row.degenerate
    }
    order = sorted(values, key=lambda number: -values[number])
    found = _found(values, order, lambda best, value: best - value <= SAME_SHARE)
    return Ends(begun.n_components, begun.covariance_type, starts, found, starts - len(order))


def kmeans_ends(runs: Sequence[KMeansRun]) -> Ends:
    """Return where some starts of k-means ended; see :func:`mixture_ends`."""
    values = {i: run.last.inertia for i, run in enumerate(runs) if run.last is not None}
    order = sorted(values, key=lambda number: values[number])
    found = _found(values, order, lambda best, value: value <= (1.0 + SAME_SHARE) * best)
    return Ends(len(runs[0].centers), "", len(runs), found, len(runs) - len(order))


def _found(
    values: Mapping[int, float], order: Sequence[int], same: Callable[[float, float], bool]
) -> tuple[End, ...]:
    """Return the ends of starts that come best first."""
    groups: list[list[int]] = []
    for number in order:
        if groups and same(values[groups[-1][0]], values[number]):
            groups[-1].append(number)
        else:
            groups.append([number])
    return tuple(End(values[group[0]], len(group), group[0]) for group in groups)
