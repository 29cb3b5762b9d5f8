"""What is said of single columns, read by its checker; and what one click does about it."""

import json

import numpy as np
import pandas as pd
import pytest

from gmm_dash.explain import Spoken, columns
from gmm_dash.layout import column_doubts
from gmm_dash.say import VIEWS, columns_said
from gmm_dash.state import AppState
from gmm_dash.tables import describe_frame
from tests.claims import check_columns, check_reasons  # noqa: F401  (they register)
from tests.claims.case import CHECKERS, Case
from tests.claims.wrong import believed, falsified

ROWS = 240


def _tables():
    r = np.random.default_rng(0)
    sleep = np.round(r.uniform(2, 20, ROWS), 1)
    awake = np.round(24 - sleep, 1)
    awake[[3, 50]] -= 0.05  # as a mean of two measured days is
    celsius, whole = np.round(r.normal(15, 8, ROWS), 1), r.integers(0, 100, (ROWS, 3))
    spherical = r.choice([3, 4, 5, 6, 8], ROWS, p=[0.02, 0.5, 0.02, 0.2, 0.26])
    rain = np.where(r.random(ROWS) < 0.6, 0, np.round(r.gamma(2, 5, ROWS), 1))
    inches = r.normal(60, 5, ROWS)
    return {
        "sleep": {
            "total": sleep,
            "awake": awake,
            "rem": np.round(sleep * r.uniform(0.1, 0.3, ROWS), 1),
        },
        "weather": {"C": celsius, "F": np.round(1.8 * celsius + 32, 1), "rain": rain},
        "sums": {
            "a": whole[:, 0],
            "b": whole[:, 1],
            "c": whole[:, 2],
            "all": whole.sum(axis=1),
            "odd": 7 + 3 * whole[:, 1] - 2 * whole[:, 2],
        },
        "cars": {
            "cylinders": spherical,
            "power": np.round(20.0 * spherical + r.normal(0, 20, ROWS)),
            "weight": np.round(500.0 * spherical + r.normal(0, 300, ROWS)),
        },
        "near": {
            "inches": inches,
            "cm": 2.54 * inches + r.normal(0, 0.5, ROWS),
            "price": np.exp(r.normal(0, 1.5, ROWS)),
        },
        "small": {"m": r.normal(0, 1e-5, ROWS), "x": r.normal(size=ROWS), "y": r.normal(size=ROWS)},
        "two": {"grade": r.integers(1, 7, ROWS), "hours": r.gamma(3, 2, ROWS)},
        "plain": {"u": r.normal(size=ROWS), "v": r.normal(size=ROWS), "w": r.normal(size=ROWS)},
    }


TABLES = _tables()
SAID = {
    "sleep": ["total + awake = 24 in every row"],
    "weather": ["F = 1.8 × C + 32 in every row", "rain is 0 in 6"],
    "sums": ["a + b + c = all in every row", "odd = 3 × b − 2 × c + 7 in every row"],
    "cars": ["cylinders has only 5 different values in 240 rows"],
    "near": ["% of the variance of cm follows from inches.", "Take the logarithm of price."],
    "small": ["The variance of m, "],
    "two": ["grade has only 6 different values in 240 rows"],
    "plain": [],
}
seen = set()


@pytest.fixture
def case(pipeline):
    """Return the case of a table by its name, with settings of a link."""

    def make(name, *, fitted=False, **flat):
        read = describe_frame(pd.DataFrame(TABLES[name], dtype=float))
        key = pipeline.store.put(read.frame, read.report)
        state = AppState().but(data="upload", table=key, n_init=2, **flat)
        spoken = VIEWS["compare"](pipeline, state) if fitted else Spoken({})
        return Case(pipeline, state, spoken)

    return make


def check(case):
    """Read what is said of the columns of a case, and of collapses onto them; find lies out."""
    said = columns_said(case.pipeline, case.state)
    for one in (*said, *case.spoken.sentences):
        if one.code.startswith("column.") or one.code == "why.variance-floor":
            seen.add(one.code)
            CHECKERS[one.code](case, one.text)
    for one in said:
        assert not [false for false in falsified(one.text) if believed(case, one.code, false)]
    return said


