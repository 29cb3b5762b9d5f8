import numpy as np
import pytest

from gmm_dash.config import Config
from gmm_dash.datasets import DATASETS
from gmm_dash.errors import WorkLimitError
from gmm_dash.export.fitting import start_arguments
from gmm_dash.pipeline import Pipeline
from gmm_dash.pipeline.density import held_out
from gmm_dash.pipeline.whole import start_of_all
from gmm_dash.results import Points
from gmm_dash.state import AppState, from_query
from tests.claims.case import sklearn_fit

OVERFIT = DATASETS["overfit"]


def points(n=120):
    sample = OVERFIT.draw(n=n, noise=1.0, centers=2, seed=0)
    return Points.build(sample.points, sample.columns, standardise=False)


def test_a_mixture_that_learns_by_heart_scores_worse_on_points_it_has_not_seen():
    found = held_out(points(), AppState().but(k=30, n_init=1).model, 20.0)
    assert found.n_components == tuple(range(1, 31))
    assert found.best <= 5
    assert found.seen[-1] > found.seen[1]
    assert found.unseen[-1] < found.unseen[1]


def test_few_points_have_a_short_curve():
    eight = Points.build(points().raw[:8], ("x", "y"), standardise=False)
    assert held_out(eight, AppState().but(k=4).model, 20.0).n_components == (1, 2, 3)


def test_the_curve_keeps_to_the_work_limit():
    with pytest.raises(WorkLimitError):
        held_out(points(), AppState().model, 1e-6)


LONG = "?data=blobs&n=900&noise=1&centers=3&scale=standard&n_init=1&k=3&tol=1e-5&outliers=3"


@pytest.mark.parametrize("more", ["", "&cov=tied", "&cov=diag&init=informed", "&cov=spherical"])
@pytest.mark.parametrize(("few", "most", "n"), [(200, 900, 900), (200, 899, 200), (900, 900, 900)])
def test_the_mixture_is_the_one_that_compare_ends_on(few, most, n, more):
    """Of all rows, where a request is enough for these, and of the sample where it is not."""
    pipeline, state = (
        Pipeline(Config(fit_rows=few, all_rows=most), None),
        from_query(LONG + more)[0],
    )
    study, pair = pipeline.density.study(state), pipeline.compare.comparison(state)
    for name in ("weights", "means", "covariances", "responsibilities"):
        np.testing.assert_array_equal(getattr(study.fit, name), getattr(pair.gmm_fit, name))
    for name in ("log_likelihood", "bic", "n_iter", "converged"):
        assert getattr(study.fit, name) == getattr(pair.gmm_fit, name)
    np.testing.assert_array_equal(study.points.rows, pair.points.rows)
    assert study.points.n == len(study.fit.responsibilities) == n
    assert study.rows == pair.rows
    assert len(study.log_density) == study.points.n
    assert study.outliers.sum() == np.ceil(0.03 * study.points.n)


def test_of_all_rows_it_is_scikit_learns_mixture_of_all_rows():
    pipeline, state = Pipeline(Config(fit_rows=200), None), from_query(LONG)[0]
    study, sample = pipeline.density.study(state), pipeline.points(state.data)
    x, best = study.points.fitted, pipeline.models.gmm(state.data, state.model)
    assert (len(x), len(best.responsibilities)) == (900, 200)
    start = start_of_all(sample, study.points, best)
    oracle = sklearn_fit(
        x, n_components=3, tol=1e-5, max_iter=500, **start_arguments(start, "full")
    )
    assert study.fit.n_iter == oracle.n_iter_
    assert study.fit.bic == pytest.approx(oracle.bic(x), rel=1e-9)
    np.testing.assert_allclose(study.log_density, oracle.score_samples(x), atol=1e-8)
    lowest = np.argsort(oracle.score_samples(x))[:27]
    np.testing.assert_array_equal(np.flatnonzero(study.outliers), np.sort(lowest))
    oracle.set_params(random_state=state.density.seed)
    np.testing.assert_allclose(study.draws, oracle.sample(len(study.draws))[0], atol=1e-6)
