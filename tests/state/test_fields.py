import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gmm_dash.errors import StateError
from gmm_dash.state import AppState, DataChoice
from gmm_dash.state.app_state import ModelChoice

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
