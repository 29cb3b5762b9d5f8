"""The textbook settings give the textbook's points, bit for bit."""

from base64 import b64decode
from types import SimpleNamespace

import numpy as np
from sklearn.datasets import make_blobs, make_moons

from gmm_dash.export.recipe import recipe
from gmm_dash.figures import scatter
from gmm_dash.pipeline.load import load
from gmm_dash.results import project
from gmm_dash.state import from_query
from tests.datasets.conftest import draw

LENS = np.random.RandomState(13).randn(2, 2)
SHEAR = [[0.60834549, -0.63667341], [-0.40887718, 0.85253229]]


def assert_equal(sample, expected):
    points, labels = expected
    assert np.array_equal(sample.points, points)
    assert np.array_equal(sample.labels, labels)


def test_round_blobs():
    points, labels = make_blobs(400, centers=4, cluster_std=0.60, random_state=0)
    assert_equal(draw("blobs"), (points[:, ::-1], labels))


def test_blobs_for_the_animation():
    points, labels = make_blobs(200, centers=4, cluster_std=1.6, random_state=10)
    assert_equal(draw("blobs", n=200, noise=1.6, seed=10), (points[:, ::-1], labels))
    assert_equal(draw("blobs", n=200, noise=1.6, seed=10, own=True), (points, labels))


def test_a_link_and_its_script_have_blobs_in_their_own_orientation():
    """The reference's whole picture: points, centres and axes."""
    points, labels, centres = make_blobs(
        200, centers=4, cluster_std=1.6, random_state=10, return_centers=True
    )
    link = "?data=blobs&n=200&noise=1.6&centers=4&dseed=10&k=4&orient=own&span=15"
    state, problems = from_query(link)
    assert not problems
    mine = load(state.data, None, 1000)
    assert np.array_equal(mine.fitted, points)
    assert np.array_equal(mine.sources.means, centres)
    made = {}
    exec("\n".join([*(found := recipe(state.data, mine)).imports, *found.lines]), made)
    assert np.array_equal(made["X"], points)
    assert np.array_equal(made["true_groups"], labels)
    overlays = frozenset({"sources"})
    side = SimpleNamespace(
        labels=labels, colours=np.arange(4), certainty=np.ones(200), method="", background=None,
        called=tuple("1234"),
    )  # fmt: skip
    plane = project(mine, "", "")
    ranges = scatter.ranges(mine, plane, span=state.view.span)
    scene = scatter.Scene(mine, plane, side, None, overlays, "light", ranges, fixed=True)
    figure = scatter.build(scene)
    assert figure["layout"]["xaxis"]["range"] == figure["layout"]["yaxis"]["range"] == [-15, 15]
    crosses = figure["data"][-1]
    assert crosses["marker"]["symbol"] == "x-thin"
    drawn = [np.frombuffer(b64decode(crosses[axis]["bdata"]), "f4") for axis in "xy"]
    assert np.allclose(np.column_stack(drawn), centres)


def test_the_ideal_case():
    points, labels = make_blobs(1500, random_state=170)
    sample = draw("blobs", n=1500, noise=1.0, centers=3, seed=170)
    assert_equal(sample, (points[:, ::-1], labels))


def test_stretched_blobs():
    points, labels = make_blobs(400, centers=4, cluster_std=0.60, random_state=0)
    assert_equal(draw("stretched"), (points[:, ::-1] @ LENS, labels))


def test_slanted_stripes():
    points, labels = make_blobs(1500, random_state=170)
    assert_equal(draw("aniso"), (points @ SHEAR, labels))


def test_unequal_spread():
    assert_equal(draw("unequal"), make_blobs(1500, cluster_std=[1, 2.5, 0.5], random_state=170))


def test_moons():
    assert_equal(draw("moons"), make_moons(200, noise=0.05, random_state=0))
    assert_equal(draw("moons", n=500, noise=0.1), make_moons(500, noise=0.1, random_state=0))


def test_two_shapes():
    rng = np.random.RandomState(0)
    sheared = rng.randn(500, 2) @ [[0.0, -0.1], [1.7, 0.4]]
    round_ = 0.7 * rng.randn(500, 2) + [-6, 3]
    assert_equal(draw("gallery"), (np.vstack([sheared, round_]), np.repeat([0, 1], 500)))


def test_many_dimensions():
    for d in (2, 20):
        expected = make_blobs(200, n_features=d, centers=3, cluster_std=3, random_state=1)
        assert_equal(draw("manydims", centers=d), expected)


def test_uniform_noise():
    assert np.array_equal(draw("uniform").points, np.random.default_rng(0).uniform(size=(500, 2)))
