import pytest

from gmm_dash import explain
from gmm_dash.results import HeldOut
from tests.figures.test_density import scene


def spoken(one, *, contours=True):
    return explain.density_spoken(
        one.study, one.projection, contours=contours, seed=1, beside=False, most=500
    )


def held_out(result, k):
    return " ".join(sentence.text for sentence in explain.held_out_sentences(result, k))


@pytest.mark.parametrize(
    ("k", "says"),
    [
        (1, "puts points where no data are. Try a larger K."),
        (6, "6 components for 2 groups: at least two components share a group."),
        (75, "less than half as far from the data as the data from each other. Try a smaller K."),
    ],
)
def test_the_sentence_follows_from_where_the_draws_fall(k, says):
    assert says in spoken(scene(k=k)).text("notice")


def test_a_fit_in_trouble_is_not_praised_for_its_draws():
    one = scene(k=30)
    assert one.study.fit.degenerate.any()
    assert "fall where the data do" not in spoken(one).text("notice")


def test_a_projection_says_that_it_is_an_exact_marginal():
    said = spoken(scene("iris")).text("caption.density")
    assert "4 columns" in said
    assert "exact marginal" in said


def test_the_least_likely_point_is_named():
    one = scene()
    worst = int(one.study.log_density.argmin()) + 1
    assert f"than point {worst}." in spoken(one, contours=False).text("caption.density")


def test_overfitting_is_named_only_where_both_curves_show_it():
    falls = HeldOut((1, 2, 3), (-3.0, -2.0, -1.0), (-3.0, -2.5, -6.0), 50, 0.2)
    flat = HeldOut((1, 2, 3), (-3.0, -2.0, -1.9), (-3.0, -2.5, -2.51), 50, 0.2)
    both = HeldOut((1, 2, 3), (-3.0, -2.0, -2.1), (-3.0, -2.5, -6.0), 50, 0.2)
    assert "by heart" in held_out(falls, 2)
    assert "by heart" not in held_out(flat, 2)
    assert "by heart" not in held_out(both, 2)
    assert "in use" in held_out(flat, 2)


def test_without_any_score_it_says_so():
    assert "could be tried" in held_out(HeldOut((1,), (None,), (None,), 2, 0.2), 1)
