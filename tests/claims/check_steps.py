"""Checkers of the player's start and of k-means' half steps: every frame is assigned anew."""

import re

import numpy as np
import pytest
from scipy.stats import norm

from gmm_dash.results.histogram import histogram
from tests.claims.case import checks, near, numbers_in
from tests.claims.shown import points_of, remembered

SIDE_SENTENCES = {"emptied", "rest", "limit", "tolerance", "fell", "numbers"}


def about(shown, value, slack=0.0, *, rough=False):
    """Return whether a shown number is ``value``, or off by rounding.

    Very small and very large ones have a digit less, and ``rough`` ones have only two.
    """
    plain = 1e-4 <= abs(value) < 1e7
    digits = (6e-2 if plain else 0.35) if rough else (6e-3 if plain else 6e-2)
    return abs(shown - value) <= digits * abs(value) + 6e-5 * plain + slack


def half_steps(case, side, text):
    """Return at which half steps a side says ``text``."""
    found, number = [], -1
    for sentence in case.spoken.parts[f"said.{side}"]:
        number += sentence.code.split("-")[1] not in SIDE_SENTENCES
        if sentence.text == text:
            found.append(number)
    assert found
    return found


@remembered
def kmeans_frames(case):
    """Return the run, and for each frame labels, doubtful points and inertia."""
    run, x = case.pipeline.steps.runs(case.state).kmeans, points_of(case).fitted
    z = x - x.mean(axis=0)
    frames = []
    for centers in run.centers:
        squared = np.square(z[:, None] - (centers - x.mean(axis=0))).sum(axis=2)
        ordered = np.sort(squared, axis=1)
        gap = ordered[:, 1] - ordered[:, 0] if len(centers) > 1 else np.full(len(x), np.inf)
        doubt = gap <= 1e-9 * (squared.max() + np.square(x).max())
        frames.append((squared.argmin(axis=1), doubt, ordered[:, 0].sum(), centers))
    return run, x, frames


