"""Laws of the queue: few at a time, first come first served, nobody left behind or blocked."""

import itertools
import random
import threading
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gmm_dash.errors import BusyError
from gmm_dash.serving.admission import (
    BRIEFLY,
    FREE,
    GRACE,
    LONGEST_PAUSE,
    PATIENCE,
    Admission,
    Lane,
    lanes,
    threads,
)


class Clock:
    """A clock that tests turn."""

    def __init__(self):
        self.now = 0.0

    def __call__(self):
        return self.now


def one_lane(slots=1, seats=0, seconds=1.0, followers=1, clock=None):
    return Admission({"work": Lane(slots, seats, seconds)}, followers, clock or Clock())


def told(admission, ticket):
    """Return what somebody without a slot is told."""
    with pytest.raises(BusyError) as caught, admission.turn("work", ticket):
        pass
    return caught.value


def seated(admission):
    """Return how many wait inside threads."""
    return sum(place.present for place in admission._queues["work"].line.values())


def test_a_free_slot_is_given_at_once():
    admission = one_lane(slots=2)
    with admission.turn("work", "a"), admission.turn("work", "b"):
        assert told(admission, "c").ahead == 2
    with admission.turn("work", "d"):
        pass


def test_a_place_is_kept_by_the_work_and_moves_up():
    admission = one_lane()
    with admission.turn("work", "first"):
        assert [told(admission, name).ahead for name in "abc"] == [1, 2, 3]
        assert [told(admission, name).ahead for name in "cba"] == [3, 2, 1]
    with admission.turn("work", "a"):
        assert [told(admission, name).ahead for name in "cb"] == [2, 1]


def test_those_who_are_away_for_a_moment_block_nobody_and_lose_nothing():
    clock = Clock()
    admission = one_lane(seats=1, clock=clock)
    with admission.turn("work", "first"):
        waits = threading.Thread(target=lambda: _take(admission, "seated", []))
        waits.start()
        _until(lambda: seated(admission) == 1)
        assert [told(admission, name).ahead for name in ("later", "last")] == [2, 3]
    waits.join(10)
    assert not waits.is_alive()
    with admission.turn("work", "new"):
        assert told(admission, "last").ahead == 2  # still before all who come now
        assert told(admission, "newer").ahead == 3


def test_who_does_not_come_again_gives_the_place_up():
    clock = Clock()
    admission = one_lane(clock=clock)
    with admission.turn("work", "first"):
        pause = told(admission, "gone").seconds
        clock.now += pause + GRACE - 1
        assert told(admission, "next").ahead == 2
        clock.now += 2
        assert told(admission, "next").ahead == 1


@given(st.floats(0.1, 30), st.integers(1, 4))
def test_nobody_is_let_in_who_could_not_be_served_within_a_minute(seconds, slots):
    admission = one_lane(slots=slots, seconds=seconds)
    with _all_slots(admission, slots):
        places = 0
        while (busy := told(admission, f"w{places}")).ahead is not None:
            assert busy.ahead == slots + places
            places += 1
        assert (places - 1) * seconds / slots <= 60 < (places + 1) * seconds / slots
        assert "try again" in busy.hint
        assert 0.5 <= busy.seconds <= LONGEST_PAUSE
        assert told(admission, "w0").ahead == slots  # who was let in keeps the place


class _all_slots:  # noqa: N801  (used like a function)
    def __init__(self, admission, slots):
        self._turns = [admission.turn("work", f"slot {i}") for i in range(slots)]

    def __enter__(self):
        for turn in self._turns:
            turn.__enter__()

    def __exit__(self, *_):
        for turn in self._turns:
            turn.__exit__(None, None, None)


def test_the_estimate_follows_what_the_work_takes():
    clock = Clock()
    admission = one_lane(seconds=0.1, clock=clock)
    for number in range(60):
        with admission.turn("work", str(number)):
            clock.now += 8.0
    with admission.turn("work", "first"):
        for number in range(7):
            assert told(admission, f"w{number}").ahead == number + 1
        assert told(admission, "w7").ahead is None


