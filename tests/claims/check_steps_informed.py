"""Checkers of the player's run from neighbours: scikit-learn runs it, NumPy makes its start."""

import re
import warnings
from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from sklearn.mixture import GaussianMixture

from gmm_dash.engine import fit_gmm
from tests.claims.case import checks, numbers_in
from tests.claims.check_steps_em import _joint
from tests.claims.shown import points_of

KINDS = {"k-means": "kmeans", "k-means++": "k-means++", "random points": "random_from_data"}
RACE = 11


def run(x, model, weights, means, covariances, **settings):
    """Return scikit-learn's mixture from given parameters."""
    inverse = np.linalg.inv(covariances)
    kind = model.covariance_type
    diagonal = np.diagonal(inverse, axis1=1, axis2=2)
    precisions = {"full": inverse, "tied": inverse[0], "diag": diagonal}.get(kind, diagonal[:, 0])
    mixture = GaussianMixture(
        len(means), covariance_type=kind, weights_init=weights, means_init=means,
        precisions_init=precisions, reg_covar=model.reg_covar, **settings,
    )  # fmt: skip
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return mixture.fit(x)


def _groups(x, fit):
    """Return count, mean and scatter of each component's points, by responsibility."""
    joint = _joint(x, fit.weights, fit.means, fit.covariances)
    shares = np.exp(joint - np.logaddexp.reduce(joint, axis=1)[:, None])
    return [
        (share.sum(), np.average(x, 0, share), np.cov(x.T, aweights=share, ddof=0))
        for share in shares.T
    ]


def _cut(groups, spread):
    for c, (count, mean, scatter) in enumerate(groups):
        values, ways = np.linalg.eigh(scatter / np.outer(spread, spread))
        for axis in (-1, -2):
            arm = 0.7 * np.sqrt(values[axis]) * ways[:, axis] * spread
            halves = [(count / 2, mean + s * arm, scatter - np.outer(arm, arm)) for s in (1, -1)]
            yield groups[:c] + groups[c + 1 :] + halves


def _merged(groups):
    for i, j in combinations(range(len(groups)), 2):
        count = groups[i][0] + groups[j][0]
        a, b = groups[i][0] / count, groups[j][0] / count
        off = groups[i][1] - groups[j][1]
        one = (
            count,
            a * groups[i][1] + b * groups[j][1],
            a * groups[i][2] + b * groups[j][2] + a * b * np.outer(off, off),
        )
        yield [g for c, g in enumerate(groups) if c not in (i, j)] + [one]


def _dropped(groups):
    total = sum(g[0] for g in groups)
    for c in range(len(groups)):
        rest = groups[:c] + groups[c + 1 :]
        left = sum(g[0] for g in rest)
        yield [(count * total / left, mean, scatter) for count, mean, scatter in rest]


def _leads_there(x, model, groups, start):
    """Return whether as many iterations as a race has lead from some groups to a start."""
    counts = np.array([g[0] for g in groups])
    scatter = np.array([g[2] for g in groups]) + model.reg_covar * np.eye(x.shape[1])
    means = np.array([g[1] for g in groups])
    found = run(x, model, counts / len(x), means, scatter, tol=0.0, max_iter=RACE)
    return np.allclose(found.means_, start.means, atol=1e-6)


def _drawn(x, model, k):
    """Return the likeliest sound run of the drawn starts."""
    kinds = ("kmeans", "k-means++", "random_from_data")
    fits = [
        fit_gmm(
            x, k, init=kinds[i % 3], n_init=1, random_state=model.seed + i, tol=model.tol,
            reg_covar=model.reg_covar, max_iter=model.max_iter,
        )
        for i in range(model.n_init)
    ]  # fmt: skip
    return max(
        (fit for fit in fits if not fit.degenerate.any()), key=lambda fit: fit.log_likelihood
    )


@checks("steps.start-informed")
def informed(case, text):
    steps, model = case.pipeline.steps.runs(case.state), case.state.model
    fit, x, k = steps.gmm.fit, points_of(case).fitted, model.k
    start, compare = fit.start, case.pipeline.models.gmm(case.state.data, model)
    assert f"the {k} centres" in text if k > 1 else "the one centre" in text
    again = run(
        x, model, start.weights, start.means, start.covariances, tol=model.tol,
        max_iter=compare.max_iter,
    )  # fmt: skip
    assert again.n_iter_ == fit.n_iter
    assert again.score(x) == pytest.approx(fit.log_likelihood, abs=1e-8)
    if steps.n_all == len(x):
        assert fit.log_likelihood == pytest.approx(compare.log_likelihood, abs=1e-9)
        assert fit.means == pytest.approx(compare.means, abs=1e-6 * (1 + np.abs(x).max()))
    assert steps.kmeans.centers[0][np.argsort(steps.kmeans.order)] == pytest.approx(start.means)
    assert ("one iteration only" in text) == (compare.max_iter == 1 < model.max_iter)
    x = case.pipeline.points(case.state.data).fitted  # the player may run on a sample of them
    drawn = re.search(r"drawn: (.+), seed (\d+),", text)
    if drawn is not None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            one = GaussianMixture(
                k, covariance_type=model.covariance_type, init_params=KINDS[drawn[1]],
                random_state=int(drawn[2]), tol=model.tol, reg_covar=model.reg_covar,
                max_iter=model.max_iter,
            ).fit(x)  # fmt: skip
        assert one.score(x) == pytest.approx(compare.log_likelihood, abs=1e-8)
        return
    if "written twice" in text:
        assert numbers_in(text)[0] == k - 1
        assert len(np.unique(start.means, axis=0)) == k - 1
        return
    if "just as it is" in text:
        mixed = np.abs(start.covariances - start.covariances[0]).max()
        off = start.covariances * (1 - np.eye(x.shape[1]))
        assert mixed == 0 if "tied" in text else np.abs(off).max() == 0
        return
    assert f"ran {RACE} iterations" in text
    assert ("an earlier find" in text) == fit.move.startswith("cut-")
    fewer, more = "cut in two, and" in text, "made one, and" in text or "left out, and" in text
    if model.covariance_type != "full" or "an earlier find" in text or not (fewer or more):
        return
    if fewer:
        assert numbers_in(text)[0] == k - 1
        below = case.pipeline.models.gmm(case.state.data, replace(model, k=k - 1))
        made = _cut(_groups(x, below), x.std(axis=0))
    else:
        assert numbers_in(text)[0] == k + 1
        groups = _groups(x, _drawn(x, model, k + 1))
        made = _merged(groups) if "made one" in text else _dropped(groups)
    assert any(_leads_there(x, model, one, start) for one in made)


@checks("steps.em-dealt-by-shapes")
def dealt_by_shapes(case, text):
    steps, x = case.pipeline.steps.runs(case.state), points_of(case).fitted
    start = steps.gmm.fit.start
    assert ("weights and variances" in text) == (x.shape[1] == 1)
    joint = _joint(x, start.weights, start.means, start.covariances)
    shares = np.exp(joint - np.logaddexp.reduce(joint, axis=1)[:, None])[:, steps.gmm.order]
    assert steps.gmm.share[0] / 255 == pytest.approx(shares.max(axis=1), abs=0.5 / 255 + 1e-6)
    sure = shares.max(axis=1) > 0.51
    assert (steps.gmm.first[0] == shares.argmax(axis=1))[sure].all()
