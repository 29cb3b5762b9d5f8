"""EM on rows with gaps: the ordinary fit where there are none, and the laws of what is known."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import multivariate_normal
from sklearn.mixture import GaussianMixture

from gmm_dash.engine import expect_gaps, fit_gaps, fit_gmm
from gmm_dash.errors import FitError

TYPES = ("full", "tied", "diag", "spherical")


def drawn(seed=0, n=600, d=3):
    """Return rows of three groups with slanted covariances, and their means."""
    rng = np.random.default_rng(seed)
    means = np.array([[0.0, 0, 0], [4, 4, 0], [0, 4, 4]])[:, :d]
    slant = np.array([[1.0, 0.6, 0.3], [0.6, 1, 0.6], [0.3, 0.6, 1]])[:d, :d]
    labels = rng.integers(0, 3, n)
    return means[labels] + rng.multivariate_normal(np.zeros(d), slant, n), means, labels


def holed(x, share, seed=0):
    """Return the rows with gaps at random; none loses its last value."""
    rng = np.random.default_rng(seed)
    gone = rng.random(x.shape) < share
    gone[gone.all(axis=1), 0] = False
    return np.where(gone, np.nan, x)


def sklearn_cov(model, k, d):
    """Return scikit-learn's covariances as whole matrices."""
    found = model.covariances_
    return {
        "full": lambda: found,
        "tied": lambda: np.array([found] * k),
        "diag": lambda: np.array([np.diag(v) for v in found]),
        "spherical": lambda: np.array([v * np.eye(d) for v in found]),
    }[model.covariance_type]()


@pytest.mark.parametrize("kind", TYPES)
def test_without_gaps_it_is_scikit_learns_fit(kind):
    x, *_ = drawn()
    fit = fit_gaps(x, 3, covariance_type=kind, n_init=1, random_state=4)
    model = GaussianMixture(
        3, covariance_type=kind, init_params="kmeans", tol=1e-6, max_iter=500, random_state=4
    ).fit(x)
    assert fit.n_iter == model.n_iter_
    assert fit.converged
    np.testing.assert_allclose(fit.lower_bound, model.lower_bound_, rtol=1e-9)
    np.testing.assert_allclose(fit.mixture.weights, model.weights_, rtol=1e-7)
    np.testing.assert_allclose(fit.mixture.means, model.means_, atol=1e-7)
    np.testing.assert_allclose(fit.mixture.covariances, sklearn_cov(model, 3, 3), atol=1e-7)
    np.testing.assert_allclose(fit.responsibilities, model.predict_proba(x), atol=1e-7)
    np.testing.assert_allclose(fit.log_likelihood, model.score(x), rtol=1e-9)
    np.testing.assert_allclose((fit.aic, fit.bic), (model.aic(x), model.bic(x)), rtol=1e-9)
    assert (fit.filled == x).all()
    assert not fit.spread.any()


def test_without_gaps_equal_circles_are_the_ordinary_fit():
    x, *_ = drawn()
    asked = {"covariance_type": "equal", "n_init": 2, "random_state": 1}
    fit, usual = fit_gaps(x, 3, **asked), fit_gmm(x, 3, init="kmeans", **asked)
    np.testing.assert_allclose(fit.mixture.means, usual.means, atol=1e-7)
    np.testing.assert_allclose(fit.mixture.covariances, usual.covariances, atol=1e-7)
    np.testing.assert_allclose(fit.log_likelihoods, usual.log_likelihoods, rtol=1e-9)


def test_monotone_gaps_in_two_columns_have_a_closed_form():
    """Anderson (1957): the mean of the first column, and the regression of complete rows."""
    rng = np.random.default_rng(1)
    a = rng.normal(2, 3, 80)
    b = 1 + 0.5 * a + rng.normal(0, 1, 80)
    x = np.column_stack([a, np.where(np.arange(80) < 50, b, np.nan)])
    fit = fit_gaps(x, 1, tol=1e-15, reg_covar=0, max_iter=5000, n_init=1)
    slope, cut = np.polyfit(a[:50], b[:50], 1)
    rest = np.mean((b[:50] - cut - slope * a[:50]) ** 2)
    variance = a.var()
    np.testing.assert_allclose(fit.mixture.means[0], [a.mean(), cut + slope * a.mean()], rtol=1e-6)
    np.testing.assert_allclose(
        fit.mixture.covariances[0],
        [[variance, slope * variance], [slope * variance, rest + slope**2 * variance]],
        rtol=1e-6,
    )
    np.testing.assert_allclose(fit.filled[50:, 1], cut + slope * a[50:], rtol=1e-6)
    np.testing.assert_allclose(fit.spread[50:, 1], np.sqrt(rest), rtol=1e-6)


@pytest.mark.parametrize("share", [0.05, 0.2, 0.35])
def test_it_recovers_the_means_better_than_complete_rows_do(share):
    errors = []
    for seed in range(6):
        x, means, _ = drawn(seed, 500)
        gaps = holed(x, share, seed)
        whole = gaps[~np.isnan(gaps).any(axis=1)]
        ours = fit_gaps(gaps, 3, n_init=2).mixture.means
        theirs = fit_gmm(whole, 3, init="kmeans", n_init=2).means

        def off(found, means=means):
            return sum(np.square(found - m).sum(axis=1).min() for m in means)

        errors.append((off(ours), off(theirs)))
    known, complete = np.mean(errors, axis=0)
    assert known < complete


