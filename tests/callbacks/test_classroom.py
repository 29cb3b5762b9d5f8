"""The class board as browsers reach it: two workers behind one address."""

import json
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sklearn.cluster import KMeans

from gmm_dash.callbacks import classroom
from gmm_dash.config import Config
from gmm_dash.contract import addresses
from gmm_dash.factory import create_app, open_pipeline, open_store
from gmm_dash.files import folder
from gmm_dash.rooms import room
from gmm_dash.state import from_query
from tests.rooms.test_rooms import JSON

PASSWORD = "correct horse"
ASK = {"kind": "number", "prompt": "Which K?", "x": [1, 9], "whole": True, "why": "It is 4."}


@pytest.fixture(scope="module")
def config(tmp_path_factory):
    store = str(tmp_path_factory.mktemp("store"))
    return replace(Config(), store=store, class_password=PASSWORD, class_size=4)


@pytest.fixture(scope="module")
def workers(config):
    return [create_app(config).server.test_client() for _ in range(2)]


@pytest.fixture
def do(workers, monkeypatch):
    """Return a function that asks one worker after the other."""
    monkeypatch.setattr(room, "FRESH", 0.0)
    turn = iter(range(10_000))

    def act(name, **said):
        answer = workers[next(turn) % 2].post(f"/class/{name}", json=said)
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "no-store"
        return answer.json

    return act


@pytest.fixture
def lesson(do):
    """Return a class that is open, and somebody in it: two sets of keys."""
    opened = do("open", password=PASSWORD)
    pupil = do("join", code=f" {opened['code'].lower()}")
    return {name: opened[name] for name in ("key", "token")}, pupil, opened["code"]


def _look(worker, key, after=""):
    return worker.get(f"/class/{addresses.ROOM}/{key}?after={after}")


def test_ten_minutes_with_a_class(do, lesson, workers):
    teacher, pupil, _ = lesson
    do("here", **pupil, follows=True)
    assert do("show", **teacher, link="?data=moons&k=3")["following"] == 1
    seen = _look(workers[0], teacher["key"])
    assert seen.headers["Cache-Control"] == "public, max-age=1"
    assert seen.json["link"] == "?data=moons&k=3"
    version = seen.json["version"]
    url = f"/class/{addresses.ROOM}/{teacher['key']}?after={version}"
    same = workers[1].get(url, headers={"Accept-Encoding": "br"})
    assert not {"Content-Encoding", "Content-Type"} & set(same.headers.keys())
    assert (same.status_code, same.data) == (204, b"")
    assert same.headers["Cache-Control"] == "public, max-age=1"
    assert same.headers["X-Content-Type-Options"] == "nosniff"
    assert workers[1].get(f"{url}&x=1").headers["Cache-Control"] == "public, max-age=1"  # at length
    asked = do("ask", **teacher, question=ASK)["asked"]
    question = _look(workers[0], teacher["key"], seen.json["version"]).json
    assert question["question"]["prompt"] == "Which K?"
    assert "It is 4." not in json.dumps(question)
    assert do("answer", **pupil, asked=asked, answer=3) == {}
    assert do("answer", **pupil, asked=asked, answer=4) == {}
    assert do("desk", **teacher)["tally"] == {"n": 1, "values": [[4.0, 1]]}
    assert _look(workers[1], teacher["key"]).json["tally"] is None
    do("reveal", **teacher)
    do("explain", **teacher)
    shown = _look(workers[0], teacher["key"]).json
    assert (shown["tally"]["values"], shown["why"]) == ([[4.0, 1]], "It is 4.")
    do("here", **pupil, follows=False)
    assert do("done", **teacher)["following"] == 0
    do("close", **teacher)
    assert _look(workers[1], teacher["key"]).json["closed"] is True
    assert do("answer", **pupil, asked=asked, answer=4)["over"] is True


def test_the_question_of_a_lesson_is_explained_from_its_result(do, lesson):
    teacher, *_ = lesson
    desk = do("ask", **teacher, question={"lesson": "corners", "part": 0})
    assert len(desk["question"]["options"]) == 3
    do("reveal", **teacher)
    assert "They stay where they are" in do("explain", **teacher)["why"]


