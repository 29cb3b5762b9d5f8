"""Ellipses, matching of labels, certainty, cost."""

from __future__ import annotations

import numpy as np
import pytest

from gmm_dash.datasets import DATASETS
from gmm_dash.engine import (
    bootstrap_certainty,
    check_budget,
    ellipse,
    ellipse_mass,
    ellipses,
    estimate_cost,
    estimate_kmeans_cost,
    fit_kmeans,
    match_labels,
    study_restarts,
)
from gmm_dash.engine.cost import typical_iterations
from gmm_dash.errors import GmmDashError, WorkLimitError
from tests.engine.tables import TABLES


def test_an_ellipse_lies_at_its_mahalanobis_radius():
    mean, covariance = np.array([1.0, -2.0]), np.array([[4.0, 1.2], [1.2, 1.0]])
    outline = ellipse(mean, covariance, 2.5, n_vertices=40)
    assert outline.shape == (41, 2)
    np.testing.assert_array_equal(outline[0], outline[-1])
    off = outline - mean
    radius = np.sqrt(np.einsum("ni,ij,nj->n", off, np.linalg.inv(covariance), off))
    np.testing.assert_allclose(radius, 2.5)


def test_several_ellipses_of_one_gaussian_are_what_each_is_alone():
    mean, covariance, radii = [1.0, -2.0], [[4.0, 1.2], [1.2, 1.0]], (3, 0.5, 0)
    together = ellipses(mean, covariance, radii)
    assert len(together) == len(radii)
    for outline, radius in zip(together, radii, strict=True):
        np.testing.assert_array_equal(outline, ellipse(mean, covariance, radius))
        np.add(outline, 1.0, out=outline)  # it is the caller's own


def test_a_flat_ellipse_is_a_line():
    outline = ellipse([0, 0], [[1.0, 1.0], [1.0, 1.0]], 1.0)
    np.testing.assert_allclose(outline[:, 0], outline[:, 1], atol=1e-7)


def test_the_mass_within():
    assert [round(ellipse_mass(k), 2) for k in (1, 2, 3)] == [0.39, 0.86, 0.99]
    assert ellipse_mass(1, d=1) == pytest.approx(0.6827, abs=1e-4)
    assert ellipse_mass(0) == 0.0


@pytest.mark.parametrize(
    "bad",
    [([0, 0, 0], np.eye(3), 1), ([0, 0], np.eye(3), 1), ([0, 0], np.eye(2), -1),
     ([0, 0], [[np.nan, 0], [0, 1]], 1)],
)  # fmt: skip
def test_no_ellipse_from_nonsense(bad):
    with pytest.raises(GmmDashError):
        ellipse(*bad)


def test_matching_undoes_a_permutation():
    rng = np.random.default_rng(0)
    reference, order = rng.integers(5, size=300), rng.permutation(5)
    matched = match_labels(reference, order[reference], 5, 5)
    np.testing.assert_array_equal(matched[order[reference]], reference)


def test_labels_left_over_get_new_numbers():
    matched = match_labels(np.array([0, 0, 1, 1]), np.array([3, 3, 0, 0]), 2, 4)
    assert matched[3] == 0
    assert matched[0] == 1
    assert sorted(matched[[1, 2]]) == [2, 3]
    fewer = match_labels(np.array([0, 1, 2]), np.array([0, 0, 1]), 3, 2)
    assert len(set(fewer)) == 2
    for bad in (([0, 5], [0, 1]), ([0], [0, 1]), ([0.5], [1.0])):
        with pytest.raises(GmmDashError):
            match_labels(np.array(bad[0]), np.array(bad[1]), 2, 2)


def test_points_between_clusters_are_less_certain():
    x = TABLES["stretched"]()
    fit = fit_kmeans(x, 4)
    sure = bootstrap_certainty(x, fit, n_bootstrap=40)
    assert sure.min() >= 0
    assert sure.max() <= 1
    np.testing.assert_array_equal(sure, bootstrap_certainty(x, fit, n_bootstrap=40))
    gap = np.sort(np.square(x[:, None] - fit.centers).sum(axis=2), axis=1)
    edge = gap[:, 1] - gap[:, 0] < np.quantile(gap[:, 1] - gap[:, 0], 0.1)
    assert sure[edge].mean() < sure[~edge].mean()
    with pytest.raises(GmmDashError):
        bootstrap_certainty(x[:10], fit)


def test_cost_grows_with_the_work():
    base = estimate_cost(1000, 2, 5)
    assert base > 0
    assert estimate_cost(100_000, 2, 5) > 5 * base
    assert estimate_cost(1000, 2, 200) > 3 * base
    assert estimate_cost(1000, 50, 5) > 3 * base
    assert estimate_cost(1000, 2, 5, n_init=100) > 5 * base
    assert estimate_cost(1000, 50, 5, covariance_type="diag") < estimate_cost(1000, 50, 5)
    assert estimate_cost(1000, 2, 5, tol=1e-3) < base / 3
    assert estimate_cost(1000, 2, 5, tol=0, max_iter=10) < base < estimate_cost(1000, 2, 5, tol=0)
    assert estimate_kmeans_cost(2000, 2, 5, n_init=3) == 6 * estimate_kmeans_cost(1000, 2, 5)


@pytest.mark.parametrize("tol", [1e-3, 1e-6])
def test_iterations_are_about_as_many_as_the_estimate_says(tol):
    ratios = []
    for name in ("blobs", "moons", "uniform", "rings", "overlap", "grid", "crossed"):
        recipe = DATASETS[name]
        noise = recipe.noise.default if recipe.noise else 0
        x = recipe.draw(n=500, noise=noise, centers=3, seed=1).points
        for k in (3, 6, 15):
            found = study_restarts(x, k, n_restarts=3, tol=tol).n_iter.mean()
            ratios.append(found / typical_iterations(len(x), k, tol, 500))
    low, middle, high = np.quantile(ratios, [0.1, 0.5, 0.9])
    assert low > 1 / 6
    assert 1 / 2 < middle < 2
    assert high < 4
    assert typical_iterations(500, 1, 1e-6, 500) == 2, "one component needs no second look"


def test_above_the_budget_there_is_a_way_out():
    check_budget(1.0, 2.0)
    with pytest.raises(WorkLimitError, match="limit is 2 s") as caught:
        check_budget(600.0, 2.0)
    assert "fewer rows" in caught.value.hint
