"""Laws that every registered data set obeys; a new one is tested by being registered."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gmm_dash.datasets import DATASETS, GROUPS
from gmm_dash.pipeline.load import shown_values
from tests.datasets.conftest import draw

NAMES = DATASETS.names()
FIXED = {
    *("blobs", "stretched", "moons", "unequal", "mouse", "bars", "grid", "crossed", "gallery"),
    *("overlap", "rings", "uniform", "outlier", "iris", "wine", "faithful", "penguins", "digits"),
}


def numbers(control):
    """Every value a control offers, and some it does not."""
    if control is None:
        return st.just(0)
    if control.whole:
        return st.integers(int(control.low) - 3, min(int(control.high), 300) + 3)
    return st.floats(control.low - 1, control.high + 1)


def assert_sound(sample):
    n, d = sample.points.shape
    assert sample.points.dtype == np.float64
    assert np.isfinite(sample.points).all()
    assert sample.points.flags.c_contiguous
    assert not sample.points.flags.writeable
    assert len(sample.columns) == len(set(sample.columns)) == d >= 1
    if sample.missing is not None:
        assert sample.missing.shape == (n, d)
        assert not sample.missing.flags.writeable
        assert not sample.missing.all(axis=1).any()
        assert (~sample.missing.any(axis=1)).sum() >= 3
    if sample.labels is None:
        assert sample.label_names == ()
    else:
        assert sample.labels.shape == (n,)
        assert sample.labels.dtype.kind == "i"
        assert not sample.labels.flags.writeable
        assert set(sample.labels.tolist()) == set(range(len(sample.label_names)))


def test_links_already_handed_out_keep_their_data():
    assert set(NAMES) >= FIXED
    assert not {"upload", "drawn"} & set(NAMES)


def test_titles_are_unique():
    assert len({d.title for d in DATASETS}) == len(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_a_spread_of_minus_zero_is_none(name):
    once, again = (draw(name, noise=noise, stretch=-0.0) for noise in (0.0, -0.0))
    np.testing.assert_array_equal(once.points, again.points)


@pytest.mark.parametrize("name", NAMES)
def test_words(name):
    data = DATASETS[name]
    assert data.group in GROUPS
    assert data.title.strip() == data.title != ""
    assert data.notice.endswith(".")
    assert data.notice.count(". ") == 0
    assert bool(data.source) == (data.group == "Real data")
    for control in filter(None, (data.points, data.noise, data.centers)):
        assert control.label
        assert control.help.endswith(".")
        assert control.low <= control.default <= control.high
        marks = (control.default - control.low) / control.step
        assert marks == pytest.approx(round(marks))


@pytest.mark.parametrize("name", NAMES)
def test_the_suggested_axes_exist(name):
    data, columns = DATASETS[name], draw(name).columns
    for axis in {"x", "y"} & set(data.defaults):
        assert data.defaults[axis] in (*columns, "PC1", "PC2")


@pytest.mark.parametrize("name", NAMES)
def test_the_suggested_k_is_the_number_of_groups_where_both_methods_can_see_them(name):
    names = draw(name).label_names
    assert 1 <= DATASETS[name].defaults["k"] <= 30
    # with these a K that is too small, or has no place for the background, is the lesson
    if names and name not in ("corners", "outlier", "background"):
        assert DATASETS[name].defaults["k"] == len(names)


@pytest.mark.parametrize("name", NAMES)
@settings(deadline=None, max_examples=15)
@given(choice=st.data())
def test_any_setting_gives_a_sound_and_repeatable_sample(name, choice):
    data = DATASETS[name]
    given_ = {
        "n": choice.draw(numbers(data.points)),
        "noise": choice.draw(numbers(data.noise)),
        "centers": choice.draw(numbers(data.centers)),
        "seed": choice.draw(st.integers(-1, 2**32)),
    }
    once, again = data.draw(**given_), data.draw(**given_)
    assert_sound(once)
    assert (once.points == again.points).all()
    assert once.columns == again.columns
    if data.points is not None:
        assert len(once.points) == data.points.clamp(given_["n"])


@pytest.mark.parametrize("name", NAMES)
def test_values_outside_the_bounds_count_as_the_nearest_bound(name):
    data = DATASETS[name]
    low = {
        "n": data.points.low if data.points else 0,
        "noise": data.noise.low if data.noise else 0,
        "centers": data.centers.low if data.centers else 0,
    }
    below = data.draw(n=-5, noise=-1e9, centers=-1, seed=-3)
    assert (below.points == data.draw(**low, seed=0).points).all()
    above = data.draw(n=10**9, noise=float("inf"), centers=10**9, seed=10**12)
    assert_sound(above)
    assert len(above.points) == (data.points.high if data.points else len(below.points))


@pytest.mark.parametrize("name", NAMES)
def test_the_seed_matters_exactly_where_it_says_so(name):
    same = (draw(name, seed=1).points == draw(name, seed=2).points).all()
    assert same != DATASETS[name].seeded


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("key", ["n", "noise", "centers"])
def test_every_control_changes_the_points(name, key):
    data = DATASETS[name]
    control = {"n": data.points, "noise": data.noise, "centers": data.centers}[key]
    start = control.low if control else 0
    other = control.low + control.step if control else 7
    once, twice = (shown_values(draw(name, **{key: v})) for v in (start, other))
    assert np.array_equal(once, twice, equal_nan=True) == (control is None)
