"""Checkers of the mixture's half steps: densities and means are computed anew at every frame."""

import re

import numpy as np
import pytest
from scipy.linalg import solve_triangular

from tests.claims.case import checks, numbers_in
from tests.claims.check_steps import about, half_steps
from tests.claims.shown import points_of, remembered


def _joint(x, weights, means, covariances):
    """Return (n, k) log w_j N(x | mean_j, covariance_j)."""
    out = np.empty((len(x), len(weights)))
    for j, covariance in enumerate(covariances):
        root = np.linalg.cholesky(covariance)
        z = solve_triangular(root, (x - means[j]).T, lower=True)
        log_det = 2 * np.log(np.diagonal(root)).sum() + x.shape[1] * np.log(2 * np.pi)
        out[:, j] = -0.5 * (np.square(z).sum(axis=0) + log_det)
    with np.errstate(divide="ignore"):
        return out + np.log(weights)


@remembered
def em_frames(case):
    """Return the run, and for each frame the mean log-likelihood and posteriors."""
    run, x = case.pipeline.steps.runs(case.state).gmm, points_of(case).fitted
    frames = []
    for weights, means, covariances in zip(run.weights, run.means, run.covariances, strict=True):
        joint = _joint(x, weights, means, covariances)
        top = joint.max(axis=1, keepdims=True)
        total = top[:, 0] + np.log(np.exp(joint - top).sum(axis=1))
        frames.append((total.mean(), np.exp(joint - total[:, None])))
    return run, x, frames


@remembered
def _slack(case):
    """Return by how much a mean log-likelihood may be off: thin components cost digits."""
    return 1e-7 * (1 + max(abs(value) for value, _ in em_frames(case)[2]))


@checks("steps.em-numbers")
def numbers(case, text):
    run = case.pipeline.steps.runs(case.state).gmm
    fit = run.fit
    assert "component" in text
    assert sorted(run.order) == list(range(fit.n_components))
    means, spread = (
        fit.means[run.order],
        np.sqrt(np.einsum("k,kjj->j", fit.weights, fit.covariances)),
    )
    assert run.means[-1] == pytest.approx(means, rel=1e-6, abs=1e-9 * (1 + np.abs(means).max()))
    # from left to right; what falls back was level with all between, each within a hundredth
    level = max(0.01 * spread[0], 1e-10 * np.abs(means[:, 0]).max()) * (1 + 1e-6)
    lowest = np.minimum.accumulate(means[::-1, 0])[::-1]
    highest = np.maximum.accumulate(means[:, 0])
    for left, right in zip(highest[:-1], lowest[1:], strict=True):
        between = np.sort(means[(means[:, 0] >= right) & (means[:, 0] <= left), 0])
        assert right > left or (np.diff(between) <= level).all()


@checks("steps.em-dealt")
def dealt(case, text):
    steps, x = case.pipeline.steps.runs(case.state), points_of(case).fitted
    hard = steps.gmm.fit.trace.start_responsibilities
    assert set(np.unique(hard)) <= {0.0, 1.0}
    squared = np.square(x[:, None] - steps.start.centers).sum(axis=2)
    mine = squared[np.arange(len(x)), hard.argmax(axis=1)]
    assert (mine <= squared.min(axis=1) + 1e-9 * (squared.max() + np.square(x).max())).all()


@checks("steps.em-first")
def first(case, text):
    run, x, frames = em_frames(case)
    assert about(numbers_in(text)[-1], frames[0][0], _slack(case))
    if run.iterations[0] > 1:
        assert f"(iterations 1 to {run.iterations[0]} together)" in text
        return
    shares = run.fit.trace.start_responsibilities[:, run.order]
    even = run.fit.covariance_type == "equal"
    for j in np.flatnonzero(shares.sum(axis=0) > 1e-3):
        share = shares[:, j]
        mean = np.average(x, axis=0, weights=share)
        assert run.means[0][j] == pytest.approx(mean, abs=1e-6 * (1 + abs(x).max()))
        weight = 1 / len(run.order) if even else share.mean()
        assert run.weights[0][j] == pytest.approx(weight, abs=1e-6)
        if run.fit.covariance_type == "full" and np.count_nonzero(share) > 1:
            own = np.average(np.square(x - mean).sum(axis=1), weights=share)
            spread = np.trace(run.covariances[0][j]) - x.shape[1] * run.fit.reg_covar
            assert spread == pytest.approx(own, rel=1e-4, abs=1e-7)


