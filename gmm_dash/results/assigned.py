"""What two fits say of every complete row, also of those that a sample left out."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any, Self

import numpy as np
from sklearn.metrics import pairwise_distances_argmin

from gmm_dash.engine import BACKGROUND, merged
from gmm_dash.results.backed import likeliest, log_density, posteriors
from gmm_dash.results.density_study import lowest
from gmm_dash.results.gap_marks import gap_shares

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from gmm_dash.results.comparison import Comparison, Side
    from gmm_dash.results.points import Points


@dataclass(frozen=True, eq=False)
class Assigned:
    """Labels and densities of m rows.

    Attributes
    ----------
    rows : (m,) int array
        Position of each row in the whole table, rising.
    fitted : (m,) bool array
        Whether the fits saw the row.
    cluster, component : (m,) int arrays
        k-means' cluster and the mixture's component, numbered from 1 as on the page; -1 where the
        mixture's background is likelier than any component.
    posteriors : (m, k) array
    log_density : (m,) array
        In nats, in the space that the mixture was fitted in.
    outlier : (m,) bool array
        The rows of lowest density; a row that was not fitted, where it has no more than they.
    group : (m,) int array or None
        Where components are joined: the group of each row, from 0, or -1.
    group_posteriors : (m, g) array or None
        The groups' posteriors then.
    called : tuple of str, length g
        What the groups are called: by their components, such as ``"1+3"``.
    gapped : (m,) bool array
        Rows with gaps that the mixture was fitted to: k-means has no cluster for them (0), and
        their density, of other columns than that of complete rows, is not compared with it (NaN).
    names : tuple of str
        What a person calls each group, or each component where none are joined; empty where they
        call none anything.
    background : (m,) array or None
        The posterior of the background, where there is one: -1 stands for it. Of rows beyond the
        box of the fitted ones, too, as in mclust.
    """

    rows: NDArray[np.int64]
    fitted: NDArray[np.bool_]
    cluster: NDArray[np.int64]
    component: NDArray[np.int64]
    posteriors: NDArray[np.float64]
    log_density: NDArray[np.float64]
    outlier: NDArray[np.bool_]
    gapped: NDArray[np.bool_]
    group: NDArray[np.int64] | None = None
    group_posteriors: NDArray[np.float64] | None = None
    called: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    background: NDArray[np.float64] | None = None

    @classmethod
    def of(cls, result: Comparison, every: Points, outlier_share: float) -> Self:
        """Return what a comparison says of its own points and of the others of the same table.

        Parameters
        ----------
        result : Comparison
        every : Points
            All complete rows; the points of ``result`` are among them.
        outlier_share : float
            Share of the fitted points, from 0 to 1, to mark.
        """
        points, side = result.points, result.gmm.components
        mixture = side.mixture
        other = ~np.isin(every.rows, points.rows, kind="table")
        x = points.seen(every.raw[other])
        others, density = np.empty((0, mixture.n_components)), np.empty(0)
        behind: NDArray[np.float64] | None = None
        cluster = np.empty(0, dtype=np.int64)
        if len(x):
            others, behind = posteriors(x, mixture, side.background)
            density = log_density(x, mixture, side.background)
            cluster = pairwise_distances_argmin(x, result.kmeans.mixture.means)
        own = log_density(points.fitted, mixture, side.background)
        outlier = lowest(own, outlier_share)
        limit = own[outlier].max(initial=-np.inf)
        gaps, gap_shares = _gaps(result)
        m, nothing = len(gaps), np.full(len(gaps), np.nan)
        rows = np.concatenate([points.rows, every.rows[other], gaps])
        order = np.argsort(rows, kind="stable")
        shares = np.concatenate([side.responsibilities, others, gap_shares])[order]
        background = None
        if side.background is not None:
            parts = [side.background.posterior, *([] if behind is None else [behind])]
            background = np.concatenate(parts)[order]  # rows with gaps know no background
        group, group_shares, called = _joined(result.gmm, shares, background)
        component, _ = likeliest(shares, background)
        component[np.argsort(order)[: points.n]] = side.labels
        return cls(
            rows[order],
            np.repeat([True, False, True], [points.n, len(x), m])[order],
            np.concatenate([result.kmeans.labels, cluster, np.full(m, -1)])[order] + 1,
            np.where(component < 0, BACKGROUND, component + 1),
            shares,
            np.concatenate([own, density, nothing])[order],
            np.concatenate([outlier, density <= limit, np.zeros(m, bool)])[order],
            np.isin(rows[order], gaps, kind="table"),
            group,
            group_shares,
            called,
            result.gmm.names,
            background,
        )

    def between(self, first: int, stop: int) -> Self:
        """Return what there is of the rows of the whole table from ``first`` to before ``stop``."""
        part = slice(*np.searchsorted(self.rows, [first, stop]).tolist())
        arrays: dict[str, Any] = {
            one.name: value[part]
            for one in fields(self)
            if isinstance(value := getattr(self, one.name), np.ndarray)
        }
        return replace(self, **arrays)

    @property
    def named(self) -> list[str]:
        """What a person calls the group of each row, or nothing; only where there are names."""
        names = (*self.names, "")  # -1 is the background
        return [names[i] for i in self.own.tolist()]

    @property
    def own(self) -> NDArray[np.int64]:
        """The mixture's group of each row, (m,), from 0; -1 is the background."""
        if self.group is not None:
            return self.group
        return np.where(self.component < 0, BACKGROUND, self.component - 1)

    @property
    def certainty(self) -> NDArray[np.float64]:
        """The posterior of each row's own component, or of the background, (m,)."""
        own = np.maximum(self.component, 1)[:, None] - 1
        taken: NDArray[np.float64] = np.take_along_axis(self.posteriors, own, axis=1)[:, 0]
        return taken if self.background is None else _or_behind(self.component, taken, self)

    @property
    def group_posterior(self) -> NDArray[np.float64]:
        """The posterior of each row's own group, or of the background, (m,)."""
        if self.group is None or self.group_posteriors is None:
            return self.certainty
        taken: NDArray[np.float64] = self.group_posteriors.max(axis=1)
        return taken if self.background is None else _or_behind(self.group, taken, self)


def _gaps(result: Comparison) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Return the rows with gaps that the mixture was fitted to, and their posteriors."""
    gaps, side = result.points.gaps, result.gmm.components
    if gaps is None or result.gmm_fit.gapped is None:
        return np.empty(0, dtype=np.int64), np.empty((0, side.mixture.n_components))
    return gaps.rows, gap_shares(result.gmm_fit, side)


def _or_behind(
    labels: NDArray[np.int64], taken: NDArray[np.float64], assigned: Assigned
) -> NDArray[np.float64]:
    assert assigned.background is not None
    return np.where(labels < 0, assigned.background, taken)


def _joined(
    side: Side, shares: NDArray[np.float64], background: NDArray[np.float64] | None
) -> tuple[NDArray[np.int64] | None, NDArray[np.float64] | None, tuple[str, ...]]:
    """Return the rows' groups, the groups' posteriors and numbers; none where none is joined."""
    if side.groups is None:
        return None, None, ()
    found = merged(shares, side.groups)
    return likeliest(found, background)[0], found, side.called
