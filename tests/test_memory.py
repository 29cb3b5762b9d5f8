"""The bounded memory, by the laws that everything kept relies on."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gmm_dash.memory import ENTRY, Memory


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.integers(0, 1200)), max_size=40))
def test_it_never_grows_over_its_size(steps):
    memory, told = Memory(4_000, len, share=3), {}
    for key, length in steps:
        memory.put(key, b"x" * length)
        told[key] = length
        assert 0 <= memory.used <= 4_000
        small = ENTRY + length <= 4_000 // 3
        assert memory.get(key) == (b"x" * length if small else None), "never what was there before"
    here = [key for key in told if memory.get(key) is not None]
    assert len(memory) == len(here)
    assert memory.used == sum(ENTRY + told[key] for key in here)


def test_the_least_used_makes_room():
    memory = Memory(4 * (ENTRY + 100), len)
    for key in "abcd":
        memory.put(key, b"x" * 100)
    memory.get("a")
    memory.put("e", b"x" * 100)
    assert [memory.get(key) is not None for key in "abcde"] == [True, False, True, True, True]
    memory.put("c", b"")
    memory.drop("d")
    memory.drop("nobody")
    assert memory.used == 3 * ENTRY + 200
    assert memory.get("d", b"gone") == b"gone"


@pytest.mark.parametrize("share", [1, 4])
def test_what_is_too_large_is_computed_each_time_and_pushes_nothing_out(share):
    memory, calls = Memory(4 * (ENTRY + 10), len, share), []

    def compute(length):
        calls.append(length)
        return b"x" * length

    kept = memory.remember(compute)
    memory.put("here", b"")
    largest = 4 * (ENTRY + 10) // share - ENTRY
    for length in (largest + 1, largest + 1, largest):
        assert len(kept(length)) == length
    assert calls == [largest + 1, largest + 1, largest]
    assert (memory.get("here") is None) == (share == 1), "only the last one found room"
    kept(largest)
    assert len(calls) == 3


def test_results_are_remembered_by_function():
    memory, calls = Memory(3 * (ENTRY + 10), len), []

    def compute(length):
        calls.append(length)
        return b"x" * length

    kept, other = memory.remember(compute), memory.remember(lambda length: b"y" * length)
    kept(1)
    kept(1)
    assert calls == [1]
    assert other(1) == b"y", "another function's result"
    for length in (8, 9, 10):
        kept(length)
    kept(1)
    assert calls.count(1) == 2, "the oldest had to leave"


def test_many_who_ask_at_once_wait_for_one_and_a_failure_is_not_kept():
    memory, calls, go = Memory(10_000, len), [], threading.Event()

    def compute(fails):
        calls.append(fails)
        go.wait(10)
        if fails and len(calls) == 1:
            raise TimeoutError
        return b"found"

    kept = memory.remember(compute)
    with ThreadPoolExecutor(5) as pool:
        first = pool.submit(kept, fails=True)
        rest = [pool.submit(kept, fails=True) for _ in range(4)]
        while not calls:
            pass
        go.set()
        with pytest.raises(TimeoutError):
            first.result(10)
        assert [one.result(10) for one in rest] == [b"found"] * 4
    assert len(calls) == 2


def test_it_counts_right_when_threads_meet():
    memory = Memory(20 * (ENTRY + 50), len)

    def work(seed):
        for step in range(300):
            key = (seed * step) % 37
            memory.put(key, b"x" * (key + 10))
            memory.get((seed + step) % 37)
            if step % 5 == 0:
                memory.drop((seed * step + 1) % 37)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, range(1, 5)))
    here = [key for key in range(37) if memory.get(key) is not None]
    assert memory.used == sum(ENTRY + key + 10 for key in here)
    assert len(memory) == len(here) > 0


def test_what_is_too_large_to_keep_is_found_as_long_as_somebody_holds_it():
    class Large:
        pass

    made = []

    def make(name):
        made.append(name)
        return Large()

    memory = Memory(4_000, lambda _: 10_000)
    get, other = memory.remember(make), memory.remember(lambda name: make(f"other {name}"))
    held = get("a")
    assert get("a") is held
    assert other("a") is not held
    assert made == ["a", "other a"]
    assert (memory.used, len(memory)) == (0, 0)
    del held
    get("a")
    assert made == ["a", "other a", "a"]
