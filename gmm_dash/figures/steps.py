"""A whole run as one answer: what the player in the browser draws every frame from.

Positions are plot coordinates less ``origin``, as 32-bit floats; labels and shares are
bytes. ``browser/src/views/steps/run.ts`` reads it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from gmm_dash.engine import Mixture
from gmm_dash.engine import project as project_mixture
from gmm_dash.figures import bent_axis, frame, line, steps_line
from gmm_dash.figures.arrays import packed
from gmm_dash.figures.scatter import ranges as ranges_of
from gmm_dash.figures.steps_fitted import fitted
from gmm_dash.results import one_column
from gmm_dash.state.bounds import MOST_COMPONENTS
from gmm_dash.theme import look as look_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from gmm_dash.results import KMeansRun, MixtureRun, Points, Projection, Start, Steps
    from gmm_dash.theme import Look


def payload(steps: Steps, projection: Projection, scheme: str) -> dict[str, Any]:
    """Return both runs, ready to be drawn frame by frame.

    Parameters
    ----------
    steps : Steps
    projection : Projection
    scheme : str
        ``"light"`` or ``"dark"``.
    """
    points, look = steps.points, look_of(scheme)
    xy = positions(points, projection)
    origin = steps_line.origin_of(xy) if projection.line else xy.mean(axis=0)
    ends = ranges(points, projection)
    seen = one_column.lowered(projection) if projection.line else projection
    k = len(steps.start.centers)
    return {
        "n": points.n,
        "k": k,
        "origin": origin.tolist(),
        "ranges": ends.tolist(),
        "titles": [bent_axis.titled(projection, axis) for axis in (0, 1)],
        "bends": list(projection.bends),
        "ticks": _ticks(projection, ends),
        "ratio": projection.scale_ratio,
        "metric": _metric(projection),
        "points": packed((xy - origin).ravel()),
        "rows": packed(points.rows, "int32"),
        "start": packed((seen.points(steps.start.centers) - origin).ravel()),
        "seeding": _seeding(steps.start),
        "colours": [look.component(j) for j in range(k)],
        "palette": [look.component(j) for j in range(MOST_COMPONENTS)],
        "look": _colours(look),
        "fitted": fitted(steps, projection),
        "line": steps_line.payload(steps, projection, origin) if projection.line else None,
        "kmeans": _kmeans(steps.kmeans, seen, origin),
        "gmm": _mixture(steps.gmm, seen, origin),
    }


def at_end(steps: Steps) -> Steps:
    """Return both runs without the labels and shares of all assignments but the last.

    Their ends are drawn without these, which are most of a payload.
    """
    kmeans, gmm = steps.kmeans, steps.gmm
    last = {name: getattr(gmm, name)[-1:] for name in ("first", "second", "share")}
    return replace(
        steps, kmeans=replace(kmeans, labels=kmeans.labels[-1:]), gmm=replace(gmm, **last)
    )


def positions(points: Points, projection: Projection) -> NDArray[np.float64]:
    """Return (n, 2) plot positions of the points; of one column, in a strip below the axis."""
    if projection.line:
        return one_column.strip(points, projection)
    return projection.points(points.fitted)


def ranges(points: Points, projection: Projection) -> NDArray[np.float64]:
    """Return the (2, 2) ends of both axes."""
    if projection.line:
        return one_column.steady_ranges(points, projection)
    return ranges_of(points, projection)


def axes_figure(points: Points, projection: Projection, scheme: str) -> dict[str, Any]:
    """Return a figure with the axes alone; the player draws on top of it."""
    look, ends = look_of(scheme), ranges(points, projection)
    if projection.line:
        return {"data": [], "layout": frame.layout(look, **line.axes(look, projection, ends))}
    vertical = bent_axis.axis(look, projection, 1, ends.tolist())
    if projection.scale_ratio is not None:
        vertical |= {"scaleanchor": "x", "scaleratio": projection.scale_ratio}
    horizontal = bent_axis.axis(look, projection, 0, ends.tolist())
    return {"data": [], "layout": frame.layout(look, xaxis=horizontal, yaxis=vertical)}


def _ticks(projection: Projection, ends: NDArray[np.float64]) -> list[Any]:
    """Return the ticks of each axis for the saved picture; None where it is straight."""
    found = [bent_axis.ticks_of(projection, axis, ends.tolist()) for axis in (0, 1)]
    if projection.line:
        found[1] = line.height_ticks(ends)
    return [one or None for one in found]


def _colours(look: Look) -> dict[str, str]:
    return {"ink": look.ink, "muted": look.muted, "grid": look.grid, "paper": look.paper}


def _metric(projection: Projection) -> list[float] | None:
    """Return (xx, xy, yy) of squared distance on the plot; None where regions have no borders.

    k-means' borders lie halfway between centres in the fitted space, whose axes the plot may
    have stretched.
    """
    if not projection.faithful:
        return None
    back = np.linalg.inv(projection.matrix)
    metric = back.T @ back
    metric /= np.sqrt(np.linalg.det(metric))
    return [float(metric[0, 0]), float(metric[0, 1]), float(metric[1, 1])]


def _seeding(start: Start) -> dict[str, str] | None:
    """Return, for each centre in turn, how likely each point was; largest is 255."""
    if start.odds is None:
        return None
    relative = start.odds / start.odds.max(axis=1, keepdims=True)
    return packed(np.round(255 * relative).ravel(), "uint8")


def _kmeans(run: KMeansRun, projection: Projection, origin: NDArray[np.float64]) -> dict[str, Any]:
    return {
        "last": run.last,
        "order": run.order.tolist(),
        "iterations": run.iterations.tolist(),
        "centers": packed((_placed(run.centers, projection) - origin).ravel()),
        "labels": packed(run.labels.ravel(), "uint8"),
        "objective": _per_half_step(run),
    }


def _placed(places: NDArray[np.float64], projection: Projection) -> NDArray[np.float64]:
    """Return (f, k, 2) plot positions of (f, k, d) fitted ones."""
    f, k, d = places.shape
    return projection.points(places.reshape(-1, d)).reshape(f, k, 2)


def _per_half_step(run: KMeansRun) -> list[float | None]:
    """Return the inertia after every half step; None at the start."""
    values: list[float | None] = [None]
    for i in range(len(run.iterations)):
        if i:
            values.append(float(run.moved_inertia[i]))
        values.append(float(run.inertia[i]))
    return values


def _flat(covariances: NDArray[np.float64], projection: Projection) -> NDArray[np.float64]:
    """Return (k, 3) numbers xx, xy, yy of (k, d, d) covariances as the plot shows them."""
    k, d, _ = covariances.shape
    whole = Mixture(np.full(k, 1 / k), np.zeros((k, d)), covariances.copy())
    flat = project_mixture(whole, projection.matrix).covariances
    return np.asarray(flat[..., (0, 0, 1), (0, 1, 1)])


def _mixture(
    run: MixtureRun, projection: Projection, origin: NDArray[np.float64]
) -> dict[str, Any]:
    corner = np.array([_flat(covariances, projection) for covariances in run.covariances])
    begun = run.fit.start
    shapes = None if begun is None else _flat(begun.covariances[run.order], projection)
    values: list[float | None] = [None, None]
    for value in run.log_likelihood.tolist():
        values += [value, value]
    return {
        "last": run.last,
        "order": run.order.tolist(),
        "iterations": run.iterations.tolist(),
        "weights": packed(run.weights.ravel()),
        "means": packed((_placed(run.means, projection) - origin).ravel()),
        "covariances": packed(corner.ravel()),
        "shapes": None if shapes is None else packed(shapes.ravel()),
        "first": packed(run.first.ravel(), "uint8"),
        "second": packed(run.second.ravel(), "uint8"),
        "share": packed(run.share.ravel(), "uint8"),
        "objective": values,
    }
