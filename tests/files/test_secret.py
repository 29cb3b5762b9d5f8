"""One secret for all workers and restarts, readable by its owner only, never lost silently."""

import os
import shutil
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import fsspec
import pandas as pd
import pytest

from gmm_dash.config import Config, ConfigError
from gmm_dash.errors import ImportProblem
from gmm_dash.factory import open_images, open_store
from gmm_dash.files.secret import FINGERPRINT_FILE, FOLDER, FORMER, KEY_FILE, Secret
from gmm_dash.tables import TableStore, describe_frame

GIVEN = "s" * 32
TABLE = describe_frame(pd.DataFrame({"x": [1.0, 2.0, 4.0], "y": [2.0, 3.0, 1.0]}))


def key_file(store):
    return store / FOLDER / KEY_FILE


def put(store, config=None):
    """Return the key of a table stored by a server that has just started."""
    config = config or Config(store=str(store))
    return open_store(config).put(TABLE.frame, TABLE.report)


def test_a_given_secret_is_used(tmp_path):
    assert Secret(str(tmp_path), GIVEN).value == GIVEN.encode()
    assert [path.name for path in (tmp_path / FOLDER).iterdir()] == [FINGERPRINT_FILE]
    assert GIVEN not in (tmp_path / FOLDER / FINGERPRINT_FILE).read_text()


def test_it_is_made_once_and_kept(tmp_path):
    store = tmp_path / "tables"
    with ThreadPoolExecutor(8) as pool:
        secrets = {secret.value for secret in pool.map(lambda _: Secret(str(store)), range(16))}
    assert len(secrets) == 1
    assert len(secrets.pop()) >= 32
    assert [path.name for path in store.iterdir()] == [FOLDER]
    assert {path.name for path in (store / FOLDER).iterdir()} == {KEY_FILE, FINGERPRINT_FILE}
    assert key_file(store).stat().st_mode & 0o777 == 0o600
    assert (store / FOLDER).stat().st_mode & 0o777 == 0o700


def test_two_places_have_two_secrets(tmp_path):
    assert Secret(str(tmp_path / "a")).value != Secret(str(tmp_path / "b")).value


@pytest.mark.parametrize("days", [0.1, 1, 31, 400])
def test_time_and_restarts_break_no_link(tmp_path, days):
    """A table in use opens in every later server, however much is swept meanwhile."""
    now = [time.time()]
    secret = Secret(str(tmp_path))

    def server():
        return TableStore(
            str(tmp_path), Secret(str(tmp_path)).value, clock=lambda: now[0],
            before_writing=secret.keep,
        )  # fmt: skip

    first = server()
    key = first.put(TABLE.frame, TABLE.report)
    for _ in range(20):
        now[0] += days * 86_400 / 20
        first.get(key)
        first.sweep()
        assert server().get(key).frame.equals(TABLE.frame)
        assert server().put(TABLE.frame, TABLE.report) == key
    assert secret.value == Secret(str(tmp_path)).value


def test_old_files_of_every_kind_outlive_the_sweep_of_both_stores(tmp_path):
    config = Config(store=str(tmp_path))
    put(tmp_path)
    (tmp_path / "images").mkdir()
    others = [
        tmp_path / "README.txt",
        tmp_path / "sales.parquet",
        tmp_path / FORMER,
        tmp_path / "images" / "me.png",
        tmp_path / ".hidden.tmp",
        key_file(tmp_path),
        tmp_path / FOLDER / FINGERPRINT_FILE,
    ]
    for path in others:
        path.touch()
        os.utime(path, (0, 0))
    tight = replace(config, store_quota_bytes=1_000_000)
    assert open_store(tight).sweep() == 0
    assert open_images(tight).sweep() == 0
    assert all(path.exists() for path in others)


def test_the_secret_of_version_0_1_is_taken_over(tmp_path):
    (tmp_path / FORMER).write_bytes(b"k" * 64)
    key = TableStore(str(tmp_path), b"k" * 64).put(TABLE.frame, TABLE.report)
    assert open_store(Config(store=str(tmp_path))).get(key).frame.equals(TABLE.frame)
    (tmp_path / FORMER).unlink()
    assert open_store(Config(store=str(tmp_path))).get(key).frame.equals(TABLE.frame)


