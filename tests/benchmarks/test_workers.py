"""The benchmark of many workers: what it times is the fit, and what it plays again is the same."""

import numpy as np
import pytest

from benchmarks.bench_workers import write_table
from benchmarks.replay import Played, Watched, replay, resting
from gmm_dash.pipeline.parted.crew import Alone
from gmm_dash.pipeline.parted.study import Plan, open_table, study


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    place = tmp_path_factory.mktemp("table")
    write_table(place, 3, 2000)
    return place


def studied(crew, folder):
    return study(crew, open_table(crew, str(folder), ()).slices(), Plan((6,)))


def test_a_watched_crew_finds_what_it_would_find_and_times_every_slice(folder):
    watched = Watched(Alone())
    found, again = studied(watched, folder), studied(Alone(), folder)
    assert found.best is not None
    assert np.array_equal(found.best.mixture.means, again.best.mixture.means)
    passes = [one for one in watched.passes if one.name == "pass_over"]
    assert len(passes) == found.runs.passes - 1  # and one for the scores
    assert [one.name for one in watched.passes[-1:]] == ["score_over"]
    for one in passes:
        assert len(one.seconds) == 3
        assert 0.0 < sum(one.seconds) <= one.wall


class Counted(Alone):
    """Who notes what it is given, and does not rest."""

    def __init__(self):
        self.given = []

    def total(self, function, items, tell=None):
        self.given.append([seconds for seconds, _ in items])
        return super().total(lambda item: function((0.0, item[1])), items, tell)


def test_a_longer_table_has_more_slices_and_the_starts_of_one_sample():
    passes = [
        Played("starts", 1.0, (0.5, 0.25), 1.0),
        Played("pass", 3.0, (0.5, 0.125, 0.25), 2.0),
    ]
    crew = Counted()
    again = replay(crew, passes, times=2)
    assert crew.given == [[0.5, 0.25], [0.5, 0.125, 0.25, 0.5, 0.125, 0.25]]
    assert len(again.walls) == 2


def test_workers_that_rest_do_every_pass_of_a_fit(folder):
    watched = Watched(Alone())
    studied(watched, folder)
    with resting(2) as crew:
        assert crew.size == 2
        again = replay(crew, watched.passes)
    for one, wall in zip(watched.passes, again.walls, strict=True):
        assert wall >= max(one.seconds)  # nobody is done before the longest slice
