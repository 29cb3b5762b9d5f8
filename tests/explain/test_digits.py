import pytest

from gmm_dash import explain
from gmm_dash.engine import fit_gmm
from gmm_dash.pipeline.image_tables import bundled
from gmm_dash.results import compress, draw_images

TABLE = bundled()


def notice(k, kind="full"):
    space = compress(TABLE, 0.9)
    fit = fit_gmm(space.scores, k, covariance_type=kind, init="kmeans", n_init=1, tol=1e-3)
    drawn = draw_images(TABLE, space, fit, 0)
    return explain.drawn_spoken(TABLE, space, drawn, 0).text("notice")


@pytest.mark.parametrize(("k", "says"), [(1, "plainly farther"), (110, "about as far")])
def test_the_verdict_follows_from_the_distances(k, says):
    assert says in notice(k)


def test_too_many_components_for_the_images_are_doubted():
    assert "may flatter" in notice(110)
    assert "flatter" not in notice(10)
    assert "flatter" not in notice(110, "spherical")


def test_the_offer_names_what_it_will_cost():
    assert "16 mixtures with 50 to 200" in explain.sweep_offer(tuple(range(50, 201, 10)), 31.2)
    assert "about 31 s" in explain.sweep_offer(tuple(range(50, 201, 10)), 31.2)
