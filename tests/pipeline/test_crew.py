"""Sums over slices: the same digits from whoever works, however many slices make a task."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gmm_dash.errors import FitError
from gmm_dash.pipeline.parted.crew import FAN, MANY, ROUNDS, Alone, added, grouped, together

VALUES = np.random.default_rng(3).normal(size=700) * 10.0 ** np.linspace(-3.0, 3.0, 700)


def by_tasks(items, at_a_time):
    """Return the sum as the workers of a cluster find it, some slices at a time."""
    parts = [added(one) for one in grouped(items, at_a_time)]
    while len(parts) > 1:
        parts = [added(one) for one in grouped(parts, FAN**2)]
    return parts[0]


@given(n=st.integers(1, 700), levels=st.integers(0, 4))
def test_the_digits_do_not_depend_on_how_many_slices_make_a_task(n, levels):
    items = VALUES[:n].tolist()
    alone = Alone().total(float, items)
    assert by_tasks(items, FAN**levels) == alone
    assert alone == pytest.approx(sum(items), rel=1e-9, abs=1e-9)


@given(n=st.integers(1, 10**6), workers=st.integers(1, 1000))
def test_few_workers_get_one_slice_at_a_time_and_many_have_rounds_enough(n, workers):
    size = together(n, workers)
    if workers < MANY:
        assert size == 1
    assert size == 1 or n >= ROUNDS * workers * size
    assert workers < MANY or n < ROUNDS * workers * size * FAN


def test_every_slice_is_told_in_its_order():
    told = []
    Alone().total(float, VALUES[:21].tolist(), lambda done, of: told.append((done, of)))
    assert told == [(i, 21) for i in range(1, 22)]


def inverse(value):
    if value == 0.0:
        raise FitError("There is nothing to divide by.")
    return 1.0 / value


@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::DeprecationWarning")
def test_many_workers_take_some_slices_at_a_time_and_fail_as_one_does():
    distributed = pytest.importorskip("distributed")
    from gmm_dash.pipeline.parted.crew import Workers

    here = distributed.LocalCluster(
        n_workers=MANY, threads_per_worker=1, processes=False, dashboard_address=None,
        silence_logs=50, memory_limit=0,  # they share a process, whose memory is others', too
    )  # fmt: skip
    items, told = VALUES[:300].tolist(), []
    with here, distributed.Client(here, set_as_default=False) as client:
        many = Workers(client)
        assert (many.size, together(300, MANY)) == (MANY, FAN)
        sum_ = many.total(inverse, items, lambda done, of: told.append((done, of)))
        assert sum_ == Alone().total(inverse, items)
        assert told[0] == (FAN, 300)
        assert told[-1] == (300, 300)
        with pytest.raises(FitError, match="nothing to divide by"):
            many.total(inverse, [*items, 0.0])
