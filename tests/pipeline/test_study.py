import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gmm_dash.engine import fit_gmm, fit_kmeans, study_restarts
from gmm_dash.errors import WorkLimitError
from gmm_dash.pipeline import study
from gmm_dash.results.study import KINDS, study_of
from gmm_dash.state import AppState

GRID = AppState().but(data="grid", n=180, noise=0.5, centers=3, k=5, starts=24, seed=7)


@pytest.fixture(scope="module")
def rows(pipeline):
    found = {"gmm": [], "kmeans": []}
    for number in range(len(pipeline.study_plan(GRID))):
        piece = json.loads(json.dumps(pipeline.study_piece(GRID, number)))
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
    for start in study_of(algorithm, rows[algorithm]).starts[::5]:
        if algorithm == "gmm":
            fit = fit_gmm(x, 5, init=start.kind, n_init=1, random_state=start.seed)
            assert fit.log_likelihood == pytest.approx(start.objective, rel=1e-9)
        else:
            fit = fit_kmeans(x, 5, init=start.kind, n_init=1, random_state=start.seed)
            assert fit.inertia == pytest.approx(start.objective, rel=1e-9)


@settings(deadline=None, max_examples=60)
@given(st.integers(20, 200), st.integers(1, 30), st.integers(30, 60_000), st.integers(2, 40))
def test_a_plan_holds_every_start_once(starts, k, n, d):
    state = AppState().but(starts=starts, k=k)
    batches = study.plan(state, n, d, 1e9)
    assert batches == study.plan(state, n, d, 1e9)
    for algorithm in ("gmm", "kmeans"):
        mine = [b for b in batches if b.algorithm == algorithm]
        numbers = [i for b in mine for i in range(b.first, b.first + b.count)]
        assert numbers == list(range(starts))
        assert all(b.count == 1 or b.seconds <= 2 * study.PIECE_SECONDS for b in mine)


def test_a_start_beyond_the_limit_is_refused_with_a_way_out():
    with pytest.raises(WorkLimitError) as caught:
        study.plan(AppState().but(k=30), 50_000, 64, 0.5)
    assert caught.value.hint
