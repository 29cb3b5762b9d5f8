"""Rooms in a store that several processes share, that fails, and that others write into."""

import json
import math
import uuid
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st

from gmm_dash.errors import RoomError
from gmm_dash.files import folder
from gmm_dash.rooms import Question, Rooms, Tries, WrongCodeError, log, qr, room
from gmm_dash.rooms.rooms import HOURS, KEPT_AFTER
from gmm_dash.rooms.signing import LETTERS, new_code, read_code

SECRET = b"a secret of all workers together"
CHOICE = Question("choice", "Which?", ("left", "right"), why="Because.")
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=7) | st.dictionaries(st.text(max_size=6), inner),
    max_leaves=12,
)


class Clock:
    def __init__(self):
        self.now = 1_800_000_000.0

    def __call__(self):
        return self.now


@pytest.fixture(params=["folder", "memory"])
def workers(request, tmp_path, monkeypatch):
    """Return two processes' views of one store, local or remote, and their clock."""
    monkeypatch.setattr(room, "FRESH", 0.0)
    clock = Clock()
    url = str(tmp_path / "tables") if request.param == "folder" else f"memory://{uuid.uuid4()}"
    return *(Rooms(url, SECRET, 30, clock=clock) for _ in range(2)), clock


def _pupils(rooms, code, count):
    return [rooms.member(*rooms.enter(code))[1] for _ in range(count)]


def test_what_one_worker_takes_the_other_shows(workers):
    one, two, _ = workers
    code, key, token = one.open()
    members = _pupils(two, code, 3)
    one.taught(key, token).show("?data=moons")
    two.taught(key, token).show("?data=iris")
    one.taught(key, token).ask(CHOICE)
    board = two.room(key).board()
    assert (board.link, board.question) == ("?data=iris", CHOICE)
    for rooms, member, choice in zip((one, two, two), members, (0, 1, 1), strict=True):
        rooms.room(key).answer(member, board.asked, choice)
    assert one.room(key).desk()["tally"] == {"n": 3, "counts": [1, 2]}
    assert two.room(key).board(now=True).tally is None, "only the teacher sees it until it is shown"
    two.taught(key, token).reveal()
    seen = one.room(key).board(now=True)
    assert (seen.tally, seen.why) == ({"n": 3, "counts": [1, 2]}, "")
    with pytest.raises(RoomError, match="no longer open"):
        one.room(key).answer(members[0], board.asked, 1)
    one.taught(key, token).explain()
    assert two.room(key).board(now=True).why == "Because."
    one.taught(key, token).done()
    assert two.room(key).board(now=True).question is None


def test_many_answers_at_once_over_two_workers_are_all_counted(workers):
    one, two, _ = workers
    code, key, token = one.open()
    members = _pupils(one, code, 30)
    one.taught(key, token).ask(CHOICE)
    asked = one.room(key).board().asked

    def send(job):
        rooms, member, choice = job
        rooms.room(key).answer(member, asked, choice)

    jobs = [((one, two)[i % 2], member, i % 3 % 2) for i, member in enumerate(members)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(send, jobs + jobs))  # a request that was sent twice is one answer
    assert two.taught(key, token).desk()["tally"] == {"n": 30, "counts": [20, 10]}


def test_an_act_that_arrives_twice_is_done_once_and_a_late_clock_hides_nothing(workers):
    one, two, clock = workers
    _, key, token = one.open()
    for _ in range(2):
        one.taught(key, token).ask(CHOICE, "0123abcd")
    first = one.room(key).board().version
    clock.now -= 30  # another server's clock
    two.taught(key, token).show("?k=2")
    later = two.room(key).board(now=True)
    assert later.version > first
    assert (later.question, later.link) == (CHOICE, "?k=2")
    assert first.endswith(".00001")


def test_what_a_class_has_been_shown_does_not_change_when_two_windows_show_it(workers):
    one, two, _ = workers
    code, key, token = one.open()
    (member,) = _pupils(one, code, 1)
    one.taught(key, token).ask(CHOICE)
    asked = two.taught(key, token).board().asked
    one.taught(key, token).reveal()
    one.room(key)._answers_to(asked).put(member, 1)  # of a worker that has not seen it yet
    tally = {"n": 1, "counts": [0, 1]}
    two.room(key)._log.add(log.REVEAL, {"asked": asked, "tally": tally})  # it had begun before
    for rooms in (one, two):
        assert rooms.room(key).board(now=True).tally == {"n": 0, "counts": [0, 0]}


