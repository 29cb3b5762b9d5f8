"""Means and variances of columns are the same by rows and by columns; so are what follows."""

import numpy as np
import pytest
from sklearn.cluster import KMeans

from gmm_dash.engine import columns, fit_gmm, fit_kmeans


@pytest.mark.parametrize("offset", [0.0, 1e6])
@pytest.mark.parametrize("d", [1, 2, columns.NARROW, columns.NARROW + 1])
@pytest.mark.parametrize("n", [columns.TALL - 1, columns.TALL])
def test_tall_tables_have_the_means_and_variances_of_short_ones(n, d, offset):
    x = np.random.default_rng(d).normal(size=(n, d)) * np.arange(1, d + 1) + offset
    exact = x.astype(np.longdouble)
    np.testing.assert_allclose(columns.column_means(x), exact.mean(axis=0), rtol=1e-12, atol=1e-12)
    np.testing.assert_allclose(columns.column_variances(x), exact.var(axis=0), rtol=1e-9)


def test_a_tall_table_is_fitted_as_scikit_learn_does():
    rng = np.random.default_rng(0)
    x = 9.0 * rng.normal(size=(5, 2))[rng.integers(5, size=columns.TALL)]
    x += rng.normal(size=x.shape)
    ours = fit_kmeans(x, 5, n_init=1)
    theirs = KMeans(5, n_init=1, random_state=0).fit(x)
    assert (ours.n_iter, ours.inertia) == (theirs.n_iter_, pytest.approx(theirs.inertia_, rel=1e-9))
    np.testing.assert_array_equal(ours.labels, theirs.labels_)
    np.testing.assert_allclose(ours.distances, theirs.transform(x).min(axis=1), atol=1e-6)
    np.testing.assert_allclose(ours.trace.centers[-1], ours.centers, atol=1e-9)
    np.testing.assert_array_equal(ours.trace.labels(x, -1), ours.labels)
    assert fit_gmm(x, 5, n_init=1, max_iter=3).log_likelihood < 0
