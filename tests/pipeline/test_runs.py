"""What the lessons' sentences are made from is what the views show."""

import pytest

from gmm_dash.pipeline import Runs
from gmm_dash.state import from_query


@pytest.fixture
def run(pipeline):
    return lambda query: Runs(pipeline).of(from_query(query)[0])


def test_both_runs_of_the_player(run, pipeline):
    state = from_query("?data=blobs&n=200&noise=1.6&dseed=10&k=4&view=steps")[0]
    shown = pipeline.steps.runs(state)
    kmeans, mixture = Runs(pipeline).of(state).from_one_start()
    assert kmeans is shown.kmeans.fit
    assert mixture is shown.gmm.fit
    assert mixture.converged


def test_other_settings_and_the_rest_untouched(run):
    one = run("?data=mouse&k=3&n=300")
    other = one.but(k=2)
    assert (one.state.model.k, other.state.model.k) == (3, 2)
    assert other.points is one.points


def test_components_that_keep_the_variance(run):
    columns, kept = run("?data=digits").reduced(0.99)
    assert (columns, kept) == (64, 41)
    assert run("?data=digits").reduced(0.5)[1] < 10


def test_a_selection_and_a_study_are_remembered(run):
    one = run("?data=three&n=60&k=3&starts=20&kmin=1&kmax=2&types=full")
    assert one.selection is one.selection
    assert [row.n_components for row in one.selection.mixtures] == [1, 2]
    restarts = one.restarts("kmeans")
    assert restarts is one.restarts("kmeans")
    assert len(restarts.starts) == 20


def test_unseen_points_are_scored(run):
    one = run("?data=overfit&k=2")
    fit = one.comparison.gmm_fit
    assert one.density_of(fit, one.points) == pytest.approx(fit.log_likelihood)