@pytest.mark.parametrize("loss", [lambda p: p.unlink(), lambda p: p.write_bytes(b"short")])
def test_a_lost_secret_is_not_replaced_under_tables(tmp_path, loss):
    key = put(tmp_path)
    kept = key_file(tmp_path).read_bytes()
    loss(key_file(tmp_path))
    with pytest.raises(ConfigError) as caught:
        open_store(Config(store=str(tmp_path)))
    assert str(tmp_path) in caught.value.sentence
    assert "backup" in caught.value.hint
    assert not key_file(tmp_path).exists() or key_file(tmp_path).read_bytes() == b"short"
    given = open_store(Config(store=str(tmp_path), secret=kept.decode()))  # a way out it names
    assert given.get(key).frame.equals(TABLE.frame)
    key_file(tmp_path).write_bytes(kept)  # and another
    assert open_store(Config(store=str(tmp_path))).get(key).frame.equals(TABLE.frame)


def test_images_are_tables_too(tmp_path):
    put(tmp_path)
    (tmp_path / "images").mkdir()
    for path in tmp_path.glob("*.parquet"):
        path.replace(tmp_path / "images" / f"{path.stem}.png")
    key_file(tmp_path).unlink()
    with pytest.raises(ConfigError, match="is lost"):
        Secret(str(tmp_path))


@pytest.mark.parametrize("kept", [b"", b"short"])
def test_a_damaged_secret_that_signed_nothing_is_made_anew(tmp_path, kept):
    key_file(tmp_path).parent.mkdir()
    key_file(tmp_path).write_bytes(kept)
    assert len(Secret(str(tmp_path)).value) >= 32
    assert Secret(str(tmp_path)).value == Secret(str(tmp_path)).value


@pytest.mark.parametrize("place", ["local", "memory"])
def test_another_secret_is_refused_while_tables_exist(tmp_path, place):
    url = str(tmp_path) if place == "local" else f"memory://{tmp_path.name}"
    config = Config(store=url, secret=GIVEN)
    other = replace(config, secret="t" * 32)
    open_store(config)
    open_store(other)  # nothing is stored yet
    open_store(config).put(TABLE.frame, TABLE.report)
    with pytest.raises(ConfigError, match="signed with") as caught:
        open_store(other)
    assert "t" * 32 not in caught.value.sentence
    open_store(config)
    if place == "memory":
        fsspec.filesystem("memory").store.clear()


def test_a_given_secret_does_not_take_over_from_a_kept_one(tmp_path):
    put(tmp_path)
    with pytest.raises(ConfigError, match="signed with"):
        open_store(Config(store=str(tmp_path), secret=GIVEN))
    assert open_store(Config(store=str(tmp_path), secret=key_file(tmp_path).read_text()))


def test_a_store_that_was_deleted_gets_the_same_secret_again(tmp_path):
    store = open_store(Config(store=str(tmp_path / "tables")))
    key = store.put(TABLE.frame, TABLE.report)
    shutil.rmtree(tmp_path / "tables")
    assert store.put(TABLE.frame, TABLE.report) == key
    again = open_store(Config(store=str(tmp_path / "tables")))
    assert again.get(key).frame.equals(TABLE.frame)


def test_a_place_that_cannot_be_written_still_gives_a_secret(tmp_path):
    (tmp_path / "file").touch()
    assert len(Secret(str(tmp_path / "file" / "tables")).value) >= 32


def test_nothing_is_stored_under_a_secret_that_is_not_kept(tmp_path):
    (tmp_path / "tables").touch()
    store = open_store(Config(store=str(tmp_path / "tables")))
    (tmp_path / "tables").unlink()
    put(tmp_path / "tables")  # another server comes first
    with pytest.raises(ImportProblem, match="cannot store"):
        store.put(TABLE.frame, TABLE.report)


def test_a_secret_others_can_read_is_closed(tmp_path):
    Secret(str(tmp_path))
    key_file(tmp_path).chmod(0o644)
    Secret(str(tmp_path))
    assert key_file(tmp_path).stat().st_mode & 0o077 == 0


def test_a_file_system_without_links_keeps_it_too(tmp_path, monkeypatch):
    def refuse(*_):
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr("pathlib.Path.hardlink_to", refuse)
    assert Secret(str(tmp_path)).value == Secret(str(tmp_path)).value


def test_replicas_must_be_given_one():
    with pytest.raises(ConfigError, match="GMM_DASH_SECRET"):
        Secret("s3://bucket/tables")
