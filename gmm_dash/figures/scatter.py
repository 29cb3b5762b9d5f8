"""One model's picture: the points in the colours of their clusters, and what it believes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Self

import numpy as np

from gmm_dash.engine import BACKGROUND, project
from gmm_dash.figures import bent_axis, borders, frame, layers, line
from gmm_dash.results import one_column
from gmm_dash.results.histogram import has_curves
from gmm_dash.results.projection import ends_of
from gmm_dash.theme import look as look_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from gmm_dash.results import Points, Projection, Side
    from gmm_dash.results.gap_marks import GapMarks

MOST_POINTS: Final = 20_000  # drawn, where nothing else is said; they stand for the rest
_CELLS: Final = 1024  # along each side of the plot, by which crowded points are put in order
_PADDING: Final = 0.06


@dataclass(frozen=True, slots=True, eq=False)
class Laid:
    """Where all points lie on a plot, and which of them are drawn: for every model alike.

    Attributes
    ----------
    xy : (n, 2) array
    shown : (m,) int array
    """

    xy: NDArray[np.float64]
    shown: NDArray[np.int64]

    @classmethod
    def of(cls, points: Points, projection: Projection, most: int) -> Self:
        """Return it for plots that draw ``most`` points at most."""
        xy = projection.points(points.fitted)
        return cls(xy, shown_points(xy, most))


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """Everything a cluster plot is drawn from.

    Attributes
    ----------
    points : Points
    projection : Projection
    side : Side
    radii : (k,) array or None
        Distance from each centre to its farthest member, for k-means.
    overlays : frozenset of str
        Names out of ``state.OVERLAYS``.
    scheme : str
        ``"light"`` or ``"dark"``.
    ranges : (2, 2) array
        Lowest and highest value of each axis; the same for every plot of one page.
    fixed : bool
        Whether the axes end exactly there, however wide the card is.
    most : int
        Points that are drawn at most.
    rival : Side, optional
        The other method's answer, against which ``borders`` is drawn.
    gaps : GapMarks, optional
        Rows with gaps, where the mixture is fitted to them.
    laid : Laid, optional
        Where the points lie, where that is known from another plot of them.
    """

    points: Points
    projection: Projection
    side: Side
    radii: NDArray[np.float64] | None
    overlays: frozenset[str]
    scheme: str
    ranges: NDArray[np.float64]
    fixed: bool = False
    most: int = MOST_POINTS
    rival: Side | None = None
    gaps: GapMarks | None = None
    laid: Laid | None = None


def build(scene: Scene) -> dict[str, Any]:
    """Return the figure, as a plain dict with ``data`` and ``layout``."""
    look = look_of(scene.scheme)
    overlays = set(scene.overlays)
    laid = scene.laid or Laid.of(scene.points, scene.projection, scene.most)
    xy, shown = laid.xy, laid.shown
    data = _behind(scene)
    traces = layers.points_layer(scene.side, xy, shown, overlays, look)
    if "truth" in overlays and scene.points.labels is not None:
        _mark_truth(traces, scene, shown)
    if "borders" in overlays and scene.rival is not None:
        data += _parted(scene, scene.rival, traces)
    data += traces
    if scene.gaps is not None:
        data += layers.gaps_layer(scene.side, scene.gaps, scene.most, overlays, look)
    if "sources" in overlays and scene.points.sources is not None:
        data += layers.sources_layer(
            scene.points.sources, scene.projection, look, numbered="centers" in overlays
        )
    if "centers" in overlays:
        at = one_column.lowered(scene.projection) if scene.projection.line else scene.projection
        data += layers.centers_layer(scene.side, at, look)
        data += layers.names_layer(scene.side, at, look) if scene.side.names else []
    return {"data": data, "layout": _layout(scene)}


def shown_points(xy: NDArray[np.float64], most: int = MOST_POINTS) -> NDArray[np.int64]:
    """Return which of the points are drawn: all, or so many that every part keeps its share.

    Points are put in order along a curve that leaves no square before it has been everywhere in
    it, and taken at even distances: of each square of the plot as many, to within one or two, as
    its share of all. A random sample of them would be uneven by the root of that number. The four
    outermost are among them, in place of neighbours: the axes reach to where they are.
    """
    n = len(xy)
    if n <= most:
        return np.arange(n)
    code = _along_curve(xy)
    counts = np.bincount(code, minlength=_CELLS**2)
    ends = np.cumsum(counts)
    places = ((np.arange(most) + 0.5) * (n / most)).astype(np.int64)
    cells, which = np.unique(np.searchsorted(ends, places, side="right"), return_inverse=True)
    # Counting tells in which squares the places are: only the points of these are put in order.
    wanted = np.full(_CELLS**2, -1, dtype=np.int32)
    wanted[cells] = np.arange(len(cells))
    wanted_of = wanted[code]
    rows = np.flatnonzero(wanted_of >= 0)
    keys = wanted_of[rows]
    if len(cells) <= np.iinfo(np.uint16).max:  # which NumPy sorts in a time that goes with n
        keys = keys.astype(np.uint16)
    rows = rows[np.argsort(keys, kind="stable")]
    before = np.cumsum(counts[cells]) - counts[cells]
    inside = places - (ends - counts)[cells][which]
    drawn = rows[before[which] + inside]
    outer = np.unique([xy.argmin(axis=0), xy.argmax(axis=0)])[:most]
    outer_at = [_place_of(one, code, ends - counts) for one in outer]
    taken: set[int] = set()
    for place, one in sorted(zip(outer_at, outer.tolist(), strict=True)):
        own = place * most // n
        slot = next(i for i in (*range(own, most), *range(own)) if i not in taken)
        drawn[slot] = one
        taken.add(slot)
    return np.sort(drawn)


def _place_of(point: int, code: NDArray[np.int32], before: NDArray[np.int64]) -> int:
    """Return where a point is in the order along the curve; ``before`` counts by squares."""
    mine = code[point]
    return int(before[mine]) + int(np.count_nonzero(code[:point] == mine))


def _along_curve(xy: NDArray[np.float64]) -> NDArray[np.int32]:
    """Return the place of each point's square on a Z-order curve: both numbers' bits in turn."""
    numbers = np.arange(_CELLS, dtype=np.int32)
    spread = np.zeros(_CELLS, dtype=np.int32)
    for bit in range(_CELLS.bit_length() - 1):
        spread |= ((numbers >> bit) & 1) << (2 * bit)
    code = np.zeros(len(xy), dtype=np.int32)
    for axis, (low, high) in enumerate(zip(*ends_of(xy), strict=True)):
        extent = high - low if high > low else 1.0
        cell = ((xy[:, axis] - low) / extent * (_CELLS - 1)).astype(np.int32)
        code |= spread[cell] << axis
    return code


def ranges(
    points: Points,
    projection: Projection,
    circles: tuple[Side, NDArray[np.float64]] | None = None,
    ellipses: tuple[Side, ...] = (),
    *,
    span: float = 0.0,
    gaps: GapMarks | None = None,
) -> NDArray[np.float64]:
    """Return axis ranges that hold every point, and the outlines as far as is reasonable.

    Parameters
    ----------
    points : Points
    projection : Projection
    circles : (Side, (k,) array), optional
        k-means' answer and its radii.
    ellipses : tuple of Side
        Mixtures whose ellipses at 3 standard deviations should be seen. All outlines
        together may widen the plot by a quarter on each side at most.
    span : float
        If not zero, where both axes end, to either side of zero.
    gaps : GapMarks, optional
        Rows with gaps that are drawn, too.
    """
    if projection.line:
        return one_column.ranges(points, projection, [side.mixture for side in ellipses], span=span)
    if span > 0:
        return np.array([[-span, span], [-span, span]])
    xy = projection.points(points.fitted)
    if gaps is not None:
        xy = np.vstack([xy, gaps.at])
    first, last = low, high = ends_of(xy)
    extent = np.where(high > low, high - low, 1.0)
    reaches = [_ellipse_reach(side, projection) for side in ellipses]
    if circles is not None:
        side, radii = circles
        reach = radii[:, None] * np.linalg.norm(projection.matrix, axis=1)
        reaches.append((projection.points(side.mixture.means), reach))
    for centre, reach in reaches:
        low = np.minimum(low, (centre - reach).min(axis=0))
        high = np.maximum(high, (centre + reach).max(axis=0))
    low = np.maximum(low, first - extent / 4)
    high = np.minimum(high, last + extent / 4)
    pad = _PADDING * np.where(high > low, high - low, 1.0)
    return np.column_stack([low - pad, high + pad])


def joint(first: NDArray[np.float64], second: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return axis ranges, (2, 2), that hold both of two."""
    both = np.stack([first, second])
    return np.column_stack([both[:, :, 0].min(axis=0), both[:, :, 1].max(axis=0)])


