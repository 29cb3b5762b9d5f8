"""One column: a histogram, the components' curves and their sum, k-means' cuts, the points."""

import json

import numpy as np
import plotly.graph_objects as go
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import norm
from sklearn.cluster import KMeans
from sklearn.mixture import GaussianMixture

from gmm_dash.engine import Mixture
from gmm_dash.figures import bare, line, scatter
from gmm_dash.figures.arrays import unpacked
from gmm_dash.figures.still import svg
from gmm_dash.results import Points, project
from gmm_dash.results.histogram import cuts, histogram
from gmm_dash.say import VIEWS
from gmm_dash.state import AppState
from gmm_dash.theme import LIGHT

GALAXIES = {"data": "galaxies", "scale": "standard"}
values = st.lists(st.floats(-1e6, 1e6).map(lambda v: round(v, 3)), min_size=2, max_size=60)


def _scenes(pipeline, **settings):
    state = AppState().but(**GALAXIES | {"show": ["size", "ellipses", "centers"]} | settings)
    result = pipeline.compare.comparison(state)
    seen = project(result.points, state.view.x, state.view.y)
    ends = scatter.ranges(result.points, seen, None, (result.gmm,))
    shown = (frozenset(state.view.show), "light", ends)
    for side, rival in ((result.kmeans, result.gmm), (result.gmm, result.kmeans)):
        yield scatter.Scene(result.points, seen, side, None, *shown, rival=rival)


def _places(trace):
    return np.column_stack([unpacked(trace[axis]).astype(float) for axis in "xy"])


def _curves(figure):
    return [t for t in figure["data"] if t["mode"] == "lines" and t.get("fill") != "toself"]


@settings(deadline=None, max_examples=60)
@given(values=values)
def test_bars_hold_an_area_of_one_and_every_value(values):
    heights, edges = histogram(np.array(values))
    assert np.isclose((heights * np.diff(edges)).sum(), 1)
    assert edges[0] <= min(values) <= max(values) <= edges[-1]
    assert 1 <= len(heights) <= 120


@settings(deadline=None, max_examples=60)
@given(
    means=st.lists(st.floats(-1e4, 1e4), min_size=1, max_size=6),
    wide=st.lists(st.floats(1e-3, 1e3), min_size=6, max_size=6),
    odds=st.lists(st.floats(0.01, 1), min_size=6, max_size=6),
)
def test_the_drawn_sum_holds_an_area_of_one_and_each_component_its_weight(means, wide, odds):
    k = len(means)
    weights = np.array(odds[:k]) / sum(odds[:k])
    line_mixture = Mixture(weights, np.array(means)[:, None], np.square(wide[:k])[:, None, None])
    drawn = line.curves(line_mixture, ["#123456"] * k, np.array([-1.0, 1.0]), LIGHT)
    areas = []
    # float32 places of a narrow curve far from zero are not the places of its heights
    exact = all(
        np.spacing(np.float32(abs(m))) < 1e-5 * s for m, s in zip(means, wide, strict=False)
    )
    for trace in drawn:
        x, y = _places(trace).T
        areas.append(np.trapezoid(y, x) if exact else None)
    for area, wanted in zip(areas, [*weights, 1.0], strict=True):
        assert area is None or area == pytest.approx(wanted, abs=0.01)


def test_curves_are_those_of_scikit_learn(pipeline):
    _, scene = _scenes(pipeline, k=3, scale="none")
    drawn = _curves(scatter.build(scene))
    assert len(drawn) == 4
    mixture = scene.side.mixture
    start = GaussianMixture(
        3, means_init=mixture.means, weights_init=mixture.weights, tol=1e-9, max_iter=1000,
        precisions_init=1 / mixture.covariances, reg_covar=1e-6,
    ).fit(scene.points.raw)  # fmt: skip
    x, total = _places(drawn[-1]).T
    np.testing.assert_allclose(total, np.exp(start.score_samples(x[:, None])), rtol=2e-3, atol=1e-9)
    for trace, weight, mean, variance in zip(
        drawn, mixture.weights, mixture.means[:, 0], mixture.covariances[:, 0, 0], strict=False
    ):
        x, y = _places(trace).T
        wanted = weight * norm(mean, np.sqrt(variance)).pdf(x)
        np.testing.assert_allclose(y, wanted, rtol=1e-3, atol=1e-9)


@pytest.mark.parametrize("kind", ["full", "tied", "diag", "spherical"])
def test_one_column_is_fitted_as_scikit_learn_fits_it(pipeline, kind):
    state = AppState().but(**GALAXIES, k=4, cov=kind, init="kmeans", n_init=1)
    points, fit = pipeline.points(state.data), pipeline.models.gmm(state.data, state.model)
    theirs = GaussianMixture(
        4, covariance_type=kind, tol=state.model.tol, max_iter=500, random_state=state.model.seed
    ).fit(points.fitted)
    assert fit.bic == pytest.approx(theirs.bic(points.fitted), rel=1e-9)
    np.testing.assert_allclose(np.sort(fit.means, 0), np.sort(theirs.means_, 0), rtol=1e-7)
    kmeans = pipeline.models.kmeans(state.data, state.model)
    best = KMeans(4, init=kmeans.centers, n_init=1).fit(points.fitted)
    assert kmeans.inertia == pytest.approx(best.inertia_)


