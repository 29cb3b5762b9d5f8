"""Names that are numbers, stand in two rows or are cut otherwise; in doubt both are shown."""

import pytest

from gmm_dash.tables import ReadOptions, doubts, read_table
from tests.tables.corpus import xlsx

VALUES = ["2.31,20.9,0.4,7.2", "1.86,17.3,0.9,5.1", "0.77,17.0,0.3,9.9", "3.03,24.1,0.8,1.6"]
MERGED = ["Before pH", "Before temp", "After pH", "After temp"]


def _read(head, values=VALUES, **options):
    data = "\n".join([*head, *values]).encode()
    table = read_table(data, options=ReadOptions(**options))
    return table, {doubt.code: doubt for doubt in doubts(table.report)}


@pytest.mark.parametrize(
    ("head", "names"),
    [
        (["1,2,3,4"], ["1", "2", "3", "4"]),
        (["400,410,420,430"], ["400", "410", "420", "430"]),
        (["400.5,401.25,402,402.75"], ["400.5", "401.25", "402", "402.75"]),
        (["2018,2019,2020,2021"], ["2018", "2019", "2020", "2021"]),
        (["a;b;c;d"], ["a", "b", "c", "d"]),
        (["a b c d"], ["a", "b", "c", "d"]),
        (["Before,,After,", "pH,temp,pH,temp"], MERGED),
        (["Before,Before,After,After", "pH,temp,pH,temp"], MERGED),
        (["Before,,After,", "pH,temp,pH,temp", "-,C,-,C"], MERGED),
        (["2019,,2020,", "a,b,a,b"], ["2019 a", "2019 b", "2020 a", "2020 b"]),
        (["a,b,c,d", "cm,-,kg,s"], ["a", "b", "c", "d"]),
    ],
)
def test_names_are_found(head, names):
    table, _ = _read(head)
    assert list(table.frame.columns) == names
    assert table.frame.iloc[0].tolist() == [2.31, 20.9, 0.4, 7.2]
    again, _ = _read(head, header=table.report.options.header)
    assert list(again.frame.columns) == names


@pytest.mark.parametrize(
    ("head", "code", "other"),
    [
        (["1,2,3,4"], "header", [1, 2, 3, 4]),
        (["400,410,420,430"], "header", [400, 410, 420, 430]),
        (["0,10,50,100"], "header", [2.31, 20.9, 0.4, 7.2]),
    ],
)
def test_a_doubtful_header_is_asked_about_and_the_other_reading_is_one_click(head, code, other):
    table, asked = _read(head)
    assert all(cell in asked[code].text for cell in head[-1].split(",")[:2])
    (way,) = asked[code].ways
    changed, left = _read(head, **way.options)
    assert changed.frame.iloc[0].tolist() == other != table.frame.iloc[0].tolist()
    assert code not in left


def test_two_rows_of_names_can_be_taken_for_one():
    _, asked = _read(["Before,,After,", "pH,temp,pH,temp"])
    (way,) = asked["header_rows"].ways
    changed, left = _read(["Before,,After,", "pH,temp,pH,temp"], **way.options)
    assert list(changed.frame.columns) == ["Before", "column_2", "After", "column_4"]
    assert "header_rows" not in left


@pytest.mark.parametrize(
    ("head", "values"),
    [
        ([], ["1,2,3", "4,7,1", "2,8,8", "9,9,1"]),
        (["5.1,3.5,1.4,0.2"], VALUES),
        (["$5,3.5,1.4,0.2"], ["$6,1,2,3", "$7,2,3,5", "$9,4,1,2"]),
    ],
)
def test_a_first_row_of_data_is_data(head, values):
    assert len(_read(head, values)[0].frame) == len(head) + len(values)


def test_an_index_without_a_name_over_words_is_no_second_row_of_names():
    table, asked = _read([",x,kind"], ["a,1,u", "b,2,v", "c,3,u"])
    assert list(table.frame.columns) == ["column_1", "x", "kind"]
    assert "header_rows" not in asked


def test_merged_cells_of_a_workbook_name_in_two_rows():
    rows = [["Site", "Before", None, "After", None], [None, "pH", "temp", "pH", "temp"]]
    rows += [[f"S{i}", i * 0.5, i + 2, i * 0.7, i + 0.25] for i in range(1, 9)]
    table = read_table(xlsx({"a": rows}))
    assert list(table.frame.columns) == ["Site", *MERGED]
    again = read_table(xlsx({"a": rows}), options=table.report.options)
    assert again.frame.equals(table.frame)


def test_weka_names_its_columns_above_the_data():
    head = (
        "% by hand\n@RELATION r\n@attribute 'a b' REAL\n@ATTRIBUTE y numeric\n"
        "@attribute c {p,'q, r'}\n@DATA\n"
    )
    table = read_table((head + "% no row\n1.5,2,p\n2.5,?,'q, r'\n").encode())
    assert list(table.frame.columns) == ["a b", "y", "c"]
    assert table.frame["c"].tolist() == ["p", "q, r"]
    assert table.report.columns[1].n_missing == 1
    again = read_table((head + "1.5,2,p\n2.5,3,p\n").encode(), options=table.report.options)
    assert list(again.frame.columns) == ["a b", "y", "c"]
