"""The numbers to cluster, and the words about what was left out."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gmm_dash.errors import ImportProblem
from gmm_dash.tables import describe_frame, numeric_matrix, read_table, sample_rows


@pytest.fixture
def frame():
    rng = np.random.default_rng(0)
    table = pd.DataFrame(
        {
            "row_id": range(30),
            "x": rng.normal(size=30),
            "y": rng.normal(size=30),
            "flat": 3.0,
            "flag": [True, False] * 15,
            "kind": ["b", "a", "c"] * 10,
        }
    )
    table.loc[[2, 5], "x"] = np.nan
    table.loc[5, "y"] = np.inf
    table.loc[7, "kind"] = None
    return table


def test_chosen_columns_give_complete_rows_and_words(frame):
    view = numeric_matrix(frame, ["x", "y", "flat", "kind", "nowhere"], "")
    assert view.columns == ("x", "y")
    assert view.points.shape == (28, 2)
    assert view.points.dtype == np.float64
    assert not view.points.flags.writeable
    np.testing.assert_array_equal(view.rows, [i for i in range(30) if i not in (2, 5)])
    np.testing.assert_array_equal(view.points, frame.loc[view.rows, ["x", "y"]])
    assert view.labels is None
    assert view.note == (
        "The table has no column nowhere. Not clustered: kind (no numbers). "
        "2 of 30 rows left out (rows 3 and 6): missing values in x; infinite values in y. "
        "Left out, as all values are the same: flat."
    )
    assert view.incomplete.left_out in view.note
    stated = (
        "2 of 30 rows are incomplete (rows 3 and 6): missing values in x; infinite values in y."
    )
    assert view.incomplete.stated == stated
    in_file = numeric_matrix(frame, ["x", "y"], lines=np.arange(30) + 12).note
    assert "(lines 14 and 17)" in in_file


def test_labels_are_codes_with_names_and_their_gaps_are_named(frame):
    view = numeric_matrix(frame, ["x", "kind"], "kind")
    assert view.label_names == ("a", "b", "c")
    named = [None if code < 0 else view.label_names[code] for code in view.labels]
    assert named == frame["kind"][view.rows].replace({np.nan: None}).tolist()
    assert 7 in view.rows, "a row without a label is fitted all the same"
    assert "missing values in x." in view.note
    assert "kind (the label)" in view.note
    assert "kind names no group in 1 of 28 rows: it is fitted, too." in view.note


def test_without_a_choice_all_useful_numbers_are_taken(frame):
    assert numeric_matrix(frame, [], "").columns == ("x", "y", "flag")


def test_a_chosen_identifier_is_kept_and_named(frame):
    view = numeric_matrix(frame, ["row_id", "y"], "")
    assert view.columns == ("row_id", "y")
    assert "Only numbering the rows, it seems: row_id." in view.note


def test_truth_values_count_as_0_and_1_also_beside_gaps():
    frame = read_table(b"x,b\n1.5,true\n2.5,false\n3.5,\n4.5,true\n").frame
    view = numeric_matrix(frame, ["x", "b"], "")
    np.testing.assert_array_equal(view.points, [[1.5, 1], [2.5, 0], [4.5, 1]])


@pytest.mark.parametrize(
    ("cols", "words"),
    [(["kind"], "None of these"), (["flat"], "None of these"), (["gaps"], "Only 0")],
)
def test_nothing_to_cluster_is_a_sentence(frame, cols, words):
    frame["gaps"] = np.nan
    with pytest.raises(ImportProblem, match=words):
        numeric_matrix(frame, cols, "")


def test_huge_values_are_compared_without_overflow():
    view = numeric_matrix(pd.DataFrame({"x": [1.7e308, -1.7e308], "y": [1, 2]}), ["x", "y"], "")
    assert view.columns == ("x", "y")


@given(st.integers(0, 300), st.integers(1, 300), st.integers(0, 5))
def test_a_sample_is_seeded_sorted_and_without_repeats(n, cap, seed):
    rows = sample_rows(n, cap, seed)
    assert rows.size == min(n, cap)
    assert (np.diff(rows) > 0).all()
    assert rows.size == 0 or 0 <= rows[0] <= rows[-1] < n
    np.testing.assert_array_equal(rows, sample_rows(n, cap, seed))


def test_a_sample_is_not_the_first_rows():
    assert sample_rows(10_000, 100, 0).mean() == pytest.approx(5_000, rel=0.3)
    assert not np.array_equal(sample_rows(1_000, 10, 0), sample_rows(1_000, 10, 1))


@settings(deadline=None)
@given(st.lists(st.lists(st.floats(), min_size=3, max_size=3), min_size=1, max_size=12))
def test_any_numbers_give_finite_points_or_a_sentence(rows):
    frame = pd.DataFrame(rows, columns=["a", "b", "c"])
    try:
        view = numeric_matrix(frame, ["a", "b", "c"], "")
    except ImportProblem:
        return
    assert np.isfinite(view.points).all()
    assert view.points.shape == (view.rows.size, len(view.columns))
    assert (view.points.min(axis=0) < view.points.max(axis=0)).all()


def test_a_frame_in_memory_is_described_like_a_file():
    frame = pd.DataFrame({"a": [1, 2], 0: [1.5, np.nan], "t": pd.Categorical(["u", "v"])})
    table = describe_frame(frame.set_index(pd.Index(["p", "q"], name="who")))
    assert list(table.frame.columns) == ["who", "a", "0", "t"]
    assert table.report.kind == "frame"
    assert [c.kind for c in table.report.columns] == ["text", "number", "number", "text"]
    assert table.report.columns[2].n_missing == 1


@pytest.mark.parametrize(
    "frame",
    [
        pd.DataFrame(),
        pd.DataFrame({"a": []}),
        pd.DataFrame({"a": [[1], [2]]}),
        pd.DataFrame({"a": [1, "x"]}),
    ],
)
def test_a_frame_without_values_is_a_sentence(frame):
    with pytest.raises(ImportProblem):
        describe_frame(frame)
