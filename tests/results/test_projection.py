import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.decomposition import PCA
from sklearn.preprocessing import StandardScaler

from gmm_dash.engine import Mixture
from gmm_dash.engine import project as project_mixture
from gmm_dash.errors import FitError
from gmm_dash.results import Points, axis_choices, project


def _points(seed=0, n=50, d=3, *, standardise=False):
    rng = np.random.default_rng(seed)
    raw = rng.normal(size=(n, d)) @ rng.normal(size=(d, d)) * 10.0 ** rng.integers(-3, 4, d) + 5
    return Points.build(raw, tuple(f"c{i}" for i in range(d)), standardise=standardise)


@settings(deadline=None, max_examples=50)
@given(
    seed=st.integers(0, 1000), standardise=st.booleans(), x=st.integers(0, 2), y=st.integers(0, 2)
)
def test_columns_are_shown_in_their_own_units(seed, standardise, x, y):
    points = _points(seed, standardise=standardise)
    flat = project(points, f"c{x}", f"c{y}").points(points.fitted)
    np.testing.assert_allclose(flat[:, 0], points.raw[:, x], rtol=1e-9)
    if x != y:
        np.testing.assert_allclose(flat[:, 1], points.raw[:, y], rtol=1e-9)


@pytest.mark.parametrize("standardise", [False, True])
def test_principal_components_are_scikit_learns(standardise):
    points = _points(3, standardise=standardise)
    ours = project(points, "PC1", "PC2").points(points.fitted)
    theirs = PCA(2).fit_transform(points.fitted)
    scale = np.abs(theirs).max()
    np.testing.assert_allclose(np.abs(ours) / scale, np.abs(theirs) / scale, atol=1e-8)


def test_ellipses_travel_by_the_same_map():
    points = _points(1, n=20_000, standardise=True)
    whole = Mixture(
        np.ones(1), points.fitted.mean(0)[None], np.cov(points.fitted.T, bias=True)[None]
    )
    for axes in (("c0", "c2"), ("PC1", "PC3")):
        projection = project(points, *axes)
        shown = project_mixture(whole, projection.matrix, projection.offset)
        flat = projection.points(points.fitted)
        np.testing.assert_allclose(shown.means[0], flat.mean(0), rtol=1e-7, atol=1e-7)
        np.testing.assert_allclose(
            shown.covariances[0], np.cov(flat.T, bias=True), rtol=1e-6, atol=1e-9
        )


@settings(deadline=None, max_examples=30)
@given(seed=st.integers(0, 1000), standardise=st.booleans())
def test_two_columns_can_be_mapped_back(seed, standardise):
    points = _points(seed, d=2, standardise=standardise)
    projection = project(points, "c1", "c0")
    assert projection.faithful
    back = projection.inverse(projection.points(points.fitted))
    np.testing.assert_allclose(back, points.fitted, rtol=1e-6, atol=1e-9)


def test_a_round_cluster_looks_round_when_standardised():
    points = _points(5, d=2, standardise=True)
    projection = project(points, "", "")
    ball = projection.matrix @ projection.matrix.T
    assert ball[0, 0] == pytest.approx(ball[1, 1] * projection.scale_ratio**2)


def test_very_different_ranges_give_up_equal_scales():
    raw = np.random.default_rng(0).normal(size=(50, 2)) * [1, 1000]
    assert project(Points.build(raw, ("a", "b"), standardise=False), "", "").scale_ratio is None
    assert project(Points.build(raw, ("a", "b"), standardise=True), "", "").scale_ratio


def test_an_unknown_axis_is_replaced_and_named():
    points = _points()
    projection = project(points, "nope", "PC9")
    assert projection.titles == ("c0", "c1")
    assert projection.missing == (("horizontal", "nope"), ("vertical", "PC9"))
    assert axis_choices(points) == ["c0", "c1", "c2", "PC1", "PC2", "PC3"]


def test_the_same_column_twice_is_never_shown():
    assert project(_points(), "c1", "c1").titles == ("c1", "c2")


@pytest.mark.parametrize(
    "raw", [np.zeros((5, 0)), np.zeros((1, 2)), np.array([[1e300, 0], [0, 1.0]]), np.zeros((0, 2))]
)
def test_what_cannot_be_fitted_is_refused_in_words(raw):
    with pytest.raises(FitError) as refused:
        Points.build(raw, ("a", "b")[: raw.shape[1]], standardise=True)
    assert refused.value.hint


def test_standardising_is_scikit_learns_and_survives_constant_columns():
    raw = np.column_stack([np.random.default_rng(0).normal(3, 2, 40), np.full(40, 7.0)])
    points = Points.build(raw, ("a", "b"), standardise=True)
    np.testing.assert_allclose(points.fitted, StandardScaler().fit_transform(raw), atol=1e-12)
