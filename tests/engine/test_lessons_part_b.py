"""What the lessons promise, pinned: direction, and agreement with the true groups."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.datasets import load_iris, make_blobs, make_moons
from sklearn.preprocessing import StandardScaler

from gmm_dash.engine import (
    CovarianceType,
    ari,
    fit_gmm,
    fit_kmeans,
    score_samples,
    select_models,
    silhouette,
    study_restarts,
)
from gmm_dash.errors import FitError

STRETCH = np.array([[0.60834549, -0.63667341], [-0.40887718, 0.85253229]])


def gmm_ari(x, truth, k, shape="full", **settings):
    return ari(truth, fit_gmm(x, k, covariance_type=shape, **settings).labels)


def bars():
    rng = np.random.default_rng(0)
    x = rng.normal(size=(600, 2)) * [4, 0.35]
    truth = np.repeat([0, 1], 300)
    x[:, 1] += np.where(truth == 0, 1.2, -1.2)
    return x, truth


def mouse():
    rng = np.random.default_rng(0)
    parts = [
        rng.normal(size=(700, 2)),
        rng.normal([-2.4, 2.4], 0.35, size=(150, 2)),
        rng.normal([2.4, 2.4], 0.35, size=(150, 2)),
    ]
    return np.vstack(parts), np.repeat([0, 1, 2], [700, 150, 150])


def test_1_the_ideal_case():
    x, truth = make_blobs(1500, random_state=170)
    assert ari(truth, fit_kmeans(x, 3).labels) == pytest.approx(1.0, abs=0.01)
    bic = {}
    for shape in CovarianceType:
        fit = fit_gmm(x, 3, covariance_type=shape)
        assert ari(truth, fit.labels) == pytest.approx(1.0, abs=0.01)
        bic[shape] = fit.bic
    assert bic["full"] == pytest.approx(11788, abs=2)
    assert min(bic["tied"], bic["spherical"]) == pytest.approx(11747, abs=2)


def test_2_stretched_blobs_need_the_right_covariance_type():
    x, truth = make_blobs(1500, random_state=170)
    x = x @ STRETCH
    assert ari(truth, fit_kmeans(x, 3).labels) == pytest.approx(0.61, abs=0.02)
    expected = {"full": 1.0, "tied": 1.0, "diag": 0.53, "spherical": 0.60}
    for shape, value in expected.items():
        assert gmm_ari(x, truth, 3, shape) == pytest.approx(value, abs=0.05)


def test_3_unequal_variance():
    x, truth = make_blobs(1500, cluster_std=[1, 2.5, 0.5], random_state=170)
    assert ari(truth, fit_kmeans(x, 3).labels) == pytest.approx(0.83, abs=0.03)
    for shape, value in {"full": 0.97, "diag": 0.97, "spherical": 0.97, "tied": 0.82}.items():
        assert gmm_ari(x, truth, 3, shape) == pytest.approx(value, abs=0.03)


def test_4_the_objective_of_kmeans_is_wrong_not_its_search():
    x, truth = mouse()
    fit = fit_kmeans(x, 3)
    assert ari(truth, fit.labels) == pytest.approx(0.67, abs=0.06)
    assert gmm_ari(x, truth, 3) == pytest.approx(0.98, abs=0.02)
    means = np.array([x[truth == c].mean(axis=0) for c in range(3)])
    assert fit.inertia < np.square(x - means[truth]).sum()


def test_5_parsimony():
    rng = np.random.default_rng(0)
    x = np.vstack((rng.normal(size=(1000, 2)), rng.normal([4, 0], 1, size=(40, 2))))
    truth = np.repeat([0, 1], [1000, 40])
    kmeans = ari(truth, fit_kmeans(x, 2).labels)
    full, tied = gmm_ari(x, truth, 2), gmm_ari(x, truth, 2, "tied")
    assert kmeans < 0.15
    assert kmeans < full < tied
    assert tied > 0.85


def test_6_single_random_starts_get_stuck():
    rng = np.random.default_rng(0)
    grid = np.array([(i, j) for i in (0, 4, 8) for j in (0, 4, 8)], dtype=float)
    x = np.repeat(grid, 50, axis=0) + rng.normal(scale=0.5, size=(450, 2))
    random = study_restarts(x, 9, algorithm="kmeans", inits="random", n_restarts=200)
    greedy = study_restarts(x, 9, algorithm="kmeans", inits="k-means++", n_restarts=200)
    assert 1 - random.reach_best["random"] == pytest.approx(0.79, abs=0.1)
    assert 1 - greedy.reach_best["k-means++"] < 0.05
    assert random.objective.max() > 3 * random.objective.min()


def test_7_a_local_optimum_by_hand():
    rng = np.random.default_rng(0)
    corners = np.array([(0, 0), (0, 2), (8, 0), (8, 2)], dtype=float)
    x = np.repeat(corners, 50, axis=0) + rng.normal(scale=0.3, size=(200, 2))
    stuck = fit_kmeans(x, 2, init=[[4, 0], [4, 2]])
    right = fit_kmeans(x, 2, init=[[0, 1], [8, 1]])
    assert stuck.converged
    assert right.converged
    assert max(stuck.n_iter, right.n_iter) <= 3
    assert stuck.inertia > 10 * right.inertia


def test_8_converged_is_not_arrived():
    x, truth = bars()
    common = {"covariance_type": "tied", "init": "kmeans"}
    early = fit_gmm(x, 2, tol=1e-3, max_iter=100, n_init=10, **common)
    late = fit_gmm(x, 2, tol=1e-6, n_init=1, **common)
    assert early.converged
    assert early.n_iter < 15
    assert ari(truth, early.labels) < 0.05
    assert ari(truth, late.labels) > 0.95
    assert late.bic < early.bic - 500


def test_9_the_kind_of_start_matters_more_than_the_seed():
    x, truth = bars()
    share = {}
    for kind in ("kmeans", "random_from_data", "k-means++"):
        fits = [fit_gmm(x, 2, init=kind, n_init=1, random_state=s) for s in range(12)]
        share[kind] = np.mean([ari(truth, fit.labels) > 0.9 for fit in fits])
    assert share["kmeans"] == 0
    assert share["random_from_data"] > 0.5
    assert share["k-means++"] > 0.4
    assert gmm_ari(x, truth, 2) > 0.9  # the default varies the kind
    assert gmm_ari(StandardScaler().fit_transform(x), truth, 2, init="kmeans") > 0.9


def test_10_scale_matters_to_kmeans():
    x, truth = make_blobs(300, centers=[(0, 0), (3, 0), (0, 3)], cluster_std=0.6, random_state=0)
    wide = x * [1, 100]
    assert ari(truth, fit_kmeans(x, 3).labels) > 0.9
    assert ari(truth, fit_kmeans(wide, 3).labels) < 0.6
    assert gmm_ari(wide, truth, 3) > 0.9


@pytest.mark.parametrize("n", [300, 1000])
def test_11_bic_is_right_with_enough_points(n):
    centers = [(0, 0), (3, 0), (1.5, 2.6)]
    x = make_blobs(n, centers=centers, cluster_std=0.8, random_state=0)[0]
    assert select_models(x, range(1, 9), ("full",)).best("bic").n_components == 3
    few = make_blobs(60, centers=centers, cluster_std=0.8, random_state=0)[0]
    selection = select_models(few, range(1, 9), ("full",))
    assert min(selection.rows, key=lambda r: r.aic).n_components > 3


def test_12_overfitting_shows_on_new_data():
    x = make_blobs(120, centers=2, random_state=0)[0]
    test = make_blobs(5120, centers=2, random_state=0)[0][120:]
    small, large = fit_gmm(x, 2), fit_gmm(x, 30)
    assert large.log_likelihood > small.log_likelihood + 1
    assert score_samples(test, large.mixture).mean() < score_samples(test, small.mixture).mean() - 1


def test_13_collapse_fakes_a_great_bic():
    rng = np.random.default_rng(0)
    blob = make_blobs(60, centers=2, random_state=0)[0]
    x = np.vstack((blob, np.tile([7.0, 7.0], (5, 1))))
    x = x[rng.permutation(65)]
    with pytest.raises(FitError, match="collapsed"):
        fit_gmm(x, 3, reg_covar=0.0, init="kmeans", n_init=1)
    fit = fit_gmm(x, 3)
    assert fit.degenerate.any()
    assert fit.reason == "variance-floor"
    assert "variance-floor" in [finding.code for finding in fit.health]


def test_14_the_same_on_iris_petals():
    petals = load_iris().data[:, 2:]
    selection = select_models(
        petals, range(1, 8), ("full",), init="kmeans", n_init=1, informed=False
    )
    by_k = {row.n_components: row for row in selection.rows}
    assert not by_k[3].degenerate
    assert by_k[3].bic == pytest.approx(353, abs=3)
    spurious = min(selection.rows, key=lambda row: row.bic)
    assert spurious.degenerate
    assert not selection.best("bic").degenerate


def test_15_components_are_not_clusters():
    x = make_moons(500, noise=0.1, random_state=0)[0]
    assert 6 <= select_models(x, range(1, 12), ("full",)).best("bic").n_components <= 9


def test_16_noise_has_clusters_too():
    x = np.random.default_rng(0).uniform(size=(500, 2))
    values = [silhouette(x, fit_kmeans(x, k).labels) for k in range(2, 9)]
    assert 0.33 < min(values) < max(values) < 0.43
    assert select_models(x, range(1, 9)).best("bic").n_components > 1


def test_17_soft_edges():
    rng = np.random.default_rng(0)
    base = rng.normal(size=(1000, 2))
    sure, n_iter = [], []
    for apart in (1, 2, 3, 4, 6):
        x = base + np.where(np.arange(1000)[:, None] < 500, 0, [[apart, 0]])
        fit = fit_gmm(x, 2, init="kmeans", n_init=1)
        sure.append(fit.responsibilities.max(axis=1).mean())
        n_iter.append(fit.n_iter)
    assert sure == sorted(sure)
    assert sure[0] < 0.9
    assert sure[-1] > 0.995
    assert n_iter[-1] < 10
    assert max(n_iter) > 50
