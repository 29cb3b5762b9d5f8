import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gmm_dash.errors import StateError
from gmm_dash.state import AppState, DataChoice, ModelChoice, names_of, pinned_of
from gmm_dash.state.stored_names import GONE

anything = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.lists(st.text())


@settings(max_examples=300)
@given(raw=anything)
def test_any_raw_value_is_parsed_or_refused_with_a_sentence(raw):
    """Every setting gets every value: to draw them anew for each was most of the work."""
    for key, spec in AppState.fields().items():
        try:
            value = spec.parse(raw)
        except StateError as refusal:
            assert str(refusal).endswith("."), key  # noqa: PT017  (one of two right answers)
            continue
        assert spec.parse(value) == value, key
        if isinstance(value, float):
            assert math.isfinite(value), key


def test_a_bad_state_cannot_be_made():
    with pytest.raises(StateError, match="out of range"):
        ModelChoice(k=0)
    with pytest.raises(StateError, match="not a choice"):
        DataChoice(dataset="nope")


def test_the_refusal_names_the_bounds():
    with pytest.raises(StateError) as refused:
        ModelChoice(k=31)
    assert refused.value.sentence == "K: '31' is out of range. Stay between 1 and 30."


def test_keys_are_unique():
    assert len(AppState.fields()) == len(AppState().to_flat())


def test_a_state_is_a_value():
    assert hash(AppState()) == hash(AppState())
    assert AppState().but(k=5) != AppState()
    assert AppState().but(k=5).but(k=4) == AppState()


@pytest.mark.parametrize(
    "raw", ["0:a", "31:a", "x:a", "1", "1:", "1: ", "1:" + 41 * "a", "1:a\tb", "\u0661:a"]
)
def test_a_name_that_no_group_can_bear_is_refused(raw):
    with pytest.raises(StateError, match="is not a usable name"):
        AppState().but(names=[raw])


def test_names_keep_to_their_room_in_a_link_and_to_one_for_a_number():
    found = AppState().but(names=["30:last", "1: <b>a</b> ", "1:again"])
    assert found.view.called == ("1:<b>a</b>", "30:last")
    assert names_of(found, None) == ({1: "<b>a</b>", 30: "last"}, "")
    for key in ("@" + 16 * "A", ["@" + 16 * "_"]):
        assert names_of(AppState().but(names=key), None) == ({}, GONE)
    for no_key in ("@" + 15 * "A", "@" + 16 * "ä", ["@" + 16 * "A", "1:a"]):
        with pytest.raises(StateError, match="is not a usable name"):
            AppState().but(names=no_key)
    with pytest.raises(StateError, match="too long for a link"):
        AppState().but(names=[f"{i}:{40 * 'n'}" for i in range(1, 31)])


def test_what_a_pin_keeps_is_bounded_as_each_setting_is():
    kept = AppState().but(k=3, pin="cov:tied,k:7,scale:standard").view.pin
    assert kept == ("scale:standard", "k:7", "cov:tied")
    assert pinned_of(AppState().but(k=3, n=50, pin=kept)) == AppState().but(
        k=7, cov="tied", scale="standard", n=50
    )
    assert pinned_of(AppState()) is None
    long = f"cols:{'%252C'.join(f'column {i:040d}' for i in range(17))}"
    for bad in ("k", "k:31", "k:x", "n:50", "pin:k:3", "data:iris", long):
        with pytest.raises(StateError) as problem:
            AppState().but(pin=bad)
        assert str(problem.value).startswith("Pinned result: ")
        assert problem.value.hint
