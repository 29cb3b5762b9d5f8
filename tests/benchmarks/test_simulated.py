"""Laws of the simulated cluster, and the watch that measures its parts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.simulated import Scheduler, Timed, Watched, fit_seconds, pass_seconds

SECONDS = st.floats(1e-4, 2.0)
TIMED = st.builds(Timed, st.lists(SECONDS, min_size=1, max_size=90).map(tuple), st.floats(0, 0.01))
SCHEDULER = st.builds(Scheduler, st.floats(0, 0.01), st.floats(0, 0.1))
FREE = Scheduler(0.0, 0.0)


@given(TIMED, SCHEDULER, st.integers(1, 64))
def test_no_pass_is_faster_than_its_work_or_its_scheduler_allow(timed, scheduler, workers):
    took = pass_seconds(timed, workers, scheduler)
    assert took >= sum(timed.slices) / workers
    assert took >= max(timed.slices) + timed.adding
    assert took >= len(timed.slices) * scheduler.each
    assert took <= pass_seconds(timed, 1, scheduler) * (1 + 1e-12)


@given(TIMED)
def test_one_worker_that_costs_nothing_takes_what_was_timed(timed):
    level, sums = len(timed.slices), 0
    while level > 1 or not sums:
        level = -(-level // 16)
        sums += level
    wanted = sum(timed.slices) + sums * timed.adding
    assert pass_seconds(timed, 1, FREE) == pytest.approx(wanted)


def test_equal_slices_are_shared_and_what_is_done_alone_is_not():
    one = Timed((0.5,) * 64, 0.0)
    assert [pass_seconds(one, workers, FREE) for workers in (1, 8, 64, 500)] == [32, 4, 0.5, 0.5]
    assert fit_seconds([one, one], 3.0, 8, FREE) == pytest.approx(3 + 2 * 4)


def test_the_watch_notes_every_slice_of_every_pass():
    watched = Watched()
    assert watched.total(lambda item: item, range(40)) == sum(range(40))
    assert watched.total(lambda item: item, [7]) == 7
    assert [len(one.slices) for one in watched.passes] == [40, 1]
    assert all(seconds >= 0 for one in watched.passes for seconds in (*one.slices, one.adding))
