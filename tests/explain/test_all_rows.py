"""What is said of fits to all rows follows from what they are."""

import pytest

from gmm_dash.explain import all_rows as words


def said(**other):
    given = {"n": 1200, "left_out": 0, "iterations": (4, 1), "converged": (True, True)} | other
    return " ".join(words.found(**given))


def test_iterations_and_rows_are_counted():
    assert said().startswith("All 1,200 complete rows: 4 iterations of the mixture and 1 iteration")
    assert "left out" not in said()
    assert "1 row has a gap" in said(left_out=1)
    assert "2,000 rows have a gap" in said(left_out=2000)


@pytest.mark.parametrize(
    ("converged", "names"),
    [
        ((False, True), "the mixture"),
        ((True, False), "k-means"),
        ((False, False), "the mixture and k-means"),
    ],
)
def test_a_limit_is_said_of_what_it_ended(converged, names):
    assert f"The limit of iterations ended {names} before" in said(converged=converged)
    assert "limit" not in said()


def test_what_collapsed_is_said():
    assert "has collapsed" in said(degenerate=True)
    failed = said(failed="Raise reg_covar.", converged=(False, True), degenerate=True)
    assert "ended early, and has no scores: Raise reg_covar." in failed
    assert "limit" not in failed
    assert "has collapsed" not in failed


def test_progress_names_the_pass():
    assert words.progress(3, 4, 12, scores=False) == "Iteration 3: 4 of 12 blocks of all rows."
    assert words.progress(3, 0, 1, scores=True) == (
        "Last pass, for the scores: 0 of 1 block of all rows."
    )
    assert words.written(1, 4, "s3://a/b") == "Labels: 1 of 4 files."
    assert words.written(1, 1, "s3://a/b") == "Labels of all rows are at s3://a/b, in 1 file."


def test_what_a_press_carries_on_is_said_with_its_price():
    said = words.beyond(3_000_000, 41.2)
    assert "all 3,000,000 rows" in said
    assert "41 s of computing" in said


@pytest.mark.parametrize(
    ("told", "said"),
    [
        (("kmeans", 1, None, 1e-6), "k-means: 1 iteration over all rows."),
        (("mixture", 0, None, 1e-6), "k-means of all rows is there; now the mixture."),
        (("mixture", 1, None, 1e-6), "Mixture: 1 iteration over all rows."),
        (
            ("mixture", 12, 3.21e-5, 1e-6),
            "Mixture: 12 iterations over all rows; the last one added 3.2e-05 nats per row, and it "
            "ends below 1e-06.",
        ),
    ],
)
def test_how_far_a_model_is_that_is_carried_on(told, said):
    assert words.carried(*told) == said
