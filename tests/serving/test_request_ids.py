"""A request's name stands in its answer and in its log lines, and nobody can forge one."""

import logging

import pytest

from gmm_dash.config import Config
from gmm_dash.serving import logs
from tests.serving import small_app
from tests.serving.small_app import body

GIVEN = "0123456789abcdef-from-nginx"


@pytest.fixture
def written(monkeypatch):
    """Log as a server does, and return what was written."""
    lines = []
    handler = logging.Handler()
    handler.setFormatter(logs._Lines("%(message)s"))
    handler.emit = lambda record: lines.append(handler.format(record))
    logs.LOGGER.addHandler(handler)
    yield lines
    logs.LOGGER.removeHandler(handler)


def _client(proxies=0):
    app, _ = small_app.build(Config(store="/nonexistent", trusted_proxies=proxies))
    return app.server.test_client()


def test_answers_and_lines_have_the_same_name(written):
    client = _client()
    names = [client.post("/_dash-update-component", json={}).headers["X-Request-ID"] for _ in "ab"]
    assert len(set(names)) == 2
    assert [line.rpartition(" request=")[2] for line in written] == names
    assert all(line.startswith("event=callback_refused status=400") for line in written)
    logs.LOGGER.warning("event=of_no_request")
    assert written[-1] == "event=of_no_request"


def test_a_name_is_taken_from_trusted_proxies_and_only_if_it_is_one():
    def name(client, given):
        sent = {"X-Request-ID": given} if given else {}
        return client.get("/", headers=sent).headers["X-Request-ID"]

    assert name(_client(proxies=1), GIVEN) == GIVEN
    assert name(_client(), GIVEN) != GIVEN
    for forged in ("short", "x" * 65, "12345678 level=critical", ""):
        assert len(name(_client(proxies=1), forged)) == 16


def test_equal_requests_have_equal_answers_all_the_same():
    client = _client()
    one, two = (client.post("/_dash-update-component", json=body(a="x")) for _ in "ab")
    assert one.data == two.data
    assert one.headers["X-Request-ID"] != two.headers["X-Request-ID"]
