"""Both runs from one start, cut into the frames that the player shows.

A *half step* is one stroke of an algorithm: even ones move the parameters, odd ones hand
the points out. Half step 0 is the start itself. For k-means half step ``2 i`` moves the
centres to frame ``i`` and ``2 i + 1`` assigns the points to them. The mixture begins with
an assignment too (by shapes, where its start has some), so its half step ``2 i + 2`` is the
M-step that gives frame ``i``, and half step ``2 e + 1`` is its E-step number ``e``.

Numbers are those of the end (docs/adr/0012): centre 1 of every frame, the start included, is the
one that ends as what every other view calls number 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from gmm_dash.results.numbering import kmeans_order, mixture_order

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from gmm_dash.engine import KMeansFit, KMeansTrace, MixtureFit, MixtureTrace
    from gmm_dash.results.points import Points
    from gmm_dash.results.run_on_claims import CarriedOn

MOST_BYTES: Final = 3_000_000  # of labels and shares in one answer
UNSURE: Final = 0.8


@dataclass(frozen=True, eq=False)
class Start:
    """Where both runs begin.

    Attributes
    ----------
    kind : str
        ``"random"``, ``"k-means++"``, ``"kmeans"``, ``"bad"``, ``"own"``, ``"random_gaussians"``,
        or ``"informed"``: where the run begins that the search with neighbours keeps.
    seed : int
        Of the random kinds.
    centers : (k, d) array
        In the fitted space, in the order in which they were chosen.
    odds : (k, n) array or None
        For k-means++ told one by one: the probability with which each point was drawn as a
        candidate for each centre.
    filled : int
        Centres without a place of their own, which k-means++ drew; the last of them.
    kept : MixtureFit or None
        For ``"informed"``: that run, on all points of the analysis.
    """

    kind: str
    seed: int
    centers: NDArray[np.float64]
    odds: NDArray[np.float64] | None = None
    filled: int = 0
    kept: MixtureFit | None = None


@dataclass(frozen=True, eq=False)
class KMeansRun:
    """Lloyd's algorithm, frame by frame.

    Attributes
    ----------
    iterations : (f,) int array
        Iterations that each frame has behind it; long runs have gaps.
    centers : (f, k, d) array
    labels : (f, n) uint8 array
        Nearest of each frame's centres.
    inertia : (f,) array
        With those labels.
    moved_inertia : (f,) array
        With the frame's centres but the labels of the frame before; nan at the first.
    changed : (f,) int array
        Points whose label differs from the frame before; n at the first.
    emptied : (f,) int array
        Clusters without a point.
    order : (k,) int array
        ``order[j]`` is the place in the start, from 0, of the centre shown as ``j``.
    fit : KMeansFit
    """

    iterations: NDArray[np.intp]
    centers: NDArray[np.float64]
    labels: NDArray[np.uint8]
    inertia: NDArray[np.float64]
    moved_inertia: NDArray[np.float64]
    changed: NDArray[np.intp]
    emptied: NDArray[np.intp]
    order: NDArray[np.intp]
    fit: KMeansFit

    @property
    def last(self) -> int:
        """Number of the last half step."""
        return 2 * len(self.iterations) - 1


@dataclass(frozen=True, eq=False)
class MixtureRun:
    """EM, frame by frame; E-step ``e`` uses frame ``e - 1``, and E-step 0 the start.

    A start with shapes of its own is no frame: the first one is what its shares lead to.

    Attributes
    ----------
    iterations : (f,) int array
        That each frame has behind it; 0 is an M-step on points that the start has dealt out.
    weights, means, covariances : (f, k), (f, k, d), (f, k, d, d) arrays
    log_likelihood : (f,) array
        Mean per point, in nats.
    fell : (f,) bool array
    first, second : (f + 1, n) uint8 arrays
        The most and the second most probable component of each point.
    share : (f + 1, n) uint8 array
        Responsibility of ``first``, as a fraction of 255.
    changed : (f + 1,) int array
        Points whose most probable component differs from the E-step before; n at the first.
    unsure : (f + 1,) int array
        Points less than 80 % sure.
    order : (k,) int array
        ``order[j]`` is the place in the start, from 0, of the component shown as ``j``.
    fit : MixtureFit
    """

    iterations: NDArray[np.intp]
    weights: NDArray[np.float64]
    means: NDArray[np.float64]
    covariances: NDArray[np.float64]
    log_likelihood: NDArray[np.float64]
    fell: NDArray[np.bool_]
    first: NDArray[np.uint8]
    second: NDArray[np.uint8]
    share: NDArray[np.uint8]
    changed: NDArray[np.intp]
    unsure: NDArray[np.intp]
    order: NDArray[np.intp]
    fit: MixtureFit

    @property
    def last(self) -> int:
        """Number of the last half step."""
        return 2 * len(self.iterations) + 1


@dataclass(frozen=True, eq=False)
class Steps:
    """Both runs on the same points from the same start.

    Attributes
    ----------
    points : Points
    start : Start
    kmeans : KMeansRun
    gmm : MixtureRun
    n_all : int
        Rows that could be fitted, of which ``points`` may be a sample.
    on : CarriedOn or None
        The mixture's run carried on, where it met its tolerance and was only slow.
    """

    points: Points
    start: Start
    kmeans: KMeansRun
    gmm: MixtureRun
    n_all: int
    on: CarriedOn | None = None


def kept_frames(n_frames: int, bytes_per_frame: int) -> NDArray[np.intp]:
    """Return which frames fit into one answer: evenly spread, first and last included."""
    most = max(2, MOST_BYTES // max(bytes_per_frame, 1))
    return np.round(np.linspace(0, n_frames - 1, min(n_frames, most))).astype(np.intp)


def kmeans_run(points: Points, fit: KMeansFit, beside: MixtureFit) -> KMeansRun:
    """Return the frames of a k-means fit, numbered like the mixture ``beside`` it."""
    trace, x, order = fit.trace, points.fitted, kmeans_order(fit, beside)
    kept = kept_frames(len(trace), points.n)
    shown = np.argsort(order).astype(np.uint8)
    labels = np.array([shown[trace.labels(x, int(i))] for i in kept])
    before, centers = labels[:-1], trace.centers[kept][:, order]
    return KMeansRun(
        iterations=trace.iterations[kept],
        centers=centers,
        labels=labels,
        inertia=trace.inertia[kept],
        moved_inertia=_moved_inertia(trace, kept, centers, labels, x),
        changed=np.concatenate([[points.n], (labels[1:] != before).sum(axis=1)]).astype(np.intp),
        emptied=trace.emptied[kept],
        order=order,
        fit=fit,
    )


def _moved_inertia(
    trace: KMeansTrace,
    kept: NDArray[np.intp],
    centers: NDArray[np.float64],
    labels: NDArray[np.uint8],
    x: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Return the inertia right after each move, before the points are assigned anew.

    Where frames are left out the labels before the move are not known; the frame's own
    inertia then stands for it.
    """
    out = trace.inertia[kept].copy()
    out[0] = np.nan
    for i in range(1, len(kept)):
        if trace.iterations[kept[i]] == trace.iterations[kept[i - 1]] + 1:
            offsets = x - centers[i][labels[i - 1]]
            out[i] = float(np.square(offsets).sum())
    return out


