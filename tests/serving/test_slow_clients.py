"""gunicorn as shipped: clients that send slowly or oddly are in nobody's way."""

import json
import shutil
import socket
import subprocess
import sys
import time
from contextlib import ExitStack, closing
from http.client import HTTPConnection, parse_headers

import pytest

from tests.serving import gunicorn_server

HOST = b"Host: x\r\n"
UPDATE = b"POST /_dash-update-component HTTP/1.1\r\nContent-Type: application/json\r\n" + HOST
CHUNKED = UPDATE + b"Transfer-Encoding: chunked\r\n\r\n"
TABLE = b"x,y\n" + b"".join(b"%d.5,%d.25\n" % (i * 7 % 19, i * i % 17) for i in range(40))
LARGE = b"x,y\n" + TABLE[4:] * 5_600  # two megabytes
SLOW = (
    b"GET /healthz HTTP/1.1\r\nHost: x\r\nX-",
    b"POST /tables HTTP/1.1\r\nHost: x\r\nContent-Length: 90000\r\n\r\nx,",
    b"POST /tables HTTP/1.1\r\nHost: x\r\nContent-Length: 9000000\r\n\r\nx,",
    b"POST /tables HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n9",
)


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """One worker, and little patience."""
    folder = tmp_path_factory.mktemp("slow")
    limits = {"GMM_DASH_HEAD_SECONDS": "3", "GMM_DASH_BODY_SECONDS": "4"}
    with gunicorn_server.serving(
        folder, WEB_CONCURRENCY="1", GMM_DASH_STORE=str(folder / "store"), **limits
    ) as (port, _, log):
        yield port, log


@pytest.fixture
def port(served):
    return served[0]


def connected(port):
    return socket.create_connection(("127.0.0.1", port), timeout=30)


def answers(sock, count=1):
    """Return status and body of the next answers on a connection."""
    with sock.makefile("rb") as file:
        return [_answer(file) for _ in range(count)]


def _answer(file):
    status = int(file.readline().split()[1])
    headers = parse_headers(file)
    return status, file.read(int(headers["Content-Length"]))


def ask(port, *pieces, pause=0.0):
    """Return the only answer to what is sent piece by piece."""
    with closing(connected(port)) as sock:
        for piece in pieces:
            sock.sendall(piece)
            time.sleep(pause)
        return answers(sock)[0]


def sent(body, *extra):
    return b"".join((b"POST /tables HTTP/1.1\r\n", HOST, *extra, length(body), b"\r\n", body))


def length(body):
    return b"Content-Length: %d\r\n" % len(body)


def healthy(port):
    connection = HTTPConnection("127.0.0.1", port, timeout=5)
    with closing(connection):
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200


def test_slow_clients_are_in_nobodys_way_and_are_ended(port):
    with ExitStack() as stack:
        slow = [stack.enter_context(connected(port)) for _ in range(120)]
        for number, sock in enumerate(slow):
            sock.sendall(SLOW[number % len(SLOW)])
        for _ in range(3):
            assert healthy(port)
            for sock in slow:
                sock.sendall(b"1")
            time.sleep(0.3)
        statuses = [answers(sock)[0][0] for sock in slow]
    assert set(statuses) <= {408, 503}
    assert statuses.count(408) > 60
    assert healthy(port)


def test_an_upload_at_a_steady_pace_is_taken(port):
    """Five seconds, more than the four: it brings more than 20 kB a second."""
    request = sent(LARGE)
    size = len(request) // 25 + 1
    pieces = [request[at : at + size] for at in range(0, len(request), size)]
    status, body = ask(port, *pieces, pause=0.2)
    assert status == 200
    assert "224,000 rows" in json.loads(body)["sentence"]


def test_connections_are_kept_and_requests_may_follow_at_once(port):
    get = b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"
    with closing(connected(port)) as sock:
        for _ in range(2):
            sock.sendall(get)
            assert answers(sock)[0][0] == 200
        sock.sendall(sent(TABLE) + get + get[:10])
        (_, table), (status, _) = answers(sock, 2)
        assert "40 rows" in json.loads(table)["sentence"]
        assert status == 200
        sock.sendall(get[10:])
        assert answers(sock)[0][0] == 200


def test_the_rest_of_a_second_request_is_waited_for_by_no_thread(port):
    get = b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"
    with ExitStack() as stack:
        slow = [stack.enter_context(connected(port)) for _ in range(12)]
        for sock in slow:
            sock.sendall(get + get[:10])
            assert answers(sock)[0][0] == 200
        assert healthy(port)


def test_clients_that_stay_after_their_refusal_are_in_nobodys_way(port):
    with ExitStack() as stack:
        for _ in range(12):
            sock = stack.enter_context(connected(port))
            sock.sendall(b"GET / HTTP/9.9\r\n\r\n")
            assert answers(sock)[0][0] == 400
        assert healthy(port)


def test_an_invitation_is_sent_once_and_the_body_is_taken(port):
    request = sent(TABLE, b"Expect: 100-continue\r\n")
    with closing(connected(port)) as sock:
        sock.sendall(request[: -len(TABLE)])
        assert sock.recv(100) == b"HTTP/1.1 100 Continue\r\n\r\n"
        sock.sendall(TABLE)
        status, body = answers(sock)[0]
    assert status == 200
    assert "40 rows" in json.loads(body)["sentence"]


