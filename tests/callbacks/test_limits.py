"""However wrong an estimate is, a request stops at its limit, and nobody else gets that answer."""

from dataclasses import replace

import pytest

from benchmarks.load.bodies import PIECES, UPDATE, Bodies, piece
from gmm_dash.config import Config
from gmm_dash.engine import deadline
from gmm_dash.factory import create_app
from gmm_dash.layout.views import VIEWS
from gmm_dash.pipeline import select
from gmm_dash.pipeline.fits import Fits
from gmm_dash.pipeline.select_engines import plain
from gmm_dash.results.select import selection_of
from gmm_dash.state import AppState

SMALL = {"data": "blobs", "n": 60, "k": 3, "n_init": 2, "pca": 60, "dk": 10, "show": ["bootstrap"]}


class Clock:
    """A clock of processor time that a look moves on by a share of the limit."""

    def __init__(self):
        self.step = 0.0
        self.now = 0.0

    def __call__(self):
        self.now += self.step
        return self.now


@pytest.fixture
def clock(monkeypatch):
    made = Clock()
    monkeypatch.setattr(deadline, "thread_time", made)
    return made


@pytest.fixture
def app(tmp_path):
    return create_app(replace(Config(), store=str(tmp_path)))


def ask(app, body, address=UPDATE):
    response = app.server.test_client().post(address, json=body)
    assert response.status_code == 200
    return response, response.get_data(as_text=True)


def bodies_of(app, view, **settings):
    routes = {found.name: list(found.keys) for found in VIEWS}
    flat = AppState().but(view=view, **SMALL | settings).to_flat()
    return Bodies(app.callback_map, routes).of(view, flat)


@pytest.mark.parametrize("view", ["compare", "density", "steps", "digits", "colors"])
def test_a_request_of_any_view_is_stopped_and_can_be_asked_again(app, clock, view):
    for body in bodies_of(app, view):
        clock.step = 15.0  # seconds a look, of 20
        response, said = ask(app, body)
        if "was stopped" not in said:  # nothing to fit in it
            continue
        assert "more than 20 s of computing" in said
        assert response.cache_control.no_store
        clock.step = 0.0
        assert "was stopped" not in ask(app, body)[1]
        break
    else:
        raise AssertionError("nothing was stopped")


def test_all_that_a_request_asks_for_shares_one_limit(app, clock):
    (body,) = bodies_of(app, "compare")
    clock.step = 1e-3
    ask(app, body)
    looks = clock.now / clock.step
    (other,) = bodies_of(app, "compare", seed=1)
    clock.step = 20.0 / (0.7 * looks)  # every fit of it alone would end in time
    assert "was stopped" in ask(app, other)[1]


def test_a_fit_that_took_a_minute_is_refused_before_it_begins(app, clock):
    (body,) = bodies_of(app, "compare", n=20_000, k=30, n_init=50, show=[])
    said = ask(app, body)[1]
    assert "would take about" in said
    assert "the limit is 20 s" in said
    assert clock.now == 0, "nobody needed the clock"


def test_models_that_are_stopped_are_in_the_comparison_without_scores(app, clock, monkeypatch):
    monkeypatch.setattr("gmm_dash.pipeline.select._kmeans_rows", lambda *_: [])  # it looks as well
    state = AppState().but(view="select", **SMALL, kmin=2, kmax=3, types=["full", "tied"])
    answers = []
    for step in (4.0, 0.0):
        clock.step = step
        response, _ = ask(app, piece(state, 0), PIECES)
        found = response.get_json()
        answers.append((response, selection_of(found["rows"]["mixtures"], found["rows"]["kmeans"])))
    (stopped, without), (whole, found) = answers
    assert stopped.cache_control.no_store
    assert not whole.cache_control.no_store
    assert {row.reason for row in without.mixtures} == {"stopped"}
    assert without.best("bic") is None
    cells = [[(r.covariance_type, r.n_components) for r in s.mixtures] for s in (without, found)]
    assert cells[0] == cells[1]
    assert found.best("bic") is not None


def test_a_stopped_restart_loses_against_any_other(monkeypatch, clock, pipeline):
    monkeypatch.setattr(select, "PART_SECONDS", 0.0)
    state = AppState().but(view="select", **SMALL, kmin=3, kmax=3, types=["full"])
    units = [unit for piece in pipeline.select.plan(state).pieces for unit in piece if unit.part]
    x, fits = pipeline.points(state.data).fitted, Fits.of(state)
    clock.step = 15.0
    with deadline.time_limit(20.0):
        (late,) = select.compute(plain(x), (units[0],), fits).rows["mixtures"]
    assert (late["reason"], late["lower_bound"]) == ("stopped", None)
    assert selection_of([late], []).best("bic") is None
    (other,) = select.compute(plain(x), (units[1],), fits).rows["mixtures"]
    assert selection_of([late, other], []).best("bic").random_state == other["random_state"]
