import re
from dataclasses import replace

import pytest
from hypothesis import given, settings

from gmm_dash import explain
from gmm_dash.engine import fit_kmeans
from gmm_dash.errors import FitError
from gmm_dash.results import kmeans_run, project
from gmm_dash.state import AppState
from tests.strategies import small_states


def texts(said):
    return [" ".join(one.text for one in half_step) for half_step in said]


def _steps(pipeline, **flat):
    return pipeline.steps.runs(AppState().but(**flat))


def test_every_half_step_has_its_words_and_its_formulas(pipeline):
    steps = _steps(pipeline)
    for run, said, formulas in (
        (steps.kmeans, texts(explain.kmeans_said(steps)), explain.kmeans_formulas(steps)),
        (steps.gmm, texts(explain.mixture_said(steps)), explain.mixture_formulas(steps)),
    ):
        assert len(said) == len(formulas) == run.last + 1
        assert all(said)


def test_an_assignment_says_how_many_points_changed(pipeline):
    steps = _steps(pipeline)
    said = texts(explain.kmeans_said(steps))
    for i, changed in enumerate(steps.kmeans.changed[1:-1], start=1):
        assert f"{changed} point" in said[2 * i + 1]


def test_a_move_says_which_centre_moved_most_and_what_it_gained(pipeline):
    said = texts(explain.kmeans_said(_steps(pipeline)))
    assert said[2].startswith("Every centre goes to the mean of its points. Centre 4 moves most")
    assert "Inertia 253.3 → 174.2" in said[2]


@pytest.mark.parametrize(
    ("flat", "kmeans", "mixture"),
    [
        ({"data": "corners", "k": 2}, "no point changes cluster any more", "less than tol = 1e-06"),
        ({}, "by its tolerance", "Converged after 11 iterations"),
        ({"max_iter": 3, "tol": 0}, "Converged", "iteration limit after 3 iterations"),
        ({"max_iter": 2}, "Converged", "It was still rising"),
        ({"data": "bars", "k": 2, "cov": "tied", "tol": 1e-3}, "Converged", "mere plateau"),
    ],
)
def test_the_last_sentence_says_why_it_stopped(pipeline, flat, kmeans, mixture):
    steps = _steps(pipeline, **flat)
    assert kmeans in texts(explain.kmeans_said(steps))[-1]
    assert mixture in texts(explain.mixture_said(steps))[-1]


def test_a_run_that_the_limit_stopped_is_said_not_to_rest(pipeline):
    steps = _steps(pipeline)
    short = fit_kmeans(steps.points.fitted, 4, init=steps.start.centers, max_iter=1)
    stopped = replace(steps, kmeans=kmeans_run(steps.points, short, steps.gmm.fit))
    assert "it had not come to rest" in texts(explain.kmeans_said(stopped))[-1]


def test_a_fall_of_the_likelihood_is_admitted_exactly_where_it_happens(pipeline):
    steps = _steps(pipeline, data="blobs", reg=0.3, noise=1.0, k=6)
    assert steps.gmm.fell.any()
    for i, (fell, sentence) in enumerate(
        zip(steps.gmm.fell, texts(explain.mixture_said(steps))[2::2], strict=True)
    ):
        assert ("It fell; with reg_covar = 0.3" in sentence) == bool(fell), i


def test_without_regularisation_nothing_is_said_to_fall(pipeline):
    assert not any("fell" in s for s in texts(explain.mixture_said(_steps(pipeline))))


def test_the_choices_of_k_means_plus_plus_are_told_one_by_one(pipeline):
    steps = _steps(pipeline, start="k-means++", k=3)
    said = [one.text for one in explain.seeding_said(steps.start, steps.points.n)]
    assert len(said) == 3
    assert "0.25 %" in said[0]
    assert "scikit-learn draws 3 candidates" in said[2]
    assert explain.seeding_said(_steps(pipeline).start, 400) == ()


def test_it_says_that_this_is_one_start_and_whose(pipeline):
    note = _start(pipeline, seed=7)
    assert "the same 4 centres, chosen by k-means++ with seed 7" in note
    assert "single start" in note
    assert "where you put them" in _start(pipeline, start="own", centres="0,0")
    assert "3 of the 4 start centres had no place" in _start(pipeline, start="own", centres="0,0")
    assert "as none was put anywhere" in _start(pipeline, start="own")


def test_it_says_that_the_points_are_a_sample(pipeline):
    assert "5,000 of the 6,000 points" in _start(pipeline, data="blobs", n=6000, max_iter=5)


def _start(pipeline, **flat):
    steps = _steps(pipeline, **flat)
    return explain.steps_spoken(steps, project(steps.points, "", "")).text("start")


def test_formulas_hold_the_numbers_of_the_step(pipeline):
    steps = _steps(pipeline)
    block = explain.mixture_formulas(steps)[4]
    counts = [float(found) for found in re.findall(r"N = ([\d.]+)", block)]
    assert sum(counts) == pytest.approx(steps.points.n, abs=0.1)
    shares = re.findall(r"r. = ([\d.]+)", explain.mixture_formulas(steps)[5])
    assert sum(map(float, shares)) == pytest.approx(1, abs=0.003)
    assert "reg_covar = 1e-06" in block


def test_standardised_numbers_are_called_so(pipeline):
    steps = _steps(pipeline, data="iris", k=3, scale="standard")
    assert explain.kmeans_formulas(steps)[0].startswith("All numbers in standardised units.")
    assert "standardised units" in texts(explain.kmeans_said(steps))[2]


@settings(deadline=None, max_examples=25)
@given(state=small_states)
def test_no_run_leaves_the_words_without_a_number(state, pipeline):
    try:
        steps = pipeline.steps.runs(state)
    except FitError:
        return
    said = texts(explain.kmeans_said(steps)) + texts(explain.mixture_said(steps))
    formulas = explain.kmeans_formulas(steps) + explain.mixture_formulas(steps)
    assert not any(re.search(r"\bnan\b|\binf\b|None", text) for text in said + formulas)
