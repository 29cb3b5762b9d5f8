"""Whole runs, frame by frame."""

from __future__ import annotations

import numpy as np
import pytest

from gmm_dash.engine import (
    MAX_FRAMES,
    START_KINDS,
    CovarianceType,
    block_statistics,
    fit_gmm,
    fit_kmeans,
    m_step_from_statistics,
    score_samples,
)
from gmm_dash.errors import GmmDashError
from tests.engine.tables import TABLES


@pytest.mark.parametrize("kind", START_KINDS)
@pytest.mark.parametrize("shape", list(CovarianceType))
def test_a_trace_ends_where_the_fit_ends(kind, shape):
    x = TABLES["stretched"]()
    fit = fit_gmm(x, 4, init=kind, covariance_type=str(shape), n_init=2, random_state=5)
    trace = fit.trace
    assert trace is fit.trace
    assert len(trace) == fit.n_iter + 1
    np.testing.assert_array_equal(trace.iterations, np.arange(fit.n_iter + 1))
    np.testing.assert_allclose(trace.means[-1], fit.means, rtol=1e-12)
    np.testing.assert_allclose(trace.covariances[-1], fit.covariances, rtol=1e-10, atol=1e-14)
    assert trace.log_likelihood[-1] == pytest.approx(fit.log_likelihood, rel=1e-12)
    assert trace.log_likelihood[-2] == pytest.approx(fit.lower_bound, rel=1e-10)
    assert trace.converged == fit.converged
    np.testing.assert_allclose(trace.responsibilities(x, -1), fit.responsibilities, atol=1e-9)


@pytest.mark.parametrize("shape", list(CovarianceType))
def test_each_frame_follows_from_the_one_before(shape):
    x = TABLES["stretched"]()
    trace = fit_gmm(x, 3, init="kmeans", covariance_type=str(shape), n_init=1).trace
    for frame in range(min(5, len(trace) - 1)):
        mixture = trace.mixture(frame)
        assert np.mean(score_samples(x, mixture)) == pytest.approx(trace.log_likelihood[frame])
        following = m_step_from_statistics(block_statistics(mixture, x), covariance_type=shape)
        np.testing.assert_allclose(trace.means[frame + 1], following.means, rtol=1e-9)
        np.testing.assert_allclose(
            trace.covariances[frame + 1], following.covariances, rtol=1e-8, atol=1e-12
        )


def test_start_responsibilities_say_who_was_given_what():
    x = TABLES["moons"]()
    for kind in START_KINDS:
        share = fit_gmm(x, 3, init=kind, n_init=1).trace.start_responsibilities
        rows = share.sum(axis=1)
        if kind in ("kmeans", "random"):
            np.testing.assert_allclose(rows, 1.0)
        else:
            assert sorted(rows)[-4:] == [0.0, 1.0, 1.0, 1.0]


def test_long_runs_are_sampled_with_both_ends():
    x = np.random.default_rng(0).normal(size=(60, 2))
    trace = fit_gmm(x, 2, n_init=1, tol=0, max_iter=900).trace
    assert len(trace) == MAX_FRAMES
    assert (trace.iterations[0], trace.iterations[-1]) == (0, 900)
    assert np.diff(trace.iterations).min() >= 1
    assert len(trace.log_likelihood) == len(trace.fell) == MAX_FRAMES


def test_a_fall_of_the_likelihood_is_said():
    x = np.random.default_rng(3).normal(size=(100, 2)) * 0.2
    seen = 0
    for seed in range(30):
        fit = fit_gmm(
            x, 3, init="random_from_data", n_init=1, random_state=seed, reg_covar=0.1, tol=1e-9
        )
        fell = bool(fit.trace.fell.any())
        assert fell == ("likelihood-fell" in [finding.code for finding in fit.health])
        seen += fell
    assert seen > 0


def test_kmeans_trace_replays_the_run():
    x = TABLES["stretched"]()
    fit = fit_kmeans(x, 4, init="random", n_init=3)
    trace = fit.trace
    assert len(trace) == fit.n_iter + 1
    np.testing.assert_allclose(trace.centers[-1], fit.centers, rtol=1e-12)
    np.testing.assert_array_equal(trace.labels(x, -1), fit.labels)
    np.testing.assert_array_equal(trace.start_centers, trace.centers[0])
    assert trace.moved[0] == len(x)
    assert trace.moved[-1] == 0
    for frame in range(len(trace) - 1):
        labels = trace.labels(x, frame)
        means = [x[labels == c].mean(axis=0) for c in range(4)]
        np.testing.assert_allclose(trace.centers[frame + 1], means, rtol=1e-9)


def test_an_empty_cluster_is_seen_before_it_is_seeded_again():
    x = np.vstack((np.zeros((5, 2)), np.ones((5, 2)), [[9.0, 9.0]]))
    start = [[0.0, 0.0], [1.0, 1.0], [-50.0, 0.0]]
    fit = fit_kmeans(x, 3, init=start)
    assert fit.trace.emptied[0] == 1
    assert fit.trace.emptied[-1] == 0
    assert "empty-cluster" in [finding.code for finding in fit.health]
    assert fit.inertia == pytest.approx(0.0, abs=1e-12)


def test_given_centres_start_the_mixture_from_nearest_points():
    x = TABLES["stretched"]()
    centres = x[[3, 99, 200, 301]]
    fit = fit_gmm(x, 4, init=centres)
    nearest = np.square(x[:, None] - centres).sum(axis=2).argmin(axis=1)
    np.testing.assert_array_equal(fit.trace.start_responsibilities.argmax(axis=1), nearest)
    means = [x[nearest == c].mean(axis=0) for c in range(4)]
    np.testing.assert_allclose(fit.trace.means[0], means, rtol=1e-10)
    assert fit.init == "given"


def test_frames_out_of_range_are_refused():
    trace = fit_gmm(TABLES["moons"](), 2, n_init=1).trace
    with pytest.raises(GmmDashError, match="frame"):
        trace.mixture(len(trace))
