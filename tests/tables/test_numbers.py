"""A number is right, or it stays text and a note says why."""

import pytest

from gmm_dash.errors import ImportProblem
from gmm_dash.tables import ReadOptions, read_table


def column(text, name="v", **options):
    """Return values and description of one column."""
    table = read_table(text.encode(), options=ReadOptions(**options))
    described = next(c for c in table.report.columns if c.name == name)
    return table.frame[name].tolist(), described


@pytest.mark.parametrize(
    "text", ["n;v\nA;1,234\nB;2,345\n", "n;v\nA;1.234\nB;2.345\n", "n\tv\nA\t1,234\nB\t2,345\n"]
)
def test_a_cell_that_may_mean_two_numbers_stays_text(text):
    values, described = column(text)
    assert described.kind == "text"
    assert all(isinstance(value, str) for value in values)
    assert "may mean two numbers" in described.note
    assert "line 2" in described.note


@pytest.mark.parametrize(
    ("decimal", "text", "expected"),
    [
        (",", "n;v\nA;1,234\nB;2,345\n", [1.234, 2.345]),
        (".", "n;v\nA;1,234\nB;2,345\n", [1234, 2345]),
        (",", "n;v\nA;1.234\nB;2.345\n", [1234, 2345]),
        (".", "n;v\nA;1.234\nB;2.345\n", [1.234, 2.345]),
        (",", "v\n1,5\n2,25\n", [1.5, 2.25]),
    ],
)
def test_the_chosen_decimal_sign_settles_it(decimal, text, expected):
    values, described = column(text, decimal=decimal)
    assert values == expected
    assert described.kind == "number"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("w;v\n0,5;1,234\n1,5;2,345\n", [1.234, 2.345]),  # the file has decimal commas
        ("v;w\n0,123;1\n1,234;2\n", [0.123, 1.234]),  # no thousands begin with 0
        ('w,v\n0.5,"1,234"\n1.5,999\n', [1234, 999]),  # the file has decimal points
        ("v;w\n1.234.567;1\n1.234;2\n", [1234567, 1234]),
        ("w\tv\n1\t1.234\n2\t2.345\n", [1.234, 2.345]),
    ],
)
def test_the_file_itself_settles_it(text, expected):
    assert column(text)[0] == expected


def test_columns_may_differ_in_their_decimal_sign():
    table = read_table(b"v;w\n1,5;2.5\n3,5;4.25\n")
    assert table.frame.to_dict("list") == {"v": [1.5, 3.5], "w": [2.5, 4.25]}
    assert "differ" in table.report.sentence


def test_a_column_that_mixes_signs_stays_text():
    values, described = column("v;w\n1,5;1\n2.5;2\n")
    assert values == ["1,5", "2.5"]
    assert "mixes" in described.note


def test_one_bad_cell_is_named_with_its_line():
    values, described = column("v,w\n1,1\n2,2\nx7,3\n4,4\n")
    assert described.kind == "text"
    assert described.note == 'Column v was left as text: "x7" is not a number (line 4).'
    assert values == ["1", "2", "x7", "4"]


@pytest.mark.parametrize("number", ["1e999", "12345678901234567890", "-1e400"])
def test_a_number_that_no_float_holds_stays_text(number):
    values, described = column(f"v,w\n{number},1\n2,2\n")
    assert values[0] == number
    assert described.kind == "text"


def test_wide_integers_beside_a_gap_are_not_rounded():
    values, described = column("v,w\n9007199254740993,1\n,2\n")
    assert values[0] == "9007199254740993"
    assert "too many digits" in described.note


def test_infinity_is_a_number():
    assert column("v,w\ninf,1\n-Infinity,2\n1,3\n")[0] == [float("inf"), float("-inf"), 1.0]


def test_na_is_missing_among_numbers_and_a_text_among_texts():
    table = read_table(b"code,v\nNA,1\nDE,NA\n")
    assert table.frame["code"].tolist() == ["NA", "DE"]
    assert [c.n_missing for c in table.report.columns] == [0, 1]


def test_names_and_rows_that_disagree_are_an_error_not_a_guess():
    with pytest.raises(ImportProblem, match="2 cells, but most rows have 4"):
        read_table(b"x,y\n1,5,2,5\n3,5,4,5\n")


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        (["2024-01-05", "2024-02-01"], "date"),
        (["05.01.2024", "06.01.2024 12:30"], "date"),
        (["1/5/2024", "2/5/24"], "date"),
        (["TRUE", "false"], "boolean"),
        (["5", "5"], "constant"),
        (["", "NA"], "empty"),
        (["a", "b"], "text"),
        (["0", "1"], "number"),
        (["１", "２"], "number"),
        (["1_0", "2"], "text"),
        (["0x10", "1"], "text"),
    ],
)
def test_kinds(cells, kind):
    text = "v,w\n" + "".join(f"{cell},{i}\n" for i, cell in enumerate(cells))
    assert column(text)[1].kind == kind


@pytest.mark.parametrize(
    ("name", "cells", "expected"),
    [
        ("v", range(1, 21), True),
        ("v", range(20, 0, -1), True),
        ("customer_id", range(100, 400, 15), True),
        ("v", range(100, 400, 15), False),
        ("v", [1, 1, *range(2, 20)], False),
        ("v", [f"name {i}" for i in range(20)], True),
        ("v", [i + 0.5 for i in range(20)], False),
        ("v", [1, 2, 3], False),
    ],
)
def test_identifiers(name, cells, expected):
    text = f"{name},w\n" + "".join(f"{cell},1\n" for cell in cells)
    assert column(text, name)[1].identifier_like is expected
