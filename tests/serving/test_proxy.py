"""The shipped nginx configuration in front of the real dashboard."""

import json
import os
import random
import signal
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection, IncompleteRead

import pytest

from gmm_dash.config import Config
from tests.serving import gunicorn_server, nginx_server
from tests.serving.gunicorn_server import ROOT, free_port, get

pytestmark = nginx_server.needed
UPDATE = "/_dash-update-component"


@pytest.fixture(scope="module")
def proxied(tmp_path_factory):
    folder = tmp_path_factory.mktemp("proxied")
    with (
        gunicorn_server.serving(
            folder, GMM_DASH_STORE=str(folder / "tables"), GMM_DASH_TRUSTED_PROXIES="1"
        ) as (dashboard, _, _),
        nginx_server.serving(folder, dashboard) as port,
    ):
        yield port


def test_nginx_accepts_the_configuration(tmp_path):
    conf = nginx_server.shipped(tmp_path, free_port(), free_port())
    done = subprocess.run(
        nginx_server.command(conf, "-t"),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "warn" not in done.stderr


def test_the_page_and_its_health_come_through(proxied):
    status, headers, page = get(proxied, "/")
    assert status == 200
    assert "Content-Security-Policy" in headers
    assert "nginx/" not in headers["Server"]
    assert b"_dash-config" in page
    assert get(proxied)[0] == 200


def test_scripts_come_compressed_and_are_kept(proxied):
    path = "/_dash-component-suites/plotly/package_data/plotly.min.js"
    status, headers, packed = get(proxied, path, **{"Accept-Encoding": "br"})
    assert (status, headers["Content-Encoding"]) == (200, "br")
    again = {"Accept-Encoding": "br", "If-None-Match": headers["ETag"]}
    assert get(proxied, path, **again)[0] == 304
    assert len(packed) < 1_300_000


def test_the_longest_link_fits(proxied):
    assert get(proxied, "/?lesson=" + "%C3%A9" * 650)[0] == 200


def test_the_operators_page_is_not_public(proxied):
    assert get(proxied, "/metrics")[0] == 404


def test_a_body_that_is_too_large_gets_a_sentence(proxied):
    connection = HTTPConnection("127.0.0.1", proxied, timeout=30)
    connection.putrequest("POST", UPDATE)
    connection.putheader("Content-Length", str(100_000_000))
    connection.endheaders()
    answer = connection.getresponse()
    assert answer.status == 413
    assert "smaller file" in json.loads(answer.read())["message"]
    connection.close()


def test_nginx_lets_the_largest_upload_through():
    text = (ROOT / "deploy" / "nginx.conf").read_text()
    megabytes = int(text.split("client_max_body_size ")[1].split("m;")[0])
    assert megabytes * 2**20 > Config(store="/nonexistent").body_limit + 100_000


def test_without_the_dashboard_there_is_a_sentence(tmp_path):
    with nginx_server.serving(tmp_path, free_port()) as port:
        status, headers, said = get(port, "/")
    assert status == 503
    assert "restarting" in json.loads(said)["message"]
    assert headers["Retry-After"] == "2"


def test_a_killed_worker_costs_no_click(tmp_path):
    """Requests under way when a worker dies are sent once more to another."""
    with (
        gunicorn_server.serving(
            tmp_path, GMM_DASH_STORE=str(tmp_path / "tables"), WEB_CONCURRENCY="2"
        ) as (dashboard, process, _),
        nginx_server.serving(tmp_path, dashboard) as port,
        ThreadPoolExecutor(6) as pool,
    ):
        asked = [pool.submit(_click, port) for _ in range(120)]
        for _ in range(2):
            time.sleep(0.3)
            workers = gunicorn_server.wait_for_workers(process, 2)
            os.kill(random.Random(0).choice(workers), signal.SIGKILL)
        assert {one.result() for one in asked} == {200}


def _click(port):
    """Return the status; an answer that breaks off half-way is asked for again, as by the page."""
    try:
        return get(port, "/")[0]
    except IncompleteRead:
        return get(port, "/")[0]


def _begin(port, sent, length=5_000_000):
    """Return a connection on which a file has begun to arrive."""
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    connection.putrequest("POST", "/tables")
    connection.putheader("Content-Length", str(length))
    connection.endheaders()
    connection.send(b"x,y\n" * sent)
    return connection


def test_slow_senders_keep_nobody_waiting(proxied):
    """More of them than the dashboard has threads: nginx waits for them instead."""
    slow = [_begin(proxied, 3) for _ in range(24)]
    assert get(proxied, "/")[0] == 200
    for connection in slow:
        connection.close()


def test_an_upload_that_breaks_off_leaves_nothing(tmp_path):
    store = tmp_path / "tables"
    with (
        gunicorn_server.serving(tmp_path, GMM_DASH_STORE=str(store)) as (dashboard, _, log),
        nginx_server.serving(tmp_path, dashboard) as port,
    ):
        get(dashboard)  # the check of the store leaves a table of its own
        before = sorted(path.name for path in store.iterdir())
        for entrance in (port, dashboard):
            for _ in range(3):
                _begin(entrance, 100_000).close()
        time.sleep(0.5)
        assert get(port)[0] == 200
        assert sorted(path.name for path in store.iterdir()) == before
        assert "Traceback" not in log.read_text()
