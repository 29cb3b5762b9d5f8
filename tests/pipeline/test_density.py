import pytest

from gmm_dash.datasets import DATASETS
from gmm_dash.errors import WorkLimitError
from gmm_dash.pipeline.density import held_out
from gmm_dash.results import Points
from gmm_dash.state import AppState

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
