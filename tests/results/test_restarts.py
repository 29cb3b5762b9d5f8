import json

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment
from sklearn.metrics.cluster import contingency_matrix

from gmm_dash.datasets import DATASETS
from gmm_dash.engine import study_restarts
from gmm_dash.errors import StateError
from gmm_dash.results.partition import apart, canonical, pack, unpack
from gmm_dash.results.restarts import COLLAPSED, KINDS, optimum_name, restarts_of


def rows_of(restarts, k):
    return [
        {
            "number": i,
            "kind": restarts.kinds[i],
            "seed": int(restarts.seeds[i]),
            "objective": float(restarts.objective[i]),
            "n_iter": int(restarts.n_iter[i]),
            "converged": bool(restarts.converged[i]),
            "degenerate": bool(restarts.degenerate[i]),
            "rested": True,
            "stopped": float(restarts.stopped[i]),
            "moved": int(restarts.moved[i]),
            "labels": pack(labels, k),
        }
        for i, labels in enumerate(restarts.labels)
    ]


@pytest.fixture(scope="module")
def grid():
    return DATASETS["grid"].draw(n=270, noise=0.5, centers=3, seed=0).points


def studied(x, k, **settings):
    """Return starts carried on to rest, as the engine has them and as the page does."""
    whole = study_restarts(x, k, rest=True, labelled=range(len(x)), **settings)
    rows = json.loads(json.dumps(rows_of(whole, k)))
    return whole, restarts_of(settings.get("algorithm", "gmm"), rows, n=len(x), k=k)


@pytest.mark.parametrize("algorithm", ["gmm", "kmeans"])
def test_ends_are_one_by_what_they_are_worth(grid, algorithm):
    whole, restarts = studied(grid, 5, algorithm=algorithm, inits=KINDS[algorithm], n_restarts=24)
    assert restarts.optimum[~whole.degenerate].min() == 0
    assert (restarts.optimum[whole.degenerate] == COLLAPSED).all()
    for number, first in enumerate(restarts.representatives):
        mine = [
            s.objective
            for s, e in zip(restarts.starts, restarts.optimum, strict=True)
            if e == number
        ]
        worst = (min if algorithm == "gmm" else max)(mine)
        close = 1e-3 * (first.objective if algorithm == "kmeans" else 1)
        assert abs(first.objective - worst) <= close
        found, most = restarts.variants(number)
        assert 1 <= found <= len(mine)
        assert (most == 0) == (found == 1)


@pytest.mark.parametrize(("n", "ends"), [(500, 1), (1_000_000, 2)])
def test_mixtures_must_agree_for_a_point_and_in_total(n, ends):
    labels = pack(np.zeros(min(n, 1_000), dtype=int), 2)
    rows = [GOOD | {"number": i, "objective": -2 - 4e-4 * i, "labels": labels} for i in range(2)]
    assert len(restarts_of("gmm", rows, n=n, k=2).representatives) == ends


@settings(deadline=None, max_examples=40)
@given(st.integers(1, 64), st.integers(1, 90), st.integers(0, 9))
def test_partitions_come_back_as_they_were_packed(k, n, seed):
    rng = np.random.default_rng(seed)
    labels, others = rng.integers(k, size=(2, n))
    assert unpack(pack(labels, k), k, n).tolist() == labels.tolist()
    renamed = canonical(rng.permutation(k)[labels])
    assert canonical(labels).tolist() == pd.factorize(labels)[0].tolist() == renamed.tolist()
    assert apart(renamed, canonical(labels)) == 0
    shared = contingency_matrix(labels, others)
    moved = n - shared[linear_sum_assignment(-shared)].sum()
    assert apart(canonical(labels), canonical(others)) == moved


def test_the_best_optimum_is_the_best_sound_one(grid):
    whole, _ = studied(grid, 4, n_restarts=8)
    rows = rows_of(whole, 4)
    rows[3] |= {"objective": 99.0, "degenerate": True}
    restarts = restarts_of("gmm", rows, n=len(grid), k=4)
    assert restarts.optimum[3] == COLLAPSED
    best = max(row["objective"] for row in rows if not row["degenerate"])
    assert restarts.representatives[0].objective == best


def test_shares_are_shares_and_counts_add_up(grid):
    _, restarts = studied(grid, 6, inits=KINDS["gmm"], n_restarts=20)
    assert set(restarts.reach_best()) == set(KINDS["gmm"])
    assert all(0 <= share <= 1 for share in restarts.reach_best().values())
    found = sum(restarts.count(i) for i in range(len(restarts.representatives)))
    assert found + restarts.count(COLLAPSED) == 20


@given(st.integers(0, 20_000))
def test_every_optimum_has_a_name_of_its_own(number):
    name = optimum_name(number)
    assert name.isupper()
    value = 0
    for letter in name:
        value = 26 * value + ord(letter) - 64
    assert value - 1 == number


GOOD = {
    "number": 0,
    "kind": "random",
    "seed": 0,
    "objective": 1.0,
    "n_iter": 3,
    "converged": True,
    "degenerate": False,
    "rested": True,
    "stopped": None,
    "moved": 0,
    "labels": pack(np.array([0, 1]), 2),
}


@settings(deadline=None, max_examples=80)
@given(
    st.sampled_from(sorted(GOOD)),
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=4)
    | st.lists(st.lists(st.floats() | st.text(max_size=2), max_size=3), max_size=3),
)
def test_any_value_in_a_row_is_read_or_refused(key, value):
    try:
        restarts = restarts_of("kmeans", [GOOD | {key: value}], n=2, k=2)
    except StateError as refused:
        said = refused.sentence
    else:
        said = ""
        assert len(restarts.starts) == len(restarts.optimum) == 1
    assert said == "" or "Reload" in said


@pytest.mark.parametrize("labels", [pack(np.zeros(9, dtype=int), 2), pack(np.array([3, 3]), 4)])
def test_partitions_of_other_points_or_models_are_refused(labels):
    with pytest.raises(StateError):
        restarts_of("kmeans", [GOOD | {"labels": labels}], n=2, k=3)
