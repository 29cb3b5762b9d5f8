"""What is sent to the player, against the run it was made from."""

import base64
import json

import numpy as np
import pytest
from hypothesis import given, settings

from gmm_dash.engine import Mixture, fit_gmm, fit_kmeans
from gmm_dash.engine import project as project_mixture
from gmm_dash.engine.known_starts import fit_from_mixture
from gmm_dash.errors import FitError
from gmm_dash.figures import steps as figures
from gmm_dash.pipeline.steps import lift
from gmm_dash.results import project
from gmm_dash.results.steps_claims import steps_caption_claims
from gmm_dash.state import AppState
from tests.strategies import small_states

KINDS = {"f4": "float32", "u1": "uint8", "i4": "int32"}


def _array(spec):
    return np.frombuffer(base64.b64decode(spec["bdata"]), KINDS[spec["dtype"]])


def _sent(pipeline, **flat):
    state = AppState().but(**flat)
    steps = pipeline.steps.runs(state)
    projection = project(steps.points, state.view.x, state.view.y)
    return steps, projection, figures.payload(steps, projection, "light")


@pytest.mark.parametrize(
    "flat", [{}, {"data": "iris", "k": 3, "x": "PC1", "y": "PC2", "scale": "standard"}]
)
def test_positions_and_shares_are_those_of_the_engine(pipeline, flat):
    steps, projection, sent = _sent(pipeline, **flat)
    n, k = steps.points.n, len(steps.start.centers)
    origin = np.array(sent["origin"])
    points = _array(sent["points"]).reshape(n, 2) + origin
    np.testing.assert_allclose(points, projection.points(steps.points.fitted), rtol=1e-6, atol=1e-6)
    trace, order = steps.kmeans.fit.trace, np.array(sent["kmeans"]["order"])
    centers = _array(sent["kmeans"]["centers"]).reshape(-1, k, 2) + origin
    labels = _array(sent["kmeans"]["labels"]).reshape(-1, n)
    assert len(labels) == len(trace)
    for i in range(len(trace)):
        flat_centers = projection.points(trace.centers[i][order])
        np.testing.assert_allclose(centers[i], flat_centers, rtol=1e-5, atol=1e-5)
        np.testing.assert_array_equal(order[labels[i]], trace.labels(steps.points.fitted, i))


def test_ellipses_and_shares_are_those_of_the_engine(pipeline):
    steps, projection, sent = _sent(pipeline)
    n, k = steps.points.n, len(steps.start.centers)
    trace, order = steps.gmm.fit.trace, np.array(sent["gmm"]["order"])
    means = _array(sent["gmm"]["means"]).reshape(-1, k, 2) + sent["origin"]
    spread = _array(sent["gmm"]["covariances"]).reshape(-1, k, 3)
    first, share = (_array(sent["gmm"][key]).reshape(-1, n) for key in ("first", "share"))
    for i in range(len(trace)):
        mixture = Mixture(
            trace.weights[i][order], trace.means[i][order], trace.covariances[i][order]
        )
        flat = project_mixture(mixture, projection.matrix, projection.offset)
        np.testing.assert_allclose(means[i], flat.means, rtol=1e-5, atol=1e-5)
        np.testing.assert_allclose(spread[i][:, 1], flat.covariances[:, 0, 1], rtol=1e-5, atol=1e-6)
        shares = trace.responsibilities(steps.points.fitted, i)
        np.testing.assert_array_equal(order[first[i + 1]], shares.argmax(axis=1))
        np.testing.assert_allclose(share[i + 1] / 255, shares.max(axis=1), atol=0.51 / 255)


