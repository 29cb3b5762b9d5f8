from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings

from gmm_dash.explain import restarts as words
from gmm_dash.explain import select as explain
from gmm_dash.figures.selection import build
from gmm_dash.results import Points
from gmm_dash.results.study import Start, Study
from gmm_dash.results.sweep import KMeansRow, Sweep, score
from gmm_dash.state.select_choice import CRITERIA
from tests.figures.test_selection import ROW, scene, studies, sweeps

POINTS = Points.build(np.arange(40.0).reshape(20, 2) % 7, ("a", "b"), standardise=False)
COUNTS = range(1, 13)


def notice(sweep, criterion="bic", *, points=POINTS, finished=True, waiting=False):
    return explain.select_notice(
        sweep, criterion, points, COUNTS, finished=finished, waiting=waiting
    )


@settings(deadline=None, max_examples=60)
@given(sweeps())
def test_every_comparison_is_told_with_its_own_winner(sweep):
    for criterion in CRITERIA:
        said = notice(sweep, criterion)
        best = sweep.best(criterion)
        assert said.endswith(".")
        assert "None" not in said
        assert "nan" not in said
        if best is not None:
            assert f"{best.n_components} component" in said
            assert f"({best.covariance_type})" in said


@settings(deadline=None, max_examples=40)
@given(sweeps())
def test_every_model_can_be_hovered(sweep):
    best = sweep.best("bic")
    for row in sweep.mixtures:
        for criterion in CRITERIA:
            lines = explain.hover(row, best, criterion, 20)
            assert f"p = {row.n_parameters}" in lines
            assert "None" not in lines
            assert ("not a candidate" in lines) == bool(row.reason)
    assert build(scene(sweep))["data"]


def test_the_hover_says_formula_parameters_difference_and_warnings():
    best = replace(ROW, bic=100.0)
    worse = replace(
        ROW, n_components=2, bic=150.0, converged=False, degenerate=True, reason="few-points"
    )
    lines = explain.hover(worse, best, "bic", 20)
    for part in (
        "p log n − 2 log L",
        "parameters p = 5",
        "50.000 worse",
        "7 iterations",
        "stopped",
    ):
        assert part in lines
    assert "too few points" in lines
    assert "the best of all" in explain.hover(best, best, "bic", 20)


def test_a_collapsed_model_with_a_better_score_is_called_a_fake():
    fake = replace(ROW, n_components=3, bic=-500.0, degenerate=True, reason="variance-floor")
    said = notice(Sweep((ROW, fake), ()))
    assert "fakes a better score" in said
    assert "1 component" in said


def test_what_is_not_complete_is_told_as_so_far():
    assert notice(Sweep((ROW,), ()), finished=False).startswith("So far BIC prefers")
    assert "Press Start" in notice(Sweep((), ()), finished=False, waiting=True)


def test_a_winner_at_the_edge_is_doubted():
    edge = replace(ROW, n_components=12, bic=-5.0)
    assert "largest K" in notice(Sweep((ROW, edge), ()))


def test_a_near_tie_is_told():
    near = replace(ROW, n_components=2, bic=ROW.bic + 0.5, aic=ROW.aic + 9)
    assert "hardly decide" in notice(Sweep((ROW, near), ()))


def test_more_components_than_groups_are_not_clusters():
    labels = np.zeros(20, dtype=np.int64)
    points = Points.build(POINTS.raw, ("a", "b"), standardise=False, labels=labels)
    many = replace(ROW, n_components=3)
    assert "only one group" in notice(Sweep((many,), ()), points=points)


@pytest.mark.parametrize("criterion", CRITERIA)
def test_the_axis_says_which_way_is_better(criterion):
    better = "higher" if criterion == "heldout" else "lower"
    assert f"{better} is better" in explain.axis_title(criterion)
    assert score(ROW, criterion) is not None


def test_an_elbow_is_never_believed():
    assert "noise" in explain.kmeans_select_caption([], 2)
    row = KMeansRow(3, 10.0, 0.38, 50.0, 3, converged=True, random_state=0)
    said = explain.kmeans_select_caption([row], 2)
    assert "K = 3" in said
    assert "without any groups" in said


@settings(deadline=None, max_examples=50)
@given(studies())
def test_every_study_is_told(study):
    empty = Study("kmeans" if study.algorithm == "gmm" else "gmm", ())
    pair = {study.algorithm: study, empty.algorithm: empty}
    spoken = words.restarts_spoken(pair["kmeans"], pair["gmm"], finished=True, tol=1e-6)
    said = spoken.text("notice")
    assert bool(said) == bool(study.starts)
    table = words.optima_table(study)
    assert sum(int(row[3]) for row in table["body"]) == len(study.starts)
    assert all("None" not in words.start_hover(study, i) for i in range(len(study.starts)))


def test_starts_that_agree_are_said_to_agree():
    starts = tuple(Start(i, "random", i, 2.0, 3, True, False, np.zeros((1, 2))) for i in range(4))
    study = Study("kmeans", starts)
    spoken = words.restarts_spoken(study, Study("gmm", ()), finished=True, tol=1e-6)
    assert "one and the same place" in spoken.text("notice")
    assert "random points 100 %" in spoken.text("caption.kmeans")
