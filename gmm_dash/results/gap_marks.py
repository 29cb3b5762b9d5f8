"""Where rows with gaps are drawn: at what a mixture expects of them, with how sure it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from gmm_dash.engine import expect_gaps, merged

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from gmm_dash.engine import MixtureFit
    from gmm_dash.results.comparison import Side
    from gmm_dash.results.points import Points
    from gmm_dash.results.projection import Projection


@dataclass(frozen=True, eq=False)
class GapMarks:
    """Marks of rows with gaps on a plot.

    Attributes
    ----------
    at : (m, 2) array
        Their expected positions, given the known values.
    spread : (m, 2) array
        The standard deviation of that distribution along each axis; zero where nothing that the
        axis shows is unknown.
    labels : (m,) int array
        The likeliest group of each, in display order.
    rows : (m,) int array
        Their positions in the whole table.
    shares : (m, g) array
        Their posteriors, given the known values.
    values, low, high : (m, d) arrays
        What is known of them, and in its gaps what is expected, in the columns' own units; and
        one standard deviation to either side, which is nothing where the value is known.
    """

    at: NDArray[np.float64]
    spread: NDArray[np.float64]
    labels: NDArray[np.int64]
    rows: NDArray[np.int64]
    shares: NDArray[np.float64]
    values: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]


def gap_shares(fit: MixtureFit, side: Side) -> NDArray[np.float64]:
    """Return the (m, g) posteriors of rows with gaps, of the groups in display order."""
    assert fit.gapped is not None
    shares = fit.gapped.responsibilities[~fit.gapped.complete][:, side.order]
    return shares if side.groups is None else merged(shares, side.groups)


def gap_marks(
    points: Points, fit: MixtureFit, side: Side, projection: Projection
) -> GapMarks | None:
    """Return where rows with gaps are drawn; None where the mixture is not fitted to them."""
    if points.gaps is None or fit.gapped is None:
        return None
    found = expect_gaps(points.gaps.fitted, fit.mixture, projection.matrix)
    shares, partly = gap_shares(fit, side), ~fit.gapped.complete
    filled, spread = fit.gapped.filled[partly], fit.gapped.spread[partly]
    return GapMarks(
        found.mean + projection.offset,
        found.spread,
        shares.argmax(axis=1),
        points.gaps.rows,
        shares,
        *(points.own_units(filled + sign * spread) for sign in (0, -1, 1)),
    )
