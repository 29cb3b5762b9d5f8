"""Where things stand on a plot of one column: its axes, the strip of points, the curves."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np

from gmm_dash.engine import marginal_density, project
from gmm_dash.results.histogram import HIGHEST, histogram

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from gmm_dash.engine import Mixture
    from gmm_dash.results.points import Points
    from gmm_dash.results.projection import Projection

    Floats = NDArray[np.float64]

# In heights of the points' line below the axis (``projection``): where centres stand, the bottom.
_CENTERS, _BOTTOM = 2.6, 3.7
_PADDING: Final = 0.06
_CURVE: Final = 601  # vertices of a curve that any is given
_OWN: Final = 49  # and those that each component adds where it is
_REACH: Final = 6.0  # standard deviations that a curve goes on
_STRIP: Final = (0.3, 1.75)  # first and last height of points in a strip, in the same
_GOLDEN: Final = (5**0.5 - 1) / 2
_BESIDE: Final = 0.12  # of the points' extent, that a run has beside them
ROOM: Final = 1.5  # heights of the highest bar, that a run has for its curves


def flat(mixture: Mixture, projection: Projection) -> Mixture:
    """Return a mixture of one column in the units of the horizontal axis."""
    return project(mixture, projection.matrix[:1], projection.offset[:1])


def ranges(
    points: Points,
    projection: Projection,
    mixtures: Iterable[Mixture] = (),
    *,
    span: float = 0.0,
) -> Floats:
    """Return the ends of both axes: every point, the bars, and the curves as far as is reasonable.

    Parameters
    ----------
    points : Points
    projection : Projection
        Of one column.
    mixtures : iterable of Mixture
        Whose curves should be seen, in the fitted space.
    span : float
        If not zero, where the horizontal axis ends, to either side of zero.
    """
    x = projection.points(points.fitted)[:, 0]
    low, high = float(x.min()), float(x.max())
    extent = high - low or 1.0
    top = bar = float(histogram(x)[0].max())
    for mixture in mixtures:
        line = flat(mixture, projection)
        mean, deviation = line.means[:, 0], np.sqrt(line.covariances[:, 0, 0])
        low = min(low, max(float((mean - 3 * deviation).min()), x.min() - extent / 4))
        high = max(high, min(float((mean + 3 * deviation).max()), x.max() + extent / 4))
        top = max(top, min(_highest(line), HIGHEST * bar))
    pad = _PADDING * (high - low or 1.0)
    ends = [-span, span] if span > 0 else [low - pad, high + pad]
    return np.array([ends, [_BOTTOM * projection.offset[1], (1 + _PADDING) * top]])


def steady_ranges(points: Points, projection: Projection) -> Floats:
    """Return the (2, 2) ends of both axes for runs from any start: they are those of the points.

    Else the plot would jump when a centre is let go. What of a curve is higher than ``ROOM``
    highest bars is cut off.

    Parameters
    ----------
    points : Points
    projection : Projection
        Of one column.
    """
    x = projection.points(points.fitted)[:, 0]
    low, high = float(x.min()), float(x.max())
    beside = _BESIDE * (high - low or 1.0)
    top = ROOM * float(histogram(x)[0].max())
    return np.array([[low - beside, high + beside], [_BOTTOM * projection.offset[1], top]])


def _highest(line: Mixture) -> float:
    """Return how high the sum of all components reaches; infinite where one has no width."""
    if not (line.covariances > 0).all():
        return math.inf
    return float(marginal_density(line, 0, places(line)).sum(axis=0).max())


def places(line: Mixture, low: float = math.inf, high: float = -math.inf) -> Floats:
    """Return where curves have vertices: everywhere, and closer where a component is narrow."""
    mean, deviation = line.means[:, 0], np.sqrt(line.covariances[:, 0, 0])
    own = mean[:, None] + deviation[:, None] * np.linspace(-_REACH, _REACH, _OWN)
    ends = min(low, float(own.min())), max(high, float(own.max()))
    return np.unique(np.concatenate([np.linspace(*ends, _CURVE), own.ravel()]))


def strip(points: Points, projection: Projection) -> Floats:
    """Return (n, 2) plot positions of the points of one column, spread over a strip below the axis.

    Their heights mean nothing: neighbours along the column are put far apart (multiples of the
    golden ratio fill an interval evenly), so that each can be seen.

    Parameters
    ----------
    points : Points
    projection : Projection
        Of one column.
    """
    places = projection.points(points.fitted)
    rank = np.empty(points.n)
    rank[np.argsort(places[:, 0], kind="stable")] = np.arange(points.n)
    low, high = _STRIP
    places[:, 1] = projection.offset[1] * (low + (high - low) * (rank * _GOLDEN % 1))
    return places


def lowered(projection: Projection) -> Projection:
    """Return the map that puts centres below the points, so that none is hidden."""
    shift, rug = projection.offset
    return replace(projection, offset=np.array([shift, _CENTERS * rug]))