@checks("steps.em-moved")
def moved(case, text):
    run, x, frames = em_frames(case)
    shown = numbers_in(text.split(", by ")[-1])
    resting = "No component moves" in text
    named = "" if resting else re.search(r"Components? (.*?) move", text)[1]
    who = [int(one) - 1 for one in re.findall(r"\d+", named)]
    for half in half_steps(case, "gmm", text):
        i = half // 2 - 1
        travelled = np.linalg.norm(run.means[i] - run.means[i - 1], axis=1)
        if resting:
            assert travelled.max() <= 1e-9 * (1 + np.abs(x).max())
        else:
            assert travelled[who].min() >= travelled.max() * (1 - 1e-6)
            assert about(shown[0], travelled.max())
        before, now = frames[i - 1][0], frames[i][0]
        assert about(shown[-3], before, _slack(case))
        assert about(shown[-2], now, _slack(case))
        assert about(shown[-1], now - before, _slack(case), rough=True)
        if run.iterations[i] - run.iterations[i - 1] == 1:
            mass = frames[i - 1][1].sum(axis=0)
            means = frames[i - 1][1].T @ x / np.maximum(mass, 1e-300)[:, None]
            known = mass > 1e-3
            off = np.abs(means - run.means[i])[known].max()
            assert off <= 1e-5 * (1 + np.abs(x).max())
        else:
            assert f"iterations {run.iterations[i - 1] + 1} to {run.iterations[i]}" in text


@checks("steps.em-fell")
def fell(case, text):
    run, _, frames = em_frames(case)
    reg = case.state.model.reg_covar
    assert (reg in numbers_in(text)) == (reg > 0)
    for half in half_steps(case, "gmm", text):
        i = half // 2 - 1
        if run.iterations[i] - run.iterations[i - 1] == 1:
            assert frames[i][0] < frames[i - 1][0] + 1e-3 * _slack(case)


@remembered
def _shares(case):
    """Return of each E-step how many points changed and how many changes are within rounding,
    and how many of its points are surely, and how many at most, less than 80 % sure."""
    run, _, frames = em_frames(case)
    steps = [run.fit.trace.start_responsibilities[:, run.order], *(one for _, one in frames)]
    likeliest = [one.argmax(axis=1) for one in steps]
    doubtful = [_two_alike(one) for one in steps]
    told = []
    for i, posteriors in enumerate(steps[1:], start=1):
        changed = (likeliest[i] != likeliest[i - 1]).sum()
        doubt = (doubtful[i] | doubtful[i - 1]).sum()
        top = posteriors.max(axis=1)
        told.append((changed, doubt, (top < 0.8 - 1e-5).sum(), (top < 0.8 + 1e-5).sum()))
    return told


def _two_alike(posteriors):
    """Return of which points the two largest responsibilities are the same but for rounding."""
    if posteriors.shape[1] == 1:
        return np.zeros(len(posteriors), dtype=bool)
    ordered = np.sort(posteriors, axis=1)
    return ordered[:, -1] - ordered[:, -2] < 1e-5


@checks("steps.em-shared")
def shared(case, text):
    changed, unsure = text.split("; ")
    assert unsure.endswith("80 % sure.")
    for half in half_steps(case, "gmm", text):
        mine, doubt, surely, at_most = _shares(case)[(half - 3) // 2]
        count = 0 if changed.startswith("No") else numbers_in(changed)[0]
        assert abs(count - mine) <= doubt
        loose = 0 if unsure.startswith("every") else numbers_in(unsure)[0]
        assert surely <= loose <= at_most


def _climbed(case):
    """Return the run and its log-likelihoods, that of a start with shapes in front."""
    run, x, frames = em_frames(case)
    values, start = [value for value, _ in frames], run.fit.start
    if start is not None:
        joint = _joint(x, start.weights, start.means, start.covariances)
        values.insert(0, np.logaddexp.reduce(joint, axis=1).mean())
    return run, values


def _made_once(fit):
    """Return whether a contained mixture was carried over, which takes one iteration."""
    return fit.max_iter == 1 and (fit.move == "double" or fit.move.startswith("carry"))


@checks("steps.em-limit")
def limit(case, text):
    run, values = _climbed(case)
    assert numbers_in(text)[0] == run.fit.n_iter
    assert run.fit.n_iter == (1 if _made_once(run.fit) else case.state.model.max_iter)
    if "still rising" in text:
        rise = values[-1] - values[-2]
        assert about(numbers_in(text)[1], rise, _slack(case), rough=True)
        assert rise > case.state.model.tol - _slack(case)


@checks("steps.em-tolerance")
def tolerance(case, text):
    run, values = _climbed(case)
    shown, tol = numbers_in(text), case.state.model.tol
    assert shown[0] == run.fit.n_iter
    assert np.isclose(shown[-1], tol)
    if len(shown) == 3:
        last = values[-2] - values[-3]
        assert about(shown[1], last, _slack(case), rough=True)
        assert abs(last) < tol + _slack(case)
    assert ("plateau" in text) == (tol > 1e-5)
