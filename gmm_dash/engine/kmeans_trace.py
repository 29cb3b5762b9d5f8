"""The whole run of one k-means fit, to be stepped through."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from gmm_dash.engine.columns import column_means
from gmm_dash.engine.frames import frame_index, sampled_frames
from gmm_dash.engine.lloyd import inertia_of, nearest, run_lloyd
from gmm_dash.engine.types import ReadOnlyArrays
from gmm_dash.engine.validate import as_points
from gmm_dash.errors import FitError

if TYPE_CHECKING:
    from gmm_dash.engine.types import Floats, Ints


@dataclass(frozen=True, eq=False)
class KMeansTrace(ReadOnlyArrays):
    """One run of Lloyd's algorithm, frame by frame.

    Frame ``i`` holds the centres after a move; the assignment that follows uses them. Frame 0
    holds the start.

    Attributes
    ----------
    centers : (f, k, d) array
    inertia : (f,) array
        With every point assigned to the nearest of the frame's centres.
    iterations : (f,) array of int
        How many iterations each frame has behind it: 0, ..., n_iter, with gaps in long runs.
    converged : bool
    start_centers : (k, d) array
    moved : (f,) array of int
        Points that change cluster at this frame's assignment, compared with the frame before;
        all of them at the first.
    emptied : (f,) array of int
        Clusters that no point is nearest to; the next move starts them elsewhere.
    """

    centers: Floats
    inertia: Floats
    iterations: Ints
    converged: bool
    start_centers: Floats
    moved: Ints
    emptied: Ints

    def __len__(self) -> int:
        """Return the number of frames, f."""
        return len(self.iterations)

    def labels(self, x: Any, frame: int) -> Ints:
        """Return the (n,) nearest of one frame's centres; negative frames count from the end."""
        centers, points = self.centers[frame_index(frame, len(self))], as_points(x)
        if points.shape[1] != centers.shape[1]:
            raise FitError(
                f"The points have {points.shape[1]} columns, the centres {centers.shape[1]}.",
                hint="Use the columns that the model was fitted on.",
            )
        mean = column_means(points)
        return nearest(points - mean, centers - mean)


def trace_kmeans(x: Floats, start: Floats, tol: float, max_iter: int, n_iter: int) -> KMeansTrace:
    """Run one start again, recording its frames.

    Parameters
    ----------
    x : (n, d) array
    start : (k, d) array
        First centres, less the mean of the data.
    tol : float
        In squared units of the data.
    max_iter, n_iter : int
        The limit, and how many iterations the run takes: known from the fit.
    """
    mean = column_means(x)
    z = x - mean
    wanted = sampled_frames(n_iter)
    keep = set(wanted.tolist())
    kept = [start]

    def record(iteration: int, centers: Floats) -> None:
        if iteration in keep:
            kept.append(centers.copy())

    (run,) = run_lloyd(z, [start], tol=tol, max_iter=max_iter, record=record)
    labels = [nearest(z, centers) for centers in kept]
    k, before = len(start), [np.full(len(z), -1), *labels[:-1]]
    return KMeansTrace(
        centers=np.array(kept) + mean,
        inertia=np.array([inertia_of(z, c, mine) for c, mine in zip(kept, labels, strict=True)]),
        iterations=wanted,
        converged=run.converged,
        start_centers=start + mean,
        moved=np.array([(a != b).sum() for a, b in zip(before, labels, strict=True)]),
        emptied=np.array([k - len(np.unique(mine)) for mine in labels]),
    )
