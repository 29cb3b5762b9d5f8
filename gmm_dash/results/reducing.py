"""Principal components in place of the columns, before any model is fitted."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np
from sklearn.decomposition import PCA

from gmm_dash.engine import Mixture
from gmm_dash.errors import FitError
from gmm_dash.results.reduction import SOLVER, Reduction

if TYPE_CHECKING:
    from gmm_dash.results.points import Points

NAME: Final = "PC {}"
"""What the components are called; a space apart from those that an axis can show of any data."""


def reduced(points: Points, wanted: float) -> Points:
    """Return the points on the principal components of their columns, as the fits see these.

    Parameters
    ----------
    points : Points
    wanted : float
        How many components, from 1; or below 1 the share of the variance that they shall hold,
        as ``n_components`` of :class:`sklearn.decomposition.PCA` has it. 0 keeps the columns.

    Raises
    ------
    FitError
        When there are not so many components, or none at all.
    """
    if not wanted:
        return points
    if wanted >= 1 and wanted != int(wanted):
        raise FitError(
            f"PCA before the fit: {wanted:g} is neither a number of components nor a share.",
            hint="Give a whole number such as 3, or a share of the variance such as 0.9.",
        )
    x = points.fitted
    width = np.ptp(x, axis=0)
    if not (width > 1e-12 * np.abs(x).max(axis=0)).any():
        raise FitError(
            "PCA before the fit: no column varies, so there are no principal components.",
            hint="Choose other columns, or set PCA before the fit to 0.",
        )
    _refuse_too_many(points, wanted)
    pca = PCA(int(wanted) if wanted >= 1 else wanted, svd_solver=SOLVER)
    scores = np.ascontiguousarray(pca.fit_transform(x))
    k = scores.shape[1]
    scores.setflags(write=False)
    reduction = Reduction(pca.mean_, pca.components_, pca.explained_variance_ratio_)
    return replace(
        points,
        raw=scores,
        fitted=scores,
        shift=np.zeros(k),
        scale=np.ones(k),
        columns=tuple(NAME.format(i + 1) for i in range(k)),
        bends=(),
        sources=_turned(points.sources, reduction),
        reduction=reduction,
        before=points,
    )


def _refuse_too_many(points: Points, wanted: float) -> None:
    most, what = points.d, f"{points.d} column{'s' * (points.d > 1)}"
    if wanted > most:
        raise FitError(
            f"PCA before the fit: there are {int(wanted)} components wanted of {what}.",
            hint=f"Choose at most {most}.",
        )
    rank = int(np.linalg.matrix_rank(points.fitted - points.fitted.mean(axis=0)))
    if wanted > rank:
        verb = "varies" if rank == 1 else "vary"
        raise FitError(
            f"PCA before the fit: only {rank} of the components of {what} {verb}.",
            hint=f"Choose at most {rank}.",
        )


def _turned(sources: Mixture | None, reduction: Reduction) -> Mixture | None:
    """Return Gaussians of the columns on the components: any straight map of one is one."""
    if sources is None:
        return None
    axes = reduction.axes
    means = (sources.means - reduction.mean) @ axes.T
    return Mixture(sources.weights, means, axes @ sources.covariances @ axes.T)
