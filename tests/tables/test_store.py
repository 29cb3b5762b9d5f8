"""Laws of the store: what is put is got, by its key alone, until it expires."""

import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import fsspec
import pandas as pd
import pytest

from gmm_dash.errors import ImportProblem, TableGoneError
from gmm_dash.files import folder
from gmm_dash.files.shelf import KEY
from gmm_dash.tables import TableStore, describe_frame, read_and_store, read_table
from gmm_dash.tables.stored.store import CANNOT_STORE, DAY
from tests.tables import corpus

SECRET = b"a secret of the server"
CANARY = "canary-7f3a"


class Clock:
    """A clock that tests can turn."""

    def __init__(self):
        self.ahead = 0.0

    def __call__(self):
        return time.time() + self.ahead


@pytest.fixture
def table():
    return read_table(corpus.text_tables()["missing"][0])


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture(params=["local", "memory"])
def url(request, tmp_path):
    if request.param == "local":
        yield str(tmp_path / "not" / "yet" / "there")
    else:
        yield f"memory://{tmp_path.name}"
        fsspec.filesystem("memory").store.clear()


@pytest.fixture
def store(url, clock):
    return TableStore(url, SECRET, ttl_seconds=DAY, clock=clock)


def names(store):
    return {file.name for file in store._shelf._folder.files()}


def test_what_is_put_is_got(store, url, table):
    key = store.put(table.frame, table.report)
    assert KEY.fullmatch(key)
    for reader in (store, store, TableStore(url, SECRET)):
        stored = reader.get(key)
        pd.testing.assert_frame_equal(stored.frame, table.frame)
        assert stored.report == table.report
        assert stored.expires > time.time()


def test_the_key_depends_on_content_and_secret_alone(store, url, table):
    key = store.put(table.frame, table.report)
    assert store.put(table.frame.copy(), table.report) == key
    assert TableStore(url, SECRET).put(table.frame, table.report) == key
    other = TableStore(url, b"another secret of it")
    assert other.put(table.frame, table.report) != key
    assert store.put(table.frame.iloc[:1], table.report) != key
    assert len(names(store)) == 3


def test_a_secret_is_needed():
    with pytest.raises(ValueError, match="16 bytes"):
        TableStore("memory://x", b"short")


@pytest.mark.parametrize(
    "key", ["", "short", "../../../etc/passwd", "a" * 42, "a" * 44, "a" * 42 + "/", "ä" * 43]
)
def test_what_is_no_key_is_refused_without_a_look(store, key, monkeypatch):
    monkeypatch.setattr(store._shelf, "_folder", None)
    with pytest.raises(TableGoneError, match="key"):
        store.get(key)
    store.touch(key)


def test_an_unknown_key_says_what_to_do(store):
    with pytest.raises(TableGoneError, match="no longer stored") as caught:
        store.get("a" * 43)
    assert "settings stay" in caught.value.hint


def test_a_table_expires_and_is_swept(store, table, clock):
    key = store.put(table.frame, table.report)
    store.get(key)
    clock.ahead = DAY - 60
    store._kept.drop(key)
    assert len(store.get(key).frame) == len(table.frame)
    store._kept.drop(key)
    clock.ahead = 2 * DAY - 120  # kept for a day after its last use
    assert len(store.get(key).frame) == len(table.frame)
    clock.ahead = 3 * DAY
    with pytest.raises(TableGoneError, match="no longer stored") as caught:
        store.get(key)
    assert "1 day" in caught.value.hint
    assert store.sweep() == 1
    assert names(store) == set()


def test_use_prolongs_the_life(tmp_path, table, clock):
    store = TableStore(str(tmp_path), SECRET, ttl_seconds=DAY, clock=clock)
    key = store.put(table.frame, table.report)
    file = tmp_path / f"{key}.parquet"
    old = time.time() - DAY / 2
    os.utime(file, (old, old))
    assert store.get(key).expires > time.time() + DAY * 0.9
    assert file.stat().st_mtime > old + 60
    os.utime(file, (old, old))
    store.touch(key)
    assert file.stat().st_mtime > old + 60


def test_use_from_memory_prolongs_the_life_too(tmp_path, table, clock):
    store = TableStore(str(tmp_path), SECRET, ttl_seconds=DAY, clock=clock)
    key = store.put(table.frame, table.report)
    store.get(key)
    old = time.time() - DAY / 2
    os.utime(tmp_path / f"{key}.parquet", (old, old))
    assert store.get(key).expires > time.time() + DAY * 0.9


