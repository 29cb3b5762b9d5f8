"""JSON that is too large is refused before it is parsed, or as soon as it is known."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gmm_dash.errors import ImportProblem
from gmm_dash.files.limits import Limits
from gmm_dash.tables import ReadOptions, read_table
from gmm_dash.tables.formats import jsonfile
from gmm_dash.tables.formats.jsonsize import check_outline

LIMITS = Limits(max_rows=100, max_columns=20, max_cells=300)


class Counted:
    """A decoder that counts what it is given."""

    def __init__(self):
        self.n = 0

    def decode(self, text):
        self.n += len(text) > 0
        return jsonfile.json.loads(text)

    def raw_decode(self, text):
        self.n += 1
        return jsonfile.json.JSONDecoder().raw_decode(text)


@pytest.fixture
def decoder(monkeypatch):
    counted = Counted()
    monkeypatch.setattr(jsonfile, "DECODER", counted)
    return counted


def lines(rows):
    return "\n".join(map(json.dumps, rows)).encode()


LONG = [{"x": i, "y": "}],["} for i in range(102)]
TOO_LARGE = {
    "lines": lines(LONG),
    "empty lines": lines([{}] * 102),
    "lines of lists": lines([[i, 1] for i in range(102)]),
    "too many cells": lines([dict.fromkeys("abcd", 1)] * 90),
    "objects": json.dumps(LONG).encode(),
    "lists": json.dumps([[1, 2]] * 102).encode(),
    "values": json.dumps([1] * 102).encode(),
    "columns": json.dumps({"x": [1] * 102}).encode(),
    "columns by place": json.dumps({"x": {str(i): 1 for i in range(102)}}).encode(),
    "names": json.dumps({str(i): [1] for i in range(102)}).encode(),
    "wrapped": json.dumps({"n": 1, "rows": LONG}).encode(),
    "split": json.dumps({"columns": ["x"], "data": [[1]] * 102}).encode(),
}


@pytest.mark.parametrize("name", TOO_LARGE)
def test_what_is_certainly_too_large_is_never_parsed(name, decoder):
    with pytest.raises(ImportProblem, match=r"more than|may have") as caught:
        read_table(TOO_LARGE[name], limits=LIMITS)
    assert caught.value.hint
    assert decoder.n == 0


@pytest.mark.parametrize(
    ("rows", "parsed"),
    [
        ([{f"x{i}": 1} for i in range(90)], 4),  # 90 rows x 4 columns are too many cells
        ([{"x": 1}] * 40 + [[1]] * 40, 41),
        ([{"x": 1}, {"y": {f"z{i}": 1 for i in range(20)}}] * 40, 2),
    ],
)
def test_lines_are_parsed_until_it_is_known(rows, parsed, decoder):
    decoder.n = -1  # the attempt to read all of it as one document
    with pytest.raises(ImportProblem, match=r"more than|mixes"):
        read_table(lines(rows), limits=LIMITS)
    assert decoder.n == parsed


@pytest.mark.parametrize(
    "data",
    [
        lines([{"x": i} for i in range(100)]),
        lines([["x", "y"], *([1, i] for i in range(100))]),
        json.dumps([["x", "y"], *([1, i] for i in range(100))]).encode(),
        json.dumps({"x": list(range(100)), "y": [1] * 100, "z": [1] * 100}).encode(),
        json.dumps({"columns": ["x"], "index": [0] * 100, "data": [[1]] * 100}).encode(),
        json.dumps([{"x": i, "far": {"y": [0] * 999}} for i in range(100)]).encode(),
    ],
)
def test_as_much_as_is_allowed_is_read(data):
    assert read_table(data, limits=LIMITS).report.n_rows == 100


def test_objects_with_different_names_leave_gaps():
    table = read_table(lines([{"x": 1}, {"y": 2}, {}, {"x": 3, "y": 4}, {"z": [1]}]))
    assert table.frame["x"].fillna(-1).tolist() == [1, -1, -1, 3, -1]
    assert table.frame["y"].fillna(-1).tolist() == [-1, 2, -1, 4, -1]
    assert "Left out, as cells hold lists: z" in table.report.sentence


values = st.recursive(
    st.integers(0, 9) | st.text('[]{},"\\a', max_size=3),
    lambda inner: st.lists(inner, max_size=6) | st.dictionaries(st.text("abcdef"), inner),
    max_leaves=30,
)


@settings(deadline=None, max_examples=150)
@given(
    st.lists(values.filter(lambda v: isinstance(v, list | dict)), min_size=1, max_size=7).filter(
        lambda documents: len(documents) > 1 or isinstance(documents[0], list)
    )
)
def test_nothing_is_refused_that_could_be_read(documents):
    tight = Limits(max_rows=4, max_columns=3, max_cells=8)
    text = "\n".join(map(json.dumps, documents))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(jsonfile, "check_outline", lambda *_: None)
        try:
            jsonfile.read_json(text.encode(), ReadOptions(), tight)
        except ImportProblem:
            return
    check_outline(text, "", tight)
