"""What the browser sends is parsed and bounded; what comes back is decided by it alone."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gmm_dash.callbacks.asked import drawn_points, frame_of, read, stored_keys
from gmm_dash.errors import GmmDashError
from gmm_dash.export import table_page
from gmm_dash.factory import assemble
from gmm_dash.state import AppState

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["scheme", *AppState.fields()]), inner, max_size=6)
    ),
    max_leaves=12,
)


@settings(deadline=None)
@given(st.lists(st.tuples(json_values, json_values, json_values).map(list), max_size=3))
def test_any_points_under_a_hand_are_on_the_pad_or_refused(payload):
    try:
        points = drawn_points(payload)
    except GmmDashError:
        return
    assert len(points) == len(payload)
    assert all(0 <= v <= 10 for x, y, _ in points for v in (x, y))
    assert {group for _, _, group in points} <= {"", *"ABCDEF"}


@settings(deadline=None)
@given(json_values)
def test_any_payload_is_a_state_or_a_sentence(payload):
    try:
        state, scheme = read(payload)
    except GmmDashError as refusal:
        assert refusal.sentence.endswith(".")  # noqa: PT017
        return
    assert isinstance(state, AppState)
    assert scheme in {"light", "dark"}


def test_the_zoom_is_kept_until_the_axes_show_something_else():
    state = AppState()
    assert frame_of(state) == frame_of(state.but(k=7, noise=1.0, seed=3))
    assert frame_of(state) != frame_of(state.but(data="moons"))
    assert frame_of(state) != frame_of(state.but(x="PC1"))


def test_what_a_request_uses_is_found_wherever_the_settings_lie():
    called = "@" + "n" * 16
    flat = AppState().but(data="upload", table="t" * 43, imagekey="i" * 43, names=called).to_flat()
    for value in (flat, {"work": flat, "piece": 3}, {"request": flat, "rows": {"mixtures": []}}):
        for body in ({"inputs": [{"value": value}]}, {"inputs": [[{"value": value}]], "state": []}):
            assert stored_keys(body) == ({"t" * 43}, {"i" * 43}, {called})
    assert stored_keys({"state": [{"value": flat}]}) == ({"t" * 43}, {"i" * 43}, {called})
    assert stored_keys({"inputs": [{"value": AppState().to_flat()}]}) == (set(), set(), set())


@settings(deadline=None)
@given(json_values)
def test_looking_for_what_is_used_fails_on_nothing(payload):
    tables, images, names = stored_keys({"inputs": [{"value": payload}, payload]})
    assert all(isinstance(key, str) for key in tables | images | names)


@pytest.fixture(scope="module")
def client(pipeline):
    return assemble(pipeline.config, pipeline.store).server.test_client()


def _body(flat):
    return {
        "output": "answer-compare.data",
        "outputs": {"id": "answer-compare", "property": "data"},
        "inputs": [{"id": "request-compare", "property": "data", "value": flat}],
        "changedPropIds": ["request-compare.data"],
        "state": [],
    }


def _ask(client, flat):
    return client.post("/_dash-update-component", json=_body(flat))


def test_equal_requests_get_equal_bytes(pipeline):
    forgetful = replace(pipeline.config, cache_bytes=0)
    client = assemble(forgetful, pipeline.store).server.test_client()
    flat = AppState().to_flat()
    first, second = _ask(client, flat), _ask(client, flat)
    assert first.status_code == 200
    assert first.data == second.data


def test_a_refusal_reaches_the_page_with_its_hint_and_changes_nothing_else(client):
    answer = _ask(client, AppState().to_flat() | {"k": 999}).get_json()
    message, stays, fresh = answer["sideUpdate"]["error"]["children"]
    assert message == "K: '999' is out of range. Stay between 1 and 30."
    assert "still show" in stays["props"]["children"]
    assert fresh["props"]["href"] == "?view=compare"
    assert not answer.get("response")


def test_a_first_visit_and_unknown_addresses(client):
    assert client.get("/").status_code == 200
    assert client.get("/nothing/here").status_code == 404


def test_a_file_is_taken_and_answered_with_its_key(client):
    good = client.post("/tables", data=b"a;b\n1,5;2\n2,5;3\n9,5;8\n").get_json()
    assert "3 rows" in good["sentence"]
    assert good["key"]
    for bad in (b"", b"\x00\xff" * 200, b"a,b\n1,2\n", b"<html></html>"):
        said = client.post("/tables", data=bad).get_json()
        assert "key" not in said
        assert said["message"].endswith(".")


def test_reading_options_are_not_believed(client):
    for options in ("{", "[]", '{"separator": 5}', '{"encoding": "rot13"}'):
        answer = client.post(f"/tables?options={options}", data=b"a,b\n1,2\n3,4\n")
        assert answer.status_code == 200
        assert answer.get_json()["message"].endswith(".")
    unknown = client.post('/tables?options={"nope": 1}', data=b"a,b\n1,2\n3,4\n5,0\n")
    assert "3 rows" in unknown.get_json()["sentence"], "unknown keys are ignored"


@given(order=json_values, page=json_values)
def test_any_order_of_a_table_is_a_page(order, page):
    import pandas as pd

    frame = pd.DataFrame({"a": range(45), "b": [0.5] * 44 + [float("nan")]})
    found = table_page(frame, order, page)
    assert 5 <= len(found.rows) <= 20
    assert found.n_pages == 3


def test_the_table_sorts_all_rows_not_only_these():
    import pandas as pd

    frame = pd.DataFrame({"a": range(45), "b": range(45, 0, -1)})
    assert table_page(frame, {"by": 1, "descending": False}, 1).rows[0] == ["44", "1"]
    assert table_page(frame, {"by": 0, "descending": True}, 3).rows[-1] == ["0", "45"]


@pytest.mark.parametrize(("data", "known"), [("stretched", True), ("uniform", False)])
def test_numbers_that_judge_by_true_groups_need_some(client, data, known):
    answer = _ask(client, AppState().but(data=data, k=3).to_flat()).get_json()["response"]
    said = answer["answer-compare"]["data"]["numbers"]["gmm"]
    assert bool(said["ari"]) == bool(said["ami"]) == known
    assert said["bic"]
