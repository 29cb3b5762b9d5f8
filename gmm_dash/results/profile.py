"""What the groups of one fit are: their rows, column by column, in the data's own units."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np

from gmm_dash.engine import BACKGROUND
from gmm_dash.engine.covariances import CovarianceType
from gmm_dash.engine.gaussians import whitening
from gmm_dash.results.naming import spoken, titles

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import NDArray

    from gmm_dash.results.comparison import Comparison, Side
    from gmm_dash.results.points import Points

EXAMPLES: Final = 3  # rows named for each group
_ROUNDING: Final = 1e-12  # of a column's size; below that its values are all the same


@dataclass(frozen=True, eq=False)
class Profile:
    """The rows that each group of a fit holds, described.

    A row belongs to the group that the plots colour it by. Standard deviations divide by one
    less than the rows, as pandas and R have it.

    Attributes
    ----------
    method : str
        ``"kmeans"`` or ``"gmm"``.
    columns : tuple of str, length d
    counts : (k,) int array
        Rows of each group.
    weights : (k,) array
        Of the mixture's components; for k-means the share of the rows.
    mean, spread : (d,) arrays
        Mean and standard deviation of all rows.
    means, spreads : (k, d) arrays
        The same of each group; NaN where it has no row, or only one.
    differences : (k, d) array
        Mean of the group less that of all other rows, in standard deviations of all rows; NaN
        where there are no such rows, 0 for a column whose values are all the same.
    shares : (k, d) array
        Of the squared differences of each group, the share of every column.
    explained : (d,) array
        Share of each column's variance that lies between the groups.
    separation : (d,) array
        The same as a share of their sum: adds up to 1, or is 0 where nothing differs.
    typical : tuple of int arrays
        For each group the rows nearest to its centre, in its own standard deviations; of joined
        components to any of their centres, each in its own.
    doubtful : tuple of int arrays
        For each group the rows that another one would take soonest.
    called : tuple of str, length k
        What each group is called: its number, or those of the components joined to it.
    colours : (k,) int array
        Which colour of the palette each group takes: that of its lowest component.
    names : tuple of str, length k
        What a person calls each group, or empty; no names at all where they call none anything.
    loose : int
        Rows that are in no group, as the background has them.
    doubt : (n,) array
        What these are ordered by: for the mixture the posterior of all other components, for
        k-means the distance from the own centre over that from the next one.
    """

    method: str
    columns: tuple[str, ...]
    counts: NDArray[np.int64]
    weights: NDArray[np.float64]
    mean: NDArray[np.float64]
    spread: NDArray[np.float64]
    means: NDArray[np.float64]
    spreads: NDArray[np.float64]
    differences: NDArray[np.float64]
    shares: NDArray[np.float64]
    explained: NDArray[np.float64]
    separation: NDArray[np.float64]
    typical: tuple[NDArray[np.int64], ...]
    doubtful: tuple[NDArray[np.int64], ...]
    doubt: NDArray[np.float64]
    called: tuple[str, ...]
    colours: NDArray[np.int64]
    names: tuple[str, ...] = ()
    loose: int = 0

    @property
    def n(self) -> int:
        """Number of rows, in a group or not."""
        return int(self.counts.sum()) + self.loose

    @property
    def titles(self) -> tuple[str, ...]:
        """What each group is called, and after that its name where it has one."""
        return titles(self.called, self.names)

    @property
    def spoken(self) -> tuple[str, ...]:
        """What sentences call each group: its number, and its name where it has one."""
        return spoken(self.called, self.names)

    @property
    def k(self) -> int:
        """Number of groups."""
        return len(self.counts)

    def telling(self) -> NDArray[np.int64]:
        """Return the columns, those that separate most first, (d,)."""
        return np.argsort(-self.separation, kind="stable")

    def sets_apart(self, group: int, most: int, least: float) -> list[int]:
        """Return the columns in which a group differs most from all other rows.

        Parameters
        ----------
        group : int
            Counted from zero.
        most : int
            How many columns to return at most.
        least : float
            Smallest difference, in standard deviations, that is worth a word.
        """
        size = np.nan_to_num(np.abs(self.differences[group]))
        order = np.argsort(-size, kind="stable")[:most]
        return [int(j) for j in order if size[j] >= least]


@dataclass(frozen=True, slots=True)
class Doubtful:
    """The row that the mixture is least sure of.

    Attributes
    ----------
    row : int
        Its position among the points.
    own, other : int
        The two likeliest groups, counted from zero; -1 is the background.
    share, next : float
        Their posteriors.
    """

    row: int
    own: int
    share: float
    other: int
    next: float


@dataclass(frozen=True, eq=False)
class Profiles:
    """Both fits' groups, and what the rows named with them are called.

    Attributes
    ----------
    kmeans, gmm : Profile
    least_sure : Doubtful or None
        None where there is one group only.
    own_shapes : bool
        Whether each component has a full covariance of its own.
    rows : mapping of int to str
        What a person calls each of these rows: its name in the file, its line, or its number.
    d : int
        Columns that the fits see: principal components may be fewer than those described.
    reduced : bool
        Whether these are principal components.
    weighted : bool
        Whether rows count by weights in the fits; what describes the groups counts each once.
    """

    kmeans: Profile
    gmm: Profile
    least_sure: Doubtful | None
    own_shapes: bool
    rows: Mapping[int, str]
    d: int
    reduced: bool
    weighted: bool = False

    @property
    def both(self) -> dict[str, Profile]:
        """The profiles by method, in the order of the page."""
        return {"kmeans": self.kmeans, "gmm": self.gmm}

    def with_names(self, names: Mapping[int, str]) -> Profiles:
        """Return the profiles with names for the mixture's groups, by their lowest component."""
        found = tuple(names.get(lowest, "") for lowest in self.gmm.colours.tolist())
        return replace(self, gmm=replace(self.gmm, names=found)) if any(found) else self

    def called(self, rows: NDArray[np.int64]) -> list[str]:
        """Return what some of the rows are called."""
        return [self.rows[row] for row in rows.tolist()]


