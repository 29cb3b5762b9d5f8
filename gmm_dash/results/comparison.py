"""Both fits of the same points, in matched colours, with every number that is shown."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from gmm_dash.engine import match_labels, scores

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from gmm_dash.engine import KMeansFit, Mixture, MixtureFit
    from gmm_dash.results.points import Points


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
    colours : (k,) int array
        Which colour of the palette each component takes.
    truth : (n,) int array or None
        The true group of each point, where it is known.
    """

    method: str
    mixture: Mixture
    labels: NDArray[np.int64]
    certainty: NDArray[np.float64]
    responsibilities: NDArray[np.float64]
    order: NDArray[np.int64]
    colours: NDArray[np.int64]
    truth: NDArray[np.int64] | None

    @cached_property
    def ari(self) -> float | None:
        """Adjusted Rand index against the true groups; None where undefined."""
        return None if self.truth is None else scores.ari(self.truth, self.labels)

    @cached_property
    def ami(self) -> float | None:
        """Adjusted mutual information with the true groups; None where undefined."""
        return None if self.truth is None else scores.ami(self.truth, self.labels)


@dataclass(frozen=True, eq=False)
class Comparison:
    """k-means and a mixture on the same points.

    Attributes
    ----------
    points : Points
    kmeans_fit, gmm_fit
        The engine's results, in the engine's own numbering.
    kmeans, gmm : Side
        The same in display numbering, with matched colours.
    moved : int
        Points whose colour differs between the two sides.
    agreement : float
        Adjusted Rand index of the two labellings; 1 means the same partition.
    bootstrapped : bool
        Whether k-means' certainty comes from a bootstrap.
    """

    points: Points
    kmeans_fit: KMeansFit
    gmm_fit: MixtureFit
    kmeans: Side
    gmm: Side
    moved: int
    agreement: float
    bootstrapped: bool

    @cached_property
    def silhouettes(self) -> tuple[float | None, float | None]:
        """Silhouettes of k-means and of the mixture; None where undefined."""
        both = (self.kmeans.labels, self.gmm.labels)
        kmeans, gmm = scores.silhouettes(self.points.fitted, both)
        return kmeans, gmm


@dataclass(frozen=True, eq=False)
class Shapes:
    """The four covariance types on the same points, colours matched to the first.

    Attributes
    ----------
    points : Points
    fits : tuple of MixtureFit
    sides : tuple of Side
    """

    points: Points
    fits: tuple[MixtureFit, ...]
    sides: tuple[Side, ...]


def compare(
    points: Points,
    kmeans_fit: KMeansFit,
    gmm_fit: MixtureFit,
    bootstrap: NDArray[np.float64] | None = None,
) -> Comparison:
    """Return both fits side by side.

    Parameters
    ----------
    points : Points
    kmeans_fit : KMeansFit
    gmm_fit : MixtureFit
    bootstrap : (n,) array, optional
        Share of bootstrap refits of k-means that agree on each point.
    """
    kmeans = kmeans_side(points, kmeans_fit, bootstrap)
    gmm = gmm_side(points, gmm_fit, kmeans)
    moved = int((kmeans.colours[kmeans.labels] != gmm.colours[gmm.labels]).sum())
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
    )


def kmeans_side(
    points: Points, fit: KMeansFit, bootstrap: NDArray[np.float64] | None = None
) -> Side:
    """Return k-means' answer, coloured like the true groups where they are known."""
    k = len(fit.centers)
    colours = _first_colours(points, fit.labels, fit.centers)
    order = np.argsort(colours, kind="stable")
    labels = _renumber(fit.labels, order)
    certainty = np.ones(points.n) if bootstrap is None else bootstrap
    return _side("kmeans", points, fit, labels, certainty, np.eye(k)[labels], order, colours)


def gmm_side(points: Points, fit: MixtureFit, reference: Side) -> Side:
    """Return the mixture's answer in the colours of ``reference``."""
    k = len(fit.weights)
    to_reference = match_labels(reference.labels, fit.labels, len(reference.order), k)
    colours = _carry(reference.colours, to_reference)
    order = np.argsort(colours, kind="stable")
    responsibilities = fit.responsibilities[:, order]
    labels = _renumber(fit.labels, order)
    certainty = responsibilities.max(axis=1)
    return _side("gmm", points, fit, labels, certainty, responsibilities, order, colours)


def _side(
    method: str,
    points: Points,
    fit: KMeansFit | MixtureFit,
    labels: NDArray[np.int64],
    certainty: NDArray[np.float64],
    responsibilities: NDArray[np.float64],
    order: NDArray[np.int64],
    colours: NDArray[np.int64],
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
        colours[order],
        points.labels,
    )


def _renumber(labels: NDArray[np.int64], order: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return labels in display numbers, given the fit's number of each displayed one."""
    display = np.empty(len(order), dtype=np.int64)
    display[order] = np.arange(len(order))
    return display[labels]


def _first_colours(
    points: Points, labels: NDArray[np.int64], centers: NDArray[np.float64]
) -> NDArray[np.int64]:
    """Return a palette index for each cluster that stays put when a setting changes.

    Like the true groups where they are known; else from left to right along the
    longest direction of the data.
    """
    k = len(centers)
    if points.labels is not None:
        n_groups = int(points.labels.max()) + 1
        matched = match_labels(points.labels, labels, n_groups, k)
        return _carry(np.arange(n_groups), matched)
    centred = points.fitted - points.fitted.mean(axis=0)
    direction = np.linalg.eigh(centred.T @ centred)[1][:, -1]
    direction = direction * np.sign(direction[np.abs(direction).argmax()])
    colours = np.empty(k, dtype=np.int64)
    colours[np.argsort(centers @ direction, kind="stable")] = np.arange(k)
    return colours


def _carry(reference: NDArray[np.int64], to_reference: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the colour of each matched label; unmatched ones take the next free colours."""
    k = len(to_reference)
    colours = np.full(k, -1, dtype=np.int64)
    known = to_reference < len(reference)
    colours[known] = reference[to_reference[known]]
    free = (c for c in range(k + len(reference)) if c not in set(colours.tolist()))
    for i in np.flatnonzero(~known):
        colours[i] = next(free)
    return colours
