"""A store that is gone, full or read-only costs uploads, and nothing else."""

import errno
import io
import json
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.load.bodies import UPDATE, Bodies
from gmm_dash.config import Config
from gmm_dash.factory import create_app
from gmm_dash.files import folder
from gmm_dash.layout.views import VIEWS
from gmm_dash.state import from_query

ROOT = Path(__file__).parents[2]
TABLE = b"x,y\n" + b"".join(b"%d,%d\n" % (i % 7, i % 5 + i) for i in range(60))


@pytest.fixture
def dashboard(tmp_path):
    """Return the store's folder and a client of a dashboard that asks for its health every time."""
    store = tmp_path / "tables"
    app = create_app(replace(Config(), store=str(store), health_seconds=0.0))
    client = app.server.test_client()
    bodies = Bodies(app.callback_map, {view.name: list(view.keys) for view in VIEWS})

    def look(query):
        (body,) = bodies.of("compare", from_query(query)[0].to_flat())
        return client.post(UPDATE, data=json.dumps(body), content_type="application/json")

    return store, client, look


def _send(client):
    return client.post("/tables", data=io.BytesIO(TABLE), content_type="application/octet-stream")


def _works(answer):
    return answer.status_code == 200 and "sideUpdate" not in answer.json


@pytest.mark.parametrize("reason", [errno.ENOSPC, errno.EROFS, errno.EACCES, errno.EDQUOT])
def test_a_store_that_takes_nothing(dashboard, monkeypatch, reason):
    _, client, look = dashboard
    assert client.get("/healthz").status_code == 200

    def refuse(*_):
        raise OSError(reason, "no")

    monkeypatch.setattr(folder, "_write_local", refuse)
    assert _works(look("?data=moons&dseed=3"))
    health = client.get("/healthz")
    assert (health.status_code, health.json["degraded"]) == (503, ["store"])
    said = _send(client)
    assert said.status_code == 200
    assert "cannot store it right now" in said.json["message"]
    monkeypatch.undo()
    assert client.get("/healthz").status_code == 200
    assert _send(client).json["key"]


def test_a_store_that_was_deleted_is_made_again(dashboard):
    store, client, look = dashboard
    key = _send(client).json["key"]
    shutil.rmtree(store)
    assert _works(look("?data=moons&dseed=4"))
    assert client.get("/healthz").status_code == 200
    assert _send(client).json["key"] == key
    assert _works(look(f"?data=upload&table={key}&k=2"))


def test_a_table_whose_picture_is_remembered_is_still_in_use(dashboard):
    """A class looks at one link: the answers come from memory, and the table must not age."""
    store, _, look = dashboard
    key = _send(dashboard[1]).json["key"]
    assert _works(look(f"?data=upload&table={key}&k=2"))
    os.utime(store / f"{key}.parquet", (1e9, 1e9))
    assert _works(look(f"?data=upload&table={key}&k=2"))
    assert (store / f"{key}.parquet").stat().st_mtime > 1.7e9


def test_a_lost_secret_is_a_refusal_to_start_in_one_sentence(tmp_path):
    """Neither way of starting makes a new secret while there are tables."""
    create_app(Config(store=str(tmp_path))).server.test_client().post("/tables", data=TABLE)
    (tmp_path / "secret" / "key").unlink()
    environment = {**os.environ, "GMM_DASH_STORE": str(tmp_path), "PORT": "1"}
    for command in (["app.py"], ["-m", "gunicorn", "app:server"]):
        ended = subprocess.run(
            [sys.executable, *command],
            check=False,
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
        )
        assert ended.returncode != 0
        assert f"The secret that signs the tables in {tmp_path} is lost" in ended.stderr
        assert "Traceback" not in ended.stderr
    assert not (tmp_path / "secret" / "key").exists()
