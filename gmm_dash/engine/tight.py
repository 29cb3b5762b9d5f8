"""Components whose spread is tiny beside their distance from the centre of the data.

Sums of squares about the centre would lose their digits, so their densities and moments are
taken about their own means. It costs more, and few components need it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from gmm_dash.engine.estimates import COUNT_FLOOR, LOG_TWO_PI, NEARLY_EMPTY
from gmm_dash.engine.gaussians import whitening

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gmm_dash.engine.estimates import Estimates, Moments
    from gmm_dash.engine.gaussians import Packing
    from gmm_dash.engine.types import Floats, Ints

TIGHT_CELLS = 400_000
"""Deviations from the means of tight columns held at a time, in doubles."""


class TightColumns:
    """Densities and moments of a few columns about their own means.

    Parameters
    ----------
    estimates : Estimates
    packing : Packing
    """

    def __init__(self, estimates: Estimates, packing: Packing) -> None:
        self.columns, self.packing = np.flatnonzero(estimates.tight), packing
        self.mean = estimates.mean[:, self.columns].T[:, :, None]
        self.whiten = whitening(packing.unpack(estimates.covariance[:, self.columns]))
        self.constant = np.log(estimates.weight[self.columns]) - 0.5 * (
            packing.d * LOG_TWO_PI + estimates.log_det[self.columns]
        )

    def log_joint(self, phi: Floats) -> Floats:
        """Return (t, b) log weight plus log density."""
        out = np.empty((len(self.columns), phi.shape[1]))
        for part in self._parts(phi):
            white = self.whiten[part] @ self._deviation(phi, part)
            np.square(white, out=white)
            out[part] = self.constant[part, None] - 0.5 * white.sum(axis=1)
        return out

    def sums(self, phi: Floats, cells: Floats) -> Floats:
        """Return (t, F) counts, sums and second moments about the present means."""
        out = np.empty((len(self.columns), phi.shape[0]))
        d, first, second = self.packing.d, self.packing.first, self.packing.second
        for part in self._parts(phi):
            share = cells[self.columns[part]][:, None, :]
            deviation = self._deviation(phi, part)
            weighted = share * deviation
            out[part, 0] = share.sum(axis=2)[:, 0]
            out[part, 1 : 1 + d] = weighted.sum(axis=2)
            if self.packing.diagonal_only:
                out[part, 1 + d :] = (weighted * deviation).sum(axis=2)
            else:
                squares = weighted @ deviation.transpose(0, 2, 1)
                out[part, 1 + d :] = squares[:, first, second]
        return out

    def _parts(self, phi: Floats) -> Iterator[slice]:
        """Yield columns few enough for their deviations to stay small in memory."""
        step = max(1, TIGHT_CELLS // (self.packing.d * phi.shape[1]))
        for first in range(0, len(self.columns), step):
            yield slice(first, first + step)

    def _deviation(self, phi: Floats, part: slice) -> Floats:
        """Return (t, d, b) deviations of the points from some of the means."""
        return np.asarray(phi[None, 1 : 1 + self.packing.d] - self.mean[part])


def replace_anchored(
    moments: Moments, columns: Ints, anchors: Floats, anchored: Floats, packing: Packing
) -> None:
    """Put in the (t, F) moments of some columns that were taken about (d, t) anchors."""
    rows, d = anchored.T, packing.d
    used = rows[0] > NEARLY_EMPTY
    rows, columns, anchors = rows[:, used], columns[used], anchors[:, used]
    count = rows[0] + COUNT_FLOOR
    moved = rows[1 : 1 + d] / count
    moments.mean[:, columns] = anchors + moved
    moments.covariance[:, columns] = (
        rows[1 + d :] / count - moved[packing.first] * moved[packing.second]
    )