def test_the_quota_removes_the_longest_unused(tmp_path):
    store = TableStore(str(tmp_path), SECRET)
    keys = []
    for number in range(4):
        imported = describe_frame(pd.DataFrame({"x": [number, 1.5], "y": [2.0, 3.0]}))
        keys.append(store.put(imported.frame, imported.report))
        age = time.time() - 1_000 + number
        os.utime(tmp_path / f"{keys[-1]}.parquet", (age, age))
    size = (tmp_path / f"{keys[0]}.parquet").stat().st_size
    small = TableStore(str(tmp_path), SECRET, quota_bytes=int(2.5 * size))
    assert small.sweep() == 2
    assert {path.stem for path in tmp_path.iterdir()} == set(keys[2:])
    assert small.sweep(keep=keys[2]) == 0


def small_table(number):
    return describe_frame(pd.DataFrame({"x": [number, 1.5], "y": [2.0, 3.0]}))


@pytest.mark.parametrize("seconds", [0.01, 1, 100_000])
def test_a_table_in_use_outlives_the_others(url, clock, seconds):
    """Whatever the pace, the least recently used goes, not the oldest."""
    probe = TableStore(url, SECRET, clock=clock)
    first = small_table(0)
    key = probe.put(first.frame, first.report)
    size = len(probe._shelf.read(key))
    store = TableStore(url, SECRET, int(4.5 * size), 10**9, clock=clock)
    keys = []
    for number in range(1, 12):
        clock.ahead += seconds
        store.get(key)
        other = small_table(number)
        keys.append(store.put(other.frame, other.report))
        assert len(names(store)) == min(1 + number, 4)
    assert store.get(key).frame.equals(first.frame)
    assert {name.partition(".")[0] for name in names(store)} == {key, *keys[-3:]}


def test_a_use_by_another_process_counts(tmp_path, clock):
    stores = [
        TableStore(str(tmp_path), SECRET, 4 * 2_500, 10**9, clock=clock, cache_bytes=0)
        for _ in range(2)
    ]
    first = small_table(0)
    key = stores[0].put(first.frame, first.report)
    for number in range(1, 12):
        clock.ahead += 1
        stores[1].touch(key)
        other = small_table(number)
        stores[0].put(other.frame, other.report)
    assert stores[0].get(key).frame.equals(first.frame)
    assert len(names(stores[0])) < 12


def test_a_full_folder_is_not_listed_at_every_upload(tmp_path, clock, monkeypatch):
    listed = []
    files = folder.Folder.files
    monkeypatch.setattr(folder.Folder, "files", lambda self: listed.append(1) or files(self))
    store = TableStore(str(tmp_path), SECRET, clock=clock)
    for number in range(20):
        other = small_table(number)
        store.put(other.frame, other.report)
    assert len(listed) == 1
    clock.ahead = 61
    store.put(other.frame, other.report)
    assert len(listed) == 2


def test_a_table_above_the_quota_is_a_sentence(url, table):
    with pytest.raises(ImportProblem, match="more than the server stores"):
        TableStore(url, SECRET, quota_bytes=100).put(table.frame, table.report)


def test_only_its_own_files_are_swept(tmp_path, clock):
    """Somebody may keep tables of their own in the folder, or notes."""
    own = small_table(0)
    store = TableStore(str(tmp_path), SECRET, 1, 60, clock=clock)
    others = ["notes.txt", "sales.parquet", ".secret", "x" * 44 + ".parquet", "y" * 43 + ".png"]
    for name in [*others, ".abc.tmp", ".keep"]:
        (tmp_path / name).write_bytes(b"theirs")
        os.utime(tmp_path / name, (0, 0))
    before = names(store)
    TableStore(str(tmp_path), SECRET).put(own.frame, own.report)
    clock.ahead = 10**8
    assert store.sweep() == 1
    assert names(store) == before


def test_unfinished_files_are_litter(tmp_path, table):
    store = TableStore(str(tmp_path), SECRET)
    store.put(table.frame, table.report)
    litter = tmp_path / f".{'a' * 16}.tmp"
    litter.write_bytes(b"half a table")
    assert store.sweep() == 0
    os.utime(litter, (0, 0))
    assert store.sweep() == 1
    assert not litter.exists()


def test_a_deleted_folder_loses_the_tables_and_no_more(tmp_path, table):
    home = tmp_path / "tables"
    store = TableStore(str(home), SECRET)
    key = store.put(table.frame, table.report)
    store.get(key)
    for file in home.iterdir():
        file.unlink()
    home.rmdir()
    with pytest.raises(TableGoneError, match="no longer stored"):
        store.get(key)
    assert store.sweep() == 0
    assert store.put(table.frame, table.report) == key
    assert store.get(key).report == table.report