def test_a_room_ends_and_is_swept_away(workers):
    one, two, clock = workers
    code, key, token = one.open()
    two.room(key).board()
    clock.now += 3_600 * HOURS
    for attempt in (lambda: two.room(key), lambda: one.enter(code), lambda: one.taught(key, token)):
        with pytest.raises(RoomError) as said:
            attempt()
        assert said.value.over
    clock.now += KEPT_AFTER + 1
    assert one.sweep() == 1
    with pytest.raises(WrongCodeError):
        Rooms(one._url.removesuffix("/rooms"), SECRET, 30, clock=clock).enter(code)


def test_a_room_is_full_and_another_is_not(workers):
    one, _, _ = workers
    small = Rooms(one._url.removesuffix("/rooms"), SECRET, 2, clock=one._clock)
    code, *_ = small.open()
    _pupils(one, code, 2)
    with pytest.raises(RoomError, match="full: 2 have joined"):
        one.enter(code)
    _pupils(one, one.open()[0], 3)


def test_nothing_of_one_room_reaches_another(workers):
    one, two, _ = workers
    (code, key, token), (other, key2, token2) = one.open(), one.open()
    member, stranger = one.enter(code)[1], one.enter(other)[1]
    one.taught(key, token).show("?data=canary")
    one.taught(key, token).ask(Question("choice", "canary?", ("canary", "bird"), why="canary"))
    asked = one.room(key).board().asked
    room, name = one.member(key, member)
    room.answer(name, asked, 0)
    room.sign(name, follows=True)
    for rooms in (one, two):
        with pytest.raises(RoomError, match="not joined"):
            rooms.member(key, stranger)
        with pytest.raises(RoomError, match="teacher"):
            rooms.taught(key2, token)
        with pytest.raises(RoomError, match="teacher"):
            rooms.taught(key, member)
        desk = rooms.taught(key2, token2).desk()
        assert "canary" not in json.dumps(desk)
        assert (desk["following"], desk["tally"], desk["joined"]) == (0, None, 1)


def test_the_store_holds_neither_codes_nor_tokens(tmp_path):
    rooms = Rooms(str(tmp_path), SECRET, 9)
    code, key, token = rooms.open()
    member = rooms.enter(code)[1]
    room, name = rooms.member(key, member)
    rooms.taught(key, token).ask(CHOICE)
    room.answer(name, room.board().asked, 1)
    room.sign(name, follows=True)
    files = [path for path in Path(tmp_path).rglob("*") if path.is_file()]
    assert len(files) == 5
    held = "".join(str(path) + path.read_text() for path in files)
    assert not any(text in held for text in (code, key, token, member))


def test_litter_of_a_worker_that_was_killed_is_no_answer(tmp_path):
    rooms = Rooms(str(tmp_path), SECRET, 9)
    code, key, token = rooms.open()
    (member,) = _pupils(rooms, code, 1)
    room = rooms.taught(key, token)
    room.ask(CHOICE)
    asked = room.board().asked
    room.answer(member, asked, 1)
    for path in list(Path(tmp_path).rglob("*")):
        if path.is_dir():
            (path / ".0123456789abcdef.tmp").write_bytes(b"1")
            (path / ("0" * 24)).write_bytes(b"[7")
    after = Rooms(str(tmp_path), SECRET, 9).taught(key, token).desk()
    assert after["tally"] == {"n": 1, "counts": [0, 1]}
    assert (after["asked"], after["following"]) == (asked, 0)


def test_a_store_that_fails_leaves_the_class_what_it_saw(tmp_path, monkeypatch):
    rooms = Rooms(str(tmp_path), SECRET, 9)
    _, key, token = rooms.open()
    taught = rooms.taught(key, token)
    taught.show("?k=3")

    def refuse(*_):
        raise OSError("away")

    monkeypatch.setattr(folder, "_write_local", refuse)
    monkeypatch.setattr(folder, "_local_entries", refuse)
    monkeypatch.setattr(taught, "_looked", -math.inf)
    assert taught.board().link == "?k=3"
    with pytest.raises(OSError, match="away"):
        taught.show("?k=4")
    monkeypatch.undo()
    taught.show("?k=4")
    assert Rooms(str(tmp_path), SECRET, 9).room(key).board().link == "?k=4"


def test_old_links_are_removed_and_a_room_has_an_end(tmp_path, monkeypatch):
    rooms = Rooms(str(tmp_path), SECRET, 9)
    _, key, token = rooms.open()
    room = rooms.taught(key, token)
    for k in range(1, 13):
        room.show(f"?k={k}")
    assert room.board().link == "?k=12"
    assert len(list(Path(tmp_path).rglob("*.show"))) == log._KEPT_LINKS + 1
    monkeypatch.setattr(log, "MOST_ACTS", 4)
    with pytest.raises(RoomError, match="So much has happened"):
        room.show("?k=1")