def test_the_starts_of_a_class_are_run_here(do, lesson, config):
    teacher, pupil, code = lesson
    link = "?data=moons&k=3&view=compare&seed=4"
    asked = do("ask", **teacher, question={"kind": "start", "prompt": "Go", "link": link})["asked"]
    other = do("join", code=code)

    def start(who, query):
        return do("answer", **who, asked=asked, answer=query)

    ends = start(pupil, "?data=moons&k=3&start=random&seed=9&n=9999")["ends"]
    pipeline = open_pipeline(config, open_store(config))
    state, _ = from_query("?data=moons&k=3&start=random&seed=9")
    points, steps = pipeline.points(state.data), pipeline.steps.runs(state)
    oracle = KMeans(3, init="random", n_init=1, random_state=9).fit(points.fitted)
    seen = steps.on.log_likelihood if steps.on else steps.gmm.log_likelihood[-1]
    assert ends == pytest.approx([oracle.inertia_, seen], rel=1e-9)
    assert "something else" in start(other, "?data=blobs&k=3&start=own&centres=0,0")["message"]
    assert "not one of those" in start(other, "?seed=many")["message"]
    assert "not one of those" in start(other, ["?seed=1", False, 0.0, 9.0])["message"]
    centres = "0,0,1,1,2,0"
    assert len(start(other, f"?data=moons&k=3&start=own&centres={centres}")["ends"]) == 2
    tally = do("desk", **teacher)["tally"]
    assert (tally["n"], sorted(own for _, own in tally["kmeans"])) == (2, [0, 1])
    best = from_query(tally["best"]["kmeans"])[0]
    assert (best.data.dataset, best.model.k, best.view.view) == ("moons", 3, "steps")
    for link, words in (("?k=many", "cannot be read"), ("?data=digits&k=30&tol=0", "the limit is")):
        said = do("ask", **teacher, question={"kind": "start", "prompt": "Go", "link": link})
        assert words in said["message"]


