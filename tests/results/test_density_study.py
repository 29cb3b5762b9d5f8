import numpy as np
import pytest
from sklearn.mixture import GaussianMixture
from sklearn.neighbors import NearestNeighbors

from gmm_dash.datasets import DATASETS
from gmm_dash.engine import fit_gmm
from gmm_dash.results import Points, study_density
from gmm_dash.results.density_study import lowest, spacing_of

MOONS = DATASETS["moons"].draw(n=200, noise=0.05, centers=2, seed=0)
POINTS = Points.build(MOONS.points, MOONS.columns, standardise=False)


def study(k, **changed):
    fit = fit_gmm(POINTS.fitted, k, init="kmeans", n_init=1, tol=1e-3, max_iter=100)
    asked = {"n_draws": 400, "seed": 42, "outlier_share": 0.0} | changed
    return study_density(POINTS, fit, **asked)


@pytest.mark.parametrize("kind", ["full", "tied", "diag", "spherical"])
def test_draws_are_scikit_learns(kind):
    theirs = GaussianMixture(16, covariance_type=kind, random_state=0).fit(POINTS.fitted)
    theirs.set_params(random_state=42)
    mine = fit_gmm(
        POINTS.fitted, 16, covariance_type=kind, init="kmeans", n_init=1, tol=1e-3, max_iter=100
    )
    found = study_density(POINTS, mine, n_draws=400, seed=42, outlier_share=0)
    np.testing.assert_allclose(found.draws, theirs.sample(400)[0], rtol=1e-5, atol=1e-6)
    np.testing.assert_allclose(found.log_density, theirs.score_samples(POINTS.fitted), atol=1e-5)


def test_two_components_on_moons_draw_beside_the_data_and_sixteen_do_not():
    assert study(2).spacing.beyond > 0.3
    assert study(16).spacing.beyond < 0.05


def test_no_draws_have_no_distances():
    found = study(4, n_draws=0)
    assert found.spacing is None
    assert found.draws.shape == (0, 2)


@pytest.mark.parametrize(("share", "count"), [(0, 0), (0.02, 4), (0.021, 5), (0.5, 100)])
def test_outliers_are_the_asked_share_of_lowest_density(share, count):
    found = study(4, outlier_share=share)
    assert found.outliers.sum() == count
    if count:
        inside = found.log_density[~found.outliers].min()
        assert found.log_density[found.outliers].max() <= inside


def test_ties_mark_no_more_than_asked():
    assert lowest(np.zeros(10), 0.3).sum() == 3


def test_draws_that_repeat_the_data_are_at_no_distance():
    data = np.random.default_rng(0).normal(size=(300, 2))
    found = spacing_of(data, data[:50])
    assert found.draws == 0
    assert found.beyond == 0
    assert found.data > 0


def test_distances_of_large_and_wide_data_use_a_sample():
    data = np.random.default_rng(0).normal(size=(5000, 30))
    found = spacing_of(data, data + 1e-9)
    nearest = NearestNeighbors(algorithm="brute").fit(data).kneighbors(n_neighbors=1)[0]
    assert found.data > np.median(nearest), "of a sample, points are farther apart"
    assert found.data == spacing_of(data, data + 1e-9).data, "and always of the same sample"