def test_a_folder_that_cannot_be_written_is_a_sentence(tmp_path, table):
    (tmp_path / "tables").write_text("a file stands where the folder should be")
    store = TableStore(str(tmp_path / "tables"), SECRET)
    with pytest.raises(ImportProblem, match="cannot store it") as caught:
        store.put(table.frame, table.report)
    assert caught.value.hint == CANNOT_STORE
    with pytest.raises(TableGoneError):
        store.get("a" * 43)
    assert store.sweep() == 0


def test_a_full_disk_is_a_sentence_and_leaves_nothing(tmp_path, table, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    store = TableStore(str(tmp_path), SECRET)
    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(ImportProblem, match="cannot store it"):
        store.put(table.frame, table.report)
    assert list(tmp_path.iterdir()) == []


def test_a_remote_store_out_of_reach_keeps_what_is_decoded(table, monkeypatch):
    class UnreachableError(Exception):
        """What a remote back end raises: no OSError."""

    def fail(*_, **__):
        raise UnreachableError

    store = TableStore("memory://gone", SECRET)
    key = store.put(table.frame, table.report)
    store.get(key)
    memory = type(fsspec.filesystem("memory"))
    for name in ("modified", "cat_file", "pipe_file", "ls"):
        monkeypatch.setattr(memory, name, fail)
    assert store.get(key).report == table.report
    store._kept.drop(key)
    with pytest.raises(TableGoneError, match="cannot be reached"):
        store.get(key)
    with pytest.raises(ImportProblem, match="cannot store"):
        store.put(table.frame, table.report)


@pytest.mark.parametrize("damage", [b"", b"PAR1", b"\0" * 1000])
def test_changed_bytes_are_noticed_and_healed(tmp_path, table, damage):
    store = TableStore(str(tmp_path), SECRET)
    key = store.put(table.frame, table.report)
    (tmp_path / f"{key}.parquet").write_bytes(damage)
    with pytest.raises(TableGoneError, match="damaged"):
        store.get(key)
    assert store.put(table.frame, table.report) == key
    assert store.get(key).report == table.report


def test_one_table_under_anothers_key_is_noticed(tmp_path, table):
    store = TableStore(str(tmp_path), SECRET)
    key = store.put(table.frame, table.report)
    other = store.put(table.frame.iloc[:1], table.report)
    (tmp_path / f"{other}.parquet").replace(tmp_path / f"{key}.parquet")
    with pytest.raises(TableGoneError, match="damaged"):
        store.get(key)


def test_a_whole_upload(store):
    data = f"{CANARY},y\n1.5,2\n2.5,4\n".encode()
    key, report = read_and_store(data, None, None, store)
    assert store.get(key).frame[CANARY].tolist() == [1.5, 2.5]
    assert store.get(key).report == report
    with pytest.raises(ImportProblem):
        read_and_store(b"", None, None, store)
    assert len(names(store)) == 1
    assert all(CANARY not in name for name in names(store))


def test_put_equals_ingest(store):
    data = corpus.text_tables()["units"][0]
    key, _ = read_and_store(data, None, None, store)
    imported = read_table(data)
    assert store.put(imported.frame, imported.report, imported.origin) == key


def test_files_are_for_the_owner_only(tmp_path, table):
    store = TableStore(str(tmp_path / "tables"), SECRET)
    key = store.put(table.frame, table.report)
    assert (tmp_path / "tables").stat().st_mode & 0o077 == 0
    assert (tmp_path / "tables" / f"{key}.parquet").stat().st_mode & 0o077 == 0


def test_many_threads_put_and_get_the_same_tables(tmp_path, table):
    store = TableStore(str(tmp_path), SECRET, cache_bytes=1)
    failures = []

    def work(number):
        try:
            for _ in range(10):
                key = store.put(table.frame.iloc[: 1 + number % 2], table.report)
                assert len(store.get(key).frame) == 1 + number % 2
        except Exception as error:  # noqa: BLE001  (a thread's failure must reach the test)
            failures.append(error)

    threads = [threading.Thread(target=work, args=(i,)) for i in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert len(list(tmp_path.iterdir())) == 2


def test_another_process_gives_the_same_key(tmp_path, table):
    key = TableStore(str(tmp_path), SECRET).put(table.frame, table.report)
    code = (
        "import sys; from gmm_dash.tables import TableStore\n"
        "store = TableStore(sys.argv[1], sys.argv[2].encode())\n"
        "stored = store.get(sys.argv[3])\n"
        "print(store.put(stored.frame, stored.report))"
    )
    answer = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path), SECRET.decode(), key],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(Path(folder.__file__).parents[2])},
    )
    assert answer.stdout.strip() == key
