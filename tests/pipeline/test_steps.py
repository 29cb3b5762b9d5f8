import numpy as np
import pytest
from hypothesis import given, settings
from sklearn.mixture import GaussianMixture

from gmm_dash.errors import FitError
from gmm_dash.export.fitting import start_arguments
from gmm_dash.pipeline.steps import lift, seeding_odds
from gmm_dash.results import project
from gmm_dash.state import INITS, AppState
from tests.strategies import small_states


def _steps(pipeline, **flat):
    return pipeline.steps.runs(AppState().but(**flat))


@pytest.mark.parametrize("kind", ["k-means++", "random"])
def test_a_drawn_start_is_k_points_of_the_data_and_follows_the_seed(pipeline, kind):
    one, two = (_steps(pipeline, start=kind, seed=seed).start for seed in (3, 4))
    x = _steps(pipeline).points.fitted
    for center in one.centers:
        assert np.isclose(x, center).all(axis=1).any()
    assert not np.allclose(one.centers, two.centers)


def test_as_set_is_the_kind_that_the_settings_name(pipeline):
    for kind in ("k-means++", "random"):
        auto, named = _steps(pipeline, kinit=kind), _steps(pipeline, start=kind)
        np.testing.assert_array_equal(auto.start.centers, named.start.centers)
        assert auto.start.odds is None


@pytest.mark.parametrize("setting", [{}, {"start": "random"}, {"cov": "equal"}])
def test_of_the_mixtures_kinds_of_start_neighbours_alone_act_and_only_as_set(pipeline, setting):
    data = {"data": "unequal", "n": 120, "k": 3, "n_init": 2, "seed": 1}
    plain = _steps(pipeline, **data, **setting)
    acting = set()
    for init in INITS:
        steps = _steps(pipeline, **data, **setting, init=init)
        run = steps.gmm.fit
        if not np.array_equal(run.mixture.means, plain.gmm.fit.mixture.means):
            acting.add(init)
        assert (steps.start.kept is not None) == (init == "informed" and not setting)
    assert acting == (set() if setting else {"informed"})


def test_the_bad_start_on_four_corners_is_the_lesson(pipeline):
    data = {"data": "corners", "k": 2, "n": 200, "noise": 0.3}
    bad = _steps(pipeline, **data, start="bad")
    good = _steps(pipeline, **data, start="own", centres="0,1,8,1")
    assert bad.kmeans.fit.inertia == pytest.approx(3201, abs=1)
    assert good.kmeans.fit.inertia == pytest.approx(232, abs=1)
    assert bad.kmeans.fit.n_iter == good.kmeans.fit.n_iter == 2
    by_hand = _steps(pipeline, **data, start="own", centres="4,0,4,2")
    assert by_hand.kmeans.fit.inertia == pytest.approx(bad.kmeans.fit.inertia)


def test_tolerance_decides_whether_the_bars_are_found(pipeline):
    link = {"data": "bars", "n": 600, "noise": 0.35, "k": 2, "cov": "tied", "start": "kmeans"}
    early, late = (_steps(pipeline, **link, tol=tol) for tol in (1e-3, 1e-6))
    assert early.gmm.fit.converged
    assert early.gmm.fit.n_iter == 7
    assert late.gmm.fit.n_iter == 102


def test_starting_from_k_means_end_k_means_rests_at_once(pipeline):
    steps = _steps(pipeline, start="kmeans")
    assert steps.kmeans.changed[1:].max() <= 1


@pytest.mark.parametrize("kind", ["full", "tied", "diag", "spherical"])
@pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")
def test_random_gaussians_begin_with_an_e_step_of_theirs(pipeline, kind):
    steps = _steps(pipeline, start="random_gaussians", cov=kind, data="overlap", n=150, seed=3, k=3)
    begun, run, x = steps.gmm.fit.start, steps.gmm, steps.points.fitted
    given = start_arguments(begun, kind)
    common = {"covariance_type": kind, "tol": 1e-6, **given}
    one = GaussianMixture(3, max_iter=1, **common).fit(x)
    np.testing.assert_allclose(run.means[0], one.means_[run.order], rtol=1e-9)
    assert (run.iterations[0], run.last) == (1, 2 * run.fit.n_iter + 1)
    whole = GaussianMixture(3, max_iter=500, **common).fit(x)
    assert run.fit.n_iter == whole.n_iter_
    np.testing.assert_allclose(run.means[-1], whole.means_[run.order], rtol=1e-6)
    np.testing.assert_array_equal(steps.kmeans.fit.trace.start_centers, begun.means)
    assert (run.share[0] < 250).sum() > 0


def test_own_centres_appear_where_they_were_put(pipeline):
    steps = _steps(pipeline, data="iris", k=2, start="own", centres="2,0.5,5,2", scale="standard")
    placed = project(steps.points, "", "").points(steps.start.centers)
    np.testing.assert_allclose(placed, [[2, 0.5], [5, 2]])


def test_missing_own_centres_are_drawn_and_counted(pipeline):
    start = _steps(pipeline, k=3, start="own", centres="0,0,1").start
    np.testing.assert_allclose(start.centers[0], 0, atol=1e-12)
    assert len(start.centers) == 3
    assert start.filled == 2


def test_lifting_undoes_the_projection_of_points_in_its_plane(pipeline):
    points = _steps(pipeline, data="iris", k=2).points
    for axes in (("", ""), ("PC1", "PC3"), ("petal length (cm)", "PC2")):
        projection = project(points, *axes)
        xy = projection.points(points.fitted[:5])
        np.testing.assert_allclose(projection.points(lift(points, projection, xy)), xy)


def test_the_odds_of_k_means_plus_plus(pipeline):
    steps = _steps(pipeline, start="k-means++", k=5)
    odds, x = steps.start.odds, steps.points.fitted
    np.testing.assert_allclose(odds.sum(axis=1), 1)
    np.testing.assert_allclose(odds[0], 1 / len(x))
    squared = np.square(x[:, None] - steps.start.centers[:3]).sum(axis=2).min(axis=1)
    np.testing.assert_allclose(odds[3], squared / squared.sum())


def test_odds_of_equal_points_are_equal():
    class Points:
        n, fitted = 4, np.zeros((4, 2))

    np.testing.assert_allclose(seeding_odds(Points, np.zeros((2, 2))), 0.25)


def test_more_points_than_the_player_takes_are_sampled(pipeline):
    steps = _steps(pipeline, data="blobs", n=6000, max_iter=5)
    assert steps.points.n == 5000
    assert steps.points.labels.shape == steps.points.rows.shape == (5000,)
    assert steps.n_all == 6000
    again = _steps(pipeline, data="blobs", n=6000, max_iter=5)
    np.testing.assert_array_equal(steps.points.rows, again.points.rows)


def test_more_clusters_than_points_is_a_refusal(pipeline):
    with pytest.raises(FitError):
        _steps(pipeline, data="blobs", n=20, k=30)


def test_axes_do_not_matter_to_a_start_that_is_not_the_users_own(pipeline):
    assert _steps(pipeline, data="iris", k=3) is _steps(pipeline, data="iris", k=3, x="PC1")


@settings(deadline=None, max_examples=25)
@given(state=small_states)
def test_any_state_gives_a_run_or_a_refusal(state, pipeline):
    try:
        steps = pipeline.steps.runs(state)
    except FitError:
        return
    assert np.isfinite(steps.kmeans.centers).all()
    assert np.isfinite(steps.gmm.means).all()
    assert np.isfinite(steps.gmm.log_likelihood).all()