BAD = {
    "password": ("open", {"password": "correct horsf"}, "not the password"),
    "no password": ("open", {}, "not the password"),
    "code": ("join", {"code": "BBBBBB"}, "No class has this code."),
    "no code": ("join", {"code": ["B"]}, "No class has this code."),
    "key": ("here", {"key": "A" * 32, "token": "x"}, "This class is over."),
    "member": ("here", {"token": "A" * 48}, "not joined"),
    "teacher": ("show", {"token": "A" * 48, "link": "?k=2"}, "this class's teacher"),
    "state": ("show", {"link": "?k=many"}, "This state cannot be read."),
    "no state": ("show", {"link": 7}, "This state cannot be read."),
    "question": ("ask", {"question": {"kind": "choice"}}, "no question"),
    "lesson": ("ask", {"question": {"lesson": "x", "part": 0}}, "no such lesson"),
    "step": ("ask", {"question": {"lesson": "corners", "part": 99}}, "no such step"),
    "no question": ("reveal", {}, "No question is open."),
    "picture": ("qr", {"link": "data:x"}, "cannot be made into a picture"),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_input_is_one_sentence(do, lesson, case):
    teacher, *_ = lesson
    act, said, words = BAD[case]
    assert words in do(act, **(teacher | said))["message"]


def test_an_answer_outside_the_question_and_a_full_room(do, lesson):
    teacher, pupil, code = lesson
    asked = do("ask", **teacher, question=ASK)["asked"]
    for answer in (0, 10, 2.5, "3", None, [1, 2], True):
        said = do("answer", **pupil, asked=asked, answer=answer)["message"]
        assert said.endswith("Give a whole number from 1 to 9.")
    assert "no longer open" in do("answer", **pupil, asked="other", answer=3)["message"]
    for _ in range(3):
        assert do("join", code=code)["key"] == teacher["key"]
    assert do("join", code=code)["message"] == "This class is full: 4 have joined."


def test_wrong_codes_are_limited_right_ones_are_not(do, config):
    client = create_app(config).server.test_client()
    code = do("open", password=PASSWORD)["code"]

    def join(said, address="10.0.0.1"):
        answer = client.post(
            "/class/join", json={"code": said}, environ_base={"REMOTE_ADDR": address}
        )
        return answer.json.get("message", "in")

    assert [join(code) for _ in range(3)] == ["in"] * 3
    said = [join("BBBBBB") for _ in range(25)]
    assert (said[19], said[20]) == (
        said[0],
        "There were too many wrong tries. Try again in a minute.",
    )
    assert join(code).startswith("There were too many"), "else it would tell which one is right"
    assert join(code, "10.0.0.2") == "in"


def test_a_store_that_takes_nothing_is_tried_again(lesson, workers, monkeypatch):
    teacher, *_ = lesson

    with monkeypatch.context() as patch:
        patch.setattr(folder, "_write_local", _refuse)
        answer = workers[0].post("/class/show", json={**teacher, "link": "?k=2"})
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "2"
    answer = workers[0].post("/class/show", json={**teacher, "link": "?k=2"})
    assert answer.json["link"] == "?k=2"


def _refuse(*_, **__):
    raise OSError("full")


def _files(config, kind="*"):
    return [path for path in (Path(config.store) / "rooms").rglob(kind) if path.is_file()]


def test_a_full_store_loses_no_answer_and_nobody_who_has_joined(lesson, do, workers, monkeypatch):
    teacher, pupil, code = lesson
    asked = do("ask", **teacher, question=ASK)["asked"]
    answer = {**pupil, "asked": asked, "answer": 3}
    do("answer", **answer)
    tried = {
        "open": {"password": PASSWORD},
        "join": {"code": code},
        "answer": answer | {"answer": 5},
        "here": {**pupil, "follows": True},
        "reveal": teacher,
        "close": teacher,
    }
    with monkeypatch.context() as patch:
        patch.setattr(folder, "_write_local", _refuse)
        for act, said in tried.items():
            refused = workers[0].post(f"/class/{act}", json=said)
            assert refused.status_code == 503, act
            assert refused.json["message"] == "The class cannot be reached right now.", act
            assert refused.headers["Retry-After"] == "2", act
    desk = do("desk", **teacher)
    assert (desk["tally"], desk["joined"]) == ({"n": 1, "values": [[3.0, 1]]}, 1)
    assert do("answer", **answer | {"answer": 5}) == {}
    assert do("reveal", **teacher)["tally"]["values"] == [[5.0, 1]]


def test_a_store_out_of_reach_leaves_those_who_follow_what_they_saw(lesson, do, config, workers):
    teacher, pupil, _ = lesson
    do("show", **teacher, link="?k=2")
    seen = [_look(worker, teacher["key"]).json for worker in workers]
    cold = create_app(config).server.test_client()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(room, "FRESH", 0.0)
        patch.setattr(folder, "_local_entries", _refuse)
        patch.setattr(folder.Folder, "read", _refuse)
        assert [_look(worker, teacher["key"]).json for worker in workers] == seen
        known = _look(workers[0], teacher["key"], seen[0]["version"])
        assert known.status_code == 204
        for refused in (_look(cold, teacher["key"]), cold.post("/class/here", json=pupil)):
            assert refused.status_code == 503
            assert refused.json["message"] == "The class cannot be reached right now."
    assert _look(cold, teacher["key"]).json["link"] == "?k=2"


def test_a_slow_store_holds_up_one_who_looks_and_nobody_else(lesson, do, config, monkeypatch):
    teacher, *_ = lesson
    do("show", **teacher, link="?k=2")
    server = create_app(config).server
    seen = _look(server.test_client(), teacher["key"]).json
    came, goes_on, found = threading.Event(), threading.Event(), []
    listed = folder._local_entries

    def slowly(*of):
        if threading.current_thread() is one:
            came.set()
            goes_on.wait()
        return listed(*of)

    one = threading.Thread(
        target=lambda: found.append(_look(server.test_client(), teacher["key"]).json)
    )
    monkeypatch.setattr(folder, "_local_entries", slowly)
    one.start()
    assert came.wait(60)
    do("show", **teacher, link="?k=5")  # by another worker
    assert _look(server.test_client(), teacher["key"]).json == seen
    assert _look(server.test_client(), teacher["key"], seen["version"]).status_code == 204
    goes_on.set()
    one.join()
    assert found[0]["link"] == "?k=5"


def test_a_flood_of_answers_is_bounded_and_reaches_nobody_else(do, config, lesson):
    teacher, pupil, code = lesson
    client = create_app(config).server.test_client()
    other = do("join", code=code)
    asked = do("ask", **teacher, question=ASK)["asked"]

    def answer(who, value, asked=asked):
        body = {**who, "asked": asked, "answer": value}
        return client.post("/class/answer", json=body).json.get("message", "taken")

    said = [answer(pupil, 1 + turn % 9) for turn in range(50)]
    assert said[:20] == ["taken"] * 20
    too_many = f"{classroom.TOO_MANY} Try again in a minute."
    assert set(said[20:]) == {too_many}
    assert answer(pupil, [0] * 9_000) == too_many, "before anything is looked at, or computed"
    assert answer(other, 7) == "taken"
    assert do("desk", **teacher)["tally"]["values"] == [[2.0, 1], [7.0, 1]], "the last one taken"
    signs = [client.post("/class/here", json={**other, "follows": True}).json for _ in range(70)]
    assert [said == {} for said in signs] == [True] * 60 + [False] * 10
    assert len(_files(config, f"answers-{asked}/*")) == 2

    large = client.post("/class/answer", json={**other, "answer": "7" * 3_000_000})
    assert large.status_code == 413
    before = _files(config)
    forged = {"key": teacher["key"], "token": "A" * 48}
    assert {answer(forged, 3) for _ in range(30)} == {
        "You have not joined this class. Join it with its code."
    }
    assert _files(config) == before, "whoever has no token writes nothing"


def test_two_teachers_at_once_and_one_in_two_windows(do, workers):
    rooms = {}
    for name in ("canary", "magpie"):
        opened = do("open", password=PASSWORD)
        teacher = {part: opened[part] for part in ("key", "token")}
        rooms[name] = (teacher, do("join", code=opened["code"]))
        do("show", **teacher, link=f"?names=1:{name}")
        do("ask", **teacher, question=ASK | {"prompt": f"{name}?", "why": name, "x": [1, 99]})
    for name, other in (("canary", "magpie"), ("magpie", "canary")):
        (teacher, pupil), (theirs, stranger) = rooms[name], rooms[other]
        asked = do("desk", **teacher)["asked"]
        assert do("answer", **pupil, asked=asked, answer=len(name)) == {}
        assert "not joined" in do("answer", **stranger | {"key": teacher["key"]})["message"]
        mixed = theirs | {"key": teacher["key"]}
        for act in ("desk", "show", "ask", "reveal", "explain", "done", "close", "qr"):
            said = do(act, **mixed, link="?k=2", question=ASK)
            assert said == {
                "message": "This is not the link of this class's teacher.",
                "over": False,
            }
    for name, other in (("canary", "magpie"), ("magpie", "canary")):
        teacher, _ = rooms[name]
        do("reveal", **teacher)  # in one window; in another, which has not heard of it, again
        do("reveal", **teacher)
        do("explain", **teacher)
        polls = [_look(worker, teacher["key"]) for worker in workers]
        said = json.dumps([do("desk", **teacher), *(poll.json for poll in polls)])
        assert name in said
        assert other not in said
        assert polls[0].json["tally"] == {"n": 1, "values": [[6.0, 1]]}


def test_a_class_that_ends_in_the_middle_says_so_to_all(do, lesson, workers, monkeypatch):
    teacher, pupil, code = lesson
    do("show", **teacher, link="?k=2")
    asked = do("ask", **teacher, question=ASK)["asked"]
    version = _look(workers[0], teacher["key"]).json["version"]
    monkeypatch.setattr(room.Room, "expired", property(lambda _: True))
    over = {"message": "This class is over.", "over": True}
    assert _look(workers[0], teacher["key"], version).json == over
    assert do("answer", **pupil, asked=asked, answer=3) == over
    assert do("here", **pupil, follows=True) == over
    assert do("desk", **teacher) == do("show", **teacher, link="?k=3") == over
    assert do("join", code=code) == over


def test_a_poll_that_brings_nothing_has_a_name_and_is_counted(do, lesson, config):
    teacher, *_ = lesson
    counting = replace(config, metrics=True, trusted_proxies=1)
    client = create_app(counting).server.test_client()
    version = _look(client, teacher["key"]).json["version"]
    url = f"/class/{addresses.ROOM}/{teacher['key']}?after={version}"
    names = [client.get(url).headers["X-Request-ID"] for _ in range(3)]
    assert len({*names}) == 3
    given = "0123456789abcdef-from-nginx"
    assert client.get(url, headers={"X-Request-ID": given}).headers["X-Request-ID"] == given
    forged = client.get(url, headers={"X-Request-ID": "12345678 level=critical"})
    assert len(forged.headers["X-Request-ID"]) == 16
    text = client.get("/metrics").get_data(as_text=True)
    assert 'gmm_dash_request_seconds_count{route="class",status="2xx"} 6.0' in text
    assert teacher["key"] not in text


def test_the_guard_stands_before_it(workers):
    site = {"Sec-Fetch-Site": "cross-site"}
    assert workers[0].post("/class/open", json={}, headers=site).status_code == 403
    assert workers[0].post("/class/open", json=[1]).status_code == 400
    assert workers[0].post("/class/other", json={}).status_code == 404
    assert workers[0].get("/class/open").status_code in {404, 405}
    answer = workers[0].post("/class/open", json={})
    assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
    assert "Set-Cookie" not in answer.headers


def test_without_a_password_there_is_no_board(pipeline_app):
    client = pipeline_app
    assert client.post("/class/open", json={"password": ""}).status_code in {404, 405}
    assert client.get("/class/room/" + "A" * 32).status_code == 404


@pytest.fixture
def pipeline_app(tmp_path):
    return create_app(replace(Config(), store=str(tmp_path))).server.test_client()


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    act=st.sampled_from(["here", "answer", "desk", "show", "ask", "qr", "join"]),
    said=st.dictionaries(
        st.sampled_from(["link", "question", "asked", "answer", "follows", "mark", "code"]), JSON
    ),
)
def test_any_payload_gets_an_answer(workers, lesson, act, said):
    teacher, pupil, _ = lesson
    who = pupil if act in {"here", "answer"} else teacher
    answer = workers[0].post(
        f"/class/{act}", data=json.dumps(said | who), content_type="application/json"
    )
    assert answer.status_code in {200, 400}, "what is no JSON, such as NaN, is refused as that"
