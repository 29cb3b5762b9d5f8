"""The server of the command line ends clients that send too slowly, and nobody else."""

import logging
import threading
import time
from contextlib import ExitStack, closing

import pytest
from werkzeug.serving import make_server

from gmm_dash.config import Config
from gmm_dash.serving import paced
from tests.serving import small_app
from tests.serving.test_slow_clients import answers, connected, healthy, length

UPDATE = b"POST /_dash-update-component HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
BODY = b'{"output": "nothing"' + b" " * 60_000 + b"}"


@pytest.fixture
def port():
    logging.getLogger("werkzeug").setLevel(logging.CRITICAL)
    config = Config(store="/nonexistent", head_seconds=1, body_seconds=3)
    app, _ = small_app.build(config)
    server = make_server(
        "127.0.0.1", 0, app.server, threaded=True, request_handler=paced.handler(config)
    )
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server.server_port
    server.shutdown()
    thread.join(5)
    server.server_close()


def test_slow_clients_are_in_nobodys_way_and_are_ended(port):
    with ExitStack() as stack:
        slow = [stack.enter_context(connected(port)) for _ in range(40)]
        for number, sock in enumerate(slow):
            sock.sendall(
                b"GET / HTTP/1.1\r\nX-" if number % 2 else UPDATE + length(BODY) + b"\r\n{"
            )
        assert healthy(port)
        for sock in slow:
            assert sock.recv(100)[:12] in {b"", b"HTTP/1.1 400"}


def drip(sock):
    for _ in range(200):
        sock.sendall(b"G")
        time.sleep(0.05)


def test_one_byte_now_and_then_is_not_enough(port):
    with closing(connected(port)) as sock, pytest.raises(ConnectionError):
        drip(sock)


def test_a_body_at_a_steady_pace_is_taken(port):
    with closing(connected(port)) as sock:
        sock.sendall(UPDATE + length(BODY) + b"\r\n")
        for at in range(0, len(BODY), 3_000):
            sock.sendall(BODY[at : at + 3_000])
            time.sleep(0.2)
        assert answers(sock)[0][0] == 400
