"""What the loop answers itself is what the application would have said, and to nobody else."""

from contextlib import suppress
from dataclasses import replace
from email import message_from_bytes
from itertools import product

import pytest
from gunicorn.config import Config as GunicornConfig
from gunicorn.http.parser import RequestParser
from hypothesis import given
from hypothesis import strategies as st

from gmm_dash.config import Config
from gmm_dash.factory import create_app
from gmm_dash.rooms import room
from gmm_dash.serving.at_once import EXTENSION, LARGEST, AtOnce

KEY = "k" * 32
HOST = b"Host: x\r\n"


class Counted:
    def __init__(self):
        self.seen = []

    def request(self, route, status, seconds, *, later):
        assert seconds < 60
        assert not later
        self.seen.append((route, status))


def _at_once(said=None, **changes):
    counted = Counted()
    config = replace(Config(), **changes)
    found = AtOnce(
        config,
        "class/room/",
        "after",
        lambda key: ("v2", said or {"version": "v2"}) if key == KEY else None,
        {"X-Of-All": "1"},
        {"Content-Type": "application/json"},
        counted,
    )
    return found, counted.seen


def _poll(*lines, target=f"/class/room/{KEY}?after=v2", line="GET {} HTTP/1.1"):
    return line.format(target).encode() + b"\r\n" + b"".join(lines) + b"\r\n"


def _read(answer):
    head, _, body = answer.partition(b"\r\n\r\n")
    first, _, fields = head.partition(b"\r\n")
    return int(first.split()[1]), message_from_bytes(fields), body


def test_nothing_new_and_news_each_in_one_piece():
    at_once, counted = _at_once()
    status, fields, body = _read(at_once(_poll(HOST)))
    assert (status, body, fields["X-Of-All"]) == (204, b"", "1")
    assert "Content-Length" not in fields
    status, fields, body = _read(at_once(_poll(HOST, target=f"/class/room/{KEY}?after=")))
    assert (status, body) == (200, b'{"version":"v2"}')
    assert int(fields["Content-Length"]) == len(body)
    assert counted == [("class", 204), ("class", 200)]


OTHERS = {
    "another method": _poll(HOST, line="POST {} HTTP/1.1"),
    "an old version": _poll(HOST, line="GET {} HTTP/1.0"),
    "another address": _poll(HOST, target="/class/desk?after=v2"),
    "no version": _poll(HOST, target=f"/class/room/{KEY}"),
    "one more argument": _poll(HOST, target=f"/class/room/{KEY}?after=v2&x=1"),
    "an escaped address": _poll(HOST, target=f"/class/room/{KEY[1:]}%6b?after=v2"),
    "a room that is not at hand": _poll(HOST, target=f"/class/room/{KEY[1:]}b?after=v2"),
    "the last on a connection": _poll(HOST, b"Connection: close\r\n"),
    "another protocol": _poll(HOST, b"Connection: upgrade\r\n", b"Upgrade: h2c\r\n"),
    "a body": _poll(HOST, b"content-length: 0\r\n"),
    "a body in chunks": _poll(HOST, b"TRANSFER-ENCODING: chunked\r\n"),
    "one that waits": _poll(HOST, b"Expect: 100-continue\r\n"),
    "no host": _poll(b"Accept: */*\r\n"),
    "two hosts": _poll(HOST, HOST),
    "a folded line": _poll(HOST, b"X-A: 1\r\n 2\r\n"),
    "a name with a space": _poll(HOST, b"X-A : 1\r\n"),
    "a bare line feed": _poll(HOST, b"X-A: 1\nX-B: 2\r\n"),
    "two requests": _poll(HOST) * 2,
    "half of one": _poll(HOST)[:-2],
    "more lines than any browser sends": _poll(HOST, *[b"X-A: 1\r\n"] * 60),
}


@pytest.mark.parametrize("other", OTHERS)
def test_whatever_looks_different_takes_the_way_of_all_others(other):
    at_once, counted = _at_once()
    assert at_once(OTHERS[other]) is None
    assert counted == []


def test_what_is_worth_compressing_is_left_to_a_thread():
    at_once, _ = _at_once({"why": "x" * LARGEST})
    assert at_once(_poll(HOST)) is not None
    assert at_once(_poll(HOST, target=f"/class/room/{KEY}?after=v1")) is None


