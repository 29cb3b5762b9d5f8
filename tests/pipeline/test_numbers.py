"""The numbers on the page are scikit-learn's own, for settings of every kind."""

import warnings

import numpy as np
import pytest
from sklearn.cluster import KMeans
from sklearn.exceptions import ConvergenceWarning
from sklearn.metrics import adjusted_mutual_info_score, adjusted_rand_score, silhouette_score
from sklearn.mixture import GaussianMixture

from gmm_dash.datasets import DATASETS
from gmm_dash.state import AppState, from_query

SETTINGS = [
    "?data=blobs",
    "?data=blobs&n=200&noise=1.6&centers=4&dseed=10&cov=tied",
    "?data=stretched&seed=42&init=kmeans&n_init=1",
    "?data=stretched&cov=diag",
    "?data=stretched&cov=spherical&k=5",
    "?data=stretched&init=random&n_init=2&kinit=random",
    "?data=moons&k=2",
    "?data=moons&k=16&init=kmeans&n_init=1",
    "?data=moons&k=7&cov=tied&tol=1e-3",
    "?data=unequal&k=3",
    "?data=mouse&k=3",
    "?data=bars&k=2&cov=tied&init=kmeans&n_init=1&tol=0.001",
    "?data=bars&k=2&cov=tied",
    "?data=crossed&k=2",
    "?data=iris&k=3&cov=tied",
    "?data=wine&k=3&cov=diag",
    "?data=faithful&k=2",
    "?data=penguins&k=3",
    "?data=uniform&k=5&reg=0.001",
    "?data=overlap&k=2&init=random_from_data&n_init=3",
    "?data=rings&k=3&max_iter=10",
]


@pytest.mark.parametrize("query", SETTINGS)
def test_every_number_is_scikit_learns(query, pipeline):
    state, problems = from_query(query)
    assert not problems
    result = pipeline.compare.comparison(state)
    x, truth = result.points.fitted, result.points.labels
    _check_kmeans(result, state.model, x)
    _check_mixture(result, state.model, x)
    for side, silhouette in zip((result.kmeans, result.gmm), result.silhouettes, strict=True):
        if truth is not None:
            assert side.ari == pytest.approx(adjusted_rand_score(truth, side.labels))
            assert side.ami == pytest.approx(adjusted_mutual_info_score(truth, side.labels))
        if len(x) <= 1000:
            assert silhouette == pytest.approx(silhouette_score(x, side.labels))


def _check_kmeans(result, model, x):
    fits = [
        KMeans(model.k, init=model.kmeans_init, n_init=1, random_state=model.seed + i).fit(x)
        for i in range(model.n_init)
    ]
    best = min(fits, key=lambda fit: fit.inertia_)
    assert result.kmeans_fit.inertia == pytest.approx(best.inertia_, rel=1e-6)
    assert adjusted_rand_score(best.labels_, result.kmeans.labels) == pytest.approx(1)


def _check_mixture(result, model, x):
    ours = result.gmm_fit
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        theirs = GaussianMixture(
            model.k,
            covariance_type=model.covariance_type,
            init_params=ours.init,
            random_state=ours.random_state,
            tol=model.tol,
            reg_covar=model.reg_covar,
            max_iter=model.max_iter,
        ).fit(x)
    assert ours.n_iter == theirs.n_iter_
    assert ours.log_likelihood == pytest.approx(theirs.score(x), rel=1e-6)
    assert ours.aic == pytest.approx(theirs.aic(x), rel=1e-6)
    assert ours.bic == pytest.approx(theirs.bic(x), rel=1e-6)
    assert adjusted_rand_score(theirs.predict(x), result.gmm.labels) > 0.999
    shares = theirs.predict_proba(x)[:, result.gmm.order]
    np.testing.assert_allclose(result.gmm.responsibilities, shares, atol=1e-4)


def test_the_textbook_figures_start_from_the_textbooks_data(pipeline):
    from sklearn.datasets import make_blobs, make_moons

    blobs = make_blobs(400, centers=4, cluster_std=0.60, random_state=0)[0][:, ::-1]
    stretched = blobs @ np.random.RandomState(13).randn(2, 2)
    moons = make_moons(200, noise=0.05, random_state=0)[0]
    for query, expected in (
        ("?data=blobs&n=400&noise=0.6&centers=4&dseed=0", blobs),
        ("", stretched),
        ("?data=moons&n=200&noise=0.05&dseed=0", moons),
    ):
        np.testing.assert_array_equal(pipeline.points(from_query(query)[0].data).raw, expected)


def test_the_four_shapes_are_four_fits(pipeline):
    result = pipeline.compare.shapes(AppState())
    assert [str(fit.covariance_type) for fit in result.fits] == [
        "full",
        "tied",
        "diag",
        "spherical",
    ]
    for fit in result.fits:
        alone = pipeline.compare.comparison(AppState().but(cov=str(fit.covariance_type)))
        assert fit.bic == alone.gmm_fit.bic


@pytest.mark.parametrize("name", DATASETS.names())
def test_every_data_set_can_be_compared_as_it_comes(name, pipeline):
    state = from_query(f"?data={name}")[0].but(n_init=1, max_iter=30)
    result = pipeline.compare.comparison(state)
    assert result.points.n >= 50