def test_only_wrong_tries_count():
    clock = Clock()
    tries = Tries(3, 5, clock)
    for _ in range(50):
        tries.check("school")
    for who in ("a", "a", "a", "b"):
        tries.count(who)
    with pytest.raises(RoomError, match="too many wrong"):
        tries.check("a")
    tries.check("b")
    tries.count("c")
    with pytest.raises(RoomError):
        tries.check("b")
    clock.now += 61
    tries.check("a")
    for turn in range(20):  # what is remembered has an end
        tries.count(str(turn))
    assert len(tries._of) == len(tries._counted) == 5


@given(st.text(max_size=70))
def test_any_text_is_a_code_or_none(text):
    code = read_code(text)
    assert code == "" or (len(code) == 6 and set(code) <= set(LETTERS))
    assert read_code(f" {new_code().lower()} ")


def _or_sentence(attempt):
    """Return what an attempt gives, or None when it is refused in words."""
    try:
        return attempt()
    except RoomError as error:
        said = error.sentence
    assert said.endswith(".")
    return None


@settings(max_examples=50, deadline=None)
@given(
    st.fixed_dictionaries(
        {
            "kind": st.sampled_from(["choice", "number", "point", "start", "x"]) | JSON,
            "prompt": JSON,
        },
        optional={
            "options": JSON,
            "x": JSON,
            "y": JSON,
            "whole": JSON,
            "why": JSON,
            "base": st.just("?k=2") | JSON,
        },
    )
    | JSON,
    st.lists(JSON, max_size=5),
)
def test_any_payload_is_a_question_or_a_sentence(found, answers):
    question = _or_sentence(lambda: Question.read(found))
    if question is None:
        return
    assert Question.read(question.whole_of_it()) == question
    tried = [
        _or_sentence(lambda answer=answer: question.answer(answer))
        for answer in [*answers, 0, 1.5, [0.5, 0.5], ["?seed=1", False, 2.0, None]]
    ]
    good = [answer for answer in tried if answer is not None]
    tally = json.loads(json.dumps(question.tally(good), allow_nan=False))
    assert tally["n"] == len(good)
    counted = tally.get("counts") or [n for _, n in tally.get("values", [])]
    placed = tally.get("points", tally.get("kmeans", []))
    assert sum(counted) + len(placed) == len(good)


def test_starts_are_one_object_each_and_the_best_is_a_link(workers):
    one, two, _ = workers
    code, key, token = one.open()
    one.taught(key, token).ask(Question("start", "Who is best?", base="?data=moons&k=3&seed=0"))
    asked = one.room(key).board().asked
    ends = [
        ("?seed=1", False, 60.0, -1.4),
        ("?seed=2", True, 53.25, -1.5),
        ("?seed=3", 0, 55, None),
    ]
    members = _pupils(one, code, 3)
    for rooms, member, end in zip((one, two, two), members, ends, strict=True):
        rooms.room(key).answer(member, asked, "mine", lambda *_, end=end: end)
    tally = two.room(key).desk()["tally"]
    assert tally["kmeans"] == [[53.25, 1], [55.0, 0], [60.0, 0]]
    assert tally["gmm"] == [[-1.5, 1], [-1.4, 0]], "a collapsed one compares with none"
    best = {name: f"?data=moons&k=3&seed={seed}" for name, seed in (("kmeans", 2), ("gmm", 1))}
    assert tally["best"] == best
    with pytest.raises(RoomError, match="not one of those"):
        one.room(key).answer(members[0], asked, list(ends[0]))  # not computed here
    assert two.room(key).desk()["tally"] == tally


@settings(max_examples=25, deadline=None)
@given(st.text("AZaz09-._~%/#?=&,", max_size=qr.LONGEST - 20))
def test_a_telephone_reads_off_the_picture_what_was_asked_for(rest):
    link = f"https://example.org/{rest}"
    modules = np.array([[255 * (bit == "0") for bit in row] for row in qr.rows(link)], np.uint8)
    picture = np.kron(np.pad(modules, 4, constant_values=255), np.ones((4, 4), np.uint8))
    assert [found.text for found in zxingcpp.read_barcodes(picture)] == [link]


def test_the_picture_of_a_link_is_square_and_of_addresses_alone():
    rows = qr.rows("https://example.org/gmm/#class=BCDFGH")
    assert {len(row) for row in rows} == {len(rows)}
    assert rows[0].startswith("1111111"), "the mark that telephones look for"
    for bad in ("javascript:alert(1)", "http://" + "a" * 500, 7, "//[", ""):
        with pytest.raises(RoomError):
            qr.rows(bad)
