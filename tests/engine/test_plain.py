"""The plain algorithms, the engine and scikit-learn: same start, same iterations, same end."""

import numpy as np
import pytest
from sklearn.cluster import KMeans

from gmm_dash.engine import CovarianceType, fit_gmm, fit_kmeans, gaussian_mixture, plain
from tests.engine.tables import TABLES
from tests.engine.test_oracle import as_matrices

_SETTINGS = {"tol": 1e-5, "reg_covar": 1e-6, "max_iter": 40}


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("shape", list(CovarianceType))
@pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")
def test_three_programs_of_em_agree(table, shape):
    x, k = TABLES[table](), 3
    labels = KMeans(k, n_init=1, random_state=5).fit(x).labels_
    (weights, means, covariances), value, n_iter = plain.em(
        x, np.eye(k)[labels], getattr(plain, shape), **_SETTINGS
    )
    common = {"covariance_type": str(shape), "random_state": 5, **_SETTINGS}
    ours = fit_gmm(x, k, init="kmeans", n_init=1, **common)
    theirs = gaussian_mixture(k, init_params="kmeans", **common).fit(x)  # scikit-learn's, mostly
    assert n_iter == ours.n_iter == theirs.n_iter_ > 1
    for other in (ours.lower_bound, theirs.lower_bound_):
        assert value == pytest.approx(other, abs=1e-10)
    for w, m, c in (
        (ours.weights, ours.means, ours.covariances),
        (theirs.weights_, theirs.means_, as_matrices(theirs)),
    ):
        np.testing.assert_allclose(weights, w, atol=1e-10)
        np.testing.assert_allclose(means, m, atol=1e-10)
        np.testing.assert_allclose(covariances, c, atol=1e-10)


@pytest.mark.parametrize("table", TABLES)
def test_three_programs_of_lloyd_agree(table):
    x = TABLES[table]()
    start = x[[0, 40, 80, 120]]
    tol = 1e-4 * x.var(axis=0).mean()
    centers, labels, n_iter = plain.lloyd(x, start, tol, 300)
    ours = fit_kmeans(x, 4, init=start)
    theirs = KMeans(4, init=start, n_init=1).fit(x)
    assert n_iter == ours.n_iter == theirs.n_iter_
    for c, of in ((ours.centers, ours.labels), (theirs.cluster_centers_, theirs.labels_)):
        np.testing.assert_allclose(centers, c, atol=1e-12)
        np.testing.assert_array_equal(labels, of)


def test_a_centre_without_points_stays():
    x = np.array([[0.0], [1.0]])
    centers, labels, _ = plain.lloyd(x, np.array([[0.5], [9.0]]), 0.0, 10)
    np.testing.assert_array_equal(centers, [[0.5], [9.0]])
    np.testing.assert_array_equal(labels, [0, 0])


@pytest.mark.parametrize("outer", list(CovarianceType))
def test_what_is_declared_of_a_covariance_type_is_what_its_m_step_does(outer):
    k, d, rng = 3, 4, np.random.default_rng(0)
    root, weights = rng.normal(size=(k, d, d)), np.array([0.5, 0.3, 0.2])
    own = root @ root.transpose(0, 2, 1)
    held = getattr(plain, outer)(own, weights)
    assert outer.shape.pooled == (held == held[0]).all()
    assert outer.shape.round == np.allclose(held, held[:, :1, :1] * np.eye(d))
    assert len(np.unique(np.round(held[held != 0], 9))) == outer.shape.numbers(k, d)
    assert outer.shape.aligned == (not (held * (1 - np.eye(d))).any())
    for inner in CovarianceType:  # what an outer type leaves as it is, is one of its own
        one = getattr(plain, inner)(own, weights)
        kept = np.allclose(getattr(plain, outer)(one, weights), one)
        assert kept == (inner == outer or inner in outer.shape.contained)
