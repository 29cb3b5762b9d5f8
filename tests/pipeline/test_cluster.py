"""Pieces on a real scheduler with two workers, one of which is killed in the middle."""

import os
import signal
import threading
import time
from dataclasses import replace

import numpy as np
import pytest

distributed = pytest.importorskip("distributed", reason="the cluster extra is not installed")
import dask.array as da  # noqa: E402  (only with the extra)

from gmm_dash.engine import Mixture, fit_gmm, time_limit  # noqa: E402
from gmm_dash.errors import GmmDashError, WorkLimitError  # noqa: E402
from gmm_dash.pipeline import Pipeline  # noqa: E402
from gmm_dash.pipeline.blocks import fit_blocks, start_from_sample  # noqa: E402
from gmm_dash.pipeline.executor import ClusterError, Inline, Workplace  # noqa: E402
from gmm_dash.state import AppState  # noqa: E402
from tests.pipeline.cluster import cluster  # noqa: E402

pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::DeprecationWarning")
STATE = AppState().but(data="moons", n=150, noise=0.05, kmax=6, n_init=2)
ROWS = np.random.default_rng(5).normal(size=(6000, 3)) @ np.diag([1.0, 3.0, 0.5])
ROWS[:2500] += [6.0, -4.0, 2.0]
START = Mixture(
    np.array([0.5, 0.5]),
    np.array([[0.5, 0.0, 0.0], [4.0, -2.0, 1.0]]),
    np.tile(np.eye(3) * 4.0, (2, 1, 1)),
)
TYPES = ("full", "tied", "diag", "spherical")


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    with cluster(tmp_path_factory.mktemp("cluster")) as made:
        yield made
    left = [c for c in distributed.Client._instances if c.status in {"running", "connecting"}]
    assert left == [], "a forgotten client would go on knocking, and disturb other tests"


@pytest.fixture
def client(running):
    with distributed.Client(running.address, set_as_default=False) as made:
        made.wait_for_workers(2, timeout=60)
        yield made


def selection(pipeline):
    plan = pipeline.select.plan(STATE)
    return [pipeline.select.piece(STATE, i) for i in range(len(plan.pieces))]


@pytest.mark.parametrize("covariance_type", TYPES)
@pytest.mark.parametrize("height", [6000, 1700, 501])
def test_many_blocks_are_one_block(covariance_type, height):
    table = da.from_array(ROWS, chunks=(height, 3))
    found = fit_blocks(table, START, covariance_type=covariance_type, max_iter=40)
    whole = fit_blocks(da.from_array(ROWS, chunks=ROWS.shape), START,
                       covariance_type=covariance_type, max_iter=40)  # fmt: skip
    assert found.n == 6000
    assert found.n_iter == whole.n_iter
    for name in ("weights", "means", "covariances"):
        mine, theirs = getattr(found.mixture, name), getattr(whole.mixture, name)
        assert np.abs(mine - theirs).max() < 1e-8
    assert found.log_likelihood == pytest.approx(whole.log_likelihood, abs=1e-8)


@pytest.mark.parametrize("covariance_type", TYPES)
def test_blocks_stay_where_the_engine_itself_arrives(covariance_type):
    fit = fit_gmm(ROWS, 2, covariance_type=covariance_type, tol=1e-12, max_iter=2000)
    table = da.from_array(ROWS, chunks=(1300, 3))
    found = fit_blocks(table, fit.mixture, covariance_type=covariance_type, tol=1e-12)
    assert found.converged
    assert found.log_likelihood == pytest.approx(fit.log_likelihood, abs=1e-8)
    assert np.abs(found.mixture.means - fit.mixture.means).max() < 1e-4


def test_the_likelihood_never_falls_and_a_sample_is_a_fair_start():
    table = da.from_array(ROWS, chunks=(999, 3))
    start = start_from_sample(table, 2, n_init=1)
    found = fit_blocks(table, start, reg_covar=0.0)
    steps = np.diff(found.log_likelihoods)
    assert (steps > -1e-12).all()
    assert found.converged


def test_columns_may_not_be_cut():
    with pytest.raises(GmmDashError) as caught:
        fit_blocks(da.from_array(ROWS, chunks=(1000, 1)), START)
    assert "rechunk" in caught.value.hint


def test_without_a_scheduler_work_is_done_here():
    assert isinstance(Workplace().executor(), Inline)
    assert Workplace().run(os.getpid) == os.getpid()
    with pytest.raises(ZeroDivisionError):
        Workplace().run(lambda: 1 / 0)


def forgive(x):
    """Go on where a fit is stopped."""
    try:
        return fit_gmm(x, 3)
    except WorkLimitError:
        return None


def test_a_time_limit_holds_on_a_worker(running, client):
    place = Workplace(running.address)
    with time_limit(0.0) as limit:
        with pytest.raises(WorkLimitError, match="was stopped"):
            place.run(fit_gmm, ROWS, 3)
        assert limit.reached
    with time_limit(0.0) as limit:
        assert place.run(forgive, ROWS) is None
        assert limit.reached
    with time_limit(600.0) as limit:
        far = place.run(fit_gmm, ROWS[:500], 2)
        assert not limit.reached
    np.testing.assert_array_equal(far.means, fit_gmm(ROWS[:500], 2).means)
    place.close()


def test_a_scheduler_that_is_not_there_is_said_in_words(monkeypatch):
    monkeypatch.setattr("gmm_dash.pipeline.executor._PATIENCE", "1s")
    with pytest.raises(ClusterError) as caught:
        Workplace("tcp://127.0.0.1:1").run(os.getpid)
    assert caught.value.hint


def test_pieces_are_the_same_on_the_cluster(running, client, pipeline):
    far = Pipeline(replace(pipeline.config, scheduler=running.address), pipeline.store)
    try:
        assert selection(far) == selection(pipeline)
        assert far.workplace.run(os.getpid) in {w.pid for w in running.workers}
    finally:
        far.workplace.close()


def test_blocks_on_the_cluster_are_the_same(client):
    table = da.from_array(ROWS, chunks=(1500, 3))
    found = fit_blocks(table, START, max_iter=8, client=client)
    here = fit_blocks(table, START, max_iter=8)
    assert np.abs(found.mixture.means - here.mixture.means).max() < 1e-8
    assert found.log_likelihoods == pytest.approx(here.log_likelihoods, abs=1e-12)


def slowly(number):
    time.sleep(0.4)
    return number, os.getpid()


def test_a_worker_killed_in_the_middle_costs_nothing_but_time(running, client, request):
    """Last, as one worker less is left."""
    victim = running.workers[0]
    place = Workplace(running.address)
    request.addfinalizer(place.close)
    futures = [place.executor().submit(slowly, i) for i in range(8)]
    table = da.from_array(ROWS, chunks=(500, 3))
    outcome = {}
    fitting = threading.Thread(
        target=lambda: outcome.update(fit=fit_blocks(table, START, max_iter=15, client=client))
    )
    fitting.start()
    time.sleep(0.7)
    victim.send_signal(signal.SIGKILL)
    answers = [future.result(timeout=60) for future in futures]
    assert [number for number, _ in answers] == list(range(8))
    fitting.join(timeout=90)
    assert not fitting.is_alive()
    here = fit_blocks(table, START, max_iter=15)
    assert np.abs(outcome["fit"].mixture.means - here.mixture.means).max() < 1e-8
    assert victim.wait(timeout=10) == -signal.SIGKILL
    assert place.run(os.getpid) == running.workers[1].pid
