"""A class that asks the same question is answered once, with the same bytes."""

import gzip
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import brotli
import pytest

from gmm_dash.config import Config
from gmm_dash.serving.admission import Admission, Lane, lanes
from gmm_dash.serving.answers import key_of
from tests.serving import small_app
from tests.serving.small_app import body

UPDATE = "/_dash-update-component"


@pytest.fixture
def asked():
    app, calls = small_app.build()

    def ask(sent, **headers):
        return app.server.test_client().post(UPDATE, json=sent, headers=headers)

    return ask, calls


def test_equal_requests_are_computed_once(asked):
    ask, calls = asked
    first, second = ask(body()), ask(body())
    assert first.data == second.data
    assert first.content_type == second.content_type
    assert calls.sums == 1


@pytest.mark.parametrize("changes", [{"a": 2}, {"b": "2"}, {"changedPropIds": []}], ids=str)
def test_what_a_callback_sees_makes_another_request(asked, changes):
    ask, calls = asked
    ask(body())
    ask(body(**changes))
    assert calls.sums == 2


def test_the_order_of_names_in_an_object_does_not_matter():
    assert key_of(body(a={"p": 1, "q": 2})) == key_of(body(a={"q": 2, "p": 1}))
    assert key_of(body(a=[1, 2])) != key_of(body(a=[2, 1]))
    assert key_of(body(a=1)) != key_of(body(a=1.0))
    assert key_of(body(a="1")) != key_of(body(a=1))


@pytest.mark.parametrize(
    ("encoding", "decode"), [("br", brotli.decompress), ("gzip", gzip.decompress)]
)
def test_an_answer_comes_in_the_encoding_that_is_asked_for(asked, encoding, decode):
    ask, calls = asked
    plain = ask(body())
    assert "Content-Encoding" not in plain.headers
    for _ in range(2):
        packed = ask(body(), **{"Accept-Encoding": encoding})
        assert packed.headers["Content-Encoding"] == encoding
        assert "Accept-Encoding" in packed.vary
        assert decode(packed.data) == plain.data
    assert calls.sums == 1


def test_a_kept_answer_is_not_compressed_again(asked, monkeypatch):
    ask, _ = asked
    first = ask(body(), **{"Accept-Encoding": "br"})
    monkeypatch.setattr("gmm_dash.serving.answers.brotli.compress", None)
    assert ask(body(), **{"Accept-Encoding": "br"}).data == first.data


def test_a_failure_is_not_kept(asked):
    ask, calls = asked
    calls.fail = True
    assert ask(body()).status_code == 500
    calls.fail = False
    assert ask(body()).status_code == 200


def test_a_private_answer_is_not_kept(asked):
    ask, calls = asked
    calls.private = True
    ask(body())
    ask(body())
    assert calls.sums == 2


def test_an_answer_that_sets_more_than_its_outputs_is_not_kept(asked):
    """That is how a refusal is shown; the next request may well succeed."""
    ask, calls = asked
    calls.notice = True
    assert "sideUpdate" in ask(body()).json
    calls.notice = False
    assert "sideUpdate" not in ask(body()).json
    assert calls.sums == 2


def test_other_callbacks_are_always_computed():
    app, calls = small_app.build(cacheable=lambda output: output == "another.children")
    for _ in range(2):
        app.server.test_client().post(UPDATE, json=body())
    assert calls.sums == 2


def test_no_memory_no_kept_answer():
    app, calls = small_app.build(Config(store="/nonexistent", cache_bytes=0))
    for _ in range(2):
        app.server.test_client().post(UPDATE, json=body())
    assert calls.sums == 2


def test_a_piece_of_long_work_is_computed_once_for_each_address_and_body():
    app, calls = small_app.build()
    client = app.server.test_client()
    first = client.post("/pieces/one", json={"piece": 1, "work": {"p": 1, "q": 2}})
    again = client.post("/pieces/one", json={"work": {"q": 2, "p": 1}, "piece": 1})
    assert first.data == again.data
    assert calls.pieces == 1
    others = [
        client.post("/pieces/two", json={"piece": 1, "work": {"p": 1, "q": 2}}),
        client.post("/pieces/one", json={"piece": 2, "work": {"p": 1, "q": 2}}),
    ]
    assert len({first.data, *(other.data for other in others)}) == 3
    calls.private = True
    for _ in range(2):
        assert client.post("/pieces/one", json={"piece": 3}).cache_control.no_store
    assert calls.pieces == 5, "one that is not to be kept is computed anew"


def test_pieces_queue_in_a_lane_of_their_own():
    """However many wait for pieces, a click has its turn, and who waits is told."""
    kinds = {name: Lane(slots=1, seats=0, seconds=0.1) for name in ("clicks", "pieces")}
    app, calls = small_app.build(admission=Admission(kinds))
    client = app.server.test_client
    calls.slow = Event()
    with ThreadPoolExecutor(1) as pool:
        inside = pool.submit(client().post, "/pieces/one", json={"piece": 0})
        while calls.pieces == 0:
            pass
        told = client().post("/pieces/one", json={"piece": 1})
        assert (told.status_code, told.json["ahead"]) == (503, 1)
        calls.slow.set()
        assert client().post(UPDATE, json=body()).status_code == 200
        assert inside.result(10).status_code == 200


