"""Every sentence of "How sure?", read by its checker; and what its pieces promise."""

from dataclasses import replace

import numpy as np
import pytest

from gmm_dash.errors import FitError, StateError, WorkLimitError
from gmm_dash.explain import sure
from gmm_dash.explain.sentence import spell
from gmm_dash.pipeline.sure import Question, plan
from gmm_dash.results.sure import model_of, sure_of
from gmm_dash.results.sure_claims import offer_claims
from gmm_dash.say import VIEWS
from gmm_dash.state import AppState, from_query
from gmm_dash.tables import describe_frame
from tests.claims import check_columns, check_select, check_sure  # noqa: F401  (they register)
from tests.claims.case import CHECKERS
from tests.claims.check_sure import SureCase
from tests.claims.test_gaps import flowers
from tests.claims.test_select import gathered
from tests.claims.test_weights import table as counted_rows
from tests.claims.wrong import believed, falsified

QUICK = "&reps=19&n_init=2&tol=1e-3&max_iter=40&open=sure"
LINKS = [
    f"?view=select&data=blobs&n=60&noise=0.4&centers=2&kmax=2&types=tied&against=fewer{QUICK}",
    f"?view=select&data=iris&scale=standard&pcs=2&kmax=2&types=tied&against=fewer{QUICK}",
    f"?view=select&data=uniform&n=40&kmax=1&types=spherical{QUICK}",
]
seen = set()


def rows_of(pipeline, state):
    """Return the plain rows of every piece."""
    rows = {}
    for number in range(len(pipeline.sure.plan(state))):
        for kind, some in pipeline.sure.piece(state, number).items():
            rows.setdefault(kind, []).extend(some)
    return rows


def read(case, spoken):
    for one in spoken:
        seen.add(one.code)
        CHECKERS[one.code](case, one.text)
        for false in falsified(one.text, most=1):
            assert not believed(case, one.code, false), (one.code, false)


@pytest.mark.parametrize("link", LINKS)
def test_every_sentence_of_these_links_is_so(pipeline, link):
    state = from_query(link)[0]
    spoken = VIEWS["select"](pipeline, state)
    case = SureCase(pipeline, state, spoken, gathered(pipeline, state))
    best = case.best
    state = state.but(k=best.n_components, cov=best.covariance_type)
    rows = rows_of(pipeline, state)
    case = replace(case, state=state, tested=rows, k=best.n_components, kind=best.covariance_type)
    read(case, [*spoken.parts["sure"], *spoken.parts["methods"]])
    read(case, spell(offer_claims(model_of(state, None)), sure.WORDS))
    assert spoken.numbers["sure.p"] == pytest.approx(case.p)
    # any worker may compute any piece, and does so to the last bit
    last = len(pipeline.sure.plan(state)) - 1
    (kind,) = pipeline.sure.piece(state, last)
    again = type(pipeline)(pipeline.config, pipeline.store).sure.piece(state, last)
    assert again[kind] == [row for row in rows[kind] if row in again[kind]]


def test_where_gaps_are_used_there_is_no_test_and_the_paragraph_says_of_which_rows(pipeline):
    found = describe_frame(flowers())
    key = pipeline.store.put(found.frame, found.report)
    link = {"view": "select", "data": "upload", "table": key, "gaps": "use", "open": ["sure"]}
    more = {"types": ["full"], "kmax": 3, "n_init": 1, "tol": 1e-4, "cols": ["b", "c"]}
    state = AppState().but(**link | more)
    spoken = VIEWS["select"](pipeline, state)
    case = SureCase(pipeline, state, spoken, gathered(pipeline, state))
    assert [one.code for one in spoken.parts["sure"]] == ["sure.gaps"]
    assert "methods.gaps" in {one.code for one in spoken.parts["methods"]}
    read(case, [*spoken.parts["sure"], *spoken.parts["methods"]])
    assert spoken.numbers.keys().isdisjoint({"sure.p"})


