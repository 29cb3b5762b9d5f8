"""A time limit stops every long loop, changes nothing that ends in time, and holds elsewhere."""

import pickle
import threading

import numpy as np
import pytest

from gmm_dash.engine import (
    Mixture,
    block_statistics,
    bootstrap_certainty,
    check_time,
    deadline,
    fit_gmm,
    fit_kmeans,
    score_samples,
    select_models,
    silhouette,
    study_restarts,
    time_limit,
)
from gmm_dash.engine.seeding import BLOCKWISE_ROWS, kmeans_plusplus
from gmm_dash.errors import WorkLimitError

X = np.random.default_rng(0).normal(size=(300, 2)) + np.repeat([[0.0], [4.0], [9.0]], 100, axis=0)
MANY = np.random.default_rng(1).normal(size=(BLOCKWISE_ROWS + 1, 2))
KMEANS = fit_kmeans(X, 3)
MIXTURE = Mixture(np.ones(1), np.zeros((1, 2)), np.eye(2)[None])
LOOPS = {
    **{
        f"EM, {kind}": lambda kind=kind: fit_gmm(X, 4, covariance_type=kind).means
        for kind in ("full", "tied", "diag", "spherical")
    },
    "EM from random shares": lambda: fit_gmm(X, 3, init="random", n_init=2).means,
    "Lloyd": lambda: fit_kmeans(X, 4, init=X[:4], n_init=1).centers,
    "k-means": lambda: fit_kmeans(X, 4).centers,
    "seeding": lambda: np.array(kmeans_plusplus(X, [3], [0])),
    "seeding in blocks": lambda: np.array(kmeans_plusplus(MANY, [3], [0])),
    "models": lambda: np.array([row.bic for row in select_models(X, (1, 2, 3), heldout=3).rows]),
    "restarts": lambda: study_restarts(X, 3, n_restarts=4).objective,
    "restarts of k-means": lambda: study_restarts(X, 3, algorithm="kmeans", n_restarts=4).objective,
    "bootstrap": lambda: bootstrap_certainty(X, KMEANS, n_bootstrap=3),
    "silhouette": lambda: np.array(silhouette(X, KMEANS.labels)),
    "blocks": lambda: block_statistics(MIXTURE, X).sums,
    "scores": lambda: score_samples(X, MIXTURE),
    "trace": lambda: fit_gmm(X, 2, n_init=1).trace.log_likelihood,
}


class Clock:
    """Goes on by one second each time somebody looks."""

    def __init__(self):
        self.now = 0.0

    def __call__(self):
        self.now += 1.0
        return self.now


@pytest.fixture
def clock(monkeypatch):
    made = Clock()
    monkeypatch.setattr(deadline, "thread_time", made)
    return made


@pytest.mark.parametrize("name", LOOPS)
def test_every_loop_stops(name):
    with pytest.raises(WorkLimitError, match="was stopped") as caught, time_limit(0.0):
        LOOPS[name]()
    assert "fewer rows" in caught.value.hint


@pytest.mark.parametrize("name", LOOPS)
def test_what_ends_in_time_is_the_same_to_the_last_bit(name):
    free = LOOPS[name]()
    with time_limit(1e6) as limit:
        limited = LOOPS[name]()
    np.testing.assert_array_equal(limited, free)
    assert not limit.reached


def test_a_long_fit_is_stopped_on_the_way(clock):
    with pytest.raises(WorkLimitError, match="more than 30 s of computing"), time_limit(30.0):
        fit_gmm(X, 6, n_init=1, tol=0)
    assert clock.now == pytest.approx(32, abs=1)


def test_without_a_limit_nobody_looks_at_the_clock(clock):
    fit_gmm(X, 2)
    check_time()
    assert clock.now == 0


def look_often():
    for _ in range(10):
        check_time()


@pytest.mark.parametrize(("outer", "inner"), [(3, 50), (50, 3)])
def test_of_nested_limits_the_tighter_wins(clock, outer, inner):
    with time_limit(outer) as around:
        with pytest.raises(WorkLimitError, match="more than 3 s"), time_limit(inner):
            look_often()
        assert around.reached is (outer < inner)
        if outer > inner:
            check_time()


def test_the_end_of_a_limit_is_its_end(clock):
    with time_limit(1):
        pass
    clock.now += 100
    check_time()


def test_a_limit_concerns_its_own_thread():
    stopped = []

    def other():
        try:
            check_time()
        except WorkLimitError:
            stopped.append(1)

    with time_limit(0.0):
        thread = threading.Thread(target=other)
        thread.start()
        thread.join()
    assert not stopped


def test_a_limit_is_carried_to_where_a_function_is_called():
    with time_limit(0.0):
        sent = pickle.dumps(deadline.carried(fit_kmeans))
    with pytest.raises(WorkLimitError) as caught:
        pickle.loads(sent)(X, 3)
    assert pickle.loads(pickle.dumps(caught.value)).sentence == caught.value.sentence
    fit, stopped = deadline.carried(fit_kmeans)(X, 3)
    assert not stopped, "where there is no limit"
    np.testing.assert_array_equal(fit.centers, KMEANS.centers)
