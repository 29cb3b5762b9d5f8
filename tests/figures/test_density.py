import base64
import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gmm_dash.datasets import DATASETS
from gmm_dash.engine import fit_gmm
from gmm_dash.figures import density, held_out
from gmm_dash.results import HeldOut, Points, project, study_density
from gmm_dash.results.slice import slice_at


def array(spec):
    flat = np.frombuffer(base64.b64decode(spec["bdata"]), spec["dtype"])
    if "shape" in spec:
        return flat.reshape([int(side) for side in spec["shape"].split(",")])
    return flat


def scene(name="moons", k=3, axes=("", ""), **changed):
    sample = DATASETS[name].draw(n=80, noise=0.1, centers=2, seed=0)
    points = Points.build(
        sample.points, sample.columns, standardise=name == "iris", labels=sample.labels
    )
    fit = fit_gmm(points.fitted, k, n_init=1)
    study = study_density(points, fit, n_draws=50, seed=1, outlier_share=0.05)
    projection = project(points, *axes)
    shown = {"heat": True, "contours": True, "log": False, "data": True, "draws": False}
    return density.Scene(
        study,
        projection,
        **shown | changed,
        scheme="light",
        ranges=density.ranges(study, projection),
    )


@pytest.mark.parametrize("name", ["moons", "iris"])
@pytest.mark.parametrize("axes", [("", ""), ("PC1", "PC2")])
def test_the_map_and_its_margins_each_hold_all_probability(name, axes):
    figure = density.build(scene(name, axes=axes))
    heat = figure["data"][0]
    x, y, z = (array(heat[key]).astype(float) for key in "xyz")
    total = z.sum() * (x[1] - x[0]) * (y[1] - y[0])
    assert total == pytest.approx(1, abs=0.02)
    for across, along in (("x", "y"), ("y", "x")):
        curve = next(
            t
            for t in reversed(figure["data"])
            if t["type"] == "scatter" and t.get("xaxis") == ("x" if across == "x" else "x2")
        )
        grid, height = array(curve[across]), array(curve[along])
        known = np.isfinite(height) & np.isfinite(grid)
        assert np.trapezoid(height[known], grid[known]) == pytest.approx(1, abs=0.03)


@pytest.mark.parametrize("axes", [("", ""), ("PC1", "PC2")])
def test_a_slice_is_the_map_along_one_line(axes):
    """Its curve has the shape of the density there; the thick line passes through its mean."""
    one = scene("iris", axes=axes)
    cut = slice_at(one.study.points, one.study.fit.mixture, one.projection, 0.4)
    figure = density.build(scene("iris", axes=axes, cut=cut))
    _, means, _, curve, _, mark = figure["data"][-6:]
    x, y = (array(curve[key]).astype(float) for key in "xy")
    along = density.density_grid(cut.flat, np.array([cut.at]), y)[:, 0]
    height = (x - cut.at) / (x - cut.at).max()
    np.testing.assert_allclose(height, np.exp(along - along.max()), atol=0.01)
    middle = np.interp(cut.at, array(means["x"]), array(means["y"]))
    assert middle == pytest.approx(cut.mean, abs=0.02)
    assert (array(mark["x"])[0], array(mark["y"])[0]) == pytest.approx((cut.at, cut.mean), rel=1e-5)


def test_contours_hold_the_share_of_draws_that_the_caption_says():
    one = scene(contours=True, heat=False)
    trace = density.build(one)["data"][0]
    outside = array(trace["z"]) / density._STEPS
    x, y = array(trace["x"]).astype(float), array(trace["y"]).astype(float)
    flat = one.study.fit.mixture
    mass = np.exp(density.density_grid(flat, x, y)) * (x[1] - x[0]) * (y[1] - y[0])
    for held in (0.1, 0.5, 0.9):
        assert mass[outside >= 1 - held].sum() == pytest.approx(held, abs=0.05)


@settings(deadline=None, max_examples=25)
@given(*[st.booleans()] * 5, st.sampled_from(["light", "dark"]))
def test_every_combination_is_a_figure_without_surprises(heat, contours, log, data, draws, scheme):
    one = scene(heat=heat, contours=contours, log=log, data=data, draws=draws)
    figure = density.build(one)
    json.dumps(figure, allow_nan=False)
    kinds = [trace["type"] for trace in figure["data"]]
    assert kinds.count("heatmap") == heat
    assert kinds.count("contour") == contours
    assert ("New points" in [t.get("name") for t in figure["data"]]) == draws


def test_outliers_are_ringed_and_named():
    trace = next(t for t in density.build(scene())["data"] if t.get("name") == "Outliers")
    assert len(array(trace["x"])) == 4


def test_the_best_k_of_the_held_out_curve_is_starred():
    result = HeldOut((1, 2, 3), (-3.0, -2.0, -1.0), (-3.0, -2.5, None), 50, 0.2)
    figure = held_out.build(result, 3, "dark")
    star = figure["data"][-1]
    assert (star["x"], star["y"]) == ([2], [-2.5])


def test_a_curve_without_any_score_is_drawn_empty():
    result = HeldOut((1,), (None,), (None,), 5, 0.2)
    assert len(held_out.build(result, 1, "light")["data"]) == 2


def opacity(n, **changed):
    found = replace(scene("moons"), **changed)
    points = found.study.points
    many = replace(points, fitted=np.tile(points.fitted, (n // points.n, 1)))
    found = replace(found, study=replace(found.study, points=many), most=n)
    marks = next(t for t in density.build(found)["data"] if t.get("name") == "Data")
    return float(marks["marker"]["color"].rsplit(",", 1)[1].rstrip(")"))


def test_many_points_let_the_density_through():
    few, many = opacity(400), opacity(20_000)
    assert few == opacity(2_000)
    assert 0.1 * few < many < 0.3 * few
    assert opacity(20_000, heat=False) == many
    assert opacity(20_000, heat=False, contours=False) == few, "there is nothing below them"
