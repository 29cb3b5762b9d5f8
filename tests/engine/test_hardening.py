"""Hard is a limit of soft: equal circles whose variance is held, down to k-means."""

import numpy as np
import pytest
from scipy.special import logsumexp, softmax
from scipy.stats import multivariate_normal
from sklearn.cluster import KMeans
from sklearn.mixture import GaussianMixture

from gmm_dash.engine import EqualMixture, fit_gmm, fit_kmeans, hardened, plain, soft_kmeans
from gmm_dash.errors import FitError
from tests.engine.tables import TABLES


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("rows", [[0, 40, 80, 120], [5, 50, 90, 110]])
def test_without_width_em_is_lloyds_algorithm(table, rows):
    x = TABLES[table]()
    start = x[rows]
    centers, labels, _ = plain.lloyd(x, start, 0.0, 300)
    theirs = KMeans(4, init=start, n_init=1, tol=0).fit(x)
    ours = soft_kmeans(x, start, 0.0)
    assert ours.converged
    np.testing.assert_array_equal(ours.labels, labels)
    np.testing.assert_array_equal(ours.labels, theirs.labels_)
    np.testing.assert_allclose(ours.mixture.means, centers, atol=1e-9)
    assert set(np.unique(ours.responsibilities)) == {0.0, 1.0}
    for steps in (1, 2):  # and step by step: assign, move
        centers, *_ = plain.lloyd(x, start, 0.0, steps)
        early = soft_kmeans(x, start, 0.0, max_iter=steps)
        np.testing.assert_allclose(early.mixture.means, centers, atol=1e-9)


@pytest.mark.parametrize("table", ["stretched", "five-columns"])
@pytest.mark.parametrize("share", [1.0, 0.1, 1e-3])
def test_with_its_variance_held_em_is_soft_kmeans(table, share):
    x = TABLES[table]()
    variance, means = share * x.var(axis=0).mean(), x[[0, 40, 80]]
    ours = soft_kmeans(x, means, variance, tol=0.0, max_iter=5)
    for _ in range(5):
        away = np.square(x[:, None] - means).sum(axis=2)
        shares = softmax(-away / (2 * variance), axis=1)
        means = shares.T @ x / shares.sum(axis=0)[:, None]
    np.testing.assert_allclose(ours.mixture.means, means, rtol=1e-9, atol=1e-9)
    normals = [multivariate_normal(m, variance * np.eye(x.shape[1])) for m in means]
    densities = [normal.logpdf(x) for normal in normals]
    np.testing.assert_allclose(ours.log_likelihood, logsumexp(densities, axis=0).mean() - np.log(3))


def test_the_way_begins_at_the_estimated_mixture_and_ends_at_kmeans():
    x = TABLES["stretched"]()
    fit, kmeans = fit_gmm(x, 4, covariance_type="equal", tol=1e-12), fit_kmeans(x, 4)
    at_first = hardened(x, fit, fit.means, 0.0)
    np.testing.assert_allclose(at_first.means, fit.means, atol=1e-5)
    assert at_first.log_likelihood == pytest.approx(fit.log_likelihood, abs=1e-9)
    unsure = [hardened(x, fit, kmeans.centers, h).entropy for h in (0.0, 0.3, 0.6, 0.9, 0.99)]
    assert unsure == sorted(unsure, reverse=True)
    end = hardened(x, fit, kmeans.centers, 1.0)
    np.testing.assert_array_equal(end.labels, kmeans.labels)
    np.testing.assert_allclose(end.means, kmeans.centers, atol=1e-9)
    assert (end.variance, end.log_likelihood, end.bic) == (0.0, -np.inf, np.inf)
    with pytest.raises(FitError):
        _ = end.trace


def test_one_circle_has_a_closed_form():
    x = TABLES["five-columns"]()
    fit = fit_gmm(x, 1, covariance_type="equal", reg_covar=0.0)
    np.testing.assert_allclose(fit.means[0], x.mean(axis=0))
    np.testing.assert_allclose(fit.covariances[0], x.var(axis=0).mean() * np.eye(5), atol=1e-12)


def test_far_groups_have_the_variance_within_and_their_means():
    rng = np.random.default_rng(0)
    groups = [rng.normal(place, 1.0, (50, 2)) for place in (0.0, 1e4, 2e4)]
    within = np.concatenate([group - group.mean(axis=0) for group in groups])
    fit = fit_gmm(np.vstack(groups), 3, covariance_type="equal", reg_covar=0.0)
    assert fit.covariances[0, 0, 0] == pytest.approx(np.square(within).mean(), rel=1e-9)
    np.testing.assert_allclose(fit.weights, 1 / 3)


def test_the_estimator_is_the_fit_and_knows_what_it_counts():
    x = TABLES["iris"]()
    fit = fit_gmm(x, 3, covariance_type="equal", init="kmeans", n_init=1, random_state=2)
    model = EqualMixture(3, init_params="kmeans", tol=1e-6, max_iter=500, random_state=2).fit(x)
    np.testing.assert_array_equal(model.predict(x), fit.labels)
    assert (model.bic(x), model.aic(x)) == pytest.approx((fit.bic, fit.aic))
    assert model.score(x) == pytest.approx(fit.log_likelihood)
    assert isinstance(model, GaussianMixture)
    assert "variance=0.0" in repr(EqualMixture(3, variance=0.0))
    start = {"weights_init": fit.weights, "means_init": fit.means, "precisions_init": np.ones(3)}
    again = EqualMixture(3, tol=1e-6, **start).fit(x)
    np.testing.assert_allclose(again.means_, fit.means, atol=1e-2)
    hard = EqualMixture(3, variance=0.0, means_init=fit.means).fit(x)
    np.testing.assert_array_equal(hard.predict(x), plain.lloyd(x, fit.means, 0.0, 300)[1])
    with pytest.raises(ValueError, match="components need"):
        EqualMixture(3).fit(x[:2])
