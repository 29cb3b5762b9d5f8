"""The account in words, and the options that correct a guess."""

import dataclasses
import json

import pytest

from gmm_dash.errors import ImportProblem, ReadingProblem
from gmm_dash.files.limits import Limits
from gmm_dash.tables import ReadOptions, read_guarded, read_table
from gmm_dash.tables.reading.report import ReadReport
from tests.tables import corpus


def test_the_sentence_names_every_guess():
    lines = [f"{i},5;{i % 7}" for i in range(400)]
    for line in (17, 90, 401):
        lines[line - 2] = "1;2;3"
    rows = "\n".join(
        f"{line};note {i % 3}" if ";2;" not in line else line + ";4" for i, line in enumerate(lines)
    )
    report = read_table(("größe;b;note\n" + rows).encode("cp1252")).report
    assert report.sentence == (
        "Read 397 rows x 3 columns: separator ;, decimal comma, Windows encoding. "
        "3 rows skipped: lines 17, 90, 401. Column note is text."
    )
    assert report.skipped_lines == (17, 90, 401)


def test_many_skipped_lines_are_counted_and_the_first_named():
    text = "a,b\n" + "1,2\n" * 30 + "1,2,3\n" * 12
    report = read_table(text.encode()).report
    assert "12 rows skipped: lines 32, 33," in report.sentence
    assert "and 2 more." in report.sentence


def test_what_stands_above_the_table_is_mentioned():
    report = read_table(b"Report\nof May\nx,y\ncm,kg\n1,2\n3,4\n").report
    assert "2 rows above the table left out." in report.sentence
    assert "units: cm and kg" in report.sentence
    assert report.columns[0].note == "Unit of x: cm."
    assert report.options.skip_rows == 2


def test_words_for_missing_in_the_first_row_are_no_units():
    text = "u,v\n-,n.d.\n" + "1.5,2.5\n" * 4 + "-,n.d.\n3,4\n"
    table = read_table(text.encode())
    assert table.report.n_rows == 7
    assert "units" not in table.report.sentence
    mixed = read_table((text.replace("-,n.d.", "-,cm", 1)).encode())
    assert mixed.report.n_rows == 6  # cm is a unit: it does not come again


@pytest.mark.parametrize(
    ("text", "options", "names", "first"),
    [
        (b"1,2\n3,4\n", {"header": "yes"}, ["1", "2"], [3, 4]),
        (b"x,y\n3,4\n", {"header": "no"}, ["column_1", "column_2"], ["x", "y"]),
        (b"x;y\n1;2\n", {"separator": ","}, ["x;y"], ["1;2"]),
        (b"junk,1\nx,y\n3,4\n", {"skip_rows": 1}, ["x", "y"], [3, 4]),
        (b"x,y\n1,2\n3,4\n", {"units_row": "yes"}, ["x", "y"], [3, 4]),
        (b"x,y\ncm,kg\n3,4\n", {"units_row": "no"}, ["x", "y"], ["cm", "kg"]),
        ("é,y\n1,2\n".encode(), {"encoding": "cp1252"}, ["Ã©", "y"], [1, 2]),
    ],
)
def test_each_guess_can_be_corrected(text, options, names, first):
    frame = read_table(text, options=ReadOptions(**options)).frame
    assert list(frame.columns) == names
    assert frame.iloc[0].tolist() == first


def test_another_sheet_can_be_chosen():
    data = corpus.xlsx({"One": [["a"], [1], [2]], "Two": [["b"], [3], [4]]})
    first = read_table(data).report
    assert first.options.sheet == "One"
    assert first.alternatives["sheet"] == ("Two",)
    second = read_table(data, options=ReadOptions(sheet="Two"))
    assert second.frame["b"].tolist() == [3, 4]
    with pytest.raises(ImportProblem, match="no sheet called Three") as caught:
        read_table(data, options=ReadOptions(sheet="Three"))
    assert caught.value.hint == "It has One and Two."


def test_a_separator_not_taken_is_offered():
    report = read_table(b"a,b;c\n1,2;3\n4,5;6\n").report
    assert {report.options.separator, *report.alternatives["separator"]} >= {",", ";"}


def test_a_wrong_encoding_is_a_sentence_and_the_others_are_offered():
    with pytest.raises(ReadingProblem, match="not written in the encoding utf-8") as caught:
        read_table("é,y\n1,2\n".encode("cp1252"), options=ReadOptions(encoding="utf-8"))
    assert ("Windows, Western: é,y", {"encoding": "cp1252"}) in caught.value.ways


@pytest.mark.parametrize("lines", [3, 9_000])  # here, and in a child process
def test_an_encoding_nobody_guesses_can_be_chosen(lines):
    data = "ÅNGSTR;Größe;x\n".encode("mac_roman") + b"1,5;2;3\n" * lines
    with pytest.raises(ReadingProblem, match="could not be recognised") as caught:
        read_guarded(data)
    ways = dict(caught.value.ways)
    assert ways["Mac Roman: ÅNGSTR;Größe;x"] == {"encoding": "mac_roman"}
    assert all(label.isprintable() for label in ways)
    read = read_guarded(data, options=ReadOptions.from_json({"encoding": "mac_roman"}))
    assert list(read.frame.columns) == ["ÅNGSTR", "Größe", "x"]


