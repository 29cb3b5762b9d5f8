"""Whatever arrives, the answer is a page, a result or a refusal: never a fault of ours."""

import json
import logging

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gmm_dash.config import Config
from tests.serving import small_app
from tests.serving.small_app import body

UPDATE = "/_dash-update-component"
PIECE = "/pieces/one"
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["id", "property", "value", "output", "n", "kind"])
            | st.text(max_size=4),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)
NAMES = ("output", "outputs", "inputs", "state", "changedPropIds", "parsedChangedPropsIds")
OUTPUTS = ["sum.children", "..x.children...y.children..", "all.children", "z.children", "x"]


@pytest.fixture(scope="module")
def client():
    app, _ = small_app.build()
    return app.server.test_client()


@pytest.fixture
def refusals(caplog):
    caplog.set_level(logging.WARNING, logger="gmm_dash")
    return lambda: [record for record in caplog.records if record.name == "gmm_dash"]


def test_what_the_page_sends_is_answered(client):
    answer = client.post(UPDATE, json=body())
    assert answer.status_code == 200
    assert "1 and 2" in answer.get_data(as_text=True)


def test_every_kind_of_callback_is_answered(client):
    entry = {"id": {"kind": "in", "n": 1}, "property": "value", "value": 3}
    two = body(
        output="..x.children...y.children..",
        outputs=[{"id": "x", "property": "children"}, {"id": "y", "property": "children"}],
        state=[],
        changedPropIds=[],
    )
    one = body(
        output='{"kind":"out","n":["MATCH"]}.children',
        outputs={"id": {"kind": "out", "n": 1}, "property": "children"},
        inputs=[entry],
        state=[],
        changedPropIds=['{"kind":"in","n":1}.value'],
    )
    every = body(
        output="all.children",
        outputs={"id": "all", "property": "children"},
        inputs=[[entry, entry]],
        state=[],
        changedPropIds=['{"kind":"in","n":1}.value'],
    )
    for sent in (two, one, every):
        answer = client.post(UPDATE, json=sent)
        assert answer.status_code == 200, answer.get_data(as_text=True)


@pytest.mark.parametrize(
    "changes",
    [
        {"output": "other.children"},
        {"output": None},
        {"output": ["sum.children"]},
        {"outputs": None},
        {"outputs": {"id": "b", "property": "data"}},
        {"outputs": [{"id": "sum", "property": "children"}]},
        {"inputs": []},
        {"inputs": "a"},
        {"inputs": [{"id": "b", "property": "value", "value": 1}]},
        {"inputs": [{"id": {"n": 1}, "property": "value", "value": 1}]},
        {"inputs": [[]]},
        {"state": [{"id": "b", "property": "children"}]},
        {"state": {}},
        {"changedPropIds": [{}]},
        {"changedPropIds": "a.value"},
    ],
    ids=str,
)
def test_another_frame_is_refused_with_one_line(client, refusals, changes):
    answer = client.post(UPDATE, json=body(**changes))
    assert answer.status_code == 400
    assert answer.json["message"]
    assert [record.getMessage().split()[0] for record in refusals()] == ["event=callback_refused"]


@pytest.mark.parametrize(
    "data",
    [b"", b"{", b"null", b"[]", b"NaN", b"[" * 5000, b'"\\ud800"', b"\xff", b"1" * 5000],
    ids=lambda data: repr(data[:12]),
)
def test_what_is_not_a_callback_body_is_refused(client, data):
    assert client.post(UPDATE, data=data, content_type="application/json").status_code == 400


OUT = '{"kind":"out","n":["MATCH"]}.children'
MATCHED = {
    "output": OUT,
    "outputs": {"id": {"kind": "out", "n": 1}, "property": "children"},
    "inputs": [{"id": {"kind": "in", "n": 1}, "property": "value", "value": 3}],
    "state": [],
    "changedPropIds": ['{"kind":"in","n":1}.value'],
}


@pytest.mark.parametrize(
    "changes",
    [
        {"output": "z.children", "outputs": {"id": "z", "property": "children"}},
        {"outputs": {"id": {"kind": "other", "n": 1}, "property": "children"}},
        {"outputs": {"id": {"kind": "out", "n": [1]}, "property": "children"}},
        {"outputs": {"id": {"kind": "out"}, "property": "children"}},
        {"outputs": [{"id": {"kind": "out", "n": 1}, "property": "children"}]},
        {"inputs": [{"id": {"kind": "out", "n": 1}, "property": "value", "value": 3}]},
        {"inputs": [[{"id": {"kind": "in", "n": 1}, "property": "value", "value": 3}]]},
        {"changedPropIds": ['{"kind":"in","n":2}.value']},
        {"changedPropIds": ["{.value"]},
    ],
    ids=str,
)
def test_a_name_that_another_callback_has_is_refused_with_one_line(client, refusals, changes):
    assert client.post(UPDATE, json=MATCHED).status_code == 200
    answer = client.post(UPDATE, json=MATCHED | changes)
    assert answer.status_code == 400
    assert [record.getMessage().split()[0] for record in refusals()] == ["event=callback_refused"]


