from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from gmm_dash.export import steps_gif
from gmm_dash.export.steps_gif import MOST_PICTURES
from gmm_dash.results import project
from gmm_dash.state import AppState


def _gif(pipeline, scheme="light", **flat):
    steps = pipeline.steps.runs(AppState().but(**flat))
    return steps, Image.open(BytesIO(steps_gif(steps, project(steps.points, "", ""), scheme)))


def test_one_picture_for_each_half_step_and_a_rest_at_the_end(pipeline):
    steps, picture = _gif(pipeline, data="corners", k=2, n=40)
    assert picture.n_frames == steps.gmm.last + 1
    assert picture.info["loop"] == 0
    picture.seek(picture.n_frames - 1)
    assert picture.info["duration"] > 2000


def test_assigning_brings_colour_and_moving_keeps_it(pipeline):
    _, picture = _gif(pipeline, data="corners", k=2, n=40)
    colours = []
    for frame in (0, 1, 2):
        picture.seek(frame)
        pixels = np.asarray(picture.convert("RGB")).astype(int)
        colours.append(int((np.ptp(pixels, axis=2) > 60).sum()))
    assert colours[0] < colours[1] / 2
    assert colours[2] > 0.8 * colours[1]  # and the mixture gains its ellipses


def test_one_column_has_cuts_and_curves(pipeline):
    steps, picture = _gif(pipeline, data="galaxies", k=3)
    assert picture.n_frames == steps.gmm.last + 1
    pictures = []  # above most of the bars; then of both sides what is not as in the first
    for frame in (0, 1, 2):
        picture.seek(frame)
        pixels = np.asarray(picture.convert("RGB")).astype(int)[50:300]
        pictures.append(pixels)
    upper = [
        np.split(np.abs(pixels - pictures[0]).max(axis=2) > 20, 2, axis=1) for pixels in pictures
    ]
    assert upper[1][0].mean() > 0.8, "each centre's interval is tinted"
    assert upper[1][1].sum() == 0
    assert upper[2][1].sum() > 200, "the mixture has curves from its first M-step on"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_long_runs_more_columns_and_both_schemes(pipeline, scheme):
    steps, picture = _gif(pipeline, scheme, data="iris", k=8, tol=1e-9, seed=1)
    assert picture.n_frames == min(MOST_PICTURES, steps.gmm.last + 1)
    paper = np.asarray(picture.convert("RGB"))[2, 2]
    assert (paper.mean() < 100) == (scheme == "dark")
