"""The pictures of the documentation are taken once all is drawn that they show."""

import numpy as np
import pytest
from PIL import Image

from handbook.pictures import take


@pytest.fixture(scope="module")
def folder(browser, tmp_path_factory):
    place = tmp_path_factory.mktemp("pictures")
    take(browser, place, ("restarts", "steps"))
    return place


@pytest.mark.parametrize("name", ["restarts", "steps"])
def test_both_plots_have_their_points(folder, name):
    """Coloured pixels: empty plots, or the page's first frame, have none there."""
    with Image.open(folder / f"{name}.png") as image:
        pixels = np.asarray(image.convert("RGB"), dtype=int)
    assert pixels.shape == (800, 1280, 3)
    right = pixels[450:, 320:]  # below the controls, beside the settings
    coloured = right.max(axis=2) - right.min(axis=2) > 60
    for half in np.split(coloured, 2, axis=1):
        assert half.sum() > 500