@pytest.mark.parametrize(
    "flat",
    [
        {},
        {"data": "iris", "k": 3, "x": "PC1", "scale": "standard", "cov": "diag"},
        {"data": "galaxies", "k": 3, "scale": "standard"},
    ],
)
def test_the_browser_has_the_points_as_the_fits_see_them(pipeline, flat):
    steps, projection, sent = _sent(pipeline, **flat)
    fitted, x = sent["fitted"], steps.points.fitted
    n, d = x.shape
    back = np.reshape(fitted["back"], (d, 2))
    if d == 2:
        z = _array(sent["points"]).reshape(n, 2) @ back.T
    else:
        z = _array(fitted["points"]).reshape(n, d)
    np.testing.assert_allclose(z + fitted["mean"], x, atol=1e-5)
    start = _array(sent["start"]).reshape(-1, 2)
    lifted = lift(steps.points, projection, start + sent["origin"])
    np.testing.assert_allclose(start @ back.T + fitted["mean"], lifted, atol=1e-5)
    forth = np.reshape(fitted["forth"], (2, d))
    if d == 1:  # heights are lost
        np.testing.assert_allclose(back @ forth, [[1.0]], atol=1e-12)
    else:
        np.testing.assert_allclose(forth @ back, np.eye(2), atol=1e-12)


def test_far_from_zero_no_digit_of_the_picture_is_lost(pipeline, monkeypatch):
    steps, projection, sent = _sent(pipeline)
    far = type(projection)(
        projection.matrix, projection.offset + 1e8, projection.titles, projection.scale_ratio, True
    )
    moved = figures.payload(steps, far, "light")
    np.testing.assert_allclose(_array(moved["points"]), _array(sent["points"]), atol=1e-6)


def test_the_objective_has_a_value_for_every_half_step(pipeline):
    steps, _, sent = _sent(pipeline)
    for side, run in (("kmeans", steps.kmeans), ("gmm", steps.gmm)):
        assert len(sent[side]["objective"]) == run.last + 1 == sent[side]["last"] + 1
        assert sent[side]["objective"][0] is None
    assert sent["kmeans"]["objective"][-1] == pytest.approx(steps.kmeans.fit.inertia)
    assert sent["gmm"]["objective"][-1] == pytest.approx(steps.gmm.fit.log_likelihood)


def test_sixty_half_steps_of_two_thousand_points_are_a_small_answer(pipeline):
    _, _, sent = _sent(pipeline, data="blobs", n=2000, noise=1.1, max_iter=30, k=5, seed=3)
    assert sent["gmm"]["last"] >= 60
    assert len(json.dumps(sent)) < 500_000


def test_borders_of_k_means_are_drawn_only_where_they_are_right(pipeline):
    assert _sent(pipeline)[2]["metric"] == pytest.approx([1, 0, 1])
    assert _sent(pipeline, data="iris", k=3)[2]["metric"] is None
    stretched = _sent(pipeline, data="faithful", k=3, scale="standard")[2]["metric"]
    assert stretched[0] / stretched[2] != pytest.approx(1, rel=0.1)


ONE_COLUMN = [
    {"data": "galaxies", "k": 6},
    {"data": "galaxies", "k": 3, "scale": "none", "cov": "tied", "start": "bad"},
    {"data": "waits", "k": 2, "start": "own", "centres": [80.0, 3.0, 60.0, -7.0]},
    {"data": "faithful", "cols": ["waiting"], "k": 3, "start": "random_gaussians"},
    {"data": "galaxies", "k": 2, "transform": ["log:velocity"]},
]


@pytest.mark.parametrize("flat", ONE_COLUMN)
def test_a_run_of_one_column_is_the_engines(pipeline, flat):
    steps, _, _ = _sent(pipeline, **flat)
    x, run, model = steps.points.fitted, steps.gmm, AppState().but(**flat).model
    assert x.shape[1] == 1
    options = {"covariance_type": model.covariance_type, "tol": model.tol, "max_iter": 500}
    begun = run.fit.start
    if begun is None:
        fit = fit_gmm(x, model.k, init=steps.start.centers, n_init=1, **options)
    else:
        fit = fit_from_mixture(x, begun, reg_covar=model.reg_covar, **options)
    assert run.log_likelihood[-1] == pytest.approx(fit.log_likelihood, abs=1e-10)
    np.testing.assert_allclose(run.means[-1], fit.means[run.order], rtol=1e-10)
    np.testing.assert_allclose(run.covariances[-1], fit.covariances[run.order], rtol=1e-10)
    kmeans = fit_kmeans(x, model.k, init=steps.start.centers, n_init=1)
    assert steps.kmeans.inertia[-1] == pytest.approx(kmeans.inertia, rel=1e-10)
    sides = np.abs(x - np.sort(kmeans.centers[:, 0])).argmin(axis=1)
    assert len(np.unique(sides)) == model.k


