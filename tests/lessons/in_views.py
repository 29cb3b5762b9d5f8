"""What the views beside Compare show of a state, as numbers, computed anew from its points.

Of Step by step only what stands at the half step of the link; of the others what their picture
draws and writes.
"""

from itertools import pairwise
from operator import attrgetter

import numpy as np
from scipy.stats import multivariate_normal
from sklearn.metrics import adjusted_rand_score

from tests.lessons.stated import misplaced, numbers_of_settings

MOST_ROUNDS = 500


def steps(runs, state):
    """Return the numbers of both runs at the half step that the link names."""
    trace = runs.of(state).steps
    x, start = trace.points.fitted, trace.start.centers
    found = []
    for run, shows in ((_lloyd(x, start), _at_assign), (_em(x, start, state.model), _at_share)):
        last = run["last"]
        half = last if state.view.step == "last" else int(state.view.step)
        found += [half, last, run["n_iter"], *shows(run, min(half, last), x)]
        found += [*run["objective"]] if half >= last else run["objective"][: half // 2 + 1]
    return found


def _lloyd(x, start):
    """Return the frames of Lloyd's algorithm, until an assignment changes nothing."""
    centers, labels, frames = np.array(start), None, []
    while len(frames) < MOST_ROUNDS:
        apart = np.square(x[:, None] - centers).sum(axis=2)
        dealt, rests = apart.argmin(axis=1), labels is not None
        frames.append((centers, dealt, apart.min(axis=1).sum()))
        rests = rests and (dealt == labels).all() and (centers == frames[-2][0]).all()
        if rests:
            break
        labels = dealt
        centers = np.array([x[labels == j].mean(axis=0) for j in range(len(centers))])
    return {
        "frames": frames,
        "last": 2 * len(frames) - 1,
        "n_iter": len(frames) - 1,
        "objective": [inertia for *_, inertia in frames],
    }


def _at_assign(run, half, x):
    centers, labels, _ = run["frames"][min(half // 2, len(run["frames"]) - 1)]
    found = [*np.bincount(labels)]
    if half and half % 2 == 0:  # a move has just been made
        before = run["frames"][half // 2 - 1][0]
        found += [*np.linalg.norm(centers - before, axis=1)]
    if half == run["last"]:
        every = [labels for _, labels, _ in run["frames"]]
        found += [(a != b).sum() for a, b in pairwise(every)]
    return [*found, *centers.ravel()]


def _em(x, start, model):
    """Return the frames of EM with full covariances, from points dealt to the nearest centre."""
    assert model.covariance_type == "full"
    nearest = np.square(x[:, None] - start).sum(axis=2).argmin(axis=1)
    shares = np.eye(len(start))[nearest]
    frames, heights, flat = [], [], 0
    while (
        flat < 2 and len(frames) < MOST_ROUNDS
    ):  # as scikit-learn's, it moves once more at the end
        weights = shares.mean(axis=0)
        means = shares.T @ x / shares.sum(axis=0)[:, None]
        spreads = [
            (shares[:, j, None] * (x - means[j])).T @ (x - means[j]) / shares[:, j].sum()
            + model.reg_covar * np.eye(x.shape[1])
            for j in range(len(start))
        ]
        frames.append((shares, weights))
        dense = [multivariate_normal(*each).pdf(x) for each in zip(means, spreads, strict=True)]
        joint = weights * np.transpose(dense)
        heights.append(np.log(joint.sum(axis=1)).mean())
        shares = joint / joint.sum(axis=1, keepdims=True)
        flat += bool(flat) or (len(heights) > 1 and abs(heights[-1] - heights[-2]) < model.tol)
    frames.append((shares, None))
    return {
        "frames": frames,
        "last": 2 * len(heights) + 1,
        "n_iter": len(heights) - 1,
        "objective": heights,
    }


def _at_share(run, half, _x):
    frame = min((half - 1) // 2, len(run["frames"]) - 1) if half else 0
    shares, weights = run["frames"][frame]
    certainty = shares.max(axis=1)
    found = [(certainty < 0.8).sum(), certainty.min(), 0.8]
    if half and half % 2 == 0 and frame:
        found += [*100 * weights, *100 * run["frames"][frame - 1][1]]
    heights = run["objective"]
    if len(heights) > 1:
        found.append(100 * (heights[1] - heights[0]) / (heights[-1] - heights[0]))
    return found


def select(runs, state):
    """Return the heights of the curves drawn, where they are lowest, and how many collapsed."""
    rows = runs.of(state).selection.mixtures
    drawn = state.select.together if state.select.chart == "criteria" else (state.select.criterion,)
    names = {"heldout": "heldout_log_likelihood"}
    found = [len(rows), sum(row.degenerate for row in rows), runs.of(state).points.n]
    for criterion in drawn:
        heights = [getattr(row, names.get(criterion, criterion)) for row in rows]
        known = [i for i, height in enumerate(heights) if height is not None]
        best = (max if criterion == "heldout" else min)(known, key=heights.__getitem__)
        found += [*(heights[i] for i in known), rows[best].n_components]
    for kind in {row.covariance_type for row in rows}:
        mine = [row for row in rows if row.covariance_type == kind]
        found += [min(mine, key=attrgetter(name)).n_components for name in ("bic", "aic")]
    return found


def restarts(runs, state, methods):
    """Return how many starts of each kind there are, and how many end at the best and elsewhere."""
    found = []
    for method in methods:
        starts = runs.restarts(state, method).starts
        ends = np.array([start.objective for start in starts], dtype=float)
        top = (min if method == "kmeans" else max)(ends[np.isfinite(ends)])
        missed = ~(np.abs(ends - top) < 1e-4 * abs(top))
        found += [len(ends), missed.sum(), (~missed).sum(), np.nanmax(ends) / top]
        for kind in {start.kind for start in starts}:
            mine = np.array([start.kind == kind for start in starts])
            wrong = (missed & mine).sum()
            found += [mine.sum(), wrong, mine.sum() - wrong, 100 * wrong / mine.sum()]
    return found


def density(runs, state):
    """Return what is read off the axes: means, and where the slice is."""
    x = runs.of(state).points.raw
    low, high = x[:, 0].min(), x[:, 0].max()
    return [*x.mean(axis=0), low + (high - low) * state.density.slice / 100, len(x)]


def shapes(runs, state):
    """Return scores, misplaced points and parameters of the four types, and of k-means."""
    result, k, d = runs.of(state).shapes, state.model.k, 2
    truth = result.points.labels
    found = [adjusted_rand_score(truth, runs.of(state).comparison.kmeans.labels)]
    for side in result.sides:
        found += [adjusted_rand_score(truth, side.labels), misplaced(side.labels, truth)]
    each = d * (d + 1) // 2
    for spreads in (k * each, each, k * d, k):  # full, tied, diag, spherical
        found.append(k - 1 + k * d + spreads)
    found += [1 + d + spread for spread in (each, 0, d, 1)]  # what a component more costs
    return [*found, *(fit.bic for fit in result.fits), each, d, k, k - 1]


def digits(runs, state):
    """Return how many numbers an image, its reduction, and the mixtures have."""
    n, d = runs.of(state).points.fitted.shape
    kept = runs.of(state).reduced(0.99)[1]
    free = kept * (kept + 1) // 2
    return [n, d, kept, free, d * (d + 1) // 2, n * kept, 110 * (kept + free) + 109]


def colors(runs, state):
    """Return the sizes of the files in thousands of bytes."""
    return [size / 1000 for size in runs.of(state).image_sizes()]


VIEWS = {
    "steps": steps,
    "select": select,
    "density": density,
    "digits": digits,
    "colors": colors,
}


def shown(runs, state, methods):
    """Return the numbers of a view's picture and settings; of restarts, those of some methods."""
    if state.view.view == "restarts":
        return [*numbers_of_settings(state), *restarts(runs, state, methods)]
    view = shapes if state.view.view == "compare" else VIEWS[state.view.view]
    return [*numbers_of_settings(state), *view(runs, state)]