@settings(max_examples=25, deadline=None)
@given(
    seed=st.integers(0, 10_000),
    share=st.floats(0.0, 0.3),
    kind=st.sampled_from(TYPES),
    k=st.integers(1, 4),
)
def test_the_likelihood_of_what_is_known_never_falls(seed, share, kind, k):
    x = holed(drawn(seed, 150)[0], share, seed)
    fit = fit_gaps(x, k, covariance_type=kind, reg_covar=0, n_init=1, max_iter=15)
    assert len(fit.path) == fit.n_iter + 1
    assert (np.diff(fit.path) >= -1e-10 * (1 + np.abs(fit.path[1:]))).all()
    assert fit.log_likelihood == fit.path[-1]


def test_likelihood_shares_and_gaps_are_those_of_the_marginals():
    """SciPy's density of each row's known columns, and the conditional moments by hand."""
    x = holed(drawn(2, 60)[0], 0.3, 5)
    fit = fit_gaps(x, 2, n_init=1)
    m = fit.mixture
    for i, row in enumerate(x):
        o, g = np.flatnonzero(~np.isnan(row)), np.flatnonzero(np.isnan(row))
        parts = [
            w * multivariate_normal(mu[o], c[np.ix_(o, o)]).pdf(row[o])
            for w, mu, c in zip(m.weights, m.means, m.covariances, strict=True)
        ]
        shares = np.array(parts) / sum(parts)
        np.testing.assert_allclose(fit.responsibilities[i], shares, atol=1e-9)
        for j in g:
            slopes = [np.linalg.solve(c[np.ix_(o, o)], c[o, j]) for c in m.covariances]
            mean = np.array(
                [mu[j] + s @ (row[o] - mu[o]) for mu, s in zip(m.means, slopes, strict=True)]
            )
            left = np.array(
                [c[j, j] - s @ c[o, j] for c, s in zip(m.covariances, slopes, strict=True)]
            )
            there = shares @ mean
            np.testing.assert_allclose(fit.filled[i, j], there, atol=1e-9)
            variance = shares @ (left + mean**2) - there**2
            np.testing.assert_allclose(fit.spread[i, j] ** 2, variance, atol=1e-9)
    total = [
        np.log(
            sum(
                w * multivariate_normal(mu[o], c[np.ix_(o, o)]).pdf(row[o])
                for w, mu, c in zip(m.weights, m.means, m.covariances, strict=True)
            )
        )
        for row in x
        for o in [np.flatnonzero(~np.isnan(row))]
    ]
    np.testing.assert_allclose(fit.log_likelihood, np.mean(total), rtol=1e-10)


def test_rows_are_expected_along_any_direction():
    """By a hundred thousand draws from a row's conditional distribution."""
    x = np.array([[0.5, np.nan, np.nan], [1.0, 2.0, np.nan]])
    mixture = fit_gaps(holed(drawn(4, 200)[0], 0.2), 2).mixture
    axes = np.array([[1.0, 1, 0], [0, 2, -1], [1, 0, 0]])
    found, plain = expect_gaps(x, mixture, axes), expect_gaps(x, mixture)
    np.testing.assert_allclose(found.mean, plain.mean @ axes.T, atol=1e-12)
    np.testing.assert_allclose(plain.spread[1, :2], 0)
    assert found.spread[0, 2] == 0
    rng = np.random.default_rng(0)
    pick = rng.choice(2, 100_000, p=found.responsibilities[0])
    c, mu = mixture.covariances, mixture.means
    rows = np.full((100_000, 3), 0.5)
    for j in (0, 1):
        slope = c[j, 1:, 0] / c[j, 0, 0]
        left = c[j, 1:, 1:] - np.outer(slope, c[j, 0, 1:])
        some = pick == j
        mean = mu[j, 1:] + slope * (0.5 - mu[j, 0])
        rows[some, 1:] = rng.multivariate_normal(mean, left, some.sum())
    np.testing.assert_allclose((rows @ axes.T).std(axis=0)[:2], found.spread[0, :2], rtol=0.02)


def test_the_order_of_rows_and_columns_does_not_matter():
    x = holed(drawn(3, 200)[0], 0.2, 1)
    order = np.random.default_rng(0).permutation(200)
    fit, other = (fit_gaps(one, 3, n_init=3, tol=1e-9) for one in (x, x[order][:, [2, 0, 1]]))
    np.testing.assert_allclose(fit.log_likelihood, other.log_likelihood, atol=1e-6)


@pytest.mark.parametrize(
    ("x", "k", "said"),
    [
        ([[1.0, np.nan], [2, np.nan], [3, np.nan]], 1, "Column 2 has no value"),
        ([[1.0, 2], [np.nan, np.nan], [3, 4]], 1, "A row has no value"),
        ([[1.0, np.nan], [np.nan, 2], [3, 4]], 1, "Only 1 row without gaps"),
        ([[1.0, np.nan], [1, 2], [3, 4], [5, np.nan]], 3, "Only 2 rows without gaps"),
        ([[1.0, np.inf], [1, 2], [3, 4]], 1, "infinite"),
        ([[1.0, "a"], [1, 2]], 1, "numbers"),
        ([1.0, 2.0], 1, "table"),
    ],
)
def test_what_cannot_be_fitted_is_refused_in_words(x, k, said):
    with pytest.raises(FitError, match=said) as caught:
        fit_gaps(x, k)
    assert caught.value.hint
