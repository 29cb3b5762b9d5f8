"""compose.yaml's cluster as plain processes: nginx, two dashboards, scheduler, worker, objects.

Containers are not needed to see whether the parts fit: their commands, their settings, the way in
and the store that they share are what is shipped.
"""

import json
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from http.client import HTTPConnection
from io import BytesIO
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from sklearn.mixture import GaussianMixture

from benchmarks.load.bodies import PIECES, UPDATE, Bodies, piece
from gmm_dash.config import Config
from gmm_dash.factory import create_app
from gmm_dash.layout.views import VIEWS
from gmm_dash.state import from_query
from tests.serving import nginx_server
from tests.serving.composed import Composed
from tests.serving.gunicorn_server import get

pytestmark = nginx_server.needed
TABLE = b"x,y\n" + b"".join(b"%d,%d\n" % (i % 7 + 20 * (i % 2), i % 5) for i in range(60))


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    composed = Composed(tmp_path_factory.mktemp("composed"))
    with ExitStack() as running:
        begun = running.enter_context
        objects = begun(composed.objects())
        begun(composed.scheduler())
        webs = [begun(composed.web(name)) for name in ("one", "two")]
        front = begun(nginx_server.serving(composed.folder, webs[0][0]))
        yield SimpleNamespace(
            composed=composed,
            objects=objects,
            front=front,
            second=webs[1][0],
            logs=[log for _, _, log in webs],
        )
    for _, process, log in webs:
        assert process.returncode == 0, log.read_text()[-1500:]


@pytest.fixture(scope="module")
def bodies(tmp_path_factory):
    app = create_app(Config(store=str(tmp_path_factory.mktemp("store"))))
    return Bodies(app.callback_map, {view.name: list(view.keys) for view in VIEWS})


def _post(port, path, body):
    with closing(HTTPConnection("127.0.0.1", port, timeout=120)) as connection:
        connection.request("POST", path, body, {"Content-Type": "application/json"})
        with connection.getresponse() as answer:
            return answer.status, json.loads(answer.read())


@pytest.fixture(scope="module")
def state(cluster):
    """Upload a table by the front door; return the settings that show it."""
    status, answer = _post(cluster.front, "/tables", TABLE)
    assert status == 200, answer
    return from_query(f"?data=upload&table={answer['key']}&k=2&kmax=3&n_init=1")[0]


def _compare(port, bodies, state):
    (body,) = bodies.of("compare", state.to_flat())
    status, answer = _post(port, UPDATE, json.dumps(body))
    assert status == 200, answer
    return json.dumps(answer)


def test_a_table_of_one_dashboard_is_opened_by_the_other(cluster, bodies, state):
    """They share the store and the secret, and nothing else."""
    key = state.data.table
    listed = cluster.objects.list_objects_v2(Bucket="tables")["Contents"]
    assert [one["Key"] for one in listed if key in one["Key"]]
    shown = _compare(cluster.front, bodies, state)
    assert shown == _compare(cluster.second, bodies, state)


def test_pieces_of_long_work_are_computed_by_the_workers(cluster, state):
    """Without one a piece waits; what two workers give is equal, and equal by either dashboard."""
    asked = json.dumps(piece(state, 0))
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(_post, cluster.front, PIECES, asked)
        with pytest.raises(TimeoutError):
            first.result(3)
        with cluster.composed.worker():
            status, found = first.result(100)
            assert (status, bool(found["rows"]["mixtures"])) == (200, True)
        with cluster.composed.worker():
            assert _post(cluster.second, PIECES, asked) == (200, found)


def test_a_table_in_the_object_store_is_fitted_where_the_workers_are(cluster):
    """They have the settings by which its parts are read and labels written, as compose gives."""
    x = np.random.default_rng(0).normal(size=(900, 2)) + np.repeat([[0, 0], [9, 9], [0, 9]], 300, 0)
    cluster.objects.create_bucket(Bucket="long")
    for number, rows in enumerate(np.array_split(np.random.default_rng(1).permutation(x), 3)):
        part = pd.DataFrame(rows, columns=["x", "y"]).to_parquet()
        cluster.objects.put_object(Bucket="long", Key=f"table/{number}.parquet", Body=part)
    with cluster.composed.worker():
        done = cluster.composed.fit("s3://long/table/", "?k=3", "--labels", "s3://long/labels/")
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    oracle = GaussianMixture(3, tol=1e-6, n_init=3, random_state=0).fit(x)
    assert found["models"][0]["bic"] == pytest.approx(oracle.bic(x), abs=0.01)
    stored = [
        cluster.objects.get_object(Bucket="long", Key=f"labels/{i}.parquet") for i in range(3)
    ]
    tables = [pd.read_parquet(BytesIO(one["Body"].read())) for one in stored]
    counts = pd.concat(tables)["component"].value_counts()
    assert sorted(counts) == sorted(np.bincount(oracle.predict(x)))


def test_the_page_and_its_health_come_through_and_the_logs_are_clean(cluster):
    assert b"_dash-config" in get(cluster.front, "/")[2]
    assert get(cluster.front)[0] == 200
    assert all("Traceback" not in log.read_text() for log in cluster.logs)
