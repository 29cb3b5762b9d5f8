"""Working memory is a constant, not a multiple of the work."""

from __future__ import annotations

import tracemalloc

import numpy as np
import pytest

from gmm_dash.engine import fit_gmm, fit_kmeans, select_models, study_restarts
from gmm_dash.engine.em import Settings
from gmm_dash.engine.gmm import usual_starts
from gmm_dash.engine.informed import Climb

LIMIT = 64 * 2**20


def peak(work):
    tracemalloc.start()
    try:
        result = work()
        return tracemalloc.get_traced_memory()[1], result
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("shape", ["full", "tied", "diag"])
def test_many_columns_and_components(shape):
    rng = np.random.default_rng(0)
    x = rng.normal(size=(2000, 64)) + 5 * rng.integers(3, size=(2000, 1))
    used, fit = peak(
        lambda: fit_gmm(x, 100, covariance_type=shape, init="k-means++", n_init=1, max_iter=2)
    )
    result = fit.covariances.nbytes + fit.responsibilities.nbytes
    assert used - result < LIMIT


def test_many_rows():
    x = np.random.default_rng(0).normal(size=(400_000, 2))
    used, fit = peak(lambda: fit_gmm(x, 6, init="kmeans", n_init=2, max_iter=3))
    assert used - fit.responsibilities.nbytes < LIMIT
    used, _ = peak(lambda: fit_kmeans(x, 8, n_init=3, max_iter=5))
    assert used < LIMIT


def test_many_models_and_restarts():
    x = np.random.default_rng(0).normal(size=(1500, 8))
    used, _ = peak(lambda: select_models(x, range(1, 41, 3), n_init=3, max_iter=2, informed=False))
    assert used < LIMIT
    used, _ = peak(lambda: study_restarts(x, 20, inits="random", n_restarts=60, max_iter=2))
    assert used < LIMIT


def test_a_climb_keeps_nothing_of_the_points():
    """Were the responsibilities of every row kept, they alone would take 5.5 MB."""
    x = np.random.default_rng(0).normal(size=(12_000, 2))
    used, _ = peak(lambda: select_models(x, [5], n_init=2, max_iter=2))
    assert used < 8 * 2**20


def test_many_starts_from_neighbours():
    """Were the responsibilities of every start kept, they would take more than 40 MB."""
    x = np.random.default_rng(0).normal(size=(1500, 8))
    climb = Climb(x, usual_starts("mixed", 3, 0), Settings(1e-6, 1e-6, 2))
    used, _ = peak(lambda: climb.level(16, None))
    assert used < 20 * 2**20
