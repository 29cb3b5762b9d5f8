"""EM over blocks is EM over the whole."""

from __future__ import annotations

import numpy as np
import pytest

from gmm_dash.engine import (
    CovarianceType,
    block_statistics,
    combine,
    fit_gmm,
    m_step_from_statistics,
)
from gmm_dash.engine.plain import e_step, full, m_step
from gmm_dash.errors import GmmDashError
from tests.engine.tables import TABLES


def wide():
    """Return three columns, and a group a millionth as wide as the table."""
    x = np.column_stack([TABLES["stretched"](), np.linspace(-1, 3, 400)])
    x[:60] = [40.0, -30.0, 9.0] + 1e-4 * x[:60]
    return x


@pytest.mark.parametrize("shape", list(CovarianceType))
@pytest.mark.parametrize("offset", [0.0, 1e6])
@pytest.mark.parametrize("table", [TABLES["stretched"], wide])
def test_a_fit_over_blocks_is_the_fit(shape, offset, table):
    x = table() + offset
    trace = fit_gmm(
        x, 4, init="kmeans", covariance_type=str(shape), n_init=1, tol=0, max_iter=20
    ).trace
    mixture = trace.mixture(0)
    for frame in range(1, 21):
        blocks = np.array_split(x, {0: 100, 5: 1}.get(frame % 10, 7))
        total = combine(block_statistics(mixture, b, covariance_type=shape) for b in blocks)
        assert total.log_likelihood / total.n == pytest.approx(
            trace.log_likelihood[frame - 1], rel=1e-9
        )
        mixture = m_step_from_statistics(total, covariance_type=shape)
    np.testing.assert_allclose(mixture.weights, trace.weights[-1], atol=1e-8)
    np.testing.assert_allclose(mixture.means - offset, trace.means[-1] - offset, atol=1e-8)
    np.testing.assert_allclose(mixture.covariances, trace.covariances[-1], atol=1e-8)


@pytest.mark.parametrize("k", [3, 20])
def test_long_blocks_know_what_is_likely(k):
    """Of many components the features are weighted, of few the responsibilities."""
    rng = np.random.default_rng(3)
    centres = 9.0 * rng.normal(size=(k, 2))
    x = centres[rng.integers(k, size=9000)] + rng.normal(size=(9000, 2))
    start = fit_gmm(x[:500], k, n_init=1, max_iter=3, tol=0).mixture
    plain_share, value = e_step(x, start.weights, start.means, start.covariances)
    weights, means, covariances = m_step(x, plain_share, full, 1e-6)
    total = block_statistics(start, x)
    found = m_step_from_statistics(total)
    assert total.log_likelihood / total.n == pytest.approx(value, rel=1e-9)
    np.testing.assert_allclose(found.weights, weights, atol=1e-8)
    np.testing.assert_allclose(found.means, means, atol=1e-7)
    np.testing.assert_allclose(found.covariances, covariances, atol=1e-7)


def test_statistics_of_different_mixtures_do_not_add():
    x = TABLES["stretched"]()
    first, second = (fit_gmm(x, k, n_init=1).mixture for k in (2, 3))
    with pytest.raises(GmmDashError):
        combine([block_statistics(first, x), block_statistics(second, x)])
    with pytest.raises(GmmDashError, match="columns"):
        block_statistics(first, np.zeros((3, 5)))
    of_diag = block_statistics(fit_gmm(wide(), 2, n_init=1).mixture, wide(), covariance_type="diag")
    with pytest.raises(GmmDashError, match="no products of two columns"):
        m_step_from_statistics(of_diag, covariance_type="full")
    with pytest.raises(GmmDashError):
        combine([])
    with pytest.raises(GmmDashError):
        block_statistics(first, np.empty((0, 2)))
