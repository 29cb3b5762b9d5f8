from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings

from gmm_dash.datasets import DATASETS
from gmm_dash.engine import fit_kmeans
from gmm_dash.explain import GLOSSARY, select_hover
from gmm_dash.explain import restarts as words
from gmm_dash.explain import select as explain
from gmm_dash.figures.select import build
from gmm_dash.results import Points
from gmm_dash.results.restarts import Restarts
from gmm_dash.results.restarts_claims import Rule
from gmm_dash.results.select import KMeansRow, Selection, score
from gmm_dash.results.select_claims import Asked
from gmm_dash.state.select_choice import CRITERIA
from tests.figures.test_select import ROW, both_methods, scene, selections

POINTS = Points.build(np.arange(40.0).reshape(20, 2) % 7, ("a", "b"), standardise=False)


def spoken(selection, criterion="bic", *, points=POINTS, finished=True, waiting=False):
    asked = Asked(criterion, finished=finished, waiting=waiting)
    return explain.select_spoken(selection, points, asked)


def notice(selection, criterion="bic", **more):
    return spoken(selection, criterion, **more).text("notice")


def codes(selection, criterion="bic", **more):
    return {one.code for one in spoken(selection, criterion, **more).sentences}


@settings(deadline=None, max_examples=60)
@given(selections())
def test_every_comparison_is_told_with_its_own_winner(selection):
    for criterion in CRITERIA:
        said = notice(selection, criterion)
        best = selection.best(criterion)
        assert said.endswith(".")
        assert "None" not in said
        assert "nan" not in said
        if best is not None:
            assert f"{best.n_components} component" in said
            assert f"({best.covariance_type})" in said


@settings(deadline=None, max_examples=40)
@given(selections())
def test_every_model_can_be_hovered(selection):
    best = selection.best("bic")
    for row in selection.mixtures:
        for criterion in CRITERIA:
            lines = select_hover.hover(row, selection, best, criterion, 20)
            assert f"p = {row.n_parameters}" in lines
            assert "None" not in lines
            short = selection.law(row).law == "search_failed"
            assert ("not a candidate" in lines) == (bool(row.reason) or short)
    assert build(scene(selection))["data"]


def test_the_hover_says_formula_parameters_difference_and_warnings():
    best = replace(ROW, bic=100.0)
    worse = replace(
        ROW, n_components=2, bic=150.0, converged=False, degenerate=True, reason="few-points"
    )
    selection = Selection((best, worse), ())
    lines = select_hover.hover(worse, selection, best, "bic", 20)
    for part in (
        "p log n − 2 log L",
        "parameters p = 5",
        "50.000 worse",
        "7 iterations",
        "stopped",
    ):
        assert part in lines
    assert "fewer than three points" in lines
    assert "the best candidate" in select_hover.hover(best, selection, best, "bic", 20)


def test_a_collapsed_model_with_a_better_score_is_no_candidate():
    fallen = replace(ROW, n_components=3, bic=-500.0, degenerate=True, reason="variance-floor")
    said = notice(Selection((ROW, fallen), ()))
    assert "Full with K = 3 scores better than every sound model" in said
    assert "1 component" in said


def test_a_search_that_stopped_short_is_told_with_what_shows_it():
    short = replace(ROW, n_components=2, log_likelihood=-1.5, icl=-99.0, bic=99.0)
    said = notice(Selection((ROW, short), ()), "icl")
    assert said.startswith("ICL prefers 1 component")
    assert "(full, K = 2 and scores best by ICL: full, K = 1 already reaches" in said
    assert "scores best" not in notice(Selection((ROW, short), ()))
    hover = select_hover.hover(short, Selection((ROW, short), ()), ROW, "icl", 20)
    assert "its search stopped short: full, K = 1 already reaches more" in hover


def test_more_parameters_than_rows_are_told_in_the_notice_and_in_the_badge():
    large = spoken(Selection((replace(ROW, n_components=4, n_parameters=23),), ()))
    assert "23 parameters for 20 points" in large.text("notice")
    assert large.text("badge.select") == "best: full, K = 4, more parameters than rows"
    just = replace(ROW, n_parameters=20)
    assert "select.more-parameters" not in codes(Selection((just,), ()))


def test_sixteen_rows_with_ten_components_are_told_what_others_say():
    points = Points.build(POINTS.raw[:16], ("a", "b"), standardise=False)
    ten = replace(
        ROW, n_components=10, n_parameters=59, bic=-9.0, aicc=None, icl=20.0, aic=-9.0,
        heldout_log_likelihood=-9.0,
    )  # fmt: skip
    two = replace(ROW, n_components=2, bic=13.0, aicc=12.0, icl=9.0, heldout_log_likelihood=-2.0)
    said = notice(Selection((ROW, two, ten), ()), points=points)
    assert "AICc would take 1, ICL 2, held-out 1." in said
    assert "59 parameters for 16 points" in said