def test_work_that_fails_gives_its_slot_back():
    admission = one_lane()
    for _ in range(3):
        with pytest.raises(ZeroDivisionError), admission.turn("work", "a"):
            1 / 0  # noqa: B018


def test_the_same_work_twice_gets_two_places():
    admission, order = one_lane(seats=3), []
    with admission.turn("work", "a"):
        waiting = [threading.Thread(target=_take, args=(admission, "b", order)) for _ in range(3)]
        for thread in waiting:
            thread.start()
        _until(lambda: seated(admission) == 3)
        assert told(admission, "z").ahead == 4
    for thread in waiting:
        thread.join(10)
    assert order == ["b"] * 3


def test_everybody_follows_briefly_and_a_few_for_long():
    admission = one_lane(followers=1)
    with (
        admission.following("work", "a", 0.0) as first,
        admission.following("work", "a", 0.1) as more,
    ):
        assert first == PATIENCE
        assert more == pytest.approx(BRIEFLY - 0.1)
        with pytest.raises(BusyError) as caught, admission.following("work", "a", BRIEFLY):
            pass
        assert (caught.value.ahead, caught.value.seconds) == (0, 1.0)
    with admission.following("work", "a", 7.0) as again:
        assert again == PATIENCE


def test_what_is_told_of_work_under_way_is_its_place_or_that_it_has_begun():
    admission = one_lane(seats=3)
    with admission.turn("work", "first"):
        waits = threading.Thread(target=_take, args=(admission, "seated", []))
        waits.start()
        _until(lambda: seated(admission) == 1)
        assert admission.later("work", "seated").ahead == 1
        assert admission.later("work", "first").ahead == 0
    waits.join(10)
    assert not waits.is_alive()


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 10**6), st.integers(1, 3), st.integers(0, 4))
def test_a_crowd_is_served_and_nobody_is_left(seed, slots, seats):
    """Everybody comes again when told to, and sooner or later has a turn."""
    rng, fast = random.Random(seed), 200.0  # the queue's clock runs so much faster
    admission = Admission({"work": Lane(slots, seats, 1.0)}, clock=lambda: time.monotonic() * fast)
    served, working, most = [], [0], [0]
    lock = threading.Lock()

    def work(number):
        with admission.turn("work", str(number)):
            with lock:
                working[0] += 1
                most[0] = max(most[0], working[0])
            time.sleep(rng.uniform(0.5, 1.5) / fast)
            with lock:
                working[0] -= 1
                served.append(number)

    def person(number):
        while number not in served:
            try:
                work(number)
            except BusyError as busy:
                time.sleep(busy.seconds / fast)

    crowd = [threading.Thread(target=person, args=(number,)) for number in range(40)]
    for thread in crowd:
        thread.start()
        time.sleep(0.0005)
    for thread in crowd:
        thread.join(30)
    assert sorted(served) == list(range(40))
    assert most[0] <= slots
    assert admission._queues["work"].line == {}


def _take(admission, ticket, order):
    with admission.turn("work", ticket):
        order.append(ticket)


def _until(condition):
    for _ in itertools.takewhile(lambda _: not condition(), range(1000)):
        time.sleep(0.005)
    assert condition()


def test_a_worker_has_threads_for_all_who_wait_and_some_more():
    for files in (1, 2, 8):
        inside = sum(lane.slots + lane.seats for lane in lanes(files).values())
        assert threads(files) >= inside + FREE


def test_what_nobody_waits_for_gets_a_slot_only_while_another_stays_free():
    admission = one_lane(slots=2)
    with admission.spare("work") as free, admission.spare("work") as second:
        assert (free, second) == (True, False)
        with admission.turn("work", "a"):
            assert told(admission, "b").ahead == 2
    with admission.turn("work", "b"), admission.spare("work") as free:
        assert not free
    with admission.spare("work") as free:
        assert free
