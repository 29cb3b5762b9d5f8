"""Every frame of the player, against scikit-learn continued one iteration at a time."""

import warnings

import numpy as np
import pytest
from sklearn.cluster import KMeans
from sklearn.exceptions import ConvergenceWarning
from sklearn.mixture import GaussianMixture

from gmm_dash.results.steps import MOST_BYTES, kept_frames
from gmm_dash.state import AppState

LINKS = [
    {},
    {"data": "corners", "k": 2, "start": "bad"},
    {"data": "bars", "k": 2, "cov": "tied", "tol": 1e-3},
    {"data": "overlap", "k": 2, "noise": 1.0, "n": 300, "cov": "diag"},
    {"data": "blobs", "noise": 1.6, "dseed": 10, "n": 200, "cov": "spherical", "start": "random"},
    {"data": "iris", "k": 3, "scale": "standard", "start": "kmeans"},
]


@pytest.fixture(params=LINKS, ids=lambda link: link.get("data", "stretched"))
def steps(request, pipeline):
    return pipeline.steps.runs(AppState().but(**request.param))


def test_each_move_of_k_means_is_one_iteration_of_scikit_learn(steps):
    x, run = steps.points.fitted, steps.kmeans
    k = len(steps.start.centers)
    np.testing.assert_allclose(run.centers[0], steps.start.centers[run.order], rtol=1e-12)
    for i in range(len(run.iterations) - 1):
        one = KMeans(k, init=run.centers[i], n_init=1, max_iter=1, tol=0).fit(x)
        np.testing.assert_allclose(one.cluster_centers_, run.centers[i + 1], rtol=1e-9, atol=1e-9)
        # the labels that move used: those of the assignment to frame i
        means = [x[run.labels[i] == j].mean(axis=0) for j in range(k)]
        np.testing.assert_allclose(means, run.centers[i + 1], rtol=1e-9, atol=1e-9)


def test_k_means_never_gets_worse_in_any_half_step(steps):
    run = steps.kmeans
    for i in range(1, len(run.iterations)):
        assert run.moved_inertia[i] <= run.inertia[i - 1] * (1 + 1e-12)
        assert run.inertia[i] <= run.moved_inertia[i] * (1 + 1e-12)
    assert run.inertia[-1] == pytest.approx(run.fit.inertia)
    np.testing.assert_array_equal(run.order[run.labels[-1]], run.fit.labels)


def _precisions(covariances, kind):
    inverse = np.linalg.inv(covariances)
    return {
        "full": inverse,
        "tied": inverse[0],
        "diag": np.diagonal(inverse, axis1=1, axis2=2),
        "spherical": inverse[:, 0, 0],
    }[kind]


def test_each_m_step_is_one_warm_iteration_of_scikit_learn(steps):
    x, run = steps.points.fitted, steps.gmm
    kind = str(run.fit.covariance_type)
    model = GaussianMixture(
        len(steps.start.centers),
        covariance_type=kind,
        weights_init=run.weights[0],
        means_init=run.means[0],
        precisions_init=_precisions(run.covariances[0], kind),
        warm_start=True,
        max_iter=1,
        tol=0,
        reg_covar=run.fit.reg_covar,
    )
    for i in range(1, min(len(run.iterations), 60)):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ConvergenceWarning)
            model.fit(x)
        np.testing.assert_allclose(model.weights_, run.weights[i], rtol=1e-6, atol=1e-9)
        np.testing.assert_allclose(model.means_, run.means[i], rtol=1e-6, atol=1e-8)
        assert model.score(x) == pytest.approx(run.log_likelihood[i], rel=1e-8)
        shares = model.predict_proba(x)
        np.testing.assert_array_equal(run.first[i + 1], shares.argmax(axis=1))
        np.testing.assert_allclose(
            run.share[i + 1] / 255, shares.max(axis=1), atol=0.5 / 255 + 1e-6
        )


def test_the_first_e_step_gives_every_point_to_its_nearest_centre(steps):
    nearest = np.square(steps.points.fitted[:, None] - steps.start.centers).sum(axis=2).argmin(1)
    np.testing.assert_array_equal(steps.gmm.order[steps.gmm.first[0]], nearest)
    np.testing.assert_array_equal(steps.kmeans.order[steps.kmeans.labels[0]], nearest)
    assert (steps.gmm.share[0] == 255).all()


def test_the_last_frame_is_the_fit_itself(steps):
    run = steps.gmm
    np.testing.assert_array_equal(run.order[run.first[-1]], run.fit.labels)
    np.testing.assert_allclose(run.means[-1], run.fit.means[run.order])
    assert run.last == 2 * len(run.iterations) + 1
    assert steps.kmeans.last == 2 * len(steps.kmeans.iterations) - 1


def test_changes_are_counted_between_neighbouring_assignments(steps):
    for labels, changed in (
        (steps.kmeans.labels, steps.kmeans.changed),
        (steps.gmm.first, steps.gmm.changed),
    ):
        assert changed[0] == steps.points.n
        found = [(a != b).sum() for a, b in zip(labels[1:], labels[:-1], strict=True)]
        assert changed[1:].tolist() == found


@pytest.mark.parametrize(("frames", "size"), [(1, 5000), (300, 15_000), (300, 100), (2, 10**9)])
def test_a_long_run_is_sampled_evenly_within_the_stated_cap(frames, size):
    kept = kept_frames(frames, size)
    assert kept[0] == 0
    assert kept[-1] == frames - 1
    assert len(kept) * size <= MOST_BYTES or len(kept) <= 2
    gaps = np.diff(kept)
    assert not len(gaps) or gaps.max() - gaps.min() <= 1


def test_a_run_too_long_for_one_answer_still_ends_where_it_ends(pipeline, monkeypatch):
    monkeypatch.setattr("gmm_dash.results.steps.MOST_BYTES", 20_000)
    state = AppState().but(data="overlap", k=2, noise=1.0, n=500, seed=7)
    run = pipeline.steps.runs(state).gmm
    assert len(run.iterations) == 20_000 // 1500
    assert run.iterations[-1] == run.fit.n_iter
    np.testing.assert_array_equal(run.order[run.first[-1]], run.fit.labels)
