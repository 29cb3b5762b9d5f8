"""Where rows with gaps are drawn: at what a mixture expects of them, with how sure it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from gmm_dash.engine import expect_gaps, merged

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from gmm_dash.results.comparison import Comparison
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
    """

    at: NDArray[np.float64]
    spread: NDArray[np.float64]
    labels: NDArray[np.int64]


def gap_shares(result: Comparison) -> NDArray[np.float64]:
    """Return the (m, g) posteriors of rows with gaps, of the groups in display order."""
    fit, side = result.gmm_fit, result.gmm
    assert fit.gapped is not None
    shares = fit.gapped.responsibilities[~fit.gapped.complete][:, side.order]
    return shares if side.groups is None else merged(shares, side.groups)


def gap_marks(result: Comparison, projection: Projection) -> GapMarks | None:
    """Return where rows with gaps are drawn; None where the mixture is not fitted to them."""
    gaps = result.points.gaps
    if gaps is None or result.gmm_fit.gapped is None:
        return None
    found = expect_gaps(gaps.fitted, result.gmm_fit.mixture, projection.matrix)
    labels = gap_shares(result).argmax(axis=1)
    return GapMarks(found.mean + projection.offset, found.spread, labels)