@pytest.mark.skipif(not shutil.which("curl"), reason="needs curl")
def test_curl_sends_a_large_file(port, tmp_path):
    (tmp_path / "large.csv").write_bytes(LARGE)
    command = [
        "curl",
        "-sS",
        "--data-binary",
        f"@{tmp_path}/large.csv",
        "-H",
        "Expect: 100-continue",
    ]
    address = f"http://127.0.0.1:{port}/tables"
    done = subprocess.run([*command, address], capture_output=True, timeout=60, check=True)
    assert "224,000 rows" in json.loads(done.stdout)["sentence"]


def test_a_body_in_chunks_is_taken(port):
    """A body that is no callback's, but JSON: the words of the refusal are the guard's."""
    status, body = ask(port, CHUNKED + b'4\r\n{"a"\r\n3;x=y\r\n: 1\r\n1\r\n}\r\n0\r\nT: r\r\n\r\n')
    assert status == 400
    assert json.loads(body)["message"]


def test_a_body_larger_than_any_is_refused_without_waiting_for_it(port):
    status, body = ask(port, UPDATE + b"Content-Length: 30000000\r\n\r\n{")
    assert status == 413
    assert "smaller file" in json.loads(body)["message"]


@pytest.mark.parametrize(
    "rest",
    [
        b"5;a=" + b"x" * 1_000_000 + b"\r\nhello\r\n0\r\n\r\n",
        b"5;\x01=\r\nhello\r\n0\r\n\r\n",
        b"zz\r\nhello\r\n0\r\n\r\n",
        b"-5\r\nhello\r\n0\r\n\r\n",
        b"fffffffffffffff\r\nhello\r\n0\r\n\r\n",
        b"5\r\nhelloXX0\r\n\r\n",
        b"5\r\nhello\r\n0\r\nno trailer\r\n\r\n",
        b"5\r\nhello\r\n0\r\nA: b\n\n",
        b"5\r\nhello\r\n0\r\nA: " + b"x" * 1_000_000 + b"\r\n\r\n",
    ],
    ids=lambda rest: repr(rest[:12]),
)
def test_chunks_that_are_none_are_refused_with_one_line(served, rest):
    port, log = served
    before = len(log.read_text())
    assert ask(port, CHUNKED + rest)[0] == 400
    (line,) = log.read_text()[before:].strip().splitlines()
    assert "event=callback_refused status=400" in line


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (UPDATE + b"Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400),
        (UPDATE + b"Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}", 400),
        (UPDATE + b"Content-Length: two\r\n\r\n{}", 400),
        (UPDATE + b"Expect: miracles\r\nContent-Length: 2\r\n\r\n{}", 417),
        (b"GET /healthz HTTP/1.1\nHost: x\n\n", 400),
        (b"\x16\x03\x01\r\n\r\n", 400),
        (b"GET /" + b"x" * 20_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n", 414),
        (b"GET / HTTP/1.1\r\nHost: x\r\nA: " + b"x" * 1_000_000 + b"\r\n\r\n", 431),
    ],
    ids=lambda value: repr(value[-30:]) if isinstance(value, bytes) else None,
)
def test_what_is_not_http_is_refused_with_one_line(served, request_, status):
    port, log = served
    before = len(log.read_text())
    assert ask(port, request_)[0] == status
    assert len(log.read_text()[before:].strip().splitlines()) == 1


def test_a_stopping_server_waits_for_nobody_who_says_nothing(tmp_path):
    store = {"GMM_DASH_STORE": str(tmp_path / "store")}
    with (
        gunicorn_server.serving(tmp_path, **store) as (port, process, _),
        closing(connected(port)),
    ):
        assert healthy(port)
        started = time.monotonic()
        process.terminate()
        process.wait(60)
        assert time.monotonic() - started < 15, "not the thirty seconds of gunicorn's grace"


def test_a_server_stopped_while_its_workers_start_does_not_have_to_kill_them(tmp_path):
    """A worker has its own signal handlers only a moment after the fork."""
    config = tmp_path / "slow_start.py"
    config.write_text(
        f"exec(open({str(gunicorn_server.ROOT / 'gunicorn.conf.py')!r}).read())\n"
        "note = post_fork\n"
        "def post_fork(server, worker):\n"
        "    note(server, worker)\n"
        "    __import__('time').sleep(3)\n"
    )
    log = tmp_path / "log"
    port = gunicorn_server.free_port()
    command = [sys.executable, "-m", "gunicorn", "--config", str(config), "app:server"]
    with log.open("w") as file:
        process = subprocess.Popen(
            command,
            cwd=gunicorn_server.ROOT,
            env=gunicorn_server.BARE | {"PORT": str(port), "WEB_CONCURRENCY": "2"},
            stdout=file,
            stderr=file,
        )
    gunicorn_server.wait_for_workers(process, 2)
    process.terminate()
    assert process.wait(60) == 0
    assert log.read_text().count("Worker exiting") == 2, "who is killed does not say so"
