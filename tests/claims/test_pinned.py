"""Every sentence of a pinned result beside the one that is shown, read by its checker."""

from dataclasses import replace

import pandas as pd
import pytest

from gmm_dash.callbacks.pins import answer
from gmm_dash.explain import pinned
from gmm_dash.explain.pinned import scores_shown
from gmm_dash.export.pinned import crosstab_page
from gmm_dash.pipeline import Pipeline
from gmm_dash.say import VIEWS
from gmm_dash.state import AppState, from_query
from gmm_dash.tables import describe_frame
from tests.claims import check_pinned, check_weights  # noqa: F401  (they register)
from tests.claims.case import CHECKERS, Case, changed
from tests.claims.wrong import believed, falsified

FIXED = [
    "?data=moons&k=4&n_init=1",
    "?data=moons&k=4&n_init=1&pin=k:3",
    "?data=moons&k=2&n_init=1&pin=k:5,cov:diag",
    "?data=moons&k=4&n_init=1&pin=k:4",
    "?data=blobs&noise=1.5&k=4&n_init=1&pin=cov:tied,seed:3",
    "?data=blobs&noise=0.1&k=4&n_init=1&pin=seed:9",
    "?data=blobs&noise=1&k=4&cov=equal&hard=0.5&pin=cov:full",
    "?data=three&n=200&k=3&n_init=1&pin=k:1",
    "?data=iris&k=3&n_init=1&cov=tied&scale=none&pin=scale:standard",
    "?data=iris&k=3&cov=diag&n_init=1&pin=transform:log:petal length (cm)%252Clog:petal width (cm)",
    "?data=iris&k=3&cov=tied&n_init=1&pin=cols:petal length (cm)%252Cpetal width (cm),k:2",
    "?data=moons&n=200&noise=0.05&k=6&merge=3&n_init=1&pin=merge:0",
    "?data=moons&n=200&noise=0.05&k=5&n_init=1&pin=merge:2,reg:0.01",
    "?data=iris&k=3&cov=tied&n_init=1&pcs=2&pin=pcs:0",
    "?data=iris&k=3&cov=tied&n_init=1&pcs=2&pin=pcs:2,k:2",
    "?data=corners&n=4&k=3&n_init=1&pin=k:30",
    "?data=duplicates&n=60&k=4&n_init=1&pin=k:3",
    "?data=background&n=150&k=3&n_init=1&background=on&pin=background:off",
    "?data=background&n=150&k=3&n_init=1&background=on&pin=k:2",
    "?data=galton&k=2&n_init=1&weights=children&pin=weights:",
    "?data=galton&k=2&n_init=1&weights=children&pin=k:1",
]
seen = set()


def check(pipeline, state):
    """Read every sentence of a link, and try each with another number."""
    state = state.but(tab="pinned")
    spoken = VIEWS["compare"](pipeline, state)
    case = Case(pipeline, state, spoken)
    for sentence in spoken.sentences:
        seen.add(sentence.code)
        try:
            CHECKERS[sentence.code](case, sentence.text)
        except AssertionError as problem:
            raise AssertionError(f"{changed(state)}: {sentence}\n{problem}") from problem
        for false in falsified(sentence.text, most=3):
            assert not believed(case, sentence.code, false), false
    return spoken


@pytest.mark.parametrize("link", FIXED)
def test_every_sentence_of_these_links_is_so(pipeline, link):
    state, problems = from_query(link)
    assert problems == ()
    check(pipeline, state)


def test_rows_with_gaps_are_matched_by_their_numbers(pipeline):
    frame = pd.DataFrame({"a": range(40), "b": [i * i % 17 for i in range(40)], "c": 1.0})
    frame["c"] = [float(i % 5 + 9 * (i > 20)) for i in range(40)]
    frame.loc[frame.index < 12, "c"] = None
    read = describe_frame(frame)
    key = pipeline.store.put(read.frame, read.report)
    both = AppState().but(data="upload", table=key, k=2, n_init=1, cov="diag", cols=["a", "b"])
    spoken = check(pipeline, both.but(pin=["cols:a,c"]))
    codes = [one.code for one in spoken.sentences]
    assert "pinned.rows" in codes
    assert spoken.numbers["rows"] == 28
    assert [one for one in codes if one in ("pinned.criteria", "pinned.apart")] == ["pinned.apart"]


def test_without_a_common_row_nothing_is_compared(pipeline):
    frame = pd.DataFrame({"a": range(40), "b": range(40), "c": range(40)}, dtype=float)
    frame["a"] = [float(i * i % 11) for i in range(40)]
    frame.loc[frame.index < 20, "b"] = None
    frame.loc[frame.index >= 20, "c"] = None
    read = describe_frame(frame)
    key = pipeline.store.put(read.frame, read.report)
    state = AppState().but(data="upload", table=key, k=2, n_init=1, cols=["a", "b"])
    spoken = check(pipeline, state.but(pin=["cols:a,c"]))
    assert {"pinned.no-rows", "pinned.apart"} <= {one.code for one in spoken.sentences}
    assert spoken.numbers["gmm.moved"] is None


def test_of_a_sample_the_rows_that_both_have_are_compared(pipeline):
    small = Pipeline(replace(pipeline.config, fit_rows=100, all_rows=100), pipeline.store)
    check(small, from_query("?data=three&n=300&k=3&n_init=1&pin=k:4")[0])


def test_every_kind_of_sentence_has_a_checker_and_was_said():
    assert set(pinned.WORDS) - set(CHECKERS) == set()
    assert set(pinned.WORDS) - seen == {"pinned.weights"}  # which test_weights.py has said


def test_the_page_has_the_same_words_and_leaves_out_what_cannot_be_compared(pipeline):
    state = from_query(
        "?data=iris&k=3&cov=tied&n_init=1&scale=none&tab=pinned&pin=k:2,scale:standard"
    )[0]
    shown = answer(pipeline, {**state.to_flat(), "whose": "kmeans"})
    spoken = VIEWS["compare"](pipeline, state)
    assert shown["notice"] == spoken.text("notice")
    assert [one.children for one in shown["moved"]] == spoken.texts("moved.kmeans")
    found = pipeline.compare.pinned(state)
    rows = {name: cells for name, *cells in scores_shown(found, "gmm")}
    assert rows["Components"] == ["2", "3", "+1"]
    assert rows["BIC"][2] == rows["ICL"][2] == "–"
    alike = pipeline.compare.pinned(state.but(scale="standard"))
    assert {name: cells for name, *cells in scores_shown(alike, "gmm")}["BIC"][2] != "–"
    page = crosstab_page(found, "gmm", None, 1)
    assert sum(int(row[-1]) for row in page.rows) == 150
    nothing = answer(pipeline, state.but(pin=[]).to_flat())
    assert nothing["body"] == {"display": "none"}
