"""The pieces that data sets are made of."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gmm_dash.datasets import DATASETS, NumberControl, Sample
from gmm_dash.datasets._draw import split
from gmm_dash.datasets._real import from_table
from gmm_dash.errors import UnknownNameError


def test_an_unknown_name_is_refused_with_the_names_that_exist():
    with pytest.raises(UnknownNameError) as caught:
        DATASETS["nope"]
    assert "moons" in caught.value.hint


@given(st.floats() | st.integers())
def test_a_control_answers_any_number_with_one_inside_its_bounds(value):
    control = NumberControl("Spread", 0.05, 3.0, 0.05, 0.6, "Help.")
    assert 0.05 <= control.clamp(value) <= 3.0
    if 0.05 <= value <= 3.0:
        assert control.clamp(value) == value


@pytest.mark.parametrize(("value", "expected"), [(2.4, 2), (float("nan"), 3), (1e30, 9), (-4, 1)])
def test_a_whole_control_answers_with_whole_numbers(value, expected):
    assert NumberControl("Groups", 1, 9, 1, 3, "Help.").clamp(value) == expected


def test_a_sample_keeps_its_own_read_only_copy():
    points, labels = np.zeros((3, 2)), np.zeros(3, dtype=int)
    sample = Sample(points, ("x", "y"), labels, ("all",))
    points[0], labels[0] = 9, 9
    assert sample.points[0, 0] == sample.labels[0] == 0
    with pytest.raises(ValueError, match="read-only"):
        sample.points[0, 0] = 1


def test_suggestions_cannot_be_changed():
    with pytest.raises(TypeError):
        DATASETS["moons"].defaults["k"] = 5


@given(st.lists(st.integers(1, 50), min_size=1, max_size=9), st.integers(9, 5000))
def test_a_split_loses_nobody_and_empties_no_group(shares, n):
    sizes = split(n, shares)
    assert sum(sizes) == n
    assert min(sizes) >= 1
    assert split(sum(shares), shares) == shares


def test_incomplete_rows_are_left_out_counted_and_named():
    table = pd.DataFrame(
        {"a": [1.0, None, 3.0], "b": [1.0, 2.0, 3.0], "kind": ["v", "u", "u"], "c": [None] * 3}
    )
    sample = from_table(table, ("a", "b"), "kind")
    assert sample.points.tolist() == [[1, 1], [3, 3]]
    assert sample.labels.tolist() == [1, 0]
    assert sample.label_names == ("u", "v")
    assert sample.note == "1 row with missing values was left out (a)."
    assert from_table(table, ("b",)).note == ""
