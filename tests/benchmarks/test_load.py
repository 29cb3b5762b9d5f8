"""The load test is to be believed: it sends what a page sends, and finds what it looks for."""

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from benchmarks.load import server
from benchmarks.load.__main__ import percentile
from benchmarks.load.bodies import UPDATE, Bodies
from benchmarks.load.browser import Answer
from benchmarks.load.students import LESSON, Class, Record
from gmm_dash.config import Config
from gmm_dash.factory import create_app
from gmm_dash.layout.views import VIEWS
from gmm_dash.state import from_query


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    return create_app(replace(Config(), store=str(tmp_path_factory.mktemp("tables"))))


@pytest.fixture(scope="module")
def bodies(app):
    return Bodies(app.callback_map, {view.name: list(view.keys) for view in VIEWS})


def test_the_dashboard_takes_the_bodies(app, bodies):
    client = app.server.test_client()
    assert {"compare", "density", "steps"} <= set(bodies.views)
    for view in ("compare", "density", "steps"):
        for body in bodies.of(view, from_query("?data=moons&k=2")[0].to_flat()):
            answer = client.post(UPDATE, data=json.dumps(body), content_type="application/json")
            assert answer.status_code == 200, view
            assert "sideUpdate" not in answer.json


def test_every_link_of_the_lesson_can_be_used():
    assert [from_query(link)[1] for link in LESSON] == [()] * len(LESSON)


@pytest.mark.parametrize(
    ("body", "own", "leaks"),
    [
        (b'{"title": "canary7_x"}', "7", 0),
        (b'{"title": "canary7_x"}', "70", 1),
        (b'{"title": "canary70_x"}', "7", 1),
        (b'{"title": "canary7_x"}', "", 1),
        (b'{"title": "x"}', "", 0),
    ],
)
def test_a_foreign_canary_is_a_leak(body, own, leaks):
    record = Record()
    record.add("own file", Answer(200, body, 0.1), own)
    assert len(record.leaks) == leaks


def test_a_refusal_is_no_success():
    record = Record()
    record.add("click", Answer(200, b'{"response": {}, "sideUpdate": {"error": 1}}', 0.1))
    assert record.answers["click"][0].status != 200


def test_percentiles():
    assert [percentile(list(range(1, 101)), p) for p in (50, 95, 99, 100)] == [50, 95, 99, 100]
    assert percentile([3.0], 95) == 3.0


def _run(task):
    """Run a coroutine in a thread of its own: a browser test's loop may live in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, task).result()


def test_a_small_class(bodies, capfd):
    with server.running(1) as running:
        school = Class(running.port, bodies, 6, 3.0, (0.2, 0.4), every_upload=3)
        led = _run(school.lead())
        burst = _run(school.burst())
        assert running.processor_seconds() > 0
        assert 50 < max(running.megabytes()) < 1000
    assert not led.leaks
    assert not burst.leaks
    statuses = {
        a.status for record in (led, burst) for kind in record.answers.values() for a in kind
    }
    assert statuses == {200}
    assert len(led.answers["upload"]) == 2
    assert len(burst.answers["burst"]) == 6
