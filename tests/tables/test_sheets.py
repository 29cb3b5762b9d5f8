"""Workbooks, Arrow files and JSON: cells that carry their own types."""

import datetime as dt
import decimal

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from gmm_dash.errors import ImportProblem
from gmm_dash.tables import read_table
from gmm_dash.tables.formats.extent import REFERENCE, letters_of
from tests.tables import corpus


def kinds(table):
    return {column.name: column.kind for column in table.report.columns}


def test_cells_of_a_workbook_keep_their_types():
    day = dt.datetime(2024, 5, 17)
    rows = [
        ["number", "day", "flag", "mixed", "gaps", "text", "german"],
        [1.5, day, True, 1, 2, "=1+1x", "1,5"],
        [2, day + dt.timedelta(1), False, "n.d.", "#N/A", "<b>", "2,25"],
        [3, None, True, 3, 4.5, "a", "3"],
    ]
    table = read_table(corpus.xlsx({"Data": rows}))
    assert kinds(table) == {
        "number": "number",
        "day": "date",
        "flag": "boolean",
        "mixed": "number",
        "gaps": "number",
        "text": "text",
        "german": "number",
    }
    assert table.frame["day"].tolist()[:2] == [day, day + dt.timedelta(1)]
    assert table.frame["german"].tolist() == [1.5, 2.25, 3.0]
    np.testing.assert_array_equal(table.frame["gaps"], [2, np.nan, 4.5])
    assert 'Column mixed: counted as missing: "n.d."' in table.report.sentence


def test_formulas_without_results_are_counted():
    rows = "".join(
        f'<row r="{i}"><c r="A{i}"><v>{i}.5</v></c><c r="B{i}"><f>A{i}</f></c></row>'
        for i in (1, 2, 3)
    )
    table = read_table(corpus.raw_xlsx(rows))
    assert table.frame.to_dict("list") == {"column_1": [1.5, 2.5, 3.5]}
    assert "3 formulas have no saved result" in table.report.sentence


def test_prefixed_names_and_cells_without_references_are_measured():
    rows = "<row><c><v>1.5</v></c><c/><c><v>2</v></c></row><row><c><v>2.5</v></c></row>"
    table = read_table(corpus.raw_xlsx(rows))
    assert table.frame["column_1"].tolist() == [1.5, 2.5]
    assert table.report.n_columns == 3


def test_an_ods_sheet_repeats_cells_and_rows():
    cell = '<table:table-cell office:value-type="float" office:value="{}"/>'
    rows = (
        '<table:table-row table:number-rows-repeated="2"><table:table-cell/></table:table-row>'
        "<table:table-row>" + cell.format(1.5) + cell.format(7) + "</table:table-row>"
        '<table:table-row table:number-rows-repeated="3"><table:table-cell '
        'table:number-columns-repeated="2" office:value-type="float" office:value="2.5"/>'
        "</table:table-row>"
        '<table:table-row table:number-rows-repeated="1048570"><table:table-cell '
        'table:number-columns-repeated="16384"/></table:table-row>'
    )
    table = read_table(corpus.raw_ods(rows))
    assert table.frame.to_dict("list") == {
        "column_1": [1.5, 2.5, 2.5, 2.5],
        "column_2": [7.0, 2.5, 2.5, 2.5],
    }


ODS_CELL = '<table:table-cell office:value-type="float" office:value="{}"/>'
ODS_ROW = "<table:table-row>" + ODS_CELL.format(1.5) + ODS_CELL.format(2) + "</table:table-row>"


def ods_gap(repeats):
    return (
        f'<table:table-row table:number-rows-repeated="{repeats}"><table:table-cell/>'
        "</table:table-row>"
    )


def xlsx_at(first):
    return corpus.raw_xlsx("".join(corpus.cell(f"A{first + i}", i + 1.5) for i in range(2)))


@pytest.mark.parametrize(
    ("data", "skipped"),
    [
        (xlsx_at(1_048_000), 1_047_999),
        (xlsx_at(9_999_990), 9_999_989),
        (corpus.raw_ods(ods_gap(1_048_000) + ODS_ROW * 2), 1_048_000),
        (b"\n" * 1_100_000 + b"x,y\n1.5,2\n", 1_100_000),
    ],
)
def test_empty_rows_above_a_table_are_skipped_however_many(data, skipped):
    table = read_table(data)
    assert table.frame.iloc[0, 0] == 1.5
    assert table.report.options.skip_rows == skipped
    again = read_table(data, options=table.report.options)
    pd.testing.assert_frame_equal(again.frame, table.frame)
    assert again.report.options == table.report.options


