"""Principal components before a fit, with scikit-learn's PCA as the oracle."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.decomposition import PCA
from sklearn.preprocessing import StandardScaler

from gmm_dash.engine import Mixture
from gmm_dash.errors import FitError
from gmm_dash.results import Points, axis_choices, project
from gmm_dash.results.pinned import Pinned
from gmm_dash.results.reducing import reduced
from gmm_dash.state import from_query


def _points(raw, *, standardise=True, **more):
    columns = tuple(f"c{j}" for j in range(raw.shape[1]))
    return Points.build(raw, columns, standardise=standardise, **more)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from([1, 2, 4, 0.5, 0.95]), st.booleans())
def test_the_fits_see_what_scikit_learn_makes_of_the_scaled_columns(seed, wanted, standardise):
    r = np.random.default_rng(seed)
    raw = r.normal(size=(60, 5)) @ r.normal(size=(5, 5)) + r.normal(0, 100, 5)
    scaled = StandardScaler().fit_transform(raw) if standardise else raw
    pca = PCA(wanted, svd_solver="full")
    scores = pca.fit_transform(scaled)
    points = reduced(_points(raw, standardise=standardise), wanted)
    np.testing.assert_array_equal(points.fitted, scores)
    assert points.reduction.kept == pytest.approx(pca.explained_variance_ratio_.sum())
    assert points.columns == tuple(f"PC {i + 1}" for i in range(scores.shape[1]))
    assert axis_choices(points) == list(points.columns)
    assert points.origin.raw is not points.raw
    np.testing.assert_allclose(points.seen(raw), scores, atol=1e-9 * np.abs(scaled).max())
    assert points.standardised == standardise
    with pytest.raises(ValueError, match="read-only"):
        points.fitted[0, 0] = 0


def test_nothing_is_done_where_it_is_not_asked_for():
    points = _points(np.random.default_rng(0).normal(size=(9, 3)))
    assert reduced(points, 0.0) is points
    assert points.origin is points


@pytest.mark.parametrize(
    ("raw", "wanted", "said"),
    [
        (np.eye(4, 3), 4, "4 components wanted of 3 columns"),
        (np.eye(4, 3), 1.5, "neither a number"),
        (np.ones((5, 3)), 1, "no column varies"),
        (np.ones((5, 3)), 0.9, "no column varies"),
        (np.outer(np.arange(5.0), [1, 2, 3]), 2, "only 1 of the components"),
        (np.array([[0.0, 1, 5], [3, 3, 9]]), 2, "only 1 of the components"),
    ],
)
def test_what_cannot_be_is_said(raw, wanted, said):
    with pytest.raises(FitError, match=said) as problem:
        reduced(_points(raw), wanted)
    assert problem.value.hint


def test_constant_columns_take_no_part():
    r = np.random.default_rng(1)
    raw = np.column_stack([np.full(30, 7.0), r.normal(size=(30, 2))])
    points = reduced(_points(raw), 2)
    np.testing.assert_allclose(points.reduction.axes[:, 0], 0, atol=1e-12)
    assert points.reduction.kept == pytest.approx(1)


def test_true_gaussians_turn_with_the_points():
    r = np.random.default_rng(2)
    means, covariance = np.array([[0.0, 0, 0], [4, 1, 2]]), np.diag([1.0, 4, 0.25])
    labels = np.repeat([0, 1], 4000)
    raw = means[labels] + r.normal(size=(8000, 3)) * np.sqrt(np.diag(covariance))
    points = _points(raw).drawn_from(Mixture(np.full(2, 0.5), means, np.array([covariance] * 2)))
    turned = reduced(points, 2)
    for group in (0, 1):
        mine = turned.fitted[labels == group]
        np.testing.assert_allclose(turned.sources.means[group], mine.mean(axis=0), atol=0.1)
        np.testing.assert_allclose(turned.sources.covariances[group], np.cov(mine.T), atol=0.1)


def test_groups_are_told_in_the_data_s_own_columns_and_units(pipeline):
    state, problems = from_query("?data=wine&k=3&n_init=2&pcs=3&tab=groups")
    assert not problems
    result, found = pipeline.compare.comparison(state), pipeline.compare.profiles(state).gmm
    whole = pipeline.points(state.but(pcs=0).data)
    assert found.columns == whole.columns
    for group in range(3):
        mine = whole.raw[result.gmm.labels == group]
        np.testing.assert_allclose(found.means[group], mine.mean(axis=0), rtol=1e-9)
    assert project(result.points, "", "").titles == ("PC 1", "PC 2")
    assert project(result.points, "pc3", "PC1").titles == ("PC 3", "PC 1")
    assert project(result.points, "alcohol", "").missing == (("horizontal", "alcohol"),)


def test_criteria_of_other_components_are_not_compared(pipeline):
    state, _ = from_query("?data=wine&k=3&n_init=1&pcs=3")
    for other, same in (({"pcs": 2}, False), ({"pcs": 0}, False), ({"k": 2}, True)):
        then = state.but(**other)
        pinned = Pinned(
            then, state, pipeline.compare.comparison(then), pipeline.compare.comparison(state)
        )
        assert pinned.comparable == same
