"""Both fits of the same points, numbered as they are shown, with every number of the cards."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from gmm_dash.engine import scores
from gmm_dash.results import known
from gmm_dash.results.backed import Background, likeliest
from gmm_dash.results.naming import spoken, titles
from gmm_dash.results.numbering import kmeans_order, mixture_order, renumbered

_FEWEST = 2  # points that a silhouette can be of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from gmm_dash.engine import KMeansFit, Merging, Mixture, MixtureFit
    from gmm_dash.results.points import Points
    from gmm_dash.results.rows import Rows


@dataclass(frozen=True, eq=False)
class Side:
    """One model's answer, numbered so that the same colour means the same group.

    Attributes
    ----------
    method : str
        ``"kmeans"`` or ``"gmm"``.
    mixture : Mixture
        Components in display order; k-means appears as equal spheres.
    labels : (n,) int array
        Display number of each point's cluster, counted from zero.
    certainty : (n,) array
        The largest posterior of each point; for k-means 1, or the bootstrap's share.
    responsibilities : (n, k) array
        Posteriors in display order; one-hot for k-means.
    order : (k,) int array
        ``order[i]`` is the fit's own number of the component displayed as ``i``.
    truth : (n,) int array or None
        The true group of each point, as in ``Points.labels``.
    groups : (k,) int array or None
        Of a mixture whose components are joined: the group of each, numbered by the lowest. Then
        labels, certainty and responsibilities are those of the groups.
    background : Background or None
        What belongs to no group, where the mixture has such: the label of these points is -1,
        posteriors sum to one only with its own, and the weights are shares of all points.
    names : tuple of str, length g
        What a person calls each group, empty where they call it nothing; or no names at all.
    unjoined : Side or None
        The same mixture with each component a group, where components are joined.
    """

    method: str
    mixture: Mixture
    labels: NDArray[np.int64]
    certainty: NDArray[np.float64]
    responsibilities: NDArray[np.float64]
    order: NDArray[np.int64]
    truth: NDArray[np.int64] | None
    groups: NDArray[np.int64] | None = None
    unjoined: Side | None = None
    names: tuple[str, ...] = ()
    background: Background | None = None

    @property
    def grouped_shares(self) -> NDArray[np.float64]:
        """Posteriors of the points that belong to a group, given that they do, (m, k)."""
        if self.background is None:
            return self.responsibilities
        own = self.responsibilities[self.labels >= 0]
        return np.asarray(own / own.sum(axis=1, keepdims=True))

    @property
    def components(self) -> Side:
        """The same model with each component a group of its own."""
        return self.unjoined or self

    @property
    def k(self) -> int:
        """Number of groups: of components where none are joined."""
        return int(self.responsibilities.shape[1])

    @cached_property
    def members(self) -> tuple[tuple[int, ...], ...]:
        """The components of each group, counted from zero."""
        if self.groups is None:
            return tuple((i,) for i in range(self.k))
        return tuple(tuple(np.flatnonzero(self.groups == i).tolist()) for i in range(self.k))

    @cached_property
    def called(self) -> tuple[str, ...]:
        """What each group is called: the numbers of its components, such as ``"1+3"``."""
        return tuple("+".join(str(i + 1) for i in group) for group in self.members)

    @cached_property
    def titles(self) -> tuple[str, ...]:
        """What each group is called, and after that its name where it has one."""
        return titles(self.called, self.names)

    @property
    def spoken(self) -> tuple[str, ...]:
        """What sentences call each group: its number, and its name where it has one."""
        return spoken(self.called, self.names)

    def with_names(self, names: Mapping[int, str]) -> Side:
        """Return the model with names for its groups, by their lowest component."""
        found = tuple(names.get(group[0], "") for group in self.members)
        return replace(self, names=found) if any(found) else self

    @cached_property
    def colours(self) -> NDArray[np.int64]:
        """Which colour of the palette each group takes, (g,): that of its lowest component."""
        return np.array([group[0] for group in self.members])

    @cached_property
    def component_colours(self) -> NDArray[np.int64]:
        """Which colour each component takes, (k,): that of its group."""
        return self.colours if self.groups is None else self.colours[self.groups]

    @cached_property
    def ari(self) -> float | None:
        """Adjusted Rand index on the points whose group is known; None where undefined."""
        return known.ari(self.truth, self.labels)

    @cached_property
    def ami(self) -> float | None:
        """Adjusted mutual information on these points; None where undefined."""
        return known.ami(self.truth, self.labels)


@dataclass(frozen=True, eq=False)
class Comparison:
    """k-means and a mixture on the same points.

    Attributes
    ----------
    points : Points
    kmeans_fit, gmm_fit
        The engine's results, in the engine's own numbering.
    kmeans, gmm : Side
        The same in display numbering, k-means' clusters matched to the components.
    moved : int
        Points whose number, and so colour, differs between the two sides.
    agreement : float
        Adjusted Rand index of the two labellings; 1 means the same partition.
    bootstrapped : bool
        Whether k-means' certainty comes from a bootstrap.
    rows : Rows or None
        Of a table longer than a sample: how many rows this is of.
    merging : Merging or None
        In which order the mixture's components are joined, where some are.
    """

    points: Points
    kmeans_fit: KMeansFit
    gmm_fit: MixtureFit
    kmeans: Side
    gmm: Side
    moved: int
    agreement: float
    bootstrapped: bool
    rows: Rows | None = None
    merging: Merging | None = None

    @cached_property
    def silhouettes(self) -> tuple[float | None, float | None]:
        """Silhouettes of k-means and of the mixture; None where undefined.

        Points of the background are in no cluster: the mixture's is of the others.
        """
        x, both = self.points.fitted, (self.kmeans.labels, self.gmm.labels)
        grouped = self.gmm.labels >= 0
        if grouped.all():
            kmeans, gmm = scores.silhouettes(x, both)
            return kmeans, gmm
        if grouped.sum() < _FEWEST:
            return scores.silhouettes(x, both[:1])[0], None
        kmeans, gmm = (
            scores.silhouettes(rows, [labels])[0]
            for rows, labels in ((x, both[0]), (x[grouped], both[1][grouped]))
        )
        return kmeans, gmm


@dataclass(frozen=True, eq=False)
class Shapes:
    """The four covariance types on the same points, each numbered as it is in every view.

    Attributes
    ----------
    points : Points
    fits : tuple of MixtureFit
    sides : tuple of Side
    rows : Rows or None
        As in ``Comparison``; its likelihood is the first fit's.
    """

    points: Points
    fits: tuple[MixtureFit, ...]
    sides: tuple[Side, ...]
    rows: Rows | None = None


def compare(
    points: Points,
    kmeans_fit: KMeansFit,
    gmm_fit: MixtureFit,
    bootstrap: NDArray[np.float64] | None = None,
    rows: Rows | None = None,
) -> Comparison:
    """Return both fits side by side.

    Parameters
    ----------
    points : Points
    kmeans_fit : KMeansFit
    gmm_fit : MixtureFit
    bootstrap : (n,) array, optional
        Share of bootstrap refits of k-means that agree on each point.
    rows : Rows, optional
        Of a long table: how many rows the fits are of.
    """
    kmeans = kmeans_side(points, kmeans_fit, bootstrap, beside=gmm_fit)
    gmm = gmm_side(points, gmm_fit)
    moved = int((kmeans.labels != gmm.labels).sum())
    agreement = scores.ari(kmeans.labels, gmm.labels)
    return Comparison(
        points,
        kmeans_fit,
        gmm_fit,
        kmeans,
        gmm,
        moved,
        1.0 if agreement is None else agreement,
        bootstrap is not None,
        rows,
    )


def kmeans_side(
    points: Points,
    fit: KMeansFit,
    bootstrap: NDArray[np.float64] | None = None,
    *,
    beside: MixtureFit | None = None,
) -> Side:
    """Return k-means' answer, numbered like the mixture ``beside`` it where there is one."""
    order = kmeans_order(fit, beside)
    labels = renumbered(fit.labels, order)
    certainty = np.ones(points.n) if bootstrap is None else bootstrap
    return _side("kmeans", points, fit, labels, certainty, np.eye(len(order))[labels], order)


def gmm_side(points: Points, fit: MixtureFit) -> Side:
    """Return the mixture's answer, numbered from its parameters alone."""
    order = mixture_order(fit)
    responsibilities = fit.responsibilities[:, order]
    labels = renumbered(fit.labels, order)
    side = _side("gmm", points, fit, labels, np.empty(0), responsibilities, order)
    if fit.background is None:
        return replace(side, certainty=responsibilities.max(axis=1))
    background = Background(fit.background.uniform, fit.background.background)
    _, certainty = likeliest(responsibilities, background.posterior)
    return replace(side, certainty=certainty, background=background)


def _side(
    method: str,
    points: Points,
    fit: KMeansFit | MixtureFit,
    labels: NDArray[np.int64],
    certainty: NDArray[np.float64],
    responsibilities: NDArray[np.float64],
    order: NDArray[np.int64],
) -> Side:
    mixture = fit.mixture
    ordered = type(mixture)(
        mixture.weights[order], mixture.means[order], mixture.covariances[order]
    )
    return Side(
        method,
        ordered,
        labels,
        certainty,
        responsibilities,
        order,
        points.labels,
    )
