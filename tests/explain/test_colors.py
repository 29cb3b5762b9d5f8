import numpy as np

from gmm_dash import explain
from gmm_dash.datasets import load_image
from gmm_dash.images.picture import Picture
from gmm_dash.pipeline.colors import recolour_image


def notice(pixels, k):
    found = recolour_image(Picture(pixels, ""), k, "full", 0, 20)
    return explain.colors_spoken(found.study, found.sizes, "").text("notice")


def test_sizes_and_errors_are_those_of_the_result():
    pixels = np.random.default_rng(0).integers(0, 256, (40, 50, 3), dtype=np.uint8)
    said = notice(pixels, 4)
    assert said.startswith("4 colours instead of 2,000: as a PNG the image takes")
    assert "equally near" in said


def test_a_photograph_shows_that_k_means_works_on_the_error():
    assert "k-means is nearer. The sum of such squares" in notice(load_image("china"), 8)


def test_an_image_with_few_colours_loses_nothing():
    pixels = np.zeros((8, 8, 3), np.uint8)
    pixels[:4] = 9
    assert "only 2 colours" in notice(pixels, 16)


def test_sizes_read_like_sizes():
    assert explain.kilobytes(491_000) == "491 kB"
    assert explain.kilobytes(840) == "0.8 kB"