def profiles(comparison: Comparison, name: Callable[[NDArray[np.int64]], list[str]]) -> Profiles:
    """Return the groups of both fits, described.

    Parameters
    ----------
    comparison : Comparison
    name : callable
        Returns what the rows at some positions are called.
    """
    both = [profile(comparison.points, side) for side in (comparison.kmeans, comparison.gmm)]
    doubtful = _least_sure(comparison.gmm)
    named = [row for one in both for row in (*one.typical, *one.doubtful)]
    named += [np.array([doubtful.row])] if doubtful else []
    rows = np.unique(np.concatenate(named))
    called = dict(zip(rows.tolist(), name(rows), strict=True))
    full = str(comparison.gmm_fit.covariance_type) == CovarianceType.FULL.value
    points = comparison.points
    reduced, weighted = bool(points.reduction), points.weighting is not None
    return Profiles(both[0], both[1], doubtful, full, called, points.d, reduced, weighted)


def _least_sure(side: Side) -> Doubtful | None:
    if side.k == 1 and side.background is None:
        return None
    row = int(np.argmin(side.certainty))
    shares, own = dict(enumerate(side.responsibilities[row].tolist())), int(side.labels[row])
    if side.background is not None:
        shares[BACKGROUND] = float(side.background.posterior[row])
    other = max((i for i in shares if i != own), key=shares.__getitem__)
    return Doubtful(row, own, shares[own], other, shares[other])


