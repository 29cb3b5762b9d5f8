"""The child process: limited, alone, and never left behind."""

import contextlib
import dataclasses
import os
import sys
import tempfile
import threading
import time
from pathlib import Path

import pytest

from gmm_dash.errors import BusyError, ImportProblem
from gmm_dash.files import process, slots
from gmm_dash.files.limits import Limits
from gmm_dash.tables import read_guarded
from tests.tables import corpus

PARQUET = corpus.packed_tables()["parquet"][0]


def children():
    """Return the ids of this process's children, zombies included."""
    text = Path(f"/proc/self/task/{os.getpid()}/children").read_text()
    return set(text.split())


def behave(monkeypatch, code):
    """Let the child run other code: what a parser that was taken over might do."""
    monkeypatch.setattr(process, "COMMAND", (sys.executable, "-c", code))


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("import time; time.sleep(60)", "too long"),
        ("import os; os.abort()", "could not be read"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "could not be read"),
        ("raise SystemExit(3)", "could not be read"),
        ("pass", "could not be read"),
        ("print('nonsense')", "could not be read"),
        ("print('!nonsense')", "could not be read"),
        ("print('![1]')", "could not be read"),
    ],
)
def test_whatever_the_child_does_gives_a_sentence(monkeypatch, code, words):
    before = children()
    behave(monkeypatch, code)
    if "sleep" in code:
        monkeypatch.setattr(process, "_patience", lambda _: 1)
    with pytest.raises(ImportProblem, match=words) as caught:
        read_guarded(PARQUET)
    assert caught.value.hint
    assert children() <= before


def test_no_child_is_left_after_reading():
    before = children()
    read_guarded(PARQUET)
    assert children() <= before


def test_the_child_sees_nothing_of_the_environment(monkeypatch, tmp_path):
    monkeypatch.setenv("GMM_DASH_SECRET", "canary")
    seen = tmp_path / "seen"
    behave(monkeypatch, f"import os; open({str(seen)!r}, 'w').write(repr(dict(os.environ)))")
    with pytest.raises(ImportProblem):
        read_guarded(PARQUET)
    assert "PYTHONPATH" in seen.read_text()
    assert "canary" not in seen.read_text()


def test_processor_time_is_limited_by_the_kernel(monkeypatch):
    code = (
        "import sys, json; from gmm_dash.files import child\n"
        "r = json.loads(sys.stdin.buffer.readline())\n"
        "child._limit_time(1, r['wall'])\n"
        "while True: pass"
    )
    behave(monkeypatch, code)
    start = time.perf_counter()
    with pytest.raises(ImportProblem, match="too long"):
        read_guarded(PARQUET)
    assert time.perf_counter() - start < 30


def test_memory_is_limited_by_the_kernel(monkeypatch):
    code = (
        "from gmm_dash.files import child; from gmm_dash.files.limits import Limits\n"
        "child._limit_memory(Limits(memory_mb=50))\n"
        "bytearray(20_000_000)\n"
        "try: bytearray(100_000_000)\n"
        "except MemoryError: raise SystemExit(0)\n"
        "print('!' + '[\"no limit\", \"\"]')"
    )
    behave(monkeypatch, code)
    with pytest.raises(ImportProblem, match="could not be read"):
        read_guarded(PARQUET)


def test_too_little_memory_is_a_sentence():
    words = b",".join(b"%d" % i for i in range(12))
    data = b"\n".join([words] * 80_000)
    limits = Limits(memory_mb=3)
    with pytest.raises(ImportProblem, match="memory"):
        read_guarded(data, limits=limits)
    assert read_guarded(data).report.n_rows == 80_000


def test_no_process_to_be_had_is_a_sentence(monkeypatch):
    monkeypatch.setattr(process, "COMMAND", ("/no/such/program",))
    with pytest.raises(ImportProblem, match="cannot read files right now"):
        read_guarded(PARQUET)


@pytest.fixture
def no_temporary_folder(monkeypatch):
    def fail():
        raise FileNotFoundError("No usable temporary directory")

    monkeypatch.setattr(tempfile, "gettempdir", fail)


def test_a_read_only_machine_still_reads(no_temporary_folder):
    assert read_guarded(PARQUET).report.n_rows == 3


@pytest.mark.parametrize("files", [True, False])
def test_places_are_limited_and_given_back(files, monkeypatch, tmp_path, request):
    if files:
        monkeypatch.setattr(tempfile, "gettempdir", lambda: str(tmp_path))
    else:
        request.getfixturevalue("no_temporary_folder")
    with contextlib.ExitStack() as held:
        held.enter_context(slots.slot(2, 0))
        held.enter_context(slots.slot(2, 0))
        with pytest.raises(BusyError, match="other files"):
            held.enter_context(slots.slot(2, 0.05))
    with slots.slot(1, 0) as file:
        assert (file is not None) is files


def test_places_are_shared_by_processes(monkeypatch, tmp_path):
    monkeypatch.setattr(tempfile, "gettempdir", lambda: str(tmp_path))
    with slots.slot(1, 0):
        slots._taken.clear()  # as another process sees it
        with pytest.raises(BusyError, match="other files"), slots.slot(1, 0.05):
            pass


def test_more_files_than_places_wait_for_their_turn():
    limits = dataclasses.replace(Limits(), concurrent=1, queue_seconds=60)
    results = []

    def read():
        results.append(read_guarded(PARQUET, limits=limits).report.n_rows)

    threads = [threading.Thread(target=read) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [3, 3, 3]


def test_small_text_needs_no_process(monkeypatch):
    monkeypatch.setattr(process, "COMMAND", ("/no/such/program",))
    assert read_guarded(b"x,y\n1,2\n").report.n_rows == 1
    with pytest.raises(ImportProblem, match="right now"):
        read_guarded(b'[{"x": 1}]')
