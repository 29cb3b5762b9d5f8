"""What earlier versions stored still opens, and so does what was copied away and back."""

import json
import os
import shutil
import tarfile
import time

import numpy as np
import pytest

from benchmarks.load.bodies import UPDATE, Bodies
from gmm_dash.config import Config, ConfigError
from gmm_dash.factory import create_app, open_store
from gmm_dash.layout.views import VIEWS
from gmm_dash.state import from_query
from gmm_dash.tables import read_table
from tests.serving.gunicorn_server import ROOT

OLD = ROOT / "tests" / "tables" / "old"
VERSIONS = sorted(path.name for path in OLD.iterdir() if path.is_dir())
FILE = "\ufeffGröße;Gewicht;Art\n" + "".join(
    f"{i % 7},5;{'' if i == 4 else str(round(i % 5 + i / 4, 2)).replace('.', ',')};{'ab'[i % 2]}\n"
    for i in range(12)
)


def _copied(version, folder):
    """Copy a store as an upgrade finds it: used a minute ago."""
    shutil.copytree(OLD / version, folder)
    for path in folder.glob("*.parquet"):
        os.utime(path, (time.time() - 60,) * 2)
    return folder


def _key(store):
    (path,) = store.glob("*.parquet")
    return path.stem


def _picture(store, key):
    """Return what the page gets for the link of a stored table."""
    app = create_app(Config(store=str(store)))
    bodies = Bodies(app.callback_map, {view.name: list(view.keys) for view in VIEWS})
    state = from_query(f"?data=upload&table={key}&k=2&label=Art")[0]
    (body,) = bodies.of("compare", state.to_flat())
    sent = json.dumps(body)
    return app.server.test_client().post(UPDATE, data=sent, content_type="application/json")


@pytest.mark.parametrize("version", VERSIONS)
def test_a_table_of_an_earlier_version_opens(version, tmp_path):
    store = _copied(version, tmp_path / "store")
    tables = open_store(Config(store=str(store)))
    stored = tables.get(_key(store))
    read = read_table(FILE.encode())
    assert list(stored.frame.columns) == list(read.frame.columns)
    for name in ("Größe", "Gewicht"):
        assert np.array_equal(stored.frame[name], read.frame[name], equal_nan=True)
    assert list(stored.frame["Art"]) == list(read.frame["Art"])
    assert stored.report.sentence.startswith("Read 12 rows x 3 columns: separator ;")
    assert stored.report.numeric_columns == read.report.numeric_columns
    assert list(tables.origin(_key(store)).lines) == list(range(1, 13))  # it kept none
    answer = _picture(store, _key(store))
    assert answer.status_code == 200
    assert "sideUpdate" not in answer.json  # nothing to complain about
    assert "response" in answer.json


def test_a_store_that_was_copied_away_and_back_opens_its_links(tmp_path):
    """As docs/deploy.md has it: one folder, with its times; with it comes the secret."""
    store = _copied(VERSIONS[-1], tmp_path / "store")
    (store / "secret" / "key").chmod(0o600)  # as the server makes it
    key, used = _key(store), time.time() - 3_600
    os.utime(store / f"{key}.parquet", (used, used))
    with tarfile.open(tmp_path / "backup.tar", "w") as backup:
        backup.add(store, "store")
    shutil.rmtree(store)
    with tarfile.open(tmp_path / "backup.tar") as backup:
        backup.extractall(tmp_path / "elsewhere", filter="data")
    restored = tmp_path / "elsewhere" / "store"
    assert abs((restored / f"{key}.parquet").stat().st_mtime - used) < 2
    assert (restored / "secret" / "key").stat().st_mode & 0o077 == 0
    assert len(open_store(Config(store=str(restored))).get(key).frame) == 12
    shutil.rmtree(restored / "secret")
    with pytest.raises(ConfigError, match="is lost"):
        open_store(Config(store=str(restored)))
