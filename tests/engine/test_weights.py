"""Rows that count by weights: counts are copies, other weights have no scale, ones are nothing."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.cluster import KMeans
from sklearn.mixture import GaussianMixture

from gmm_dash.engine import (
    WEIGHTED_INITS,
    CovarianceType,
    WeightedMixture,
    as_weighting,
    fit_gmm,
    fit_kmeans,
    seeding,
)
from gmm_dash.engine.covariances import SKLEARN_TYPES
from gmm_dash.errors import FitError

KINDS = [kind.value for kind in CovarianceType]


def cloud(n: int = 90, d: int = 2, seed: int = 0):
    """Return points of three groups, and a count for each."""
    draw = np.random.default_rng(seed)
    x = draw.normal(size=(n, d)) + 4.0 * draw.integers(3, size=n)[:, None]
    return x, draw.integers(1, 6, size=n).astype(float)


def same_parameters(one, other, tol=1e-9):
    for name in ("weights", "means", "covariances"):
        np.testing.assert_allclose(getattr(one, name), getattr(other, name), rtol=tol, atol=tol)
    assert one.log_likelihood == pytest.approx(other.log_likelihood, abs=tol)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("init", ["kmeans", "k-means++", "random_from_data"])
@pytest.mark.parametrize("d", [1, 2, 4])
def test_counts_are_copies_from_the_same_start(kind, init, d):
    x, counts = cloud(d=d)
    rules = {"covariance_type": kind, "init": init, "n_init": 1, "max_iter": 40, "tol": 0.0}
    ours = fit_gmm(x, 3, sample_weight=counts, **rules)
    copies = fit_gmm(np.repeat(x, counts.astype(int), axis=0), 3, **rules)
    same_parameters(ours, copies)
    np.testing.assert_allclose(
        np.repeat(ours.responsibilities, counts.astype(int), axis=0),
        copies.responsibilities,
        atol=1e-8,
    )
    for name in ("aic", "bic", "icl", "aicc", "entropy"):
        assert getattr(ours, name) == pytest.approx(getattr(copies, name), rel=1e-8, abs=1e-6)
    assert ours.n_parameters == copies.n_parameters
    assert [one.code for one in ours.health] == [one.code for one in copies.health]


@pytest.mark.parametrize("kind", SKLEARN_TYPES)
@pytest.mark.parametrize("init", ["kmeans", "k-means++", "random_from_data"])
def test_scikit_learn_finds_the_same_on_the_copies(kind, init):
    x, counts = cloud(seed=3)
    repeated = np.repeat(x, counts.astype(int), axis=0)
    theirs = GaussianMixture(
        3, covariance_type=kind, init_params=init, random_state=5, max_iter=200, tol=1e-6
    ).fit(repeated)
    ours = fit_gmm(
        x, 3, covariance_type=kind, init=init, n_init=1, random_state=5, tol=1e-6, max_iter=200,
        sample_weight=counts,
    )  # fmt: skip
    assert ours.n_iter == theirs.n_iter_
    np.testing.assert_allclose(ours.means, theirs.means_, atol=1e-9)
    np.testing.assert_allclose(ours.weights, theirs.weights_, atol=1e-9)
    assert ours.lower_bound == pytest.approx(theirs.lower_bound_, abs=1e-9)
    assert ours.bic == pytest.approx(theirs.bic(repeated), rel=1e-9)


@settings(max_examples=25)
@given(
    st.integers(0, 10_000), st.sampled_from(KINDS), st.integers(1, 4),
    st.sampled_from([1.0, 1e-6, 3.7, 1e6]),
)  # fmt: skip
def test_weights_that_are_no_counts_have_no_scale(seed, kind, k, scale):
    x, counts = cloud(40, seed=seed)
    weights = counts + 0.25
    rules = {"covariance_type": kind, "n_init": 2, "max_iter": 30}
    one = fit_gmm(x, k, sample_weight=weights, **rules)
    other = fit_gmm(x, k, sample_weight=weights * scale * np.pi, **rules)
    same_parameters(one, other, tol=1e-7)
    assert np.isnan([one.aic, one.bic, one.icl]).all()
    assert one.aicc is None
    assert one.weighting.values.mean() == pytest.approx(1.0)


@pytest.mark.parametrize("kind", KINDS)
def test_weights_of_one_are_the_plain_fit(kind):
    x, _ = cloud()
    ours = fit_gmm(x, 3, covariance_type=kind, sample_weight=np.ones(len(x)))
    plain = fit_gmm(x, 3, covariance_type=kind)
    same_parameters(ours, plain, tol=1e-12)
    assert ours.bic == pytest.approx(plain.bic, rel=1e-12)
    np.testing.assert_array_equal(ours.labels, plain.labels)


def test_by_hand_one_component_is_the_weighted_mean_and_covariance():
    x, weights = cloud(d=3)
    weights = weights + 0.5
    ours = fit_gmm(x, 1, reg_covar=0.0, sample_weight=weights)
    np.testing.assert_allclose(ours.means[0], np.average(x, axis=0, weights=weights))
    expected = np.cov(x.T, aweights=weights, bias=True)
    np.testing.assert_allclose(ours.covariances[0], expected)


def test_the_weighted_likelihood_never_falls():
    x, counts = cloud(seed=8)
    values = [
        fit_gmm(
            x, 3, n_init=1, tol=0.0, reg_covar=0.0, max_iter=limit, sample_weight=counts / 7.0
        ).log_likelihood
        for limit in range(1, 12)
    ]
    assert (np.diff(values) > -1e-12).all()


def test_far_from_zero_narrow_groups_keep_their_digits():
    draw = np.random.default_rng(1)
    x = np.concatenate([draw.normal(size=(40, 2)) * 1e-4, 5.0 + draw.normal(size=(40, 2)) * 1e-4])
    x, counts = x + 1e5, draw.integers(1, 4, size=80)
    rules = {"n_init": 1, "init": "kmeans", "reg_covar": 0.0}
    ours = fit_gmm(x, 2, sample_weight=counts, **rules)
    copies = fit_gmm(np.repeat(x, counts, axis=0), 2, **rules)
    np.testing.assert_allclose(ours.covariances, copies.covariances, rtol=1e-6)


@pytest.mark.parametrize("init", ["k-means++", "random"])
@pytest.mark.parametrize("whole", [True, False])
def test_kmeans_is_scikit_learns_with_sample_weight(init, whole):
    x, counts = cloud(seed=2)
    weights = counts if whole else (counts + 0.3) / (counts + 0.3).mean()
    for seed in range(6):
        theirs = KMeans(4, init=init, n_init=1, random_state=seed).fit(x, sample_weight=weights)
        ours = fit_kmeans(x, 4, init=init, n_init=1, random_state=seed, sample_weight=weights)
        np.testing.assert_allclose(ours.centers, theirs.cluster_centers_, atol=1e-9)
        np.testing.assert_array_equal(ours.labels, theirs.labels_)
        assert ours.inertia == pytest.approx(theirs.inertia_, rel=1e-12)
        assert ours.n_iter == theirs.n_iter_


def test_kmeans_reseeds_empty_clusters_as_scikit_learn_does():
    x = np.array([[0.0], [0.1], [5.0], [5.2], [9.0]])
    weights = np.array([1.0, 2.5, 0.5, 3.0, 0.25])
    start = np.array([[0.0], [100.0], [200.0]])
    theirs = KMeans(3, init=start, n_init=1).fit(x, sample_weight=weights)
    ours = fit_kmeans(x, 3, init=start, sample_weight=weights / weights.mean())
    np.testing.assert_allclose(ours.centers, theirs.cluster_centers_)
    assert any(finding.code == "empty-cluster" for finding in ours.health)


def test_counts_in_kmeans_are_copies():
    x, counts = cloud(seed=4)
    repeated = np.repeat(x, counts.astype(int), axis=0)
    ours = fit_kmeans(x, 3, tol=0.0, n_init=3, sample_weight=counts)
    copies = fit_kmeans(repeated, 3, tol=0.0, n_init=3)
    np.testing.assert_allclose(ours.centers, copies.centers, atol=1e-9)
    assert ours.inertia == pytest.approx(copies.inertia)
    np.testing.assert_allclose(ours.mixture.weights, copies.mixture.weights)
    np.testing.assert_allclose(ours.mixture.covariances, copies.mixture.covariances)


def test_starts_are_drawn_as_from_copies():
    x, counts = cloud()
    repeated = np.repeat(np.arange(len(x)), counts.astype(int))
    for seed in range(20):
        (pick,) = seeding.kmeans_plusplus(x, [4], [seed], counts)
        (copies,) = seeding.kmeans_plusplus(x[repeated], [4], [seed])
        np.testing.assert_array_equal(pick, repeated[copies])
        drawn = seeding.points_without_replacement(len(x), 4, seed, counts)
        copies = seeding.points_without_replacement(len(repeated), 4, seed)
        np.testing.assert_array_equal(drawn, repeated[copies])


@pytest.mark.parametrize("heavy", [5e8, 0.5])
def test_starts_fall_on_rows_by_their_weight(heavy):
    weights = np.full(10, heavy)
    weights[3] *= 6.0  # of 15 equal parts
    drawn = [seeding.points_without_replacement(10, 1, seed, weights)[0] for seed in range(600)]
    assert np.mean(np.array(drawn) == 3) == pytest.approx(0.4, abs=0.08)  # four deviations


@pytest.mark.parametrize(
    ("weights", "words"),
    [
        ([1, -1, 2], "greater than zero"),
        ([1, 0, 2], "greater than zero"),
        ([1, np.nan, 2], "greater than zero"),
        ([1, np.inf, 2], "greater than zero"),
        ([1, 2], "one weight for each"),
        (["a", "b", "c"], "must be numbers"),
        ([1, 2, 1e12], "more than"),
    ],
)
def test_what_is_no_weight_is_refused(weights, words):
    with pytest.raises(FitError, match=words):
        as_weighting(weights, 3)


def test_only_starts_that_know_weights_are_drawn():
    x, counts = cloud()
    assert set(WEIGHTED_INITS) == {"kmeans", "k-means++", "random_from_data", "mixed"}
    with pytest.raises(FitError, match="init"):
        fit_gmm(x, 2, init="whitened", sample_weight=counts)


def test_a_weighted_run_has_no_recorded_steps():
    x, counts = cloud()
    for fit in (fit_gmm(x, 2, sample_weight=counts), fit_kmeans(x, 2, sample_weight=counts)):
        with pytest.raises(FitError, match="not recorded"):
            _ = fit.trace


@pytest.mark.parametrize("kind", KINDS)
def test_the_estimator_of_scripts_is_the_fit_and_scikit_learns_in_its_form(kind):
    x, counts = cloud()
    rules = {"covariance_type": kind, "n_init": 1, "tol": 1e-6, "max_iter": 300}
    ours = fit_gmm(x, 3, init="kmeans", sample_weight=counts, **rules)
    model = WeightedMixture(3, **rules).fit(x, sample_weight=counts)
    np.testing.assert_allclose(model.predict_proba(x), ours.responsibilities, atol=1e-9)
    assert model.fit_.bic == ours.bic
    with pytest.raises(ValueError, match="greater than zero"):
        WeightedMixture(3).fit(x, sample_weight=-counts)


def test_given_centres_begin_weighted_runs():
    x, counts = cloud()
    centres = np.array([[0.0, 0.0], [4.0, 4.0], [8.0, 8.0]])
    ours = fit_gmm(x, 3, init=centres, sample_weight=counts)
    copies = fit_gmm(np.repeat(x, counts.astype(int), axis=0), 3, init=centres)
    same_parameters(ours, copies)
