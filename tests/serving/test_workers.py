"""Several workers are one server: their counters are summed, also those of one that died."""

import os
import re
import signal
import time
from itertools import pairwise

from tests.serving import gunicorn_server
from tests.serving.gunicorn_server import get

COUNT = 'gmm_dash_request_seconds_count{route="health",status="2xx"}'


def _counted(port):
    status, _, said = get(port, "/metrics")
    assert status == 200
    found = re.search(rf"^{re.escape(COUNT)} (\S+)$", said.decode(), re.M)
    return float(found[1])


def test_any_worker_tells_the_sum_also_of_those_that_died(tmp_path):
    store = str(tmp_path / "tables")
    with gunicorn_server.serving(tmp_path, GMM_DASH_METRICS="on", GMM_DASH_STORE=store) as (
        port,
        process,
        _,
    ):
        for _ in range(30):
            assert get(port)[0] == 200
        workers = gunicorn_server.wait_for_workers(process, 2)
        told = [_counted(port) for _ in range(6)]  # by whichever worker takes the connection
        assert told[0] >= 31
        assert [after - before for before, after in pairwise(told)] == [1.0] * 5
        os.kill(workers[0], signal.SIGKILL)
        while workers[0] in gunicorn_server.workers_of(process):
            time.sleep(0.05)
        gunicorn_server.wait_for_workers(process, 2)
        assert _counted(port) > told[-1]
