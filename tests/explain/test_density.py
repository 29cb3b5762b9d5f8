import pytest

from gmm_dash import explain
from gmm_dash.results import HeldOut
from tests.figures.test_density import scene


@pytest.mark.parametrize(
    ("k", "says"), [(1, "too coarse"), (12, "useless as clusters"), (75, "repeats its points")]
)
def test_the_sentence_follows_from_where_the_draws_fall(k, says):
    assert says in explain.density_notice(scene(k=k).study)


def test_a_projection_says_that_it_is_an_exact_marginal():
    one = scene("iris")
    said = explain.density_caption(one.study, one.projection, contours=True)
    assert "4 columns" in said
    assert "exact marginal" in said


def test_the_least_likely_point_is_named():
    one = scene()
    worst = int(one.study.log_density.argmin()) + 1
    assert f"point {worst}." in explain.density_caption(one.study, one.projection, contours=False)


def test_overfitting_is_named_only_where_it_shows():
    falls = HeldOut((1, 2, 3), (-3.0, -2.0, -1.0), (-3.0, -2.5, -6.0), 50, 0.2)
    flat = HeldOut((1, 2, 3), (-3.0, -2.0, -1.9), (-3.0, -2.5, -2.51), 50, 0.2)
    assert "by heart" in explain.held_out_caption(falls, 2)
    assert "by heart" not in explain.held_out_caption(flat, 2)
    assert "in use" in explain.held_out_caption(flat, 2)