def _ellipse_reach(
    side: Side, projection: Projection
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return centres, and how far 3 standard deviations reach along each axis."""
    flat = project(side.mixture, projection.matrix, projection.offset)
    return flat.means, 3 * np.sqrt(np.diagonal(flat.covariances, axis1=1, axis2=2))


def _behind(scene: Scene) -> list[dict[str, Any]]:
    """Return what lies under the points."""
    if scene.projection.line:
        return _behind_line(scene)
    look, side, overlays = look_of(scene.scheme), scene.side, scene.overlays
    data: list[dict[str, Any]] = []
    if "regions" in overlays and scene.projection.faithful:
        data += layers.regions_layer(_deciding(side), side, scene.projection, scene.ranges, look)
    if side.method == "gmm" and "density" in overlays:
        data += layers.density_layer(side.mixture, scene.projection, scene.ranges, look)
    if side.method == "gmm" and "ellipses" in overlays:
        data += layers.ellipses_layer(side, scene.projection, look)
    if scene.radii is not None and "circles" in overlays:
        data += layers.circles_layer(side, scene.radii, scene.projection, look)
    return data


def _behind_line(scene: Scene) -> list[dict[str, Any]]:
    """Return what stands above the points of one column."""
    look, side, seen = look_of(scene.scheme), scene.side, scene.projection
    data: list[dict[str, Any]] = []
    if "regions" in scene.overlays:
        data += line.intervals(_deciding(side), side, seen, scene.ranges, look)
    data += line.bars(seen.points(scene.points.fitted)[:, 0], look.muted)
    if side.method == "kmeans":
        return data + line.cut_lines(side, seen, float(scene.ranges[1, 1]), look)
    if not has_curves(side.mixture, scene.points.fitted):
        return data
    colours = [look.component(int(colour)) for colour in side.component_colours]
    parts = "ellipses" in scene.overlays
    flat = one_column.flat(side.mixture, seen)
    return data + line.curves(flat, colours, scene.ranges[0], look, parts=parts)


def _parted(scene: Scene, rival: Side, traces: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return k-means' borders, and a ring under each point that the two methods tell apart."""
    look, side = look_of(scene.scheme), scene.side
    kmeans = side if side.method == "kmeans" else rival
    if scene.projection.line:  # k-means' own plot has its cuts anyway
        top = float(scene.ranges[1, 1])
        cut = line.cut_lines(rival, scene.projection, top, look) if side is not kmeans else []
        return [*cut, *borders.rings_layer(traces, side.labels != rival.labels, look)]
    lines = (
        borders.borders_layer(kmeans, scene.points, scene.projection, look)
        if scene.projection.faithful
        else []
    )
    return [*lines, *borders.rings_layer(traces, side.labels != rival.labels, look)]


def _deciding(side: Side) -> Any:
    """Return the mixture whose posteriors decide: for k-means, equal spheres of equal weight."""
    if side.method == "gmm":
        return side.mixture
    k, d = side.mixture.means.shape
    return type(side.mixture)(
        np.full(k, 1 / k), side.mixture.means, np.broadcast_to(np.eye(d), (k, d, d)).copy()
    )


def _mark_truth(traces: list[dict[str, Any]], scene: Scene, shown: NDArray[np.int64]) -> None:
    """Give each point the symbol of its true group."""
    truth, labels = scene.points.labels, scene.side.labels
    assert truth is not None
    names = [*range(scene.side.k), BACKGROUND]
    for group, trace in zip(names, traces, strict=False):  # not all have a background
        mine = shown[labels[shown] == group]
        trace["marker"]["symbol"] = layers.truth_symbols(truth[mine])
        trace["marker"]["line"]["width"] = layers.truth_rims(truth[mine])


def _layout(scene: Scene) -> dict[str, Any]:
    look = look_of(scene.scheme)
    if scene.projection.line:
        return frame.layout(look, **line.axes(look, scene.projection, scene.ranges))
    ranges = scene.ranges.tolist()
    # A number at the very top may not make one of two neighbours lower than the other.
    vertical = bent_axis.axis(look, scene.projection, 1, ranges, automargin="width")
    if scene.projection.scale_ratio is not None:
        vertical |= {"scaleanchor": "x", "scaleratio": scene.projection.scale_ratio}
    horizontal = bent_axis.axis(look, scene.projection, 0, ranges)
    if scene.fixed:
        for axis in (horizontal, vertical):
            axis["constrain"] = "domain"
    return frame.layout(look, xaxis=horizontal, yaxis=vertical)