def profile(points: Points, side: Side) -> Profile:
    """Return the groups of one fit, described."""
    origin = points.origin  # a group is told in the data's own columns, whatever the fits see
    k, d, raw = side.k, origin.d, origin.raw
    counts = np.bincount(side.labels[side.labels >= 0], minlength=k)
    mean = raw.mean(axis=0)
    centred = raw - mean  # values far from zero keep their digits
    spread = np.sqrt(np.square(centred).sum(axis=0) / max(points.n - 1, 1))
    varies = spread > _ROUNDING * np.abs(raw).max(axis=0)
    shifts, spreads = np.full((k, d), np.nan), np.full((k, d), np.nan)
    for group in np.flatnonzero(counts).tolist():
        mine = centred[side.labels == group]
        shifts[group] = mine.mean(axis=0)
        if counts[group] > 1:
            spreads[group] = mine.std(axis=0, ddof=1)
    spreads[spreads <= _ROUNDING * np.abs(raw).max(axis=0)] = 0.0  # not the digits' noise
    differences = _differences(shifts, counts, points.n, spread, varies)
    between = np.nansum(counts[:, None] * np.square(shifts), axis=0)
    loose = centred[side.labels < 0]  # the background counts as a group of its own here
    between += np.square(loose.sum(axis=0)) / max(len(loose), 1)
    total = np.square(spread) * max(points.n - 1, 1)
    explained = np.where(varies, between / np.where(varies, total, 1), 0.0).clip(0, 1)
    doubt = _doubt(points, side)
    return Profile(
        side.method,
        origin.columns,
        counts,
        _weights(side) if side.method == "gmm" else counts / points.n,
        mean,
        spread,
        mean + shifts,
        spreads,
        differences,
        _portions(np.nan_to_num(np.square(differences)), axis=1),
        explained,
        _portions(explained, axis=0),
        _first(_distances(points, side), side.labels, k),
        _first(-doubt, side.labels, k),
        doubt,
        side.called,
        side.colours,
        loose=len(loose),
    )


def _weights(side: Side) -> NDArray[np.float64]:
    """Return (k,) weights of the groups: of joined components the sums of theirs."""
    return np.array([side.mixture.weights[list(group)].sum() for group in side.members])


def _differences(
    shifts: NDArray[np.float64],
    counts: NDArray[np.int64],
    n: int,
    spread: NDArray[np.float64],
    varies: NDArray[np.bool_],
) -> NDArray[np.float64]:
    """Return how far each group's mean lies from that of the other rows."""
    others = n - counts
    with np.errstate(divide="ignore", invalid="ignore"):
        # All rows' shifts add up to zero: the others' mean lies on the other side of the whole's.
        apart = shifts * (n / others)[:, None] / np.where(varies, spread, 1)
    apart[(counts == 0) | (others == 0)] = np.nan
    return np.where(varies | np.isnan(apart), apart, 0.0)


def _portions(parts: NDArray[np.float64], axis: int) -> NDArray[np.float64]:
    total = parts.sum(axis=axis, keepdims=True)
    return np.where(total > 0, parts / np.where(total > 0, total, 1), 0.0)


def _distances(points: Points, side: Side) -> NDArray[np.float64]:
    """Return (n,) squared distances from each row's own centre, in its group's own measure."""
    found = np.full(points.n, np.inf)
    measures = whitening(side.mixture.covariances)
    for group, members in enumerate(side.members):
        mine = side.labels == group
        for component in members:
            away = points.fitted[mine] - side.mixture.means[component]
            whiten = measures[component]
            # A round cluster of one point has no width: any measure will do.
            scaled = away @ whiten.T if np.isfinite(whiten).all() else away
            found[mine] = np.minimum(found[mine], np.square(scaled).sum(axis=1))
    return found


def _doubt(points: Points, side: Side) -> NDArray[np.float64]:
    """Return (n,) how near each row is to being another group's."""
    if side.method == "gmm":
        return np.asarray(1 - side.certainty)
    if side.k == 1:
        return np.zeros(points.n)
    squares = np.column_stack(
        [np.square(points.fitted - centre).sum(axis=1) for centre in side.mixture.means]
    )
    own = np.take_along_axis(squares, side.labels[:, None], axis=1)[:, 0]
    np.put_along_axis(squares, side.labels[:, None], np.inf, axis=1)
    next_one = squares.min(axis=1)
    return np.sqrt(own / np.where(next_one > 0, next_one, np.inf))


def _first(
    values: NDArray[np.float64], labels: NDArray[np.int64], k: int
) -> tuple[NDArray[np.int64], ...]:
    """Return for each group its rows of the smallest values, a few at most."""
    found = []
    for group in range(k):
        mine = np.flatnonzero(labels == group)
        if len(mine) > EXAMPLES:  # only those up to the last one are put in order
            least = values[mine]
            mine = mine[~(least > np.partition(least, EXAMPLES - 1)[EXAMPLES - 1])]
        found.append(mine[np.argsort(values[mine], kind="stable")[:EXAMPLES]])
    return tuple(found)
