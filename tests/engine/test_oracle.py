"""One start is exactly one scikit-learn fit."""

from __future__ import annotations

import warnings

import numpy as np
import pytest
from sklearn.cluster import KMeans
from sklearn.datasets import load_iris, make_blobs
from sklearn.decomposition import PCA
from sklearn.mixture import GaussianMixture
from sklearn.preprocessing import StandardScaler

from gmm_dash.engine import START_KINDS, fit_from_labels, fit_gmm, fit_kmeans
from gmm_dash.engine.covariances import SKLEARN_TYPES
from gmm_dash.errors import FitError
from gmm_dash.export.fitting import start_arguments
from tests.engine.tables import TABLES


def as_matrices(model):
    k, d = model.means_.shape
    covariances = model.covariances_
    if model.covariance_type == "tied":
        return np.tile(covariances, (k, 1, 1))
    if model.covariance_type == "diag":
        return covariances[:, :, None] * np.eye(d)
    if model.covariance_type == "spherical":
        return covariances[:, None, None] * np.eye(d)
    return covariances


def assert_same_mixture(theirs, ours, x):
    assert ours.n_iter == theirs.n_iter_
    assert ours.converged == theirs.converged_
    scale = np.abs(x).max()
    np.testing.assert_allclose(ours.weights, theirs.weights_, rtol=1e-6, atol=1e-9)
    np.testing.assert_allclose(ours.means, theirs.means_, rtol=1e-6, atol=1e-7 * scale)
    np.testing.assert_allclose(
        ours.covariances, as_matrices(theirs), rtol=1e-6, atol=1e-7 * x.var(axis=0).max()
    )
    assert ours.lower_bound == pytest.approx(theirs.lower_bound_, rel=1e-8, abs=1e-8)
    assert ours.log_likelihood == pytest.approx(theirs.score(x), rel=1e-8, abs=1e-8)
    assert ours.aic == pytest.approx(theirs.aic(x), rel=1e-8)
    assert ours.bic == pytest.approx(theirs.bic(x), rel=1e-8)
    np.testing.assert_allclose(ours.responsibilities, theirs.predict_proba(x), atol=1e-5)


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("kind", START_KINDS)
@pytest.mark.parametrize("shape", SKLEARN_TYPES)
@pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")
def test_every_start_is_one_mixture_fit(table, kind, shape):
    x = TABLES[table]()
    for k, seed, tol in ((1, 0, 1e-3), (3, 1, 1e-3), (4, 2, 1e-6), (8, 3, 1e-3)):
        common = {"covariance_type": str(shape), "tol": tol, "max_iter": 60, "random_state": seed}
        theirs = GaussianMixture(k, init_params=kind, **common).fit(x)
        ours = fit_gmm(x, k, init=kind, n_init=1, **common)
        assert (ours.init, ours.random_state) == (kind, seed)
        assert_same_mixture(theirs, ours, x)


@pytest.mark.parametrize("table", ["stretched", "petals", "five-columns", "raw units"])
@pytest.mark.parametrize("shape", SKLEARN_TYPES)
def test_whitened_starts_are_kmeans_on_whitened_points_and_one_mixture_fit(table, shape):
    x = np.insert(load_iris().data * [0.1, 1.0, 100.0, 1.0], 2, 7.0, axis=1)  # and one constant
    x = x if table == "raw units" else TABLES[table]()
    z = StandardScaler().fit_transform(x)
    white = PCA(np.linalg.matrix_rank(z), whiten=True).fit_transform(z)
    labels = KMeans(3, n_init=1, random_state=4).fit(white).labels_
    common = {"covariance_type": str(shape), "tol": 1e-6, "max_iter": 200}
    ours = fit_gmm(x, 3, init="whitened", n_init=1, random_state=4, **common)
    assert (ours.init, ours.random_state) == ("whitened", 4)
    start = start_arguments(ours.start, str(shape))
    assert_same_mixture(GaussianMixture(3, **common, **start).fit(x), ours, x)
    apart = [np.bincount(labels, minlength=3) / len(x), ours.start.weights]
    np.testing.assert_allclose(*apart, atol=1e-12)


