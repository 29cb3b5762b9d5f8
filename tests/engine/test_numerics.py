"""Right far from zero and at any scale, where one-pass formulas lose their digits."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from gmm_dash.engine import START_KINDS, CovarianceType, fit_gmm, fit_kmeans
from gmm_dash.engine.estimates import FirstTied
from gmm_dash.engine.gaussians import Packing
from tests.engine.tables import TABLES

FAR = 2.0**27  # about 1.3e8, and exact
LONG = np.longdouble


def dyadic(table):
    """Data that can be moved by ``FAR`` and scaled by powers of two without any rounding."""
    return np.round(TABLES[table]() * 2**18) / 2**18


def long_em(x, labels, k, n_iter, reg):
    """EM in extended precision, two-pass, from hard labels; full covariances in the plane."""
    origin = x[0].astype(LONG)
    x = x.astype(LONG) - origin
    resp = (labels[:, None] == np.arange(k)).astype(LONG)
    for step in range(n_iter + 1):
        count = resp.sum(axis=0)
        means = (resp.T @ x) / count[:, None]
        dev = x[:, None, :] - means
        cov = np.einsum("nk,nki,nkj->kij", resp, dev, dev) / count[:, None, None]
        cov += LONG(reg) * np.eye(2)
        if step == n_iter:
            return means + origin, cov
        det = cov[:, 0, 0] * cov[:, 1, 1] - cov[:, 0, 1] ** 2
        quad = (
            cov[:, 1, 1] * dev[:, :, 0] ** 2
            - 2 * cov[:, 0, 1] * dev[:, :, 0] * dev[:, :, 1]
            + cov[:, 0, 0] * dev[:, :, 1] ** 2
        ) / det
        log = np.log(count / len(x)) - (quad + np.log(det)) / 2
        resp = np.exp(log - log.max(axis=1)[:, None])
        resp /= resp.sum(axis=1)[:, None]
    return None


@pytest.mark.parametrize("offset", [0.0, 1e8])
@pytest.mark.parametrize("scale", [1e-6, 1.0, 1e6])
def test_agrees_with_extended_precision(offset, scale):
    x = dyadic("stretched") * scale + offset
    reg = 1e-6 * scale**2
    start = fit_kmeans(x, 4, n_init=1)
    fit = fit_gmm(x, 4, init="kmeans", n_init=1, tol=0, max_iter=12, reg_covar=reg)
    means, cov = long_em(x, start.labels, 4, 12, reg)
    spread, step = float(x.std(axis=0).max()), float(np.spacing(np.abs(x).max()))
    assert np.abs(fit.means - means).max() <= 1e-8 * spread + 2 * step
    assert np.abs(fit.covariances - cov).max() <= 1e-8 * spread**2


MOVABLE = [
    (kind, shape)
    for kind in START_KINDS
    for shape in CovarianceType
    # from single points, scikit-learn's first tied covariance depends on where zero is
    if shape != "tied" or kind in ("kmeans", "random")
]


@pytest.mark.parametrize(("kind", "shape"), MOVABLE)
@pytest.mark.parametrize("table", ["stretched", "moons", "five-columns"])
def test_moving_and_scaling_the_data_moves_and_scales_the_answer(table, kind, shape):
    x = dyadic(table)
    common = {"init": kind, "covariance_type": str(shape), "n_init": 1, "tol": 1e-4}
    near = fit_gmm(x, 3, **common)
    for offset, scale in ((FAR, 1.0), (FAR, 2.0**-20), (0.0, 2.0**20)):
        far = fit_gmm((x + offset) * scale, 3, reg_covar=1e-6 * scale**2, **common)
        assert far.n_iter == near.n_iter
        np.testing.assert_allclose(far.means / scale - offset, near.means, atol=1e-7)
        np.testing.assert_allclose(far.covariances / scale**2, near.covariances, atol=1e-7)
        np.testing.assert_array_equal(far.labels, near.labels)


@pytest.mark.parametrize("kind", ["k-means++", "random_from_data"])
def test_tied_starts_from_points_work_far_from_zero(kind):
    x = dyadic("stretched")
    near = fit_gmm(x, 4, init=kind, n_init=1, covariance_type="tied")
    far = fit_gmm(x + FAR, 4, init=kind, n_init=1, covariance_type="tied")
    assert far.log_likelihood == pytest.approx(near.log_likelihood, abs=1e-2)
    np.testing.assert_allclose(far.covariances, near.covariances, atol=1e-2)


@pytest.mark.parametrize("reach", [0, 3, 10**4, 10**8])
def test_the_first_tied_covariance_is_inverted_exactly(reach):
    first = FirstTied(np.array([2.0, 0.5, 3.0]), np.array([reach + 1.0, 2.0 * reach - 1.0]))
    inverse, log_det = first.inverse(Packing.of(2, diagonal_only=False), 0.25)
    xx = Fraction(2.25) + Fraction(first.arm[0]) ** 2
    xy = Fraction(0.5) + Fraction(first.arm[0]) * Fraction(first.arm[1])
    yy = Fraction(3.25) + Fraction(first.arm[1]) ** 2
    det = xx * yy - xy * xy
    exact = [float(yy / det), float(-xy / det), float(xx / det)]
    np.testing.assert_allclose(inverse, exact, rtol=1e-12, atol=1e-15)
    assert log_det == pytest.approx(np.log(float(det)), rel=1e-13)


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize(("offset", "scale"), [(0.0, 1.0), (FAR, 1.0), (0.0, 2.0**-20)])
def test_one_component_is_the_sample_covariance(table, offset, scale):
    x = dyadic(table)
    fit = fit_gmm((x + offset) * scale, 1, reg_covar=1e-6 * scale**2)
    d = x.shape[1]
    expected = np.cov(x.T, bias=True).reshape(d, d) + 1e-6 * np.eye(d)
    np.testing.assert_allclose(fit.covariances[0] / scale**2, expected, rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(fit.means[0] / scale - offset, x.mean(axis=0), atol=1e-7)


def test_a_tiny_cluster_far_from_the_rest_keeps_its_digits():
    rng = np.random.default_rng(0)
    tiny = rng.normal(scale=1e-5, size=(200, 2))
    x = np.vstack((tiny + 1000.0, rng.normal(size=(200, 2))))
    fit = fit_gmm(x, 2, reg_covar=0.0)
    found = fit.covariances[np.argmax(fit.means[:, 0])]
    np.testing.assert_allclose(found, np.cov(x[:200].T, bias=True), rtol=1e-6)


def test_kmeans_moves_with_the_data():
    x = dyadic("stretched")
    near, far = fit_kmeans(x, 4), fit_kmeans(x + FAR, 4)
    np.testing.assert_array_equal(near.labels, far.labels)
    assert far.inertia == pytest.approx(near.inertia, rel=1e-9)