@pytest.mark.parametrize("weights", ["count", "weight"])
def test_where_rows_count_by_weights_there_is_no_test_and_the_paragraph_says_how(pipeline, weights):
    found = describe_frame(counted_rows())
    key = pipeline.store.put(found.frame, found.report)
    link = {"view": "select", "data": "upload", "table": key, "weights": weights, "open": ["sure"]}
    more = {"types": ["full"], "kmax": 3, "n_init": 1, "tol": 1e-4, "cols": ["a", "b"]}
    state = AppState().but(**link | more, criterion="heldout", folds=2)
    spoken = VIEWS["select"](pipeline, state)
    case = SureCase(pipeline, state, spoken, gathered(pipeline, state))
    assert [one.code for one in spoken.parts["sure"]] == ["sure.weights"]
    assert "methods.weights" in {one.code for one in spoken.parts["methods"]}
    read(case, [*spoken.parts["sure"], *spoken.parts["methods"]])
    assert spoken.numbers.keys().isdisjoint({"sure.p"})


OBSERVED = {
    "statistic": 9.0, "sound": True, "log_likelihood": -2.0, "starts": 20, "reached": 7, "above": 0,
}  # fmt: skip


@pytest.mark.parametrize(
    ("observed", "statistics", "agreements", "likeliest"),
    [
        ({}, [*np.linspace(0, 8.9, 37), 9.5, None, None], [0.95, 0.9, 0.91], None),
        ({"above": 2}, [*np.linspace(0, 20, 30), None], [0.8, 0.75, None, None], -1.9),
        ({"statistic": None}, [None] * 3, [0.2, 0.4], None),
        ({"statistic": None, "sound": False, "log_likelihood": None}, [None], [], None),
        ({}, [], [], None),
    ],
)
def test_every_sentence_of_rows_made_by_hand_is_so(
    pipeline, observed, statistics, agreements, likeliest
):
    state = from_query("?view=select&data=uniform&n=20&k=3&cov=diag")[0]
    rows = {
        "observed": [OBSERVED | observed],
        "test": [{"number": i, "statistic": value} for i, value in enumerate(statistics)],
        "labels": [{"number": i, "agreement": value} for i, value in enumerate(agreements)],
    }
    found = sure_of(model_of(state, likeliest), 20, rows)
    spoken = sure.sure_spoken(found, finished=True)
    case = SureCase(
        pipeline, state, spoken, {}, hand_made=True, tested=rows, k=3, kind="diag",
        likeliest=likeliest,
    )  # fmt: skip
    read(case, spoken.sentences)
    growing = sure.sure_spoken(found, finished=False)
    assert not {one.code for one in growing.sentences} & {"sure.rejected", "sure.not-rejected"}


def test_every_kind_of_sentence_was_said():
    assert set(sure.WORDS) - set(CHECKERS) == set()
    assert set(sure.WORDS) - seen == set()


@pytest.mark.parametrize("bad", [[{"number": 0}], [{"number": -1, "statistic": 1.0}], [7]])
def test_what_the_page_sends_back_is_not_believed(bad):
    with pytest.raises(StateError):
        sure_of(model_of(AppState(), None), 20, {"test": bad})


def test_what_takes_too_long_is_refused_in_words():
    question = Question.of(AppState().but(k=12, cov="full", reps=999))
    with pytest.raises(WorkLimitError, match="999 replicates would take about"):
        plan(question, 50_000, 2, 1e9)
    with pytest.raises(WorkLimitError, match="the limit is 1 s"):
        plan(question, 50_000, 10, 1.0)
    with pytest.raises(FitError, match="too few for 13"):
        plan(question, 12, 2, 100.0)
    with pytest.raises(FitError, match="fewest"):
        Question.of(AppState().but(k=1, against="fewer"))
    cut = plan(Question.of(AppState().but(k=3, reps=99)), 300, 2, 100.0)
    for kind, count in (("test", 99), ("labels", 50), ("observed", 1)):
        numbers = [i for b in cut if b.kind == kind for i in range(b.first, b.first + b.count)]
        assert sorted(numbers) == list(range(count))
    assert cut[0].kind == "observed"