@pytest.mark.parametrize("flat", ONE_COLUMN)
def test_one_column_is_a_strip_of_points_over_a_row_of_centres(pipeline, flat):
    steps, projection, sent = _sent(pipeline, **flat)
    n, k, line = steps.points.n, len(steps.start.centers), sent["line"]
    scale, shift = projection.matrix[0, 0], projection.offset[0]
    (low, high), (bottom, top) = sent["ranges"]
    across = _array(sent["points"]).reshape(n, 2) + sent["origin"]
    np.testing.assert_allclose(
        across[:, 0], steps.points.fitted[:, 0] * scale + shift, rtol=1e-6, atol=1e-6
    )
    assert ((low < across[:, 0]) & (across[:, 0] < high)).all()
    assert (line["height"] < across[:, 1]).all()
    assert (across[:, 1] < 0).all()
    assert bottom < line["height"] < 0 < max(line["heights"]) < top
    for places in (sent["start"], sent["kmeans"]["centers"], sent["gmm"]["means"]):
        np.testing.assert_allclose(_array(places)[1::2], line["height"], rtol=1e-6)
    means = _array(sent["gmm"]["means"]).reshape(-1, k, 2)[..., 0] + sent["origin"][0]
    np.testing.assert_allclose(means, steps.gmm.means[..., 0] * scale + shift, rtol=1e-5, atol=1e-5)
    spread = _array(sent["gmm"]["covariances"]).reshape(-1, k, 3)
    wanted = steps.gmm.covariances[..., 0, 0] * scale**2
    np.testing.assert_allclose(spread[..., 0], wanted, rtol=1e-5)
    assert not spread[..., 1:].any()
    edges, heights = np.array(line["edges"]), np.array(line["heights"])
    assert heights @ np.diff(edges) == pytest.approx(1)
    figure = figures.axes_figure(steps.points, projection, "dark")
    json.dumps([sent, figure], allow_nan=False)
    assert figure["layout"]["yaxis"]["range"] == sent["ranges"][1]


def test_neighbours_of_one_column_can_be_told_apart(pipeline):
    steps, projection, _ = _sent(pipeline, data="galaxies", k=2)
    places = figures.positions(steps.points, projection)
    places = places[np.argsort(places[:, 0])] / np.array([1.0, projection.offset[1]])
    assert np.abs(np.diff(places[:, 1])).min() > 0.5
    assert np.abs(places[3:, 1] - places[:-3, 1]).min() > 0.15


def test_a_curve_above_the_plot_is_said_to_be_so(pipeline):
    high = _sent(pipeline, data="galaxies", k=6)
    low = _sent(pipeline, data="galaxies", k=3)
    for (steps, projection, sent), cut in ((high, True), (low, False)):
        codes = [claim.code for claim in steps_caption_claims(steps, projection)["gmm"]]
        assert ("caption.steps-above" in codes) == cut
        variances = _array(sent["gmm"]["covariances"]).reshape(-1, 3)[:, 0]
        tops = _array(sent["gmm"]["weights"]) / np.sqrt(2 * np.pi * variances)
        assert (tops.max() > sent["ranges"][1][1]) == cut


@settings(deadline=None, max_examples=20)
@given(state=small_states)
def test_every_answer_is_pure_and_serialisable(state, pipeline):
    try:
        steps = pipeline.steps.runs(state)
    except FitError:
        return
    projection = project(steps.points, state.view.x, state.view.y)
    once, again = (figures.payload(steps, projection, "dark") for _ in range(2))
    text = json.dumps(once, allow_nan=False)
    assert text == json.dumps(again)
    json.dumps(figures.axes_figure(steps.points, projection, "dark"), allow_nan=False)
