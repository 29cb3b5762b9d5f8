import io

import numpy as np
import pytest
from PIL import Image

from gmm_dash.errors import ImportProblem, WorkLimitError
from gmm_dash.images.picture import Picture
from gmm_dash.pipeline.colors import open_image, recolour_image


def flat(colour, size=(20, 30)):
    return Picture(np.broadcast_to(np.uint8(colour), (*size, 3)).copy(), "")


def test_a_photograph_in_sixteen_colours_is_drawn_with_its_palettes():
    picture = open_image("china", "", None)
    found = recolour_image(picture, 16, "full", 0, 20)
    assert picture.pixels.shape == (427, 640, 3)
    for png, version in ((found.kmeans_png, found.study.kmeans), (found.gmm_png, found.study.gmm)):
        image = Image.open(io.BytesIO(png))
        assert image.mode == "P"
        np.testing.assert_array_equal(
            np.asarray(image.convert("RGB")), version.palette[version.labels]
        )
        assert 3 * len(png) < found.bytes_before
    assert found.study.kmeans.error < 20


@pytest.mark.parametrize("n_colors", [2, 64])
def test_an_image_of_one_colour_keeps_it(n_colors):
    found = recolour_image(flat((200, 30, 90)), n_colors, "full", 0, 20)
    assert found.study.kmeans.palette.tolist() == [[200, 30, 90]]
    assert found.study.gmm.error == 0


def test_black_and_white_has_two_colours_whatever_is_asked():
    picture = flat((0, 0, 0))
    picture.pixels[:10] = 255
    found = recolour_image(picture, 16, "spherical", 0, 20)
    assert sorted(found.study.gmm.palette[:, 0].tolist()) == [0, 255]


def test_the_same_request_gives_the_same_bytes():
    picture = open_image("flower", "", None)
    first, second = (recolour_image(picture, 4, "diag", 3, 20) for _ in range(2))
    assert first.gmm_png == second.gmm_png


def test_the_work_limit_holds():
    with pytest.raises(WorkLimitError):
        recolour_image(open_image("china", "", None), 64, "full", 0, 1e-3)


def test_without_a_store_there_are_no_images_of_ones_own():
    with pytest.raises(ImportProblem):
        open_image("upload", "a" * 43, None)
