"""What "How I read it" shows of a stored table, and what the drawing pad gets back."""

import json

import pytest

from gmm_dash.callbacks import reading
from gmm_dash.errors import GmmDashError, ImportProblem, StateError, TableGoneError

ODD = "<b>size</b>,weight,no,kind,same\n" + "\n".join(
    f"{i * 0.37:.2f},{(i * 7) % 5 + 0.25},{i},{'=cmd' if i % 2 else 'b'},7" for i in range(20)
)


def _shown(pipeline, key, cols=(), label=""):
    return reading._answer(pipeline.data.reading(key), key, list(cols), label)


def _text(component):
    return json.dumps(component, default=lambda part: part.to_plotly_json())


def test_the_dialog_shows_columns_guesses_and_first_rows(pipeline, stored):
    shown = _shown(pipeline, stored(ODD))
    assert shown["ticks"] == ["<b>size</b>", "weight"], "neither the row numbers nor the constant"
    assert shown["labels"] == ["kind", "<b>size</b>", "weight", "no"], "likely groups first"
    assert shown["values"]["separator"] == ","
    assert shown["values"]["header"] == "yes"
    assert shown["boxes"]["separator"] != "absent"
    assert shown["boxes"]["sheet"] == "absent"
    assert shown["shown"]["usual"] == shown["ticks"]
    columns = _text(shown["columns"])
    assert "Only numbers the rows." in columns
    assert "All values are the same." in columns
    head = _text(shown["head"])
    assert '"=cmd"' in head
    assert '"children": "<b>size</b>"' in head, "names are text, never markup"


def test_columns_chosen_before_stay_chosen_where_they_can(pipeline, stored):
    shown = _shown(pipeline, stored(ODD), ["no", "weight", "gone"], "kind")
    assert shown["ticks"] == ["no", "weight"]
    assert shown["label"] == "kind"
    assert _shown(pipeline, stored(ODD), label="gone")["label"] is None


def test_a_wide_table_is_shown_in_part_and_says_so(pipeline, stored):
    names = ",".join(f"c{i}" for i in range(60))
    row = ",".join("1.5" for _ in range(60))
    shown = _shown(pipeline, stored(f"{names}\n{row}\n{row.replace('1.5', '2.5')}\n{row}"))
    assert "and 20 more columns" in _text(shown["head"])


def test_one_usable_column_is_enough_and_none_is_not(pipeline, stored):
    found = pipeline.data.reading(stored("x,name\n1.5,a\n2.5,b\n2.25,c"))
    assert (found.usual, found.problem) == (("x",), "")
    assert pipeline.data.reading(stored("name\na\nb\nc")).problem


@pytest.mark.parametrize(
    "asked", [None, 7, {}, {"key": 7}, {"key": "a", "cols": "b"}, {"key": "a", "cols": [7]}]
)
def test_a_request_that_cannot_be_read_is_refused(asked):
    with pytest.raises(StateError):
        reading._asked(asked)


def test_a_refused_text_is_asked_about_with_ways_to_read_it():
    ways = [["Windows: <i>é</i>", {"encoding": "cp1252"}]]
    asked = {"refused": "No text.", "ways": ways, "options": {"separator": ";"}}
    shown = reading._refusal(asked)
    assert shown["opened"]
    assert shown["shown"]["key"] == ""
    assert shown["values"]["separator"] == ";"
    assert shown["boxes"]["encoding"] != "absent"
    assert '"children": "Windows: <i>\\u00e9</i>"' in _text(shown["account"])
    for bad in ({"ways": 7}, {"ways": [7]}, {"options": {"separator": "x"}}, {"options": 7}):
        with pytest.raises(GmmDashError):
            reading._refusal({"refused": "", **bad})


def test_a_table_that_is_gone_is_an_answer_in_words(pipeline):
    with pytest.raises(TableGoneError, match="no longer stored"):
        pipeline.data.reading("a" * 43)


def test_a_drawing_comes_back_as_it_was_drawn(pipeline, stored):
    key = stored("x,y,group\n1.000,2.000,A\n2.500,2.000,none\n3.000,1.000,A\n")
    assert pipeline.data.drawing(key) == [(1, 2, "A"), (2.5, 2, "none"), (3, 1, "A")]
    assert pipeline.data.drawing(stored("x,y\n1,2.5\n2,3.5\n")) == [(1, 2.5, ""), (2, 3.5, "")]


def test_another_table_is_no_drawing(pipeline, stored):
    with pytest.raises(ImportProblem, match="not drawn here"):
        pipeline.data.drawing(stored(ODD))
    with pytest.raises(GmmDashError):
        pipeline.data.drawing("nothing")


def test_a_column_choice_that_fails_can_be_changed(pipeline, stored):
    from gmm_dash.state import DataChoice

    key = stored(ODD)
    columns = pipeline.data.columns(DataChoice(dataset="upload", table=key, cols=("same", "kind")))
    assert columns.numeric == ("<b>size</b>", "weight", "no")
    assert columns.account.startswith("Read 20 rows")
