import json

import numpy as np
import pytest

from gmm_dash.engine import fit_gmm
from gmm_dash.figures import image_grid, image_pairs, sweep
from gmm_dash.pipeline.image_tables import bundled
from gmm_dash.results import compress, draw_images
from tests.figures.test_density import array

TABLE = bundled()


@pytest.mark.parametrize(("m", "columns"), [(100, 10), (10, 5), (7, 5), (1, 10)])
def test_every_image_has_its_own_tile(m, columns):
    figure = image_grid.build(TABLE.pixels[:m], 8, TABLE.span, columns, "light")
    sheet = array(figure["data"][0]["z"])
    rows = -(-m // columns)
    assert sheet.shape == (9 * rows - 1, 9 * columns - 1)
    for i in range(m):
        row, column = divmod(i, columns)
        tile = sheet[9 * row : 9 * row + 8, 9 * column : 9 * column + 8]
        np.testing.assert_array_equal(tile.ravel(), TABLE.pixels[i])
    assert np.isnan(sheet).sum() == sheet.size - 64 * m
    first, last = figure["layout"]["yaxis"]["range"]
    assert first > last, "the first image is on top"


def test_images_of_one_brightness_can_be_drawn():
    figure = image_grid.build(np.zeros((4, 16)), 4, (0.0, 0.0), 2, "dark")
    assert figure["data"][0]["zmin"] < figure["data"][0]["zmax"]


def test_pairs_hold_both_images_and_what_the_real_one_shows():
    space = compress(TABLE, 0.6)
    drawn = draw_images(TABLE, space, fit_gmm(space.scores, 5, n_init=1), 0)
    pairs = image_pairs.build(TABLE, drawn, "light")
    json.dumps(pairs)
    shades = array(pairs["real"]).reshape(100, 64)
    np.testing.assert_allclose(shades / 255 * 16, TABLE.pixels[drawn.nearest], atol=0.04)
    assert pairs["names"][0] == str(TABLE.labels[drawn.nearest[0]])
    assert pairs["rows"][0] == drawn.nearest[0] + 1


def test_the_empty_sweep_says_which_curve_waits_for_which_score():
    figure = sweep.build((50, 60, 200), 110, "light")
    assert [t["meta"]["criterion"] for t in figure["data"]] == ["aic", "bic"]
    assert figure["layout"]["shapes"][0]["x0"] == 110