@pytest.mark.parametrize("scale", ["none", "standard"])
def test_cuts_are_halfway_between_neighbours_and_part_the_clusters(pipeline, scale):
    scene, _ = _scenes(pipeline, k=5, scale=scale)
    (drawn,) = _curves(scatter.build(scene))
    assert drawn["line"]["dash"]
    across = _places(drawn)[:, 0]
    at = np.unique(across[~np.isnan(across)])
    centers = np.sort(scene.projection.points(scene.side.mixture.means)[:, 0])
    np.testing.assert_allclose(at, (centers[1:] + centers[:-1]) / 2, rtol=1e-6)
    x = scene.points.raw[:, 0]
    between = np.searchsorted((centers[1:] + centers[:-1]) / 2, x)
    for group in range(5):
        assert len(np.unique(scene.side.labels[between == group])) == 1


def test_centres_that_coincide_have_no_cut_between_them():
    np.testing.assert_array_equal(cuts(np.array([3.0, 1.0, 1.0])), [2.0])
    assert len(cuts(np.array([4.0]))) == 0


def test_points_lie_below_the_axis_where_they_are_and_as_large_as_they_are_sure(pipeline):
    for scene in _scenes(pipeline, k=4):
        found = [t for t in scatter.build(scene)["data"] if "customdata" in t]
        rows = np.concatenate([unpacked(t["customdata"]) for t in found])
        assert sorted(rows) == list(range(82))
        for trace in found:
            mine, at = unpacked(trace["customdata"]), _places(trace)
            np.testing.assert_allclose(at[:, 0], scene.points.raw[mine, 0], rtol=1e-6)
            assert len(np.unique(at[:, 1])) == 1
            assert scene.ranges[1, 0] < at[0, 1] < 0
            wanted = np.maximum(1.5, 9 * scene.side.certainty[mine])
            np.testing.assert_allclose(unpacked(trace["marker"]["size"]), wanted, rtol=1e-5)


def test_intervals_change_where_another_group_is_likelier(pipeline):
    for scene in _scenes(pipeline, k=4, show=["regions"]):
        boxes = [t for t in scatter.build(scene)["data"] if t.get("line", {}).get("width") == 0]
        width = float(np.ptp(scene.ranges[0]))
        for group, trace in zip(np.unique(scene.side.labels), boxes, strict=True):
            ends = _places(trace)[:, 0]
            mine = scene.points.raw[scene.side.labels == group, 0]
            parts = np.split(ends, np.flatnonzero(np.isnan(ends)))
            inside = np.zeros(len(mine), dtype=bool)
            for part in parts:
                low, high = np.nanmin(part), np.nanmax(part)
                inside |= (mine >= low - 0.001 * width) & (mine <= high + 0.001 * width)
            assert inside.all()


@pytest.mark.parametrize("show", [["size"], ["ellipses", "borders"], ["regions", "centers"]])
def test_pictures_are_valid_and_all_points_are_in_them(pipeline, show):
    for scene in _scenes(pipeline, k=6, show=show):
        figure = scatter.build(scene)
        go.Figure(figure)
        json.dumps(figure)
        assert svg(figure).startswith("<svg")
        low, high = figure["layout"]["xaxis"]["range"]
        assert low < scene.points.raw.min() < scene.points.raw.max() < high
        assert min(figure["layout"]["yaxis"]["tickvals"]) == 0
    go.Figure(bare.build(scene.points, scene.projection, "dark"))


def test_a_curve_does_not_flatten_the_bars(pipeline):
    scene = list(_scenes(pipeline, k=9))[1]
    tallest = histogram(scene.points.raw[:, 0])[0].max()
    assert tallest < scene.ranges[1, 1] < 2 * tallest


def test_a_mixture_without_width_has_no_curve():
    flat = Mixture(np.ones(1), np.zeros((1, 1)), np.zeros((1, 1, 1)))
    assert line.curves(flat, ["#000000"], np.array([0.0, 1.0]), LIGHT) == []


def test_k_means_own_limit_has_no_curve_and_says_none(pipeline):
    state = AppState().but(**GALAXIES, k=3, cov="equal", hard=1.0, show=["size", "ellipses"])
    _, scene = _scenes(pipeline, k=3, cov="equal", hard=1.0)
    assert _curves(scatter.build(scene)) == []
    said = {one.code for one in VIEWS["compare"](pipeline, state).parts["caption.gmm"]}
    assert not said & {"caption.curves", "caption.curve-above"}


def test_one_column_has_one_axis_to_choose(pipeline):
    points = Points.build(np.arange(9.0)[:, None], ("a",), standardise=True)
    for x, y in (("", ""), ("a", "a"), ("PC1", "b"), ("", "PC2")):
        seen = project(points, x, y)
        assert seen.line
        assert seen.titles == ("a", "density")
        assert seen.missing == ()
        np.testing.assert_allclose(seen.points(points.fitted)[:, 0], np.arange(9.0), atol=1e-12)
    assert project(points, "b", "").missing == (("horizontal", "b"),)