@pytest.mark.parametrize("name", TABLES)
def test_what_stands_out_is_named_and_nothing_else(case, name):
    said = check(case(name, scale="standard" if name != "small" else "none"))
    assert len(said) == len(SAID[name])
    for one, words in zip(said, SAID[name], strict=True):
        assert words in one.text


@pytest.mark.parametrize("name", TABLES)
def test_one_click_takes_what_stood_out_away(case, name):
    """The cure is a setting; after it the column is not spoken of again, and nothing refuses."""
    before = case(name)
    for doubt in before.pipeline.data.column_doubts(before.state.data, 1e-6):
        state = before.state.but(**doubt.settings)
        assert (
            bool(columns.cure_words(doubt.claim)) == bool(doubt.settings) == (state != before.state)
        )
        left = before.pipeline.data.column_doubts(state.data, state.model.reg_covar)
        again = {one.claim.facts["column"] for one in left}
        assert not doubt.settings or doubt.claim.facts["column"] not in again


def test_a_button_says_what_it_sets_and_a_teacher_can_withhold_it(case):
    cars = case("cars")
    doubts = cars.pipeline.data.column_doubts(cars.state.data, 1e-6)
    (row,) = column_doubts.rows(doubts)
    text, button = row.children
    assert "Leave" not in text.children
    assert button.children == "Leave cylinders out"
    assert json.loads(button.to_plotly_json()["props"]["data-settings"]) == {
        "cols": ["power", "weight"]
    }
    (row,) = column_doubts.rows(doubts, {"cols"})
    assert [part.children for part in row.children] == [
        columns_said(cars.pipeline, cars.state)[0].text
    ]


def test_the_column_that_components_collapsed_onto_is_named_with_the_one_cure(case):
    cars = case("cars", fitted=True, scale="standard", k=6)
    check(cars)
    (text,) = [s.text for s in cars.spoken.sentences if s.code == "why.variance-floor"]
    assert "cylinders has only 5 different values" in text
    assert text.endswith("Leave cylinders out.")
    check(case("weather", fitted=True, scale="standard", k=4))
    two = case("two", fitted=True, scale="standard", k=6)
    check(two)
    assert "Leave" not in " ".join(s.text for s in two.spoken.sentences)


def test_a_regularisation_that_hides_a_column_has_one_cure(case):
    small = case("small", fitted=True, reg=1e-2)
    assert "Lower the regularisation to" in check(small)[0].text
    (reason,) = [s.text for s in small.spoken.sentences if s.code == "why.reg-large"]
    assert "andardise" not in reason


def test_any_table_is_spoken_of_truly(pipeline):
    r = np.random.default_rng(3)
    for _ in range(40):
        n, d = int(r.integers(5, 300)), int(r.integers(2, 7))
        x = r.normal(size=(n, d)) * 10.0 ** r.integers(-6, 6, d)
        for j in range(d):
            kind = r.integers(6)
            if kind == 0:
                x[:, j] = r.integers(0, r.integers(2, 30), n)
            elif kind == 1:
                x[:, j] = np.round(x[:, r.integers(d)] * r.integers(1, 5) + x[:, 0], 2)
            elif kind == 2:
                x[:, j] = np.where(r.random(n) < 0.4, 0, np.exp(r.normal(size=n)))
        read = describe_frame(pd.DataFrame(x, columns=[f"c{j}" for j in range(d)]))
        key = pipeline.store.put(read.frame, read.report)
        state = AppState().but(data="upload", table=key, scale=r.choice(["none", "standard"]))
        try:
            said = columns_said(pipeline, state)
        except Exception as problem:  # noqa: BLE001  (a table without two live columns)
            assert "two" in str(problem) or "same" in str(problem)  # noqa: PT017
            continue
        for one in said:
            CHECKERS[one.code](Case(pipeline, state, None), one.text)


def test_every_kind_of_sentence_was_said_and_has_a_checker():
    assert set(columns.WORDS) <= seen & set(CHECKERS)
