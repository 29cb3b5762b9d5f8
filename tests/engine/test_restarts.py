"""Many starts of one model."""

from __future__ import annotations

import numpy as np
import pytest

from gmm_dash.engine import fit_gmm, fit_kmeans, study_restarts
from gmm_dash.errors import GmmDashError
from tests.engine.tables import TABLES


@pytest.mark.parametrize("table", ["stretched", "iris"])
def test_a_chunk_is_a_part_of_the_whole(table):
    x = TABLES[table]()
    whole = study_restarts(x, 4, n_restarts=30)
    part = study_restarts(x, 4, n_restarts=10, first=12)
    np.testing.assert_array_equal(part.objective, whole.objective[12:22])
    np.testing.assert_array_equal(part.n_iter, whole.n_iter[12:22])
    np.testing.assert_array_equal(part.seeds, whole.seeds[12:22])
    assert part.kinds == whole.kinds[12:22]


def test_each_start_can_be_fitted_again():
    x = TABLES["stretched"]()
    study = study_restarts(x, 4, covariance_type="diag", n_restarts=6, random_state=3)
    for i in range(6):
        fit = study.parameters(i)
        assert (fit.init, fit.random_state) == (study.kinds[i], study.seeds[i])
        assert fit.log_likelihood == pytest.approx(study.objective[i], rel=1e-12)
        again = fit_gmm(
            x, 4, covariance_type="diag", init=fit.init, random_state=fit.random_state, n_init=1
        )
        np.testing.assert_array_equal(fit.means, again.means)
    kmeans = study_restarts(x, 4, algorithm="kmeans", inits=("random", "k-means++"), n_restarts=4)
    fit = kmeans.parameters(2)
    assert (fit.init, fit.inertia) == ("random", pytest.approx(kmeans.objective[2], rel=1e-12))
    single = fit_kmeans(x, 4, init="random", random_state=2, n_init=1)
    np.testing.assert_array_equal(fit.labels, single.labels)


def test_optima_are_told_apart():
    rng = np.random.default_rng(0)
    grid = np.array([(i, j) for i in (0, 4, 8) for j in (0, 4, 8)], dtype=float)
    x = np.repeat(grid, 50, axis=0) + rng.normal(scale=0.5, size=(450, 2))
    study = study_restarts(x, 9, algorithm="kmeans", inits=("random", "k-means++"), n_restarts=60)
    assert study.n_optima > 3
    assert (np.diff(study.optima) >= 0).all()
    np.testing.assert_allclose(study.optima, study.objective[study.representatives])
    assert study.reach_best["k-means++"] > study.reach_best["random"]
    best = study.objective[study.optimum == 0]
    assert best.max() <= best.min() * 1.01
    assert study.n_restarts == 60


def test_order_of_components_does_not_make_an_optimum():
    x = TABLES["stretched"]()
    study = study_restarts(x, 4, inits=("kmeans",), n_restarts=12)
    assert study.n_optima <= 2
    assert study.reach_best["kmeans"] > 0.5


def test_collapsed_starts_belong_to_no_optimum():
    x = np.repeat(np.arange(4.0), 5)[:, None]
    study = study_restarts(x, 4, inits="kmeans", reg_covar=0.0, n_restarts=3)
    assert (study.optimum == -1).all()
    assert np.isneginf(study.objective).all()
    assert study.degenerate.all()
    assert study.n_optima == 0
    with pytest.raises(GmmDashError):
        study.parameters(0)


@pytest.mark.parametrize(
    "bad",
    [{"inits": ()}, {"inits": ("best",)}, {"inits": 3}, {"algorithm": "dbscan"}, {"first": -1},
     {"n_restarts": 0}, {"random_state": 2**32}],
)  # fmt: skip
def test_bad_questions_are_refused(bad):
    with pytest.raises(GmmDashError):
        study_restarts(TABLES["moons"](), 2, **bad)
