import numpy as np
import pytest
from sklearn.cluster import KMeans
from sklearn.mixture import GaussianMixture

from gmm_dash.engine import fit_gmm, fit_kmeans
from gmm_dash.results import recolour

PIXELS = np.random.default_rng(0).integers(0, 256, (30, 50, 3), dtype=np.uint8)
SAMPLE = PIXELS.reshape(-1, 3) / 255.0


@pytest.fixture(scope="module")
def study():
    kmeans = fit_kmeans(SAMPLE, 5, n_init=1)
    gmm = fit_gmm(SAMPLE, 5, init="kmeans", n_init=1, tol=1e-3, max_iter=100)
    return recolour(PIXELS, SAMPLE, kmeans, gmm)


def painted(version):
    return version.palette[version.labels]


def test_k_means_paints_every_pixel_in_its_centre(study):
    theirs = KMeans(5, n_init=1, random_state=0).fit(SAMPLE)
    wanted = (theirs.cluster_centers_[theirs.labels_] * 255).round().reshape(PIXELS.shape)
    assert (np.abs(painted(study.kmeans).astype(float) - wanted).max(axis=2) <= 1).mean() > 0.999


def test_the_mixture_paints_every_pixel_in_the_mean_of_its_component(study):
    theirs = GaussianMixture(5, random_state=0).fit(SAMPLE)
    wanted = (theirs.means_[theirs.predict(SAMPLE)] * 255).round().reshape(PIXELS.shape)
    assert (np.abs(painted(study.gmm).astype(float) - wanted).max(axis=2) <= 1).mean() > 0.99


def test_shares_and_errors_are_counted_over_all_pixels(study):
    for version in (study.kmeans, study.gmm):
        counts = np.bincount(version.labels.ravel(), minlength=5)
        np.testing.assert_allclose(version.shares, counts / counts.sum())
        assert (np.diff(version.shares) <= 0).all()
        miss = np.square(PIXELS.astype(float) - painted(version)).sum(axis=2).mean()
        assert version.error == pytest.approx(np.sqrt(miss))
    assert study.kmeans.error < study.gmm.error