def test_no_winner_has_its_own_reason():
    assert codes(Selection((), ())) >= {"select.no-model"}
    late = replace(ROW, bic=None, log_likelihood=None, degenerate=True, reason="stopped")
    assert codes(Selection((late,), ())) >= {"select.none-in-time"}
    fallen = replace(ROW, n_components=2, degenerate=True, reason="few-points")
    assert "1 is degenerate, 1 did not end" in notice(Selection((late, fallen), ()))
    assert "at least p + 2 rows" in notice(Selection((replace(ROW, aicc=None),), ()), "aicc")
    assert spoken(Selection((), ())).numbers["gmm.bic"] is None


def test_what_is_not_complete_is_told_as_so_far():
    growing = spoken(Selection((ROW,), ()), finished=False)
    assert growing.text("notice").startswith("So far BIC prefers")
    assert growing.text("badge.select") == "best so far: full, K = 1"
    assert "Press Start" in notice(Selection((), ()), finished=False, waiting=True)


def test_the_edge_is_the_largest_k_compared_also_where_larger_ones_are_left_out():
    two = replace(ROW, n_components=2, bic=-5.0)
    assert "K = 2 is the largest K compared" in notice(Selection((ROW, two), ()))
    assert "select.edge" not in codes(Selection((two,), ()))


def test_a_winner_at_the_edge_is_doubted():
    edge = replace(ROW, n_components=12, bic=-5.0)
    assert "largest K" in notice(Selection((ROW, edge), ()))


@pytest.mark.parametrize(
    ("apart", "words"),
    [
        (0.5, "0.500 behind in BIC: hardly a difference."),
        (2.0, "2.00 behind in BIC: some evidence."),
        (6.0, "6.00 behind in BIC: clear evidence."),
        (10.0, "10.0 behind in BIC: strong evidence."),
    ],
)
def test_the_best_is_as_modest_as_the_evidence(apart, words):
    near = replace(ROW, n_components=2, bic=ROW.bic + apart)
    found = spoken(Selection((ROW, near), ()))
    assert words in found.text("notice")
    assert found.text("badge.select").startswith("best, hardly: ") == (apart < 2)
    other = spoken(Selection((ROW, replace(near, icl=ROW.icl + 0.5)), ()), "icl")
    assert "behind in ICL." in other.text("notice")
    assert "hardly" not in other.text("badge.select")


@pytest.mark.parametrize("many", ["best", "rival"])
def test_bic_is_no_evidence_with_more_parameters_than_points(many):
    best = replace(ROW, n_parameters=59 if many == "best" else 5)
    rival = replace(ROW, n_components=2, bic=ROW.bic + 30.0, n_parameters=64 - best.n_parameters)
    said = notice(Selection((best, rival), ()))
    assert "30.0 behind in BIC." in said
    assert ("has 59 parameters for 20 points," in said) == (many == "best")
    near = replace(rival, bic=ROW.bic + 1.0)
    assert "hardly a difference" in notice(Selection((best, near), ()))


def test_more_components_than_groups_need_not_be_groups():
    labels = np.zeros(20, dtype=np.int64)
    points = Points.build(POINTS.raw, ("a", "b"), standardise=False, labels=labels)
    many = replace(ROW, n_components=3)
    assert "The labels name only one group" in notice(Selection((many,), ()), points=points)
    assert "select.more-than-groups" not in codes(Selection((ROW,), ()), points=points)


@pytest.mark.parametrize("criterion", CRITERIA)
def test_the_axis_says_which_way_is_better(criterion):
    better = "higher" if criterion == "heldout" else "lower"
    assert f"{better} is better" in select_hover.axis_title(criterion)
    assert score(ROW, criterion) is not None


def test_an_elbow_is_never_believed():
    assert "noise" in spoken(Selection((), ())).text("caption.select-kmeans")
    row = KMeansRow(3, 10.0, 0.38, 50.0, 3, converged=True, random_state=0)
    said = spoken(Selection((), (row,))).text("caption.select-kmeans")
    assert "K = 3" in said
    assert "Uniform noise in a square reaches about 0.4." in said
    apart = Selection((), (replace(row, silhouette=0.6),))
    assert "square" not in spoken(apart).text("caption.select-kmeans")


@settings(deadline=None, max_examples=50)
@given(both_methods())
def test_every_study_is_told(restarts):
    empty = Restarts("kmeans" if restarts.algorithm == "gmm" else "gmm", (), restarts.n)
    pair = {restarts.algorithm: restarts, empty.algorithm: empty}
    rule = Rule(1e-6, 500)
    spoken = words.restarts_spoken(pair["kmeans"], pair["gmm"], finished=True, rule=rule)
    said = spoken.text("notice")
    assert bool(said) == bool(restarts.starts)
    table = words.optima_table(restarts)
    assert sum(int(row[3]) for row in table["body"]) == len(restarts.starts)
    assert all("None" not in words.start_hover(restarts, i) for i in range(len(restarts.starts)))


def test_a_run_of_k_means_may_end_higher_with_more_clusters():
    x = DATASETS["grid"].draw(n=270, noise=0.5, centers=3, seed=0).points
    found = [fit_kmeans(x, k, n_init=1, random_state=2, init="random").inertia for k in (17, 18)]
    assert found[1] > found[0]
    row = KMeansRow(18, found[1], 0.4, 50.0, 3, converged=True, random_state=2)
    assert "always falls" not in select_hover.kmeans_hover(row)
    assert "always falls" not in GLOSSARY["inertia"].sentence
