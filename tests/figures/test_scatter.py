import base64
import json
from dataclasses import replace

import numpy as np
import plotly.graph_objects as go
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from gmm_dash.figures import borders, hover, scatter
from gmm_dash.figures.arrays import outlines, packed
from gmm_dash.figures.frame import literal
from gmm_dash.results import project
from gmm_dash.state import START, AppState, from_query
from tests.strategies import small_states


def _scenes(pipeline, state, scheme="light"):
    result = pipeline.compare.comparison(state)
    projection = project(result.points, state.view.x, state.view.y)
    radii = result.kmeans_fit.radii[result.kmeans.order]
    ranges = scatter.ranges(result.points, projection, (result.kmeans, radii), (result.gmm,))
    show = frozenset(state.view.show)
    for side, radius, rival in (
        (result.kmeans, radii, result.gmm),
        (result.gmm, None, result.kmeans),
    ):
        yield scatter.Scene(
            result.points, projection, side, radius, show, scheme, ranges, rival=rival
        )


def _decoded(spec):
    kinds = {"f4": "float32", "u1": "uint8", "i4": "int32"}
    return np.frombuffer(base64.b64decode(spec["bdata"]), kinds[spec["dtype"]])


@settings(deadline=None, max_examples=30)
@given(state=small_states)
def test_every_picture_is_pure_valid_and_serialisable(state, pipeline):
    for scene in _scenes(pipeline, state, "dark"):
        once, again = scatter.build(scene), scatter.build(scene)
        assert json.dumps(once) == json.dumps(again)
        go.Figure(once)  # refuses whatever plotly.js would not understand
        json.dumps(hover.card(scene))


@settings(deadline=None, max_examples=30)
@given(state=small_states)
def test_every_point_is_drawn_once_inside_the_plot(state, pipeline):
    for scene in _scenes(pipeline, state):
        traces = [t for t in scatter.build(scene)["data"] if "name" in t]
        index = np.concatenate([_decoded(t["customdata"]) for t in traces])
        assert sorted(index) == list(range(scene.points.n))
        x = np.concatenate([_decoded(t["x"]) for t in traces])
        low, high = scene.ranges[0]
        assert ((x >= low - 1e-3 * abs(low)) & (x <= high + 1e-3 * abs(high))).all()


def test_area_follows_certainty_squared(pipeline):
    _, scene = _scenes(pipeline, AppState())
    traces = [t for t in scatter.build(scene)["data"] if "customdata" in t]
    for trace in traces:
        certainty = scene.side.certainty[_decoded(trace["customdata"])]
        expected = np.maximum(scatter.layers.SMALLEST_MARKER, 9 * certainty)
        np.testing.assert_allclose(_decoded(trace["marker"]["size"]), expected, rtol=1e-5)


def test_points_without_a_label_are_hollow_and_say_so(pipeline):
    _, whole = _scenes(pipeline, AppState().but(show=["truth"]))
    codes = np.where(np.arange(whole.points.n) % 3, whole.points.labels, -1)
    scene = replace(whole, points=replace(whole.points, labels=codes))
    traces = [t for t in scatter.build(scene)["data"] if "customdata" in t]
    for trace in traces:
        hollow = [symbol == "circle-open" for symbol in trace["marker"]["symbol"]]
        assert hollow == (codes[_decoded(trace["customdata"])] == -1).tolist()
    card = hover.card(scene)
    names = [card["truth_names"][code] for code in _decoded(card["truth"])]
    assert (np.array(names) == "no label").tolist() == (codes == -1).tolist()


def test_circles_reach_the_farthest_member(pipeline):
    scene, _ = _scenes(pipeline, AppState().but(show=["circles"]))
    outline = [t for t in scatter.build(scene)["data"] if t.get("fill") == "toself"]
    assert len(outline) == 4
    for i, trace in enumerate(outline):
        curve = np.column_stack([_decoded(trace["x"]), _decoded(trace["y"])])
        centre = scene.side.mixture.means[i]
        members = scene.points.fitted[scene.side.labels == i]
        farthest = np.linalg.norm(members - centre, axis=1).max()
        np.testing.assert_allclose(np.linalg.norm(curve - centre, axis=1), farthest, rtol=1e-4)


def test_ellipses_hold_the_share_they_claim(pipeline):
    _, scene = _scenes(pipeline, AppState().but(data="overlap", n=20000, k=1, show=["ellipses"]))
    curves = [t for t in scatter.build(scene)["data"] if t.get("fill") == "toself"]
    precision = np.linalg.inv(scene.side.mixture.covariances[0])
    for trace, sigma in zip(curves, (3, 2, 1), strict=True):
        curve = np.column_stack([_decoded(trace["x"]), _decoded(trace["y"])])
        offset = curve - scene.side.mixture.means[0]
        distance = np.sqrt(np.einsum("ni,ij,nj->n", offset, precision, offset))
        np.testing.assert_allclose(distance, sigma, rtol=1e-3)


