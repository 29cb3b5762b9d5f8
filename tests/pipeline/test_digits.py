import numpy as np
import pytest
from sklearn.datasets import load_digits
from sklearn.decomposition import PCA
from sklearn.mixture import GaussianMixture

from gmm_dash.errors import TableGoneError, WorkLimitError
from gmm_dash.pipeline.digits import averages, fit_images, sweep_sizes
from gmm_dash.pipeline.image_tables import MOST_IMAGES, bundled
from gmm_dash.results import compress
from gmm_dash.state import AppState

DIGITS = load_digits()


def csv(images, *, label=None, name="label"):
    columns = [f"p{i}" for i in range(images.shape[1])]
    rows = [",".join(f"{value:g}" for value in row) for row in images]
    if label is not None:
        columns, rows = [name, *columns], [f"{a},{b}" for a, b in zip(label, rows, strict=True)]
    return "\n".join([",".join(columns), *rows])


def upload(stored, text, **more):
    return AppState().but(view="digits", data="upload", table=stored(text), **more)


def test_99_percent_of_the_variance_are_41_dimensions(pipeline):
    space = pipeline.digits.space(AppState())
    theirs = PCA(0.99, whiten=True).fit(DIGITS.data)
    assert space.n_components == 41
    assert space.kept == pytest.approx(theirs.explained_variance_ratio_.sum())
    np.testing.assert_allclose(
        np.abs(space.scores), np.abs(theirs.transform(DIGITS.data)), atol=1e-6
    )
    np.testing.assert_allclose(
        space.images(space.scores),
        theirs.inverse_transform(theirs.transform(DIGITS.data)),
        atol=1e-9,
    )


def test_the_hundred_new_digits_are_scikit_learns():
    space = compress(bundled(), 0.99)
    fit = fit_images(space, 20, "full", 0, 60)
    theirs = GaussianMixture(20, random_state=0).fit(space.scores)
    assert fit.aic == pytest.approx(theirs.aic(space.scores), rel=1e-6)
    assert fit.bic == pytest.approx(theirs.bic(space.scores), rel=1e-6)


def test_drawn_digits_know_their_nearest_real_one(pipeline):
    state = AppState().but(dk=30, cov="diag")
    table, drawn = pipeline.digits.table(state), pipeline.digits.drawn(state)
    assert drawn.images.shape == (100, 64)
    assert drawn.images.min() >= 0
    assert drawn.images.max() <= 16
    apart = np.linalg.norm(table.pixels - drawn.images[7], axis=1)
    assert drawn.nearest[7] == apart.argmin()
    assert drawn.distance[7] == pytest.approx(apart.min())


def test_other_data_have_no_part_in_the_digits(pipeline):
    first = pipeline.digits.table(AppState())
    assert pipeline.digits.table(AppState().but(data="moons", n=50)) is first
    assert first.bundled


def test_a_table_of_images_is_used(pipeline, stored):
    images = DIGITS.data[:200, :16].copy()
    images[:, 0] = 0  # a margin that is always white still is a pixel
    table = pipeline.digits.table(upload(stored, csv(images)))
    assert (table.side, table.bundled) == (4, False)
    np.testing.assert_allclose(table.pixels, images)


@pytest.mark.parametrize("name", ["label", "digit", "Class"])
def test_a_column_that_says_what_the_image_shows_is_no_pixel(pipeline, stored, name):
    text = csv(DIGITS.data[:90], label=DIGITS.target[:90], name=name)
    assert pipeline.digits.table(upload(stored, text)).side == 8


def test_the_chosen_label_column_names_the_images(pipeline, stored):
    text = csv(DIGITS.data[:90], label=DIGITS.target[:90], name="shows")
    table = pipeline.digits.table(upload(stored, text, label="shows"))
    assert table.side == 8
    assert table.label_names[table.labels[3]] == str(DIGITS.target[3])


@pytest.mark.parametrize("columns", [3, 5, 9, 15])
def test_rows_that_are_no_images_are_replaced_and_that_is_said(pipeline, stored, columns):
    table = pipeline.digits.table(upload(stored, csv(DIGITS.data[:50, 2 : 2 + columns])))
    assert table.bundled
    assert "no square images" in table.note


def test_incomplete_images_are_left_out_and_counted(pipeline, stored):
    lines = csv(DIGITS.data[:50]).splitlines()
    lines[3] = lines[3].replace("0", "", 1)
    table = pipeline.digits.table(upload(stored, "\n".join(lines)))
    assert len(table.pixels) == 49
    assert table.note.startswith("1 image")


def test_very_many_images_are_sampled(pipeline, stored):
    many = np.random.default_rng(0).integers(0, 9, (MOST_IMAGES + 50, 16))
    table = pipeline.digits.table(upload(stored, csv(many)))
    assert len(table.pixels) == MOST_IMAGES
    assert "random sample" in table.note


def test_a_table_that_is_gone_is_said(pipeline):
    with pytest.raises(TableGoneError):
        pipeline.digits.table(AppState().but(data="upload", table="a" * 43))


def test_few_images_are_swept_with_fewer_components():
    assert sweep_sizes(1797) == tuple(range(50, 201, 10))
    for n in (2, 5, 40, 400, 799):
        sizes = sweep_sizes(n)
        assert list(sizes) == sorted(set(sizes))
        assert sizes[0] >= 1
        assert sizes[-1] <= max(2, n // 2)


def test_more_components_than_half_the_images_are_lowered():
    table = bundled()
    few = type(table)(table.pixels[:60], 8, None, (), table.rows[:60], bundled=False, note="")
    assert fit_images(compress(few, 0.9), 110, "diag", 0, 60).n_components == 30
    assert averages(few, 0).centers.shape == (10, 64)


def test_a_piece_of_the_sweep_is_repeatable_and_keeps_to_the_work_limit(pipeline):
    state = AppState().but(cov="diag")
    assert pipeline.digits.row(state, 50) == pipeline.digits.row(state, 50)
    with pytest.raises(WorkLimitError):
        fit_images(compress(bundled(), 0.99), 110, "full", 0, 1e-3)