def test_a_name_is_taken_over_only_from_proxies_that_are_trusted():
    given = "0123456789abcdef-from-nginx"
    for trusted, name in product((0, 1), (given, "1234 level=critical")):
        at_once, _ = _at_once(trusted_proxies=trusted)
        said = _read(at_once(_poll(HOST, f"x-request-id: {name}\r\n".encode())))[1]["X-Request-ID"]
        assert (said == given) if trusted and name == given else (len(said) == 16)


LINES = st.sampled_from(
    [
        *(HOST, b"host: y\r\n", b"Host:\r\n", b"Accept: */*\r\n", b"X-A:1\r\n", b"X_A: 1\r\n"),
        *(b"Connection: keep-alive\r\n", b"connection:keep-alive\r\n", b"Connection: TE\r\n"),
        *(b"Connection: keep-alive, close\r\n", b"Connection: close\r\n", b"Connection:\r\n"),
        *(b"Content-Length: 3\r\n", b"Content-Length:3\r\n", b"Transfer-Encoding: chunked\r\n"),
        *(b"Expect: 100-continue\r\n", b"Upgrade: h2c\r\n", b"HTTP2-Settings: AA\r\n"),
        *(b"X-Forwarded-Proto: https\r\n", b"Script-Name: /a\r\n", b"Forwarded: for=1\r\n"),
        *(b"X-A: \x00\r\n", b"X-A: \xff\r\n", b" folded\r\n", b"X-A\r\n", b": 1\r\n", b"\r\n"),
        *(b"X-A: 1\n", b"X-A: 1\r", b"GET / HTTP/1.1\r\n", b"Cookie: a=1\r\n"),
    ]
)
ENDS = st.sampled_from([b"", b"\r\n", b"abc", _poll(HOST)])


@given(st.lists(LINES, max_size=5), ENDS, st.integers(-1, 200), st.binary(max_size=2))
def test_what_is_answered_gunicorn_reads_as_the_same_question(lines, end, at, noise):
    """Else the two could disagree about where a request ends, or who asks what."""
    asked = _poll(HOST, *lines) + end
    if at >= 0:
        asked = asked[:at] + noise + asked[at:]
    at_once, _ = _at_once()
    if at_once(asked) is None:
        return
    parser = RequestParser(GunicornConfig(), iter([asked]), ("127.0.0.1", 1))
    read = next(parser)
    assert (read.method, read.version) == ("GET", (1, 1))
    assert f"{read.path}?{read.query}".startswith(f"/class/room/{KEY}?after=")
    assert not read.should_close()
    assert read.body.read() == b""
    with suppress(StopIteration):
        assert not next(parser)


def test_it_says_what_the_application_says(tmp_path, monkeypatch):
    config = replace(Config(), store=str(tmp_path), class_password="correct horse")
    server = create_app(config).server
    client, at_once = server.test_client(), server.extensions[EXTENSION]
    desk = client.post("/class/open", json={"password": "correct horse"}).json
    teacher = {name: desk[name] for name in ("key", "token")}
    target = f"/class/room/{teacher['key']}?after="
    monkeypatch.setattr(room, "FRESH", 1e9)
    client.post("/class/show", json=teacher | {"link": "?data=moons&k=3"})
    told = client.get(target)
    known = target + told.json["version"]
    for asked, at_length in ((target, told), (known, client.get(known + "&x=1"))):
        status, fields, body = _read(at_once(_poll(HOST, target=asked)))
        assert (status, body) == (at_length.status_code, at_length.data)
        differs = {"X-Request-ID", "Content-Security-Policy"} if status == 204 else {"X-Request-ID"}
        expected = {k: v for k, v in at_length.headers.items() if k not in differs}
        assert expected.items() <= dict(fields.items()).items()
    monkeypatch.setattr(room, "FRESH", -1.0)
    assert at_once(_poll(HOST, target=known)) is None, "somebody has to look"
    monkeypatch.setattr(room, "FRESH", 1e9)
    assert at_once(_poll(HOST, target=known)) is not None
    client.post("/class/close", json=teacher)
    assert b'"closed":true' in at_once(_poll(HOST, target=known))
    monkeypatch.setattr(room.Room, "expired", True)
    assert at_once(_poll(HOST, target=known)) is None