def _frame(case, text, *, move):
    """Return the frames that a sentence is about, for a move or for an assignment."""
    return [(half // 2) for half in half_steps(case, "kmeans", text) if (half % 2 == 0) == move]


def after_mean(x, labels, centers):
    """Return the mean of each cluster's points; nan where there are none."""
    means = np.full_like(centers, np.nan)
    for j in np.unique(labels):
        means[j] = x[labels == j].mean(axis=0)
    return means


@checks("steps.start-shared")
def shared(case, text):
    steps, model = case.pipeline.steps.runs(case.state), case.state.model
    assert ("one centre" in text) if model.k == 1 else (f"the same {model.k} centres" in text)
    start, x = steps.start.centers, points_of(case).fitted
    order = steps.kmeans.order
    assert steps.kmeans.centers[0][np.argsort(order)] == pytest.approx(
        start, rel=1e-6, abs=1e-6 * np.abs(x).max()
    )
    if "with seed" in text or ", seed" in text:
        assert f"seed {model.seed}" in text
    if "chosen by" in text or "random points" in text or "none was put" in text:
        away = np.abs(x[:, None] - start).max(axis=2).min(axis=0)
        assert away.max() <= 1e-6 * (1 + np.abs(x).max())
    kind = case.state.steps.start
    if "where you put" in text:
        assert kind == "own"
        assert len(case.state.steps.centres) >= 2
    if "side by side" in text:
        assert kind == "bad"
        assert ("at the end of the data" in text) == (x.shape[1] == 1)
        if x.shape[1] == 1:
            farther = x[np.abs(x - x.mean()).argmax(), 0]
            reach = (start[:, 0] - x.mean()) / (farther - x.mean())
            assert reach.max() == pytest.approx(1)
            assert reach.min() > 0.5 - 1e-9
        assert np.linalg.matrix_rank(start - start.mean(axis=0), tol=1e-6) <= 1
    if "k-means (one run" in text:
        assert kind == "kmeans"
    if "random points" in text:
        assert {"random", "random_gaussians"} & {kind, model.kmeans_init}


@checks("steps.start-gaussians")
def start_gaussians(case, text):
    steps, model = case.pipeline.steps.runs(case.state), case.state.model
    begun, k = steps.gmm.fit.start, model.k
    assert case.state.steps.start == "random_gaussians"
    assert begun.means == pytest.approx(steps.start.centers)
    assert begun.weights == pytest.approx(np.full(k, 1 / k))
    own = begun.covariances - model.reg_covar * np.eye(begun.means.shape[1])
    assert (np.linalg.eigvalsh(begun.covariances) > 0).all()
    alike = np.allclose(own, own[0])
    if k > 1 and own.shape[1] > 1:
        assert ("all of one random" in text) == alike
        assert ("size" in text) == np.allclose(own, own[:, :1, :1] * np.eye(own.shape[1]))
        upright = np.allclose(own, own * np.eye(own.shape[1]))
        assert ("widths" in text or "size" in text) == upright
    if k > 1 and own.shape[1] == 1:
        assert ("all of one random width" in text) == alike
        assert ("each of a random width" in text) != alike
    steps_of_first = [s.code for s in case.spoken.parts["said.gmm"] if "-numbers" not in s.code]
    assert steps_of_first[1] == "steps.em-dealt-by-shapes", "an E-step comes first"


@checks("steps.start-filled")
def filled(case, text):
    missing, k = numbers_in(text.split(" had ")[0])
    assert k == case.state.model.k
    assert missing == k - min(k, len(case.state.steps.centres) // 2)


@checks("steps.start-sampled")
def sampled(case, text):
    n, n_all, seed = numbers_in(text)
    run, every = points_of(case), case.points.n_total
    assert n == len(run.fitted) == min(5_000, len(case.x)) < n_all == every
    assert set(run.rows) <= set(case.points.rows)
    assert seed == 0


@checks("steps.seeding-first")
def seeding_first(case, text):
    n = len(points_of(case).fitted)
    assert f"draws centre 1 evenly: each of the {n:,} points" in text
    assert near(numbers_in(text)[-1] / (100 / n), 1) or abs(numbers_in(text)[-1] - 100 / n) < 0.051
    assert np.ptp(case.pipeline.steps.runs(case.state).start.odds[0]) == 0


@checks("steps.seeding-later")
def seeding_later(case, text):
    centre = int(numbers_in(text)[0]) - 1
    start, x = case.pipeline.steps.runs(case.state).start, points_of(case).fitted
    distance = np.square(x[:, None] - start.centers[:centre]).sum(axis=2).min(axis=1)
    if distance.sum() > 0:
        assert start.odds[centre] == pytest.approx(distance / distance.sum(), abs=1e-9)
    assert numbers_in(text)[-1] == 2 + int(np.log(case.state.model.k))


@checks("caption.steps-regions")
def regions(case, text):
    assert points_of(case).fitted.shape[1] == 2


@checks("caption.steps-cuts")
def cuts_of_one_column(case, text):
    """A point is the centre's on whose side of the cuts between neighbours it lies."""
    run, x, frames = kmeans_frames(case)
    assert x.shape[1] == 1
    assert len(run.order) > 1
    assert "halfway between" in text
    for labels, doubt, _, centers in frames:
        middles = np.sort(centers[:, 0])
        middles = (middles[1:] + middles[:-1]) / 2
        side = np.searchsorted(middles, x[:, 0])
        by_side = np.argsort(centers[:, 0], kind="stable")[side]
        off = (by_side != labels) & ~doubt
        assert np.array_equal(centers[by_side[off]], centers[labels[off]]), "centres on one spot"


@checks("caption.steps-curves")
def curves_of_one_column(case, text):
    """The sum of the curves is a density: weights, which are areas, add up to one."""
    run = case.pipeline.steps.runs(case.state).gmm
    assert run.means.shape[2] == 1
    assert "times its weight" in text
    assert run.weights.sum(axis=1) == pytest.approx(np.ones(len(run.weights)))
    assert (run.covariances[:, :, 0, 0] > 0).all()


@checks("caption.steps-above")
def above(case, text):
    points, run = points_of(case), case.pipeline.steps.runs(case.state).gmm
    values = points.fitted[:, 0] * points.scale[0] + points.shift[0]
    highest = histogram(values)[0].max()
    deviations = np.sqrt(run.covariances[..., 0, 0]) * points.scale[0]
    tops = run.weights * norm.pdf(0) / deviations
    assert tops.max() > 1.5 * highest
    assert "component" in text


@checks("caption.steps-paths", "caption.steps-ellipses")
def drawn(case, text):
    assert case.state.view.view == "steps"
    assert numbers_in(text) in ([], [1, 2])


@checks("caption.steps-colours")
def colours(case, text):
    run = case.pipeline.steps.runs(case.state).gmm
    assert run.second.shape == run.first.shape
    assert ((run.first != run.second) | (case.state.model.k == 1)).all()


@checks("steps.kmeans-start", "steps.em-start", "steps.em-shaped-start")
def start(case, text):
    assert numbers_in(text) == [case.state.model.k]
    if "The same" in text:
        assert ("variances" in text) == (points_of(case).fitted.shape[1] == 1)
        assert ("shapes" in text) == (points_of(case).fitted.shape[1] > 1)


@checks("steps.kmeans-numbers")
def numbers(case, text):
    steps = case.pipeline.steps.runs(case.state)
    run, theirs = steps.kmeans, steps.gmm
    k, fit = len(run.order), run.fit
    assert "cluster" in text
    assert sorted(run.order) == list(range(k))
    slack = 1e-9 * (1 + np.abs(fit.centers).max())
    assert run.centers[-1] == pytest.approx(fit.centers[run.order], rel=1e-6, abs=slack)
    # no two clusters would share more points with the mixture's components if they swapped
    mixture = np.argsort(theirs.order)[theirs.fit.labels]
    shared = np.zeros((k, k), dtype=int)
    np.add.at(shared, (np.argsort(run.order)[fit.labels], mixture), 1)
    own = np.diagonal(shared)
    assert (shared + shared.T <= own[:, None] + own).all()


@checks("steps.kmeans-joined")
def joined(case, text):
    _, x, frames = kmeans_frames(case)
    n, inertia = numbers_in(text)
    assert n == len(x)
    assert about(inertia, frames[0][2])


def _check_move(case, text, frame, shown, means):
    """Check who moved most, how far, and the inertia before and after."""
    _, x, frames = kmeans_frames(case)
    (labels, _, before, old), new = frames[frame - 1], frames[frame][3]
    travelled = np.linalg.norm(new - old, axis=1)
    slack = 1e-9 * np.abs(x).max()
    if "No centre moves" in text:
        assert travelled.max() <= slack
        shown = [0.0, *shown[-2:]]
        text = f"Centres 1 to {len(new)} move"
    who = [int(one) - 1 for one in re.findall(r"\d+", re.search(r"Centres? (.*?) move", text)[1])]
    assert travelled[who].min() >= travelled.max() * (1 - 1e-6) - slack
    assert about(float(shown[-3]), travelled.max(), slack)
    known = np.isfinite(means).all(axis=1)
    assert np.abs(means - new)[known].max() <= 1e-6 * (1 + np.abs(x).max())
    assert about(shown[-2], before, 1e-9 * np.square(x).sum())
    gone = np.square(x - new[labels]).sum()
    assert about(shown[-1], gone, 1e-9 * np.square(x).sum())


@checks("steps.kmeans-moved")
def moved(case, text):
    run, x, frames = kmeans_frames(case)
    shown = numbers_in(text.split(", by ")[-1])
    for frame in _frame(case, text, move=True):
        if run.iterations[frame] - run.iterations[frame - 1] > 1:
            assert f"iterations {run.iterations[frame - 1] + 1} to {run.iterations[frame]}" in text
            continue
        labels, doubt = frames[frame - 1][:2]
        if doubt.any():
            continue  # which of equally near centres a point joined is a matter of rounding
        assert len(np.unique(labels)) == len(frames[0][3])
        _check_move(case, text, frame, shown, after_mean(x, labels, frames[frame][3]))


@checks("steps.kmeans-reseeded")
def reseeded(case, text):
    _, x, frames = kmeans_frames(case)
    shown = numbers_in(text.split(", by ")[-1])
    for frame in _frame(case, text, move=True):
        labels, doubt, _, old = frames[frame - 1]
        empty = sorted(set(range(len(old))) - set(labels.tolist()))
        away = np.square(x - old[labels]).sum(axis=1)
        if doubt.any():
            continue
        assert empty
        if "First" not in text:
            assert away.max() == 0
            continue
        assert len(empty) == (1 if "the centre without" in text else numbers_in(text)[0])
        dealt = labels.copy()
        for j in empty:
            at = np.abs(x - frames[frame][3][j]).max(axis=1)
            taken = at.argmin()
            assert at[taken] <= 1e-6 * (1 + np.abs(x).max())
            assert away[taken] >= np.sort(away)[-len(empty)] * (1 - 1e-9)
            dealt[taken] = j
        _check_move(case, text, frame, shown, after_mean(x, dealt, old))


@checks("steps.kmeans-still")
def still(case, text):
    _, x, frames = kmeans_frames(case)
    for frame in _frame(case, text, move=True):
        moved_by = np.abs(frames[frame][3] - frames[frame - 1][3]).max()
        assert moved_by <= 1e-12 * (1 + np.abs(x).max())


def _changes(case, frame):
    """Return least and most points that change cluster at a frame."""
    frames = kmeans_frames(case)[2]
    (labels, doubt, *_), (old, old_doubt, *_) = frames[frame], frames[frame - 1]
    count = int((labels != old).sum())
    unsure = int((doubt | old_doubt).sum())
    return count - unsure, count + unsure


@checks("steps.kmeans-unchanged")
def unchanged(case, text):
    for frame in _frame(case, text, move=False):
        assert _changes(case, frame)[0] <= 0
        assert about(numbers_in(text)[-1], kmeans_frames(case)[2][frame][2], 1e-9)


@checks("steps.kmeans-changed")
def changed(case, text):
    shown = numbers_in(text)
    _, x, frames = kmeans_frames(case)
    for frame in _frame(case, text, move=False):
        least, most = _changes(case, frame)
        assert least <= shown[0] <= most
        assert about(shown[-1], frames[frame][2], 1e-9)
        labels, doubt = frames[frame - 1][:2]
        if "→" in text and not doubt.any():  # else who belonged where is a matter of rounding
            assert about(shown[-2], np.square(x - frames[frame][3][labels]).sum(), 1e-9)


@checks("steps.kmeans-emptied")
def emptied(case, text):
    frames = kmeans_frames(case)[2]
    for frame in _frame(case, text, move=False):
        labels, doubt, _, centers = frames[frame]
        if not doubt.any():
            assert numbers_in(text)[0] == len(centers) - len(np.unique(labels))


@checks("steps.kmeans-limit")
def limit(case, text):
    run = kmeans_frames(case)[0]
    assert numbers_in(text)[0] == run.fit.n_iter
    assert not run.fit.converged


@checks("steps.kmeans-rest")
def rest(case, text):
    run, x, frames = kmeans_frames(case)
    assert numbers_in(text)[0] == run.fit.n_iter
    labels, doubt, _, centers = frames[-1]
    means = after_mean(x, labels, centers)
    means = np.where(np.isfinite(means), means, centers)
    again = np.square(x[:, None] - means).sum(axis=2).argmin(axis=1)
    assert (again != labels).sum() <= doubt.sum()


@checks("steps.kmeans-tolerance")
def tolerance(case, text):
    run, x, frames = kmeans_frames(case)
    assert numbers_in(text)[0] == run.fit.n_iter
    assert _changes(case, len(frames) - 1)[1] > 0
    if run.iterations[-1] - run.iterations[-2] == 1:
        by = np.square(frames[-1][3] - frames[-2][3]).sum()
        assert by <= numbers_in(text)[1] * x.var(axis=0).mean() * (1 + 1e-6)