def mixture_run(points: Points, fit: MixtureFit) -> MixtureRun:
    """Return the frames of a mixture fit, numbered by its end."""
    trace, n, order = fit.trace, points.n, mixture_order(fit)
    before = 0 if fit.start is None else 1  # frames that are the start itself
    kept = before + kept_frames(len(trace) - before, 3 * n)
    shape = (len(kept) + 1, n)
    first, second, share = (np.empty(shape, dtype=np.uint8) for _ in range(3))
    unsure = np.empty(len(kept) + 1, dtype=np.intp)
    for e in range(len(kept) + 1):
        r = _shares(trace, points.fitted, None if e == 0 else int(kept[e - 1]))[:, order]
        first[e], second[e], top = _leading(r)
        share[e], unsure[e] = np.round(255 * top), int((top < UNSURE).sum())
    changed = np.concatenate([[n], (first[1:] != first[:-1]).sum(axis=1)]).astype(np.intp)
    return MixtureRun(
        iterations=trace.iterations[kept],
        weights=trace.weights[kept][:, order],
        means=trace.means[kept][:, order],
        covariances=trace.covariances[kept][:, order],
        log_likelihood=trace.log_likelihood[kept],
        fell=_fell(trace.fell, kept),
        first=first,
        second=second,
        share=share,
        changed=changed,
        unsure=unsure,
        order=order,
        fit=fit,
    )


def _shares(trace: MixtureTrace, x: NDArray[np.float64], frame: int | None) -> NDArray[np.float64]:
    return trace.start_responsibilities if frame is None else trace.responsibilities(x, frame)


def _leading(
    r: NDArray[np.float64],
) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.float64]]:
    """Return the two most probable components of each point, and the first one's share."""
    rows = np.arange(len(r))
    first = r.argmax(axis=1)
    rest = r.copy()
    rest[rows, first] = -1.0
    second = rest.argmax(axis=1) if r.shape[1] > 1 else first
    return first, second, r[rows, first]


def _fell(fell: NDArray[np.bool_], kept: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Return whether the log-likelihood fell anywhere since the kept frame before."""
    total = np.cumsum(fell)[kept]
    return np.concatenate([[False], np.diff(total) > 0])
