"""Scores, by hand and beside scikit-learn."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn import metrics

from gmm_dash.engine import (
    aic,
    aicc,
    ami,
    ari,
    bic,
    calinski_harabasz,
    fit_gmm,
    fit_kmeans,
    icl,
    n_parameters,
    silhouette,
    silhouettes,
)
from gmm_dash.errors import GmmDashError
from tests.engine.tables import TABLES


def test_parameters_counted_by_hand():
    counts = [n_parameters(shape, 3, 2) for shape in ("full", "tied", "diag", "spherical")]
    assert counts == [3 * 5 + 2, 6 + 3 + 2, 6 + 6 + 2, 6 + 3 + 2]


def test_criteria_by_hand():
    assert aic(-2.0, 5, 100) == 400 + 10
    assert bic(-2.0, 5, 100) == pytest.approx(400 + 5 * np.log(100))
    assert aicc(-2.0, 5, 100) == pytest.approx(410 + 60 / 94)
    assert aicc(-2.0, 5, 6) is None
    assert icl(10.0, np.array([[0.5, 0.5], [1.0, 0.0]])) == pytest.approx(10 + 2 * np.log(2))


def test_the_entropy_in_icl_is_that_of_the_responsibilities():
    fit = fit_gmm(TABLES["iris"](), 3)
    assert fit.icl == pytest.approx(icl(fit.bic, fit.responsibilities), rel=1e-9)


def test_scikit_learns_scores():
    x = TABLES["stretched"]()
    labels = fit_kmeans(x, 4).labels
    assert silhouette(x, labels) == pytest.approx(metrics.silhouette_score(x, labels))
    assert calinski_harabasz(x, labels) == pytest.approx(metrics.calinski_harabasz_score(x, labels))
    other = fit_kmeans(x, 5).labels
    assert ari(labels, other) == pytest.approx(metrics.adjusted_rand_score(labels, other))
    assert ami(labels, other) == pytest.approx(metrics.adjusted_mutual_info_score(labels, other))
    assert ari(["a", "b", None], ["x", "y", "z"]) == 1.0


def test_large_silhouettes_are_sampled_by_seed():
    rng = np.random.default_rng(0)
    x = np.vstack((rng.normal(size=(1500, 2)), rng.normal(size=(1500, 2)) + 6))
    labels = np.repeat([0, 1], 1500)
    first = silhouette(x, labels)
    assert first == silhouette(x, labels)
    assert first == pytest.approx(metrics.silhouette_score(x, labels), abs=0.02)


@given(
    n=st.integers(3, 300),
    d=st.integers(1, 5),
    seed=st.integers(0, 2**32 - 1),
    coarse=st.booleans(),
    away=st.sampled_from([0.0, 1e4]),
)
def test_silhouettes_of_several_labellings_are_scikit_learns(n, d, seed, coarse, away):
    rng = np.random.default_rng(seed)
    x = away + (rng.integers(0, 3, (n, d)).astype(float) if coarse else rng.normal(size=(n, d)))
    labellings = [rng.integers(0, k, n) for k in (2, 3, 7)]
    for labels, found in zip(labellings, silhouettes(x, labellings), strict=True):
        if 2 <= len(np.unique(labels)) < n:
            expected = metrics.silhouette_score(x - x.mean(axis=0), labels)
            assert found == pytest.approx(expected, rel=1e-6, abs=1e-6)
        else:
            assert found is None


@given(
    st.lists(st.tuples(st.integers(0, 3), st.integers(-2, 2)), min_size=1, max_size=120),
    st.integers(1, 30),
)
def test_agreement_of_any_two_labellings_is_scikit_learns(pairs, times):
    first, second = zip(*(pairs * times), strict=True)
    same = pytest.approx(metrics.adjusted_rand_score(first, second), rel=1e-12, abs=1e-12)
    assert ari(first, second) == same
    expected = metrics.adjusted_mutual_info_score(first, second)
    assert ami(first, second) == pytest.approx(expected, rel=1e-9, abs=1e-9)
    assert ari(first, first) == ami(first, first) == pytest.approx(1.0)


@pytest.mark.parametrize("score", [silhouette, calinski_harabasz])
@pytest.mark.parametrize("labels", [[0, 0, 0, 0], [0, 1, 2, 3]])
def test_what_is_not_defined_is_none(score, labels):
    assert score(np.arange(8.0).reshape(4, 2), labels) is None


def test_constant_data_give_none_or_a_number_but_no_warning():
    x = np.ones((6, 2))
    for score in (silhouette, calinski_harabasz):
        value = score(x, [0, 0, 0, 1, 1, 1])
        assert value is None or np.isfinite(value)


def test_labels_must_fit():
    with pytest.raises(GmmDashError):
        ari([0, 1], [0, 1, 2])
    with pytest.raises(GmmDashError):
        silhouette(np.zeros((3, 2)), [0, 1])
    assert ari([], []) is None


@pytest.mark.parametrize("names", [[-3, 0, 7], [0, 10**15, -(10**15)], [2, 2**62, -(2**62)]])
def test_whole_numbers_of_any_size_name_clusters(names):
    codes = np.random.default_rng(0).integers(0, 3, (2, 90))
    first, second = (np.array(names)[one] for one in codes)
    x = np.random.default_rng(1).normal(size=(90, 2))
    assert ari(first, second) == pytest.approx(ari(*codes))
    assert silhouette(x, first) == pytest.approx(silhouette(x, codes[0]))
