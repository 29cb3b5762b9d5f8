import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gmm_dash.engine import fit_gmm, fit_kmeans, study_restarts
from gmm_dash.errors import WorkLimitError
from gmm_dash.pipeline import restarts
from gmm_dash.results.partition import canonical
from gmm_dash.results.restarts import KINDS, restarts_of
from gmm_dash.state import AppState

GRID = AppState().but(data="grid", n=180, noise=0.5, centers=3, k=5, starts=24, seed=7)


@pytest.fixture(scope="module")
def rows(pipeline):
    found = {"gmm": [], "kmeans": []}
    for number in range(len(pipeline.restarts.plan(GRID))):
        piece = json.loads(json.dumps(pipeline.restarts.piece(GRID, number)))
        for algorithm, some in piece.items():
            found[algorithm] += some
    return found


@pytest.mark.parametrize("algorithm", ["gmm", "kmeans"])
def test_the_pieces_are_the_whole(pipeline, rows, algorithm):
    whole = study_restarts(
        pipeline.points(GRID.data).fitted,
        5,
        algorithm=algorithm,
        inits=KINDS[algorithm],
        n_restarts=24,
        random_state=7,
        rest=True,
    )
    mine = sorted(rows[algorithm], key=lambda row: row["number"])
    assert [row["number"] for row in mine] == list(range(24))
    assert [row["kind"] for row in mine] == list(whole.kinds)
    assert [row["seed"] for row in mine] == whole.seeds.tolist()
    assert [row["n_iter"] for row in mine] == whole.n_iter.tolist()
    assert [row["objective"] for row in mine] == pytest.approx(whole.objective, rel=1e-9)


@pytest.mark.parametrize("algorithm", ["gmm", "kmeans"])
def test_the_link_of_a_start_leads_to_that_very_fit(pipeline, rows, algorithm):
    x = pipeline.points(GRID.data).fitted
    for start in restarts_of(algorithm, rows[algorithm], n=180, k=5).starts[::5]:
        one = {"init": start.kind, "n_init": 1, "random_state": start.seed}
        if algorithm == "gmm":
            fit = fit_gmm(x, 5, tol=1e-9, max_iter=10_000, **one)
            assert fit.log_likelihood == pytest.approx(start.objective, rel=1e-9)
            usual = fit_gmm(x, 5, **one).log_likelihood
        else:
            fit = fit_kmeans(x, 5, tol=0.0, **one)
            assert fit.inertia == pytest.approx(start.objective, rel=1e-9)
            usual = fit_kmeans(x, 5, **one).inertia
        assert start.stopped == pytest.approx(usual, rel=1e-9)
        assert start.labels.tolist() == canonical(fit.labels).tolist()


@settings(deadline=None, max_examples=60)
@given(st.integers(20, 200), st.integers(1, 30), st.integers(30, 60_000), st.integers(2, 40))
def test_a_plan_holds_every_start_once(starts, k, n, d):
    state = AppState().but(starts=starts, k=k)
    batches = restarts.plan(state, n, d, 1e9)
    assert batches == restarts.plan(state, n, d, 1e9)
    for algorithm in ("gmm", "kmeans"):
        mine = [b for b in batches if b.algorithm == algorithm]
        numbers = [i for b in mine for i in range(b.first, b.first + b.count)]
        assert numbers == list(range(starts))
        assert all(b.count == 1 or b.seconds <= 2 * restarts.PIECE_SECONDS for b in mine)
        assert {b.rest for b in mine} == {restarts.rests(state, n, d)[algorithm]}
        rested = sum(b.seconds for b in mine if b.rest)
        assert rested <= 2 * restarts.REST_SECONDS  # cut up, each piece has its own overhead


def test_where_rest_is_dear_starts_end_by_the_pages_own_tolerance():
    small, large = (restarts.rests(AppState().but(k=4), n, 2) for n in (400, 50_000))
    assert small == {"kmeans": True, "gmm": True}
    assert large == {"kmeans": True, "gmm": False}
    assert restarts.rests(AppState().but(k=30, starts=200), 50_000, 30)["kmeans"] is False
    state = AppState().but(data="uniform", n=15_000, k=3, starts=20, max_iter=3)
    (batch, *_) = (b for b in restarts.plan(state, 15_000, 2, 20.0) if b.algorithm == "gmm")
    x = np.random.default_rng(0).random((15_000, 2))
    (row, *_) = restarts.compute(x, batch, restarts.Task.of(state))["gmm"]
    assert (row["rested"], row["n_iter"]) == (False, 3)


def test_a_start_beyond_the_limit_is_refused_with_a_way_out():
    with pytest.raises(WorkLimitError) as caught:
        restarts.plan(AppState().but(k=30), 50_000, 64, 0.5)
    assert caught.value.hint
