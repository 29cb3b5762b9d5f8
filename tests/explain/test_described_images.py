"""What pictures say to those who do not see them is what they show."""

import re

import numpy as np

from gmm_dash.contract.sheets import IMAGES
from gmm_dash.engine import fit_gmm
from gmm_dash.explain.colors_described import after_described, before_described, space_described
from gmm_dash.explain.digits_described import (
    averages_described,
    drawn_sheet_described,
    real_sheet_described,
)
from gmm_dash.explain.points_described import points_described
from gmm_dash.figures import bare, colors
from gmm_dash.figures.arrays import unpacked
from gmm_dash.images.picture import Picture
from gmm_dash.pipeline.colors import recolour_image
from gmm_dash.pipeline.image_tables import bundled
from gmm_dash.results import compress, draw_images, project
from gmm_dash.state import from_query

TABLE = bundled()


def counts(text):
    return {int(label): int(count) for label, count in re.findall(r"(\d) \((\d+)\)", text)}


def test_sheets_are_told_by_what_their_images_show():
    said = real_sheet_described(TABLE, IMAGES)
    assert said.startswith("100 real images of 8 by 8 pixels.")
    values, expected = np.unique(TABLE.labels[:IMAGES], return_counts=True)
    assert counts(said) == dict(zip(values.tolist(), expected.tolist(), strict=True))
    space = compress(TABLE, 0.6)
    drawn = draw_images(TABLE, space, fit_gmm(space.scores, 4, n_init=1, max_iter=20), 0)
    said = drawn_sheet_described(TABLE, drawn)
    apart = np.linalg.norm(TABLE.pixels[None] - drawn.images[:, None], axis=-1)
    found = re.search(r"([\d.]+) to ([\d.]+) from .* up to ([\d.]+)\.", said)
    low, high, half = map(float, found.groups())
    least = apart.min(axis=1)
    np.testing.assert_allclose(
        [low, high, half], [least.min(), least.max(), np.median(least)], rtol=0.01
    )
    values, expected = np.unique(TABLE.labels[apart.argmin(axis=1)], return_counts=True)
    assert counts(said) == dict(zip(values.tolist(), expected.tolist(), strict=True))


def test_averages_are_told_by_the_real_images_nearest_to_them():
    centres = TABLE.pixels[[5, 17, 40]] + 0.01
    said = averages_described(TABLE, centres)
    assert said.endswith(f"show: {', '.join(map(str, TABLE.labels[[5, 17, 40]]))}.")


def test_images_are_told_by_their_palettes():
    pixels = np.random.default_rng(0).integers(0, 256, (30, 40, 3), dtype=np.uint8)
    study = recolour_image(Picture(pixels, ""), 15, "full", 0, 20).study
    for method, version in (("kmeans", study.kmeans), ("gmm", study.gmm)):
        assert "40 by 30 pixels, 1,200 colours." in before_described(study, method)
        said = after_described(study, method)
        told = re.findall(r"(#[0-9a-f]{6}) ([\d.]+) %", said)
        assert [name for name, _ in told] == [colors.hex_of(one) for one in version.palette[:12]]
        shares = [100 * np.mean(version.labels == i) for i in range(12)]
        np.testing.assert_allclose([float(share) for _, share in told], shares, rtol=0.05)
        assert "and 3 others." in said
        drawn = colors.build(study, method, "light")["data"][1]
        places = re.findall(r"\((\d+), (\d+), (\d+)\)", space_described(study, method))
        assert [[*map(int, one)] for one in places] == version.palette[:12].tolist()
        widths = re.findall(r"deviations (\d+), (\d+) and (\d+)", space_described(study, method))
        if method == "gmm":
            corners = np.column_stack([unpacked(drawn[axis]) for axis in "xyz"])
            assert len(widths) == 12
            own = np.sqrt(np.diag(study.gmm_fit.covariances[version.order[0]])) * 255
            np.testing.assert_allclose([*map(float, widths[0])], own, atol=0.51)
            assert len(corners) % 15 == 0
        else:
            assert not widths
            np.testing.assert_array_equal(unpacked(drawn["x"]), version.palette[:, 0])


def test_bare_points_are_told_by_how_far_they_reach_and_where_starts_stand(pipeline):
    state = from_query("?data=stretched&n=100&k=2")[0]
    points = pipeline.points(state.data)
    seen = project(points, "", "")
    centers = points.fitted[[3, 50]]
    said = points_described(points, seen, centers)
    marks, starts = bare.build(points, seen, "light", centers)["data"]
    numbers = [float(n.replace("−", "-")) for n in re.findall(r"−?\d+\.\d+|−?\d+(?=\.)", said)]
    x, y = (unpacked(marks[axis]) for axis in "xy")
    expected = [x.min(), x.max(), y.min(), y.max()]
    np.testing.assert_allclose(numbers[:4], expected, rtol=0.01)
    x, y = (unpacked(starts[axis]) for axis in "xy")
    np.testing.assert_allclose(numbers[4:], np.column_stack([x, y]).ravel(), rtol=0.06)
    assert said.startswith("100 points in one colour; ")
    assert points_described(points, seen).count("Starts") == 0
