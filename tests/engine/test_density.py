"""Densities, samples and projections of a mixture."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import multivariate_normal
from sklearn.mixture import GaussianMixture

from gmm_dash.engine import (
    Mixture,
    density_grid,
    fit_gmm,
    log_joint,
    marginal_density,
    project,
    responsibilities,
    sample,
    score_samples,
)
from gmm_dash.engine.covariances import SKLEARN_TYPES
from gmm_dash.errors import GmmDashError
from tests.engine.tables import TABLES


@pytest.fixture(scope="module")
def mixture():
    return fit_gmm(TABLES["five-columns"](), 3, n_init=1).mixture


def test_densities_are_scipys(mixture):
    x = np.random.default_rng(0).normal(scale=5, size=(40, 5))
    parts = [
        np.log(w) + multivariate_normal(m, c).logpdf(x)
        for w, m, c in zip(mixture.weights, mixture.means, mixture.covariances, strict=True)
    ]
    np.testing.assert_allclose(log_joint(x, mixture), np.transpose(parts), rtol=1e-9)
    np.testing.assert_allclose(score_samples(x, mixture), np.logaddexp.reduce(parts), rtol=1e-9)
    share = responsibilities(x, mixture)
    np.testing.assert_allclose(share.sum(axis=1), 1.0)
    np.testing.assert_allclose(share, np.exp(np.transpose(parts - np.logaddexp.reduce(parts))))


def test_far_points_still_belong_somewhere(mixture):
    share = responsibilities(np.full((1, 5), 1e6), mixture)
    np.testing.assert_allclose(share.sum(axis=1), 1.0)


@pytest.mark.parametrize("shape", SKLEARN_TYPES)
@pytest.mark.parametrize("table", ["stretched", "iris"])
def test_samples_are_scikit_learns(shape, table):
    x = TABLES[table]()
    common = {"covariance_type": str(shape), "tol": 1e-3, "max_iter": 100, "random_state": 42}
    theirs = GaussianMixture(3, **common).fit(x)
    ours = fit_gmm(x, 3, init="kmeans", n_init=1, **common)
    points, labels = sample(ours.mixture, 300, 42, covariance_type=shape)
    expected, expected_labels = theirs.sample(300)
    np.testing.assert_allclose(points, expected, atol=1e-7)
    np.testing.assert_array_equal(labels, expected_labels)
    guessed, _ = sample(ours.mixture, 300, 42)
    np.testing.assert_array_equal(points, guessed)


def test_a_projection_is_the_exact_marginal(mixture):
    rng = np.random.default_rng(1)
    matrix, offset = rng.normal(size=(2, 5)), np.array([3.0, -1.0])
    flat = project(mixture, matrix, offset)
    for c in range(3):
        np.testing.assert_allclose(flat.means[c], matrix @ mixture.means[c] + offset)
        np.testing.assert_allclose(flat.covariances[c], matrix @ mixture.covariances[c] @ matrix.T)
    points, _ = sample(mixture, 200_000, 0)
    moved = points @ matrix.T + offset
    np.testing.assert_allclose(moved.mean(axis=0), flat.weights @ flat.means, atol=0.1)


def test_a_grid_holds_all_the_mass():
    flat = Mixture(np.array([0.3, 0.7]), np.array([[0.0, 0], [3, 1]]), np.array([np.eye(2)] * 2))
    xs, ys = np.linspace(-6, 9, 151), np.linspace(-6, 7, 131)
    grid = density_grid(flat, xs, ys)
    assert grid.shape == (131, 151)
    assert np.exp(grid).sum() * 0.1 * 0.1 == pytest.approx(1.0, abs=1e-6)
    assert grid[60, 60] == pytest.approx(score_samples([[xs[60], ys[60]]], flat)[0])
    lines = marginal_density(flat, 0, xs)
    assert lines.shape == (2, 151)
    np.testing.assert_allclose(lines.sum(axis=1) * 0.1, [0.3, 0.7], atol=1e-6)


def test_what_does_not_fit_is_refused(mixture):
    for work in (
        lambda: log_joint(np.zeros((3, 2)), mixture),
        lambda: density_grid(mixture, [0.0], [0.0]),
        lambda: project(mixture, np.eye(3)),
        lambda: project(mixture, np.eye(5), [1.0]),
        lambda: marginal_density(mixture, 5, [0.0]),
        lambda: sample(mixture, 0),
        lambda: score_samples([[0.0, 0.0]], Mixture(*singular())),
    ):
        with pytest.raises(GmmDashError):
            work()


def singular():
    return np.ones(1), np.zeros((1, 2)), np.ones((1, 2, 2))
