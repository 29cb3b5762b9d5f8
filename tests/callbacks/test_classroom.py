"""The class board as browsers reach it: two workers behind one address."""

import json
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sklearn.cluster import KMeans

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
    points, steps = pipeline.points(state.data), pipeline.steps(state)
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

    def refuse(*_):
        raise OSError("full")

    with monkeypatch.context() as patch:
        patch.setattr(folder, "_write_local", refuse)
        answer = workers[0].post("/class/show", json={**teacher, "link": "?k=2"})
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "2"
    answer = workers[0].post("/class/show", json={**teacher, "link": "?k=2"})
    assert answer.json["link"] == "?k=2"


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