def test_deep_nesting_is_refused(client):
    deep = 0
    for _ in range(100):
        deep = [deep]
    assert client.post(UPDATE, json=body(a=deep)).status_code == 400
    assert client.post(PIECE, json={"work": deep}).status_code == 400


@pytest.mark.parametrize("data", [b"", b"null", b"[]", b"7", b'{"a":NaN}', b"[" * 5000])
def test_what_asks_for_a_piece_is_an_object(client, refusals, data):
    answer = client.post(PIECE, data=data, content_type="application/json")
    assert answer.status_code == 400
    assert answer.json["message"]
    assert [record.getMessage().split()[0] for record in refusals()] == ["event=callback_refused"]


def test_only_json_is_taken(client):
    """A form on another page cannot send JSON, so it cannot press our buttons."""
    for kind in ("text/plain", "application/x-www-form-urlencoded"):
        for address, sent in ((UPDATE, body()), (PIECE, {})):
            answer = client.post(address, data=json.dumps(sent), content_type=kind)
            assert answer.status_code == 415


def test_other_sites_cannot_send(client):
    for site, status in (("cross-site", 403), ("same-origin", 200), ("none", 200)):
        for address, sent in ((UPDATE, body()), (PIECE, {})):
            answer = client.post(address, json=sent, headers={"Sec-Fetch-Site": site})
            assert answer.status_code == status


def test_background_arguments_are_refused(client):
    assert client.post(f"{UPDATE}?cacheKey=1&job=2", json=body()).status_code == 400


def test_too_large_a_body_gets_a_sentence():
    app, calls = small_app.build(Config(store="/nonexistent", callback_bytes=100_000))
    for address, sent in ((UPDATE, body(a="x" * 300_000)), (PIECE, {"a": "x" * 300_000})):
        answer = app.server.test_client().post(address, json=sent)
        assert answer.status_code == 413
        assert "smaller file" in answer.json["message"]
    assert calls.sums == calls.pieces == 0


def test_a_failing_callback_is_one_line_without_data(client, refusals):
    app, calls = small_app.build()
    calls.fail = True
    answer = app.server.test_client().post(UPDATE, json=body())
    assert answer.status_code == 500
    assert "Traceback" not in answer.get_data(as_text=True)
    (record,) = refusals()
    assert 'error="RuntimeError"' in record.getMessage()
    assert "secret value" not in record.getMessage()
    assert record.exc_info is None


@pytest.mark.parametrize(
    "path",
    [
        *("/nothing", "/index.html", "/assets/none.js", "/assets/../app.py", "/static/x"),
        "/_dash-component-suites/dash/none.js",
        "/_dash-component-suites/os/path.py",
        "/_dash-component-suites/dash/../dash.py",
        "/_dash-component-suites/plotly/package_data/plotly.json",
    ],
)
def test_what_is_not_there_is_not_found(client, path):
    assert client.get(path).status_code == 404


@settings(deadline=None, max_examples=150)
@given(st.fixed_dictionaries({}, optional=dict.fromkeys(NAMES, JSON)), st.sampled_from(OUTPUTS))
def test_any_object_is_answered_or_refused(sent, output):
    app, _ = _shared()
    for body_ in (sent, {**sent, "output": output}, {**body(), **sent, "output": "sum.children"}):
        answer = app.post(UPDATE, data=json.dumps(body_), content_type="application/json")
        assert answer.status_code < 500


@settings(deadline=None, max_examples=100)
@given(st.binary(max_size=200))
def test_any_bytes_are_refused(data):
    app, _ = _shared()
    answer = app.post(UPDATE, data=data, content_type="application/json")
    assert 400 <= answer.status_code < 500


@settings(deadline=None, max_examples=150)
@given(
    st.sampled_from(["/", "/assets/", "/_dash-component-suites/", "/_dash-", "/healthz"]),
    st.text(max_size=40),
    st.sampled_from(["GET", "POST", "HEAD", "PUT", "OPTIONS", "DELETE"]),
)
def test_any_path_is_answered_or_refused(start, rest, method):
    app, _ = _shared()
    try:
        path = (start + rest).encode().decode("latin-1")
    except UnicodeEncodeError:
        return
    answer = app.open(path="/", environ_overrides={"PATH_INFO": path}, method=method)
    assert answer.status_code < 500


_BUILT = []


def _shared():
    if not _BUILT:
        app, calls = small_app.build()
        _BUILT.append((app.server.test_client(), calls))
    return _BUILT[0]
