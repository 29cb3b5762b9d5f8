"""Numbers as people write them are read with their unit in words, or the cell is named."""

import csv
import io

import pandas as pd
import pyarrow as pa
import pytest

from gmm_dash.tables import ReadOptions, describe_frame, doubts, read_table, safe_csv
from tests.tables.corpus import parquet, xlsx


def read(cells, options=None, separator=","):
    """Return column v of a table with a second, plain column."""
    file = io.StringIO()
    csv.writer(file, delimiter=separator, lineterminator="\n").writerows(
        [["v", "w"], *([cell, f"{i}"] for i, cell in enumerate(cells, 1))]
    )
    table = read_table(file.getvalue().encode(), options=options)
    asked = {doubt.code: doubt for doubt in doubts(table.report)}
    values = table.frame["v"].astype(object)
    return values.where(values.notna(), None).tolist(), table.report.columns[0], asked


@pytest.mark.parametrize(
    ("cells", "expected", "words"),
    [
        (["$1,234.56", "-$5", "($20.5)"], [1234.56, -5, -20.5], "unit $"),
        (["12.5%", "3 %", "(1%)"], [12.5, 3, -1], "unit %"),
        (["-9,13\u00a0€", "1.234,50 €", "0,5 €"], [-9.13, 1234.5, 0.5], "unit €"),
        (["(987.65)", "12.5"], [-987.65, 12.5], "brackets are minus"),
        (["987.65-", "12.5"], [-987.65, 12.5], ""),
        (["1,23,456.5", "12,34,567", "999"], [123456.5, 1234567, 999], ""),
        (["1\u2009234.5", "12\u202f345.5"], [1234.5, 12345.5], ""),
        (['="2.0"', '="3.5"'], [2, 3.5], ""),
        (["1.5D+02", "2.5D-01"], [150, 0.25], ""),
        (["1.2×10^3", "4×10^-1"], [1200, 0.4], ""),
        (["–5.5", "5.5"], [-5.5, 5.5], ""),
        (["٣", "٤"], [3, 4], ""),
        (["12.5 kg", "3 kg", "0"], [12.5, 3, 0], "unit kg"),
        (["1 year", "2 years"], [1, 2], "unit year"),
        (["3.5 mg/L", "4 mg/L"], [3.5, 4], "unit mg/L"),
        (["$1.50", "2.50", "3.25"], [1.5, 2.5, 3.25], "unit $ (not in 2 numbers)"),
        (["~5", "7", "8"], [5, 7, 8], "taken as exact"),
    ],
)
def test_a_number_with_something_around_it_is_read(cells, expected, words):
    values, column, _ = read(cells, separator=";")
    assert values == expected
    assert column.kind == "number"
    assert words in column.note


@pytest.mark.parametrize(
    ("cells", "expected", "code"),
    [
        (["12.3 b", "4.5", "6", "7"], [12.3, 4.5, 6, 7], "marks"),
        (["12.3*", "4.5", "6 (p)", "7"], [12.3, 4.5, 6, 7], "marks"),
        (["<0.2", "4.5", "6"], [None, 4.5, 6], "below_limit"),
        ([":", "4.5", "6"], [None, 4.5, 6], "missing_words"),
        (["n.d.", "4.5", "<LOD", "6", "7"], [None, 4.5, None, 6, 7], "missing_words"),
    ],
)
def test_what_is_taken_off_is_asked_about(cells, expected, code):
    values, column, asked = read(cells)
    assert values == expected
    assert code in asked
    assert "v" in asked[code].text
    assert "Column v" in column.note


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        (["5 kg", "500 g", "2 kg"], '"5 kg" and "500 g" have different units (line 3)'),
        (["$5", "€7", "$2"], '"$5" and "€7" have different units (line 3)'),
        (["1.2k", "300", "400"], '"1.2k" has a unit and "300" has none (line 2)'),
        (["5%", "0.3", "0.2"], '"5%" has a unit and "0.3" has none (line 2)'),
        (["1.5", "1O.5", "2.5"], '"1O.5" is not a number (line 3)'),
        (["1.5", "a", "b", "c", "d"], '"a" is not a number (line 3)'),
        (["10-20", "20-30", "30-40"], '"10-20" is not a number (line 2)'),
        (["01067", "04109", "12345"], '"01067" begins with 0, as codes do (line 2)'),
        (["123456", "00123", "00007"], '"00123" begins with 0, as codes do (line 3)'),
        ([f"{i:03d}" for i in range(1, 9)], '"001" begins with 0, as codes do (line 2)'),
    ],
)
def test_what_cannot_be_sure_stays_text_and_names_the_cell(cells, reason):
    values, column, _ = read(cells)
    assert values == cells
    assert column.note == f"Column v was left as text: {reason}."


