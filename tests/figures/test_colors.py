import json

import numpy as np
import pytest

from gmm_dash.figures import colors
from gmm_dash.images.picture import Picture
from gmm_dash.pipeline.colors import recolour_image
from tests.figures.test_density import array


@pytest.fixture(scope="module")
def study():
    pixels = np.random.default_rng(0).integers(0, 256, (40, 50, 3), dtype=np.uint8)
    return recolour_image(Picture(pixels, ""), 4, "full", 0, 20).study


@pytest.mark.parametrize("method", ["kmeans", "gmm"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pixels_and_their_palette_are_drawn_in_space(study, method, scheme):
    figure = colors.build(study, method, scheme)
    json.dumps(figure, allow_nan=False)
    points, around = figure["data"]
    assert points["type"] == "scatter3d"
    assert array(points["x"]).max() <= 255
    assert around["type"] == ("mesh3d" if method == "gmm" else "scatter3d")


def test_every_pixel_has_the_palette_entry_that_repaints_it(study):
    marker = colors.build(study, "kmeans", "light")["data"][0]["marker"]
    flat = study.sample.reshape(-1, 3)[:: max(1, len(study.sample) // 2500)][:2500]
    centres = study.kmeans.palette / 255
    nearest = np.square(flat[:, None] - centres[None]).sum(axis=2).argmin(axis=1)
    assert (array(marker["color"]) == nearest).mean() > 0.99


def test_ellipsoids_lie_at_one_standard_deviation(study):
    mesh = colors.build(study, "gmm", "light")["data"][1]
    where = np.column_stack([array(mesh[name]) for name in "xyz"])
    entry = array(mesh["intensity"]).astype(int)
    order = study.gmm.order
    for i in range(4):
        covariance = study.gmm_fit.covariances[order[i]] * 255**2
        away = where[entry == i] - study.gmm.palette[i]
        distance = np.sqrt((away @ np.linalg.inv(covariance) * away).sum(axis=1))
        np.testing.assert_allclose(distance, 1, atol=0.01)
    corners = np.column_stack([array(mesh[name]) for name in "ijk"])
    assert (entry[corners] == entry[corners[:, :1]]).all()
