import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gmm_dash.datasets import DATASETS
from gmm_dash.engine import study_restarts
from gmm_dash.errors import StateError
from gmm_dash.results.study import COLLAPSED, KINDS, optimum_name, sketch_of, study_of


def rows_of(x, study):
    return [
        {
            "number": i,
            "kind": study.kinds[i],
            "seed": int(study.seeds[i]),
            "objective": float(study.objective[i]),
            "n_iter": int(study.n_iter[i]),
            "converged": bool(study.converged[i]),
            "degenerate": bool(study.degenerate[i]),
            "sketch": sketch_of(means, x.std(axis=0)),
        }
        for i, means in enumerate(study.means)
    ]


@pytest.fixture(scope="module")
def grid():
    return DATASETS["grid"].draw(n=270, noise=0.5, centers=3, seed=0).points


@pytest.mark.parametrize("algorithm", ["gmm", "kmeans"])
def test_sketches_find_the_optima_that_whole_means_find(grid, algorithm):
    whole = study_restarts(
        grid, 5, algorithm=algorithm, inits=KINDS[algorithm], n_restarts=24, random_state=3
    )
    study = study_of(algorithm, json.loads(json.dumps(rows_of(grid, whole))))
    sound = ~whole.degenerate
    assert sound.any()
    ids = dict(zip(whole.optimum[sound].tolist(), study.optimum[sound].tolist(), strict=True))
    renamed = [ids[i] for i in whole.optimum[sound].tolist()]
    assert renamed == study.optimum[sound].tolist()
    assert len(set(ids.values())) == len(ids)
    assert (study.optimum[~sound] == COLLAPSED).all()


def test_equal_ends_are_one_optimum_in_many_columns_too():
    x = np.random.default_rng(1).normal(size=(120, 6)) + np.repeat([[0.0], [9.0]], 60, axis=0)
    whole = study_restarts(x, 2, algorithm="kmeans", n_restarts=12)
    study = study_of("kmeans", rows_of(x, whole))
    assert len(study.representatives) == whole.n_optima
    assert study.reach_best()["k-means++"] == whole.reach_best["k-means++"]


def test_the_best_optimum_is_the_best_sound_one(grid):
    whole = study_restarts(grid, 4, n_restarts=8)
    rows = rows_of(grid, whole)
    rows[3] |= {"objective": 99.0, "degenerate": True}
    study = study_of("gmm", rows)
    assert study.optimum[3] == COLLAPSED
    best = max(row["objective"] for row in rows if not row["degenerate"])
    assert study.representatives[0].objective == best


def test_shares_are_shares_and_counts_add_up(grid):
    whole = study_restarts(grid, 6, inits=KINDS["gmm"], n_restarts=20)
    study = study_of("gmm", rows_of(grid, whole))
    assert set(study.reach_best()) == set(KINDS["gmm"])
    assert all(0 <= share <= 1 for share in study.reach_best().values())
    found = sum(study.count(i) for i in range(len(study.representatives)))
    assert found + study.count(COLLAPSED) == 20


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
    "sketch": [[0.0, 1.0]],
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
        study = study_of("kmeans", [GOOD | {key: value}])
    except StateError as refused:
        said = refused.sentence
    else:
        said = ""
        assert len(study.starts) == len(study.optimum) == 1
    assert said == "" or "Reload" in said


def test_sketches_of_different_models_are_refused():
    with pytest.raises(StateError):
        study_of("kmeans", [GOOD, GOOD | {"number": 1, "sketch": [[0.0, 1.0], [1.0, 1.0]]}])


def test_in_many_columns_ends_may_agree_along_the_sketch_alone():
    """What the page says of ends that count as one must not claim more than two directions."""
    d = 6
    apart = np.linalg.svd(np.array([sketch_of(row[None], np.ones(d))[0] for row in np.eye(d)]).T)
    elsewhere = 3.0 * apart[2][-1]
    assert np.linalg.norm(elsewhere) > 2
    assert np.abs(sketch_of(elsewhere[None], np.ones(d))).max() < 1e-4