def test_codes_identify_where_they_differ_and_angles_are_numbers():
    _, column, _ = read([f"{7 * i:05d}" for i in range(20)])
    assert column.is_id
    _, column, _ = read([f"{i % 4:05d}" for i in range(40)])
    assert (column.kind, column.is_id) == ("text", False), "four places are groups"
    for cells in (["045", "090", "000", "045"], ["0012", "7", "19"], ["012", "7", "1.5"]):
        assert read(cells)[1].kind == "number"


@pytest.mark.parametrize(
    ("below", "expected"),
    [("missing", [None, 4, None]), ("limit", [0.2, 4, 9]), ("half", [0.1, 4, 9])],
)
def test_a_limit_stands_for_what_is_chosen(below, expected):
    values, _, asked = read(["<0.2", "4", ">9"], ReadOptions(below=below))
    assert values == expected
    assert "below_limit" not in asked


def test_a_word_is_offered_as_missing_and_taken_so():
    cells = ["1.5", "see note", "2.5", "3.5"]
    _, _, asked = read(cells)
    (way,) = asked["left_as_text"].ways
    values, column, asked = read(cells, ReadOptions.from_json(dict(way.options)))
    assert values == [1.5, None, 2.5, 3.5]
    assert (column.kind, asked) == ("number", {})


def test_a_workbook_mixes_numbers_and_written_ones():
    rows = [["v", "w"], [1.5, 1], ["<0.2", 2], ["3 b", 3], [4, 4], [5.5, 5]]
    table = read_table(xlsx({"a": rows}), options=ReadOptions(below="limit"))
    assert table.frame["v"].tolist() == [1.5, 0.2, 3, 4, 5.5]


def test_texts_in_parquet_are_read_as_in_a_text():
    frame = pd.DataFrame(
        {"v": ["$1.50", "$2", None], "w": [1.0, -999.0, 3.0], "c": ["a", "b", "b"]}
    )
    data = parquet(pa.Table.from_pandas(frame))
    table = read_table(data, options=ReadOptions(missing=("-999",)))
    assert table.frame["v"].tolist()[:2] == [1.5, 2]
    assert table.frame["w"].isna().tolist() == [False, True, False]
    assert table.frame["c"].tolist() == ["a", "b", "b"]


@pytest.mark.parametrize(
    ("names", "is_id"),
    [
        *((name, True) for name in ("CustomerID", "PassengerId", "userID", "ID_customer")),
        *((name, True) for name in ("OrderNo", "order_id", "invoice number", "zip code", "userid")),
        *((name, False) for name in ("price_index", "body mass index", "YEAR", "acid", "paid")),
        *((name, False) for name in ("number of rooms", "width", "humid", "total")),
    ],
)
def test_an_identifier_is_told_by_its_name(names, is_id):
    numbers = [1000 + (i * 7919) % 8999 for i in range(12)]
    frame = pd.DataFrame({names: numbers, "w": [i * 0.5 for i in range(12)]})
    assert describe_frame(frame).report.columns[0].identifier_like is is_id


def test_one_row_a_year_is_a_series():
    frame = pd.DataFrame({"YEAR": range(1990, 2010), "userId": [1, 2] * 10, "v": range(20)})
    found = [column.identifier_like for column in describe_frame(frame).report.columns]
    assert found == [False, True, True]


@pytest.mark.parametrize(
    "names", [["1", "3"], ["2019", "a"], ["=x", "-y"], ["0", "1", "2"], ["400", "405", "411"]]
)
def test_names_that_the_product_writes_come_back(names):
    frame = pd.DataFrame([[i + 1, *range(i, i + len(names) - 1)] for i in range(9)], columns=names)
    back = read_table(safe_csv(frame).encode()).frame
    pd.testing.assert_frame_equal(back, frame)
