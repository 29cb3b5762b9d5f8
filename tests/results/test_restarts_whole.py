"""The ends of a sample's starts over all rows: which are carried on, and which come together."""

import numpy as np
import pytest

from gmm_dash.errors import StateError
from gmm_dash.results.partition import pack
from gmm_dash.results.restarts import KINDS, restarts_of
from gmm_dash.results.restarts_whole import MOST_ENDS, Ends, carried_numbers, numbers_of

N, K = 500, 3
LABELS = np.arange(N) % K


def study(algorithm, values, labels=None):
    """Return starts with these objectives; those of None have collapsed."""
    kinds = KINDS[algorithm]
    rows = [
        {
            "number": number,
            "kind": kinds[number % len(kinds)],
            "seed": number,
            "objective": value,
            "n_iter": 3,
            "converged": True,
            "degenerate": value is None,
            "rested": False,
            "stopped": None,
            "moved": 0,
            "labels": pack(LABELS if labels is None else labels[number], K),
        }
        for number, value in values.items()
    ]
    return restarts_of(algorithm, rows, n=N, k=K)


def test_an_end_has_the_name_of_its_first_start_however_many_there_are():
    few = dict(enumerate([12.0, 10.001, 15.0, 10.0, None]))
    assert carried_numbers(study("kmeans", few)) == (1, 0, 2)
    more = few | dict(enumerate([9.9995, 12.001, 14.999, 11.0], start=5))
    assert carried_numbers(study("kmeans", more)) == (1, 8, 0, 2)
    many = study("kmeans", {i: 1.0 + i for i in range(30)})
    assert carried_numbers(many) == tuple(range(MOST_ENDS))
    assert carried_numbers(study("gmm", {0: None})) == ()


def moved(rows):
    """Return the clusters with the first so many rows elsewhere."""
    labels = LABELS.copy()
    labels[:rows] = (labels[:rows] + 1) % K
    return labels


def test_ends_are_one_by_value_and_by_clusters():
    sample = study("gmm", dict(enumerate([-1.0, -2.0, -3.0, -4.0, -5.0])))
    values = dict(enumerate([-1.5, -1.5 - 1e-3, -1.2, -1.2 - 1e-3, None]))
    labels = [moved(0), moved(5), moved(0), moved(6), moved(0)]
    ends = Ends(sample, study("gmm", values, labels), (0, 1, 2, 3, 4))
    assert ends.complete
    assert ends.best() == 2
    assert [ends.optimum(i) for i in range(5)] == [1, 1, 0, 0, -1]
    assert ends.joined() == [(0, 1)], "6 of 500 rows are more than one in a hundred"
    assert ends.differing((0, 1)) == 5
    apart = Ends(sample, study("gmm", values | {1: -1.503}, labels), (0, 1, 2, 3, 4))
    assert apart.joined() == [], "1.5 nats in total"


def test_ends_on_their_way_are_not_compared():
    sample = study("kmeans", {0: 3.0, 1: 2.0, 2: 1.0})
    growing = Ends(sample, study("kmeans", {1: 5.0}), (2, 1, 0))
    assert not growing.complete
    assert [growing.start(i) is None for i in range(3)] == [True, False, True]
    assert [growing.optimum(i) for i in range(3)] == [-1, 0, -1]
    assert growing.best() == 1
    none = Ends(sample, study("kmeans", {}), (2, 1, 0))
    assert none.best() is None
    assert none.joined() == []


@pytest.mark.parametrize(
    "sent",
    [
        None, [], {}, {"gmm": [0]}, {"gmm": [0], "kmeans": None}, {"gmm": [True], "kmeans": []},
        {"gmm": [-1], "kmeans": []}, {"gmm": [400], "kmeans": []}, {"gmm": [1, 1], "kmeans": []},
        {"gmm": list(range(11)), "kmeans": []}, {"gmm": ["1"], "kmeans": []},
        {"gmm": [1], "kmeans": [], "other": []},
    ],
)  # fmt: skip
def test_the_browser_is_not_believed(sent):
    with pytest.raises(StateError, match="cannot be read"):
        numbers_of(sent)


def test_what_it_may_name_is_read():
    assert numbers_of({"gmm": [3, 0], "kmeans": []}) == {"gmm": (3, 0), "kmeans": ()}
