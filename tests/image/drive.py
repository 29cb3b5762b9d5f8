"""The image, built and driven: `make test-image`. No part of `make test`, which finds it not.

BASE names another base; without it the Dockerfile's is used where it can be had, and else a
stand-in made of Debian's packages.
"""

import json
import os
import subprocess
import time
from collections import Counter
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from pathlib import Path
from threading import Event, Thread

import pytest

from benchmarks.load.bodies import UPDATE, Bodies
from gmm_dash.config import Config
from gmm_dash.factory import create_app
from gmm_dash.layout.views import VIEWS
from gmm_dash.state import from_query
from tests.image import engine
from tests.serving import gunicorn_server

MOST = 600_000_000  # bytes above the base
IMAGE = "localhost/gmm-dash-tried"
MANY = 12
TABLE = b"x,y\n" + b"".join(b"%d,%d\n" % (i % 7, i % 5 + i) for i in range(9_000))


def _base():
    """Return the base to build on; what cannot be had is said, and nothing is tried."""
    if os.environ.get("BASE"):
        return os.environ["BASE"]
    if subprocess.run([engine.SCRIPT, "pull"], check=False).returncode == 0:
        dockerfile = (gunicorn_server.ROOT / "Dockerfile").read_text()
        return dockerfile.partition("ARG BASE=")[2].split()[0]
    try:
        return engine.script("base")
    except subprocess.CalledProcessError:
        pytest.skip("the Dockerfile's base cannot be had, nor one made of Debian's packages")


@pytest.fixture(scope="session")
def built():
    """Build the image; return how to run it, and the name of its base."""
    base = _base()
    engine.script("build", IMAGE=IMAGE, BASE=base)
    return engine.engine(), base


def _processor_seconds(pid):
    """Return what a process has computed; of a client of a daemon that is next to nothing."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def _serving(built, folder, **environ):
    port, log = gunicorn_server.free_port(), folder / "served.log"
    with built[0].command(IMAGE, port, WEB_CONCURRENCY="2", **environ) as command:
        with log.open("w") as file:
            process = subprocess.Popen(command, stdout=file, stderr=file)
        try:
            started = time.monotonic()
            status, _, said = gunicorn_server.wait_for(port, process, log)
            assert (status, b'"ok"' in said) == (200, True), said
            took, spent = time.monotonic() - started, _processor_seconds(process.pid)
            print(f"first healthy answer after {took:.1f} s; {spent:.1f} s of it computing")
            yield port, process, log
        finally:
            process.terminate()
            process.wait(60)


def _post(port, path, body):
    with closing(HTTPConnection("127.0.0.1", port, timeout=120)) as connection:
        connection.request("POST", path, body, {"Content-Type": "application/json"})
        with connection.getresponse() as answer:
            return answer.status, answer.read()


@pytest.fixture(scope="session")
def ask(tmp_path_factory):
    """Return a function that makes the body by which the page asks for Compare."""
    app = create_app(Config(store=str(tmp_path_factory.mktemp("store"))))
    bodies = Bodies(app.callback_map, {view.name: list(view.keys) for view in VIEWS})

    def made(query):
        (body,) = bodies.of("compare", from_query(query)[0].to_flat())
        return json.dumps(body)

    return made


def test_it_is_small(built):
    runs, base = built
    above = runs.size(IMAGE) - runs.size(base)
    print(f"{above / 1e6:.0f} MB above {base}, {runs.size(base) / 1e6:.0f} MB")
    assert 100_000_000 < above < MOST


def _writable(pid):
    """Return which places of a process's root are not mounted for reading only."""
    places = ("", "app", "data", "dev", "opt/venv", "tmp", "usr", "var/tmp")
    flags = {name: os.statvfs(f"/proc/{pid}/root/{name}").f_flag for name in places}
    return [name for name, flag in flags.items() if not flag & os.ST_RDONLY]


def test_it_serves_as_nobody_on_a_root_that_cannot_be_written(built, tmp_path, ask):
    with _serving(built, tmp_path) as (port, process, log):
        if isinstance(built[0], engine.Unpacked):
            assert Path(f"/proc/{process.pid}").stat().st_uid == engine.USER
            assert _writable(process.pid) == ["tmp"]
        assert b"Mixture" in gunicorn_server.get(port, "/")[2]
        status, answer = _post(port, UPDATE, ask("?data=moons&k=3"))
        assert (status, b"response" in answer) == (200, True), answer[:300]
        status, answer = _post(port, "/tables", TABLE)
        assert status == 200
        key = json.loads(answer)["key"]
        status, answer = _post(port, UPDATE, ask(f"?data=upload&table={key}&k=2"))
        assert (status, b"response" in answer) == (200, True), answer[:300]
    assert process.returncode == 0
    assert "Traceback" not in log.read_text()


def test_it_stops_under_load_without_a_lost_answer(built, tmp_path, ask):
    """What a worker has begun is answered; then the server ends by itself, with 0."""
    answers, sent, stopping = [], [], Event()

    def student(number):
        body = ask(f"?data=moons&n=1000&k=8&dseed={number}")
        with closing(HTTPConnection("127.0.0.1", port, timeout=120)) as connection:
            connection.request("POST", UPDATE, body, {"Content-Type": "application/json"})
            sent.append(number)
            with connection.getresponse() as answer:
                whole = json.loads(answer.read())
                answers.append((answer.status, bool(whole), stopping.is_set()))

    with _serving(built, tmp_path) as (port, process, log):
        students = [Thread(target=student, args=(number,)) for number in range(MANY)]
        for thread in students:
            thread.start()
        while len(sent) < MANY:
            time.sleep(0.01)
        time.sleep(0.3)  # they have reached a worker
        stopping.set()
        process.terminate()
        for thread in students:
            thread.join(120)
        assert process.wait(60) == 0, log.read_text()[-1500:]
    late = [one for one in answers if one[2]]
    print(f"{len(late)} of {MANY} answers came after SIGTERM: {Counter(a[0] for a in answers)}")
    assert len(answers) == MANY, log.read_text()[-1500:]
    assert {status for status, _, _ in answers} <= {200, 503}  # 503: told a place in the queue
    assert [one for one in late if one[0] == 200]
    assert "Traceback" not in log.read_text()
