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
from gmm_dash.errors import GmmDashError
from tests.engine.tables import TABLES


@pytest.mark.parametrize("shape", list(CovarianceType))
@pytest.mark.parametrize("offset", [0.0, 1e6])
def test_a_fit_over_blocks_is_the_fit(shape, offset):
    x = TABLES["stretched"]() + offset
    trace = fit_gmm(
        x, 4, init="kmeans", covariance_type=str(shape), n_init=1, tol=0, max_iter=20
    ).trace
    mixture, blocks = trace.mixture(0), np.array_split(x, [37, 90, 91, 300])
    for frame in range(1, 21):
        total = combine(block_statistics(mixture, block) for block in blocks)
        assert total.log_likelihood / total.n == pytest.approx(
            trace.log_likelihood[frame - 1], rel=1e-9
        )
        mixture = m_step_from_statistics(total, covariance_type=shape)
    np.testing.assert_allclose(mixture.weights, trace.weights[-1], atol=1e-8)
    np.testing.assert_allclose(mixture.means - offset, trace.means[-1] - offset, atol=1e-8)
    np.testing.assert_allclose(mixture.covariances, trace.covariances[-1], atol=1e-8)


def test_statistics_of_different_mixtures_do_not_add():
    x = TABLES["stretched"]()
    first, second = (fit_gmm(x, k, n_init=1).mixture for k in (2, 3))
    with pytest.raises(GmmDashError):
        combine([block_statistics(first, x), block_statistics(second, x)])
    with pytest.raises(GmmDashError):
        combine([])
    with pytest.raises(GmmDashError):
        block_statistics(first, np.empty((0, 2)))
