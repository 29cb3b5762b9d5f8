"""Names of groups that are too long for a link: two workers on one store."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gmm_dash.config import Config
from gmm_dash.errors import LinkGoneError, StateError
from gmm_dash.factory import create_app, open_pipeline, open_store
from gmm_dash.files import folder
from gmm_dash.state import AppState, StoredNames, from_query, names_of, to_query
from gmm_dash.state.stored_names import AWAY, GONE

LONG = "тяжёлые, медленные и <b>старые</b>, 1970"  # escaped in a link each letter takes six


@pytest.fixture(scope="module")
def config(tmp_path_factory):
    return replace(Config(), store=str(tmp_path_factory.mktemp("store")), base_path="/gmm/")


@pytest.fixture(scope="module")
def workers(config):
    return [create_app(config).server.test_client() for _ in range(2)]


def name(client, names, number, text):
    answer = client.post("/gmm/names", json={"names": names, "number": number, "name": text})
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
    return answer.json


def test_names_go_from_the_link_to_the_store_and_back(workers, config):
    names, others = [], iter(range(100))
    for number in range(1, 6):
        names = name(workers[next(others) % 2], names, number, f"{LONG[:38]} {number}")["names"]
    assert len(names) == 1
    assert names[0].startswith("@")
    state = AppState().but(names=names, view="compare", data="blobs", k=5, n_init=1)
    assert from_query(to_query(state)) == (state, ())
    pipeline = open_pipeline(config, open_store(config))  # as after a restart
    assert names_of(state, pipeline.names) == (
        {number: f"{LONG[:38]} {number}" for number in range(1, 6)},
        "",
    )
    assert pipeline.compare.grouped(state).gmm.spoken[1] == f"2 “{LONG[:38]} 2”"
    assert pipeline.compare.profiles(state).gmm.names == pipeline.compare.grouped(state).gmm.names
    for number in range(1, 5):
        names = name(workers[0], names, number, "")["names"]
    assert names == [f"5:{LONG[:38]} 5"], "a link has room for it again"


def test_a_key_that_leads_nowhere_is_said_and_groups_have_numbers(workers, monkeypatch, config):
    state = AppState().but(names="@" + "A" * 16, k=2, n_init=1, view="compare")
    pipeline = open_pipeline(config, open_store(config))
    assert names_of(state, pipeline.names) == ({}, GONE)
    assert names_of(state, None) == ({}, GONE)
    assert pipeline.compare.grouped(state).gmm.spoken == ("1", "2")
    assert name(workers[0], ["@" + "A" * 16], 2, "new")["names"] == ["2:new"]

    def fail(*_):
        raise OSError("away")

    monkeypatch.setattr(folder.Folder, "modified", fail)
    assert names_of(state, pipeline.names) == ({}, AWAY)


@pytest.mark.parametrize(
    ("number", "text"), [(0, "a"), (31, "a"), (1, "x" * 41), (1, "a\nb"), ("1", "a"), (1, None)]
)
def test_what_cannot_be_a_name_is_refused_in_words(workers, number, text):
    assert "name" in name(workers[0], [], number, text)["message"]


def test_the_store_is_bounded_and_expires(tmp_path):
    now = [1e9]
    stored = StoredNames(str(tmp_path), b"s" * 32, 3_000, 100, clock=lambda: now[0])
    long = dict.fromkeys(range(1, 31), LONG[:40])
    (first,) = stored.setting(long)
    assert stored.get(first) == tuple(f"{number}:{text}" for number, text in long.items())
    now[0] += 90
    stored.touch(first)
    now[0] += 90
    assert stored.get(first), "used, so kept"
    with pytest.raises(StateError):
        stored.setting(long | {31: "one too many"})
    stored.setting(long | {30: "another"})
    with pytest.raises(LinkGoneError):
        stored.get(first)  # there was no room for both
    now[0] += 101
    with pytest.raises(LinkGoneError):
        stored.get(first)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.recursive(st.none() | st.text(max_size=9) | st.integers(), st.lists, max_leaves=4))
def test_anything_else_is_answered_in_words(workers, payload):
    answer = workers[0].post("/gmm/names", json={"names": payload, "number": 1, "name": "a"})
    assert answer.status_code in (200, 429)
    assert {"names", "message"} & set(answer.json)