def test_live_pictures_never_wait_and_hold_up_nobody():
    app, calls = small_app.build()
    client = app.server.test_client
    calls.slow = Event()
    with ThreadPoolExecutor(1) as pool:
        inside = pool.submit(client().post, "/live/one", json={"k": 0})
        while calls.pieces == 0:
            pass
        for same in (0, 1):
            told = client().post("/live/one", json={"k": same}, headers={"Accept-Encoding": "br"})
            assert (told.status_code, told.data) == (204, b"")
            assert "Content-Encoding" not in told.headers
        calls.slow.set()
        assert client().post(UPDATE, json=body()).status_code == 200
        assert client().post("/pieces/one", json={"piece": 1}).status_code == 200
        assert inside.result(10).status_code == 200
    assert client().post("/live/one", json={"k": 0}).data == inside.result().data
    assert client().post("/live/one", json={"k": 1}).status_code == 200
    assert calls.pieces == 3, "the first is remembered"


def test_live_pictures_give_way_to_settled_answers():
    """While clicks have to queue, only what is remembered is shown under a hand."""
    app, calls = small_app.build()
    client = app.server.test_client
    assert client().post("/live/one", json={"k": 0}).status_code == 200
    clicks = lanes()["clicks"].slots
    calls.slow = Event()
    with ThreadPoolExecutor(clicks + 1) as pool:
        inside = [pool.submit(client().post, UPDATE, json=body(a)) for a in range(clicks + 1)]
        while calls.sums < clicks:
            pass
        assert client().post("/live/one", json={"k": 1}).status_code == 204
        assert client().post("/live/one", json={"k": 0}).status_code == 200
        calls.slow.set()
        assert {one.result(10).status_code for one in inside} == {200}
    assert client().post("/live/one", json={"k": 1}).status_code == 200


def _together(ask, calls, count):
    """Send ``count`` equal requests while the first is held back, then let it go."""
    calls.slow = Event()
    with ThreadPoolExecutor(count) as pool:
        asked = [pool.submit(ask, body()) for _ in range(count)]
        while calls.sums == 0:
            pass
        calls.slow.set()
        return [one.result(10) for one in asked]


def test_simultaneous_requests_are_computed_once(asked):
    ask, calls = asked
    answers = _together(ask, calls, 8)
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.data for answer in answers}) == 1
    assert calls.sums == 1


def test_followers_of_a_failed_request_compute_for_themselves(asked):
    ask, calls = asked
    calls.fail = True
    answers = _together(ask, calls, 4)
    assert {answer.status_code for answer in answers} == {500}
    assert calls.sums == 4
    calls.fail = False
    assert ask(body()).status_code == 200


@pytest.mark.parametrize("private", [False, True], ids=["", "stopped at the limit on time"])
def test_a_refusal_is_shared_with_those_who_asked_at_the_same_moment(asked, private):
    """Ten equal requests that are too much are found so once; a later one may succeed."""
    ask, calls = asked
    calls.notice, calls.private = True, private
    answers = _together(ask, calls, 8)
    assert all("sideUpdate" in answer.json for answer in answers)
    assert calls.sums == 1
    calls.notice = False
    assert "sideUpdate" not in ask(body()).json


def test_an_answer_that_takes_longer_than_anybody_waits_is_not_begun_twice(monkeypatch):
    monkeypatch.setattr("gmm_dash.serving.admission.PATIENCE", 0.05)
    app, calls = small_app.build()
    calls.slow = Event()

    def ask():
        return app.server.test_client().post(UPDATE, json=body())

    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(ask)
        while calls.sums == 0:
            pass
        for _ in range(3):
            told = ask()
            assert (told.status_code, told.headers["Retry-After"]) == (503, "1")
        calls.slow.set()
        assert first.result(10).status_code == 200
    assert ask().status_code == 200
    assert calls.sums == 1


def test_remembered_answers_are_given_while_others_queue():
    """However long the queue, what was computed once costs no turn in it."""
    kinds = {"clicks": Lane(slots=1, seats=1, seconds=0.1)}
    admission = Admission(kinds, followers=1)
    app, calls = small_app.build(admission=admission)

    def ask(number):
        return app.server.test_client().post(UPDATE, json=body(a=number))

    assert ask(0).status_code == 200
    calls.slow = Event()
    with ThreadPoolExecutor(2) as pool:
        inside = [pool.submit(ask, number) for number in (1, 2)]  # one works, one has the seat
        while calls.sums < 2 or not admission._queues["clicks"].line:
            pass
        told = ask(3)
        assert told.status_code == 503
        assert told.json["ahead"] >= 1
        assert told.json["message"]
        assert int(told.headers["Retry-After"]) >= 1
        assert ask(0).status_code == 200
        calls.slow.set()
        assert [one.result(10).status_code for one in inside] == [200, 200]
    assert ask(3).status_code == 200