@pytest.mark.parametrize("repeats", [10**10, 10**15, int("9" * 4000)])
def test_a_table_further_down_than_any_sheet_reaches_is_refused_as_that(repeats):
    with pytest.raises(ImportProblem, match="below row 1,000,000,000") as caught:
        read_table(corpus.raw_ods(ods_gap(repeats) + ODS_ROW * 2))
    assert "empty rows above the table" in caught.value.hint


@pytest.mark.parametrize(
    ("rows", "far"),
    [
        (ODS_ROW + ods_gap(1_048_000) + ODS_ROW, "B1048002"),
        (ODS_ROW.replace("row>", 'row table:number-rows-repeated="2000000">', 1), "A2000000"),
        (
            ODS_ROW.replace("cell ", 'cell table:number-columns-repeated="5000" ', 1),
            "GJH1: 1 row x 5,000",
        ),
    ],
)
def test_a_far_cell_of_an_ods_sheet_is_named(rows, far):
    with pytest.raises(ImportProblem, match=f"reaches to cell {far}") as caught:
        read_table(corpus.raw_ods(rows))
    assert "Delete what stands in" in caught.value.hint


def test_arrow_types_become_the_five_kinds():
    table = read_table(
        corpus.parquet(
            pa.table(
                {
                    "int8": pa.array([1, 2], pa.int8()),
                    "uint64": pa.array([1, 2**63 + 1], pa.uint64()),
                    "half": pa.array(np.array([0.5, 1.5], np.float16)),
                    "decimal": pa.array([decimal.Decimal("1.25"), decimal.Decimal("2.50")]),
                    "word": pa.array(["a", " b "]).dictionary_encode(),
                    "day": pa.array([dt.date(2024, 1, 1), None]),
                    "zone": pa.array([1, 2], pa.timestamp("ms", "UTC")),
                    "flag": [True, None],
                    "none": pa.nulls(2),
                    "nan": [float("nan"), 1.5],
                    "bytes": [b"a", b"b"],
                }
            )
        )
    )
    assert kinds(table) == {
        "int8": "number",
        "uint64": "text",
        "half": "number",
        "decimal": "number",
        "word": "text",
        "day": "date",
        "zone": "date",
        "flag": "boolean",
        "none": "empty",
        "nan": "number",
    }
    assert table.frame["decimal"].tolist() == [1.25, 2.5]
    assert table.frame["word"].tolist() == ["a", "b"]
    assert "Left out, as cells hold lists or bytes: bytes." in table.report.sentence
    assert "too many digits" in table.report.sentence


def test_a_named_index_comes_along():
    frame = pd.DataFrame({"x": [1.5, 2.5]}, index=pd.Index(["p", "q"], name="who"))
    table = read_table(corpus.parquet(pa.Table.from_pandas(frame)))
    assert set(table.frame.columns) == {"x", "who"}


def test_json_leaves_out_lists_and_says_so():
    table = read_table(corpus.as_json([{"x": 1.5, "tags": [1]}, {"x": 2, "tags": []}]))
    assert list(table.frame.columns) == ["x"]
    assert "Left out, as cells hold lists: tags." in table.report.sentence


def test_json_of_half_a_pair_of_characters_is_text():
    table = read_table(b'[{"x": 1, "s": "\\ud800a"}, {"x": 2, "s": "b"}]')
    assert table.frame["s"].tolist() == ["?a", "b"]


@pytest.mark.parametrize("value", ["1e999", "-1e400"])
def test_a_number_too_large_for_a_float_is_never_infinity(value):
    rows = corpus.cell("A1", value) + corpus.cell("A2", 2.5)
    table = read_table(corpus.raw_xlsx(rows))
    assert kinds(table) == {"column_1": "text"}
    with pytest.raises(ImportProblem, match="too large"):
        read_table(f'[{{"x": {value}}}]'.encode())


@pytest.mark.parametrize(("number", "letters"), [(1, "A"), (26, "Z"), (27, "AA"), (16384, "XFD")])
def test_columns_haveletters_of(number, letters):
    assert letters_of(number) == letters
    assert REFERENCE.fullmatch(f"{letters}1")