@pytest.mark.parametrize("table", ["stretched", "five-columns"])
@pytest.mark.parametrize("shape", SKLEARN_TYPES)
def test_random_gaussians_are_the_first_parameters_of_one_mixture_fit(table, shape):
    """Centres and shapes are drawn and held to the type; the first E-step is theirs, and soft."""
    x, k, seed = TABLES[table](), 4, 9
    rng, d = np.random.RandomState(seed), x.shape[1]
    means = x[rng.choice(len(x), k, replace=False)]
    roots = [rng.normal(size=(d, d + 2)) for _ in range(k)]
    width = np.diag(x.std(axis=0)) / k ** (1 / d)
    drawn = np.array([width @ root @ root.T @ width / (d + 2) for root in roots])
    if shape == "tied":
        drawn[:] = drawn.mean(axis=0)
    elif shape != "full":
        drawn *= np.eye(d)
    if shape == "spherical":
        drawn[:] = [one.trace() / d * np.eye(d) for one in drawn]
    common = {"covariance_type": str(shape), "tol": 1e-6, "max_iter": 400, "reg_covar": 1e-3}
    ours = fit_gmm(x, k, init="random_gaussians", n_init=1, random_state=seed, **common)
    np.testing.assert_allclose(ours.start.means, means, rtol=1e-12)
    np.testing.assert_allclose(ours.start.weights, 1 / k, rtol=1e-12)
    np.testing.assert_allclose(ours.start.covariances, drawn + 1e-3 * np.eye(d), rtol=1e-9)
    start = start_arguments(ours.start, str(shape))
    assert_same_mixture(GaussianMixture(k, **common, **start).fit(x), ours, x)
    first = ours.trace.start_responsibilities
    np.testing.assert_allclose(first, ours.trace.responsibilities(x, 0), rtol=1e-12)
    assert (first.max(axis=1) < 0.99).any()
    assert (ours.init, ours.random_state) == ("random_gaussians", seed)


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("kind", ["k-means++", "random"])
def test_every_start_is_one_kmeans_fit(table, kind):
    x = TABLES[table]()
    for k in (1, 2, 5, 9, 24):
        for seed in range(4):
            theirs = KMeans(k, init=kind, n_init=1, random_state=seed).fit(x)
            ours = fit_kmeans(x, k, init=kind, n_init=1, random_state=seed)
            assert ours.n_iter == theirs.n_iter_
            np.testing.assert_array_equal(ours.labels, theirs.labels_)
            np.testing.assert_allclose(ours.centers, theirs.cluster_centers_, rtol=1e-10)
            assert ours.inertia == pytest.approx(theirs.inertia_, rel=1e-10)


def test_the_winner_is_the_best_of_the_same_fits():
    x = TABLES["stretched"]()
    kinds = ["kmeans", "k-means++", "random_from_data", "kmeans", "k-means++"]
    fits = [
        GaussianMixture(4, init_params=kind, random_state=7 + i, tol=1e-6, max_iter=500).fit(x)
        for i, kind in enumerate(kinds)
    ]
    ours = fit_gmm(x, 4, random_state=7)
    np.testing.assert_allclose(ours.log_likelihoods, [fit.score(x) for fit in fits], rtol=1e-8)
    best = int(np.argmax([round(fit.lower_bound_, 9) for fit in fits]))
    assert (ours.init, ours.random_state) == (kinds[best], 7 + best)
    assert_same_mixture(fits[best], ours, x)


def test_given_centres_are_scikit_learns_init_array():
    x = TABLES["stretched"]()
    start = x[[0, 50, 100, 150]]
    theirs = KMeans(4, init=start, n_init=1).fit(x)
    ours = fit_kmeans(x, 4, init=start)
    np.testing.assert_array_equal(ours.labels, theirs.labels_)
    assert (ours.n_iter, ours.init) == (theirs.n_iter_, "given")


def test_no_warning_leaks_when_nothing_converges():
    x = TABLES["moons"]()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        fit = fit_gmm(x, 5, max_iter=1)
        assert not fit.converged
        assert "not-converged" in [finding.code for finding in fit.health]
        assert not fit_kmeans(x, 5, max_iter=1).converged


@pytest.mark.parametrize("kind", ["full", "tied", "diag", "spherical"])
def test_a_start_from_labels_is_a_scikit_learn_start(kind):
    x, labels = make_blobs(150, centers=3, cluster_std=2.5, random_state=4)
    fit = fit_from_labels(x, labels, covariance_type=kind, tol=1e-8)
    groups = [x[labels == g] for g in range(3)]
    spread = [np.cov(g, rowvar=False, ddof=0) + 1e-6 * np.eye(2) for g in groups]
    shares = np.bincount(labels) / len(x)
    precisions = {
        "full": np.linalg.inv(spread),
        "tied": np.linalg.inv(np.tensordot(shares, spread, 1)),
        "diag": 1 / np.array([np.diag(s) for s in spread]),
        "spherical": 1 / np.array([np.diag(s).mean() for s in spread]),
    }
    theirs = GaussianMixture(
        3,
        covariance_type=kind,
        tol=1e-8,
        max_iter=500,
        weights_init=shares,
        means_init=[g.mean(axis=0) for g in groups],
        precisions_init=precisions[kind],
    ).fit(x)
    assert fit.log_likelihood == pytest.approx(theirs.score(x), abs=1e-9)
    assert fit.n_iter == theirs.n_iter_
    np.testing.assert_allclose(fit.means, theirs.means_, atol=1e-6)


@pytest.mark.parametrize("labels", [[0, 1], [0] * 149 + [2], [-1] + [0] * 149, [[0] * 150]])
def test_labels_that_are_no_division_are_refused(labels):
    with pytest.raises(FitError, match="counted from zero"):
        fit_from_labels(np.random.default_rng(0).normal(size=(150, 2)), labels)