@pytest.mark.parametrize(
    ("names", "encoding"),
    [
        ("Länge;Prüfung", "cp850"),
        ("Größe;Länge", "mac_roman"),
        ("Größe;Länge", "cp1252"),
        ("wysokość;długość", "iso-8859-2"),
        ("wysokość;długość", "cp1250"),
        ("Имя;Рост", "cp1251"),
        ("Имя;рост", "koi8_r"),
        ("Όνομα;Ύψος", "cp1253"),
        ("姓名;身高", "big5"),
        ("なまえ;身長", "euc_jp"),
        ("なまえ;身長", "shift_jis"),
        ("姓名;身高", "gb18030"),
    ],
)
def test_an_old_encoding_is_guessed_and_asked_about(names, encoding):
    report = read_table(f"{names}\n1,5;2\n2,5;7\n".encode(encoding)).report
    assert [column.name for column in report.columns] == names.split(";")
    (question,) = [one for one in report.questions if one.code == "encoding"]
    assert names in question.text
    assert encoding not in [way.options["encoding"] for way in question.ways]


def test_names_with_single_blanks_and_a_ruled_line_are_no_rows():
    rows = "\n".join(f"S {i}       {i}.5       {i * i}.25" for i in range(9))
    table = read_table(f"site name   temp max   wind\n{rows}\n".encode())
    assert list(table.frame.columns) == ["site name", "temp max", "wind"]
    assert (len(table.frame), table.report.columns[0].kind) == (9, "text")
    rows = "\n".join(f"| {i}.5 | {i * i} |" for i in range(9))
    table = read_table(f"| a | b |\n|---|:--|\n{rows}\n".encode())
    assert table.frame["b"].tolist() == [i * i for i in range(9)]
    assert "Unit" not in table.report.sentence


def test_binary_data_are_no_text_to_be_read_otherwise():
    with pytest.raises(ImportProblem) as caught:
        read_table(bytes(range(1, 256)) * 3)
    assert not isinstance(caught.value, ReadingProblem)


@pytest.mark.parametrize(
    "bad",
    [
        {"separator": "x"},
        {"decimal": 1},
        {"encoding": "rot13"},
        {"header": True},
        {"sheet": 5},
        {"sheet": "x" * 500},
        {"skip_rows": -1},
        {"skip_rows": True},
        {"skip_rows": "many"},
        {"units_row": None},
        {"separator": []},
    ],
)
def test_options_from_a_browser_are_checked(bad):
    with pytest.raises(ImportProblem, match="not valid"):
        ReadOptions.from_json(bad)


def test_options_are_values():
    options = ReadOptions(separator=";", skip_rows=3)
    assert ReadOptions.from_json(json.loads(json.dumps(options.to_json()))) == options
    assert hash(options) == hash(dataclasses.replace(options))
    assert ReadOptions.from_json({"unknown": 1}) == ReadOptions()


@pytest.mark.parametrize("name", ["plain", "json nested", "missing", "R write.table"])
def test_report_survives_json(name):
    report = read_table(corpus.text_tables()[name][0]).report
    assert ReadReport.from_json(json.loads(json.dumps(report.to_json()))) == report


def test_a_report_stored_by_an_older_version_is_read():
    value = json.loads(json.dumps(read_table(b"x,y\n1,2\n3,5\n").report.to_json()))
    del value["questions"], value["options"]["missing"], value["options"]["below"]
    for column in value["columns"]:
        del column["asked"]
    assert ReadReport.from_json(value) == read_table(b"x,y\n1,2\n3,5\n").report


def test_numeric_columns_are_the_ones_worth_clustering():
    text = "id,x,c,t,b\n" + "".join(f"{i},{i * 0.37},5,t{i % 2},true\n" for i in range(20))
    assert read_table(text.encode()).report.numeric_columns == ("x",)


def test_small_files_get_less_time():
    assert Limits(seconds=5).budget(10_000_000) == 5
    assert Limits().budget(100) == 2


@pytest.mark.parametrize(
    ("limit", "data"),
    [
        ({"max_bytes": 10}, b"x,y\n1,2\n3,4\n"),
        ({"max_rows": 1}, b"x,y\n1,2\n3,4\n"),
        ({"max_columns": 1}, b"x,y\n1,2\n3,4\n"),
        ({"max_cells": 3}, b"x,y\n1,2\n3,4\n"),
        ({"max_table_bytes": 10}, b"x,y\n1,2\n3,4\n"),
        ({"max_rows": 2}, corpus.packed_tables()["parquet"][0]),
        ({"max_rows": 2}, corpus.packed_tables()["xlsx"][0]),
        ({"max_rows": 2}, corpus.packed_tables()["ods"][0]),
        ({"max_rows": 2}, corpus.packed_tables()["feather"][0]),
        ({"max_rows": 1}, corpus.text_tables()["json records"][0]),
        ({"max_unpacked": 1_000}, corpus.packed_tables()["xlsx"][0]),
    ],
)
def test_each_limit_is_a_sentence(limit, data):
    with pytest.raises(ImportProblem) as caught:
        read_table(data, limits=Limits(**limit))
    assert caught.value.hint
    read_table(data)