@pytest.mark.parametrize("overlay", ["regions", "density"])
def test_maps_need_two_columns_for_regions_only(pipeline, overlay):
    two = AppState().but(show=[overlay])
    four = two.but(data="iris", k=3)
    kinds = {"regions": "heatmap", "density": "contour"}
    for state, expected in ((two, True), (four, overlay == "density")):
        _, scene = _scenes(pipeline, state)
        found = [t["type"] for t in scatter.build(scene)["data"]]
        assert (kinds[overlay] in found) == expected


def test_the_regions_agree_with_the_labels(pipeline):
    for scene in _scenes(pipeline, AppState().but(show=["regions"])):
        trace = next(t for t in scatter.build(scene)["data"] if t["type"] == "heatmap")
        x, y = _decoded(trace["x"]), _decoded(trace["y"])
        z = _decoded(trace["z"]).reshape(len(y), len(x))
        flat = scene.projection.points(scene.points.fitted)
        column = np.abs(x[:, None] - flat[:, 0]).argmin(axis=0)
        row = np.abs(y[:, None] - flat[:, 1]).argmin(axis=0)
        assert (z[row, column] == scene.side.labels).mean() > 0.97


def test_many_points_are_drawn_by_webgl_and_sampled(pipeline):
    scene, _ = _scenes(pipeline, AppState().but(n=30_000, n_init=1, max_iter=20))
    traces = [t for t in scatter.build(scene)["data"] if "customdata" in t]
    assert {t["type"] for t in traces} == {"scattergl"}
    assert sum(len(_decoded(t["x"])) for t in traces) == scatter.MOST_POINTS
    assert hover.card(scene) is not None


def test_user_text_shows_literally():
    assert literal('<a href="x">&') == '&lt;a href="x"&gt;&amp;'
    assert len(literal("x" * 500)) < 70


def test_outlines_are_separated_by_gaps():
    square = np.array([[0.0, 0], [1, 0], [1, 1]])
    x, _ = outlines([square, square])
    values = _decoded(x)
    assert np.isnan(values).sum() == 1
    assert len(values) == 7
    assert packed(np.eye(2))["shape"] == "2,2"


@settings(deadline=None, max_examples=40)
@given(
    centers=arrays(float, st.tuples(st.integers(1, 8), st.just(2)), elements=st.integers(-9, 9)),
    seed=st.integers(0, 999),
)
def test_borders_part_the_points_as_the_nearest_centre_does(centers, seed):
    """Two points have one nearest centre, and no border lies between them; or both not."""
    centers = np.unique(centers, axis=0)
    lines = borders.segments(centers, 1e4)
    for a, b in lines:
        away = np.sort(np.linalg.norm(centers - (a + b) / 2, axis=1))
        np.testing.assert_allclose(away[0], away[1], rtol=1e-6, atol=1e-6)
    one, other = np.random.default_rng(seed).uniform(-12, 12, (2, 60, 2))
    nearest = (np.linalg.norm(x[:, None] - centers, axis=2).argmin(axis=1) for x in (one, other))
    apart = np.not_equal(*nearest)
    crossed = np.zeros(len(one), bool)
    for a, b in lines:
        crossed |= _cross(a, b, one, other)
    assert (apart <= crossed).all()


def _cross(a, b, one, other):
    """Return for each pair of points whether the line from ``a`` to ``b`` lies between them."""

    def side(p, q, x):
        return np.sign((q - p)[..., 0] * (x - p)[..., 1] - (q - p)[..., 1] * (x - p)[..., 0])

    parted = side(a, b, one) != side(a, b, other)
    return parted & (side(one, other, a) != side(one, other, b))


def test_who_differs_is_ringed(pipeline):
    state = from_query(START)[0]
    for scene in _scenes(pipeline, state):
        traces = scatter.build(scene)["data"]
        rings = [t for t in traces if "customdata" in t and "name" not in t]
        told = np.unique(np.concatenate([_decoded(t["customdata"]) for t in rings]))
        differ = np.flatnonzero(scene.side.labels != scene.rival.labels)
        np.testing.assert_array_equal(told, differ)
        xy = scene.projection.points(scene.points.fitted)
        for trace in rings:
            np.testing.assert_allclose(
                _decoded(trace["x"]), xy[_decoded(trace["customdata"]), 0], atol=1e-5
            )


@pytest.mark.parametrize("most", [4, 5, 100])
@pytest.mark.parametrize("alike", [False, True])
def test_the_points_that_the_axes_reach_to_are_drawn(most, alike):
    """Of many points one far away was left out, and most of the plot empty without a reason."""
    xy = np.random.default_rng(1).normal(size=(2_000, 2))
    xy[[5, 700, 1_100, 1_999]] = 1e4 * np.array([[1, 1], [1.1, 1.05], [0.9, -1], [-1, 1]])
    if alike:  # two of them side by side along the curve
        xy[[5, 700]] = [[-2e4, -1e4], [-1e4, -2e4]]
    shown = scatter.shown_points(xy, most)
    assert len({*shown.tolist()}) == most
    assert (xy[shown].min(axis=0) == xy.min(axis=0)).all()
    assert (xy[shown].max(axis=0) == xy.max(axis=0)).all()
