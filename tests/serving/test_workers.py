"""Several workers are one server, also when some of them die: nothing is lost of what they did."""

import json
import os
import re
import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from http.client import HTTPConnection, HTTPException
from itertools import pairwise

import pytest

from tests.serving import gunicorn_server
from tests.serving.gunicorn_server import get

COUNT = 'gmm_dash_request_seconds_count{route="health",status="2xx"}'
PUPILS, TURNS = 6, 8
PASSWORD = "correct horse"
ASK = {"kind": "number", "prompt": "Which?", "x": [0, 1_000], "whole": True}


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    folder = tmp_path_factory.mktemp("workers")
    settings = {"GMM_DASH_STORE": str(folder / "store"), "GMM_DASH_CLASS_PASSWORD": PASSWORD}
    with gunicorn_server.serving(folder, GMM_DASH_METRICS="on", **settings) as found:
        yield found


def _counted(port):
    status, _, said = get(port, "/metrics")
    assert status == 200
    found = re.search(rf"^{re.escape(COUNT)} (\S+)$", said.decode(), re.M)
    return float(found[1])


def _kill(process, count):
    """Kill workers where they stand, and wait until they are gone."""
    killed = gunicorn_server.wait_for_workers(process, 2)[:count]
    for worker in killed:
        os.kill(worker, signal.SIGKILL)
    while set(killed) & set(gunicorn_server.workers_of(process)):
        time.sleep(0.02)


def test_any_worker_tells_the_sum_also_of_those_that_died(served):
    port, process, _ = served
    for _ in range(30):
        assert get(port)[0] == 200
    gunicorn_server.wait_for_workers(process, 2)
    told = [_counted(port) for _ in range(6)]  # by whichever worker takes the connection
    assert told[0] >= 31
    assert [after - before for before, after in pairwise(told)] == [1.0] * 5
    _kill(process, 1)
    gunicorn_server.wait_for_workers(process, 2)
    assert _counted(port) > told[-1]


class Browser:
    """Asks until it is answered, as the page does."""

    def __init__(self, port):
        self._line = HTTPConnection("127.0.0.1", port, timeout=30)
        self.repeated = 0

    def ask(self, path, said=None):
        while True:
            try:
                self._line.request(*_request(path, said))
                answer = self._line.getresponse()
                found = json.loads(answer.read() or b"{}")
                assert answer.status in {200, 204}, answer.status
                assert "message" not in found, found
            except (OSError, HTTPException):
                self.repeated += 1
                self._line.close()
                time.sleep(0.02)
            else:
                return found

    def close(self):
        self._line.close()


def _request(path, said):
    fields = {"Content-Type": "application/json"}
    return ("GET", path) if said is None else ("POST", path, json.dumps(said), fields)


def test_no_answer_is_lost_and_polls_go_on_when_workers_are_killed(served):
    port, process, log = served
    gunicorn_server.wait_for_workers(process, 2)
    with closing(Browser(port)) as desk:
        opened = desk.ask("/class/open", {"password": PASSWORD})
        teacher = {name: opened[name] for name in ("key", "token")}
        asked = desk.ask("/class/ask", teacher | {"question": ASK})["asked"]
        half_way = threading.Barrier(PUPILS + 1)

        def attend(number):
            with closing(Browser(port)) as mine:
                keys, seen = mine.ask("/class/join", {"code": opened["code"]}), {"version": ""}
                for turn in range(TURNS):
                    if turn == TURNS // 2:
                        half_way.wait(60)
                    said = {"asked": asked, "answer": 100 * number + turn}
                    mine.ask("/class/answer", keys | said)
                    seen |= mine.ask(f"/class/room/{keys['key']}?after={seen['version']}")
                while seen["link"] != "?k=4":  # shown after a worker was killed
                    seen |= mine.ask(f"/class/room/{keys['key']}?after={seen['version']}")
                return mine.repeated

        with ThreadPoolExecutor(PUPILS) as pool:
            pupils = [pool.submit(attend, number) for number in range(PUPILS)]
            half_way.wait(60)
            _kill(process, 1)
            desk.ask("/class/show", teacher | {"link": "?k=4"})
            repeated = [pupil.result(60) for pupil in pupils]
        _kill(process, 2)
        tally = desk.ask("/class/reveal", teacher)["tally"]
    last = [[float(100 * number + TURNS - 1), 1] for number in range(PUPILS)]
    assert (tally["n"], sorted(tally["values"])) == (PUPILS, last), "the last taken of each"
    assert sum(repeated) + desk.repeated > 0, "both workers had been killed"
    assert "Traceback" not in log.read_text()
