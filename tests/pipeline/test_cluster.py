"""Pieces on a real scheduler with two workers, one of which is killed in the middle."""

import os
import signal
import threading
import time
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

distributed = pytest.importorskip("distributed", reason="the cluster extra is not installed")
from gmm_dash.engine import fit_gmm, time_limit  # noqa: E402
from gmm_dash.errors import WorkLimitError  # noqa: E402
from gmm_dash.pipeline import Pipeline  # noqa: E402
from gmm_dash.pipeline.executor import ClusterError, Inline, Workplace  # noqa: E402
from gmm_dash.pipeline.parted.crew import Alone, CrewLost, Workers, crew  # noqa: E402
from gmm_dash.pipeline.parted.passes import Rules  # noqa: E402
from gmm_dash.pipeline.parted.study import Plan, open_table, study  # noqa: E402
from gmm_dash.state import AppState  # noqa: E402
from gmm_dash.tables.parts.slice import PartProblem  # noqa: E402
from tests.pipeline.cluster import cluster  # noqa: E402

pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::DeprecationWarning")
STATE = AppState().but(data="moons", n=150, noise=0.05, kmax=6, n_init=2)
ROWS = np.random.default_rng(5).normal(size=(6000, 3)) @ np.diag([1.0, 3.0, 0.5])
ROWS[:2500] += [6.0, -4.0, 2.0]


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


def write_table(folder, parts=12):
    for i, part in enumerate(np.array_split(ROWS, parts)):
        frame = pd.DataFrame(part, columns=["x", "y", "z"])
        frame.to_parquet(folder / f"{i:02}.parquet", row_group_size=100)
    return str(folder)


def ends(found):
    run = found.runs.mixtures[0]
    return (*run.log_likelihoods, *run.mixture.means.ravel(), *found.centers(2).ravel())


def test_a_table_on_the_cluster_is_the_table_here(client, tmp_path):
    place, said = write_table(tmp_path), []
    plan = Plan((2,), n_init=1, rules=Rules(max_iter=5), restarts=2)
    answers = [
        study(
            crew, open_table(crew, place, []).slices(100), plan, lambda *far: said.append(far[1:])
        )
        for crew in (Workers(client), Alone())
    ]
    assert ends(answers[0]) == ends(answers[1]), "both add up in the same order"
    assert answers[0].ends == answers[1].ends
    assert answers[0].ends[0].starts == 2
    assert said[-1] == (60, 60)


def test_what_goes_wrong_on_a_worker_is_said_here(client, tmp_path):
    place = write_table(tmp_path)
    table = open_table(Workers(client), place, [])
    (tmp_path / "05.parquet").unlink()
    with pytest.raises(PartProblem, match=r"05.parquet is not there") as caught:
        study(Workers(client), table.slices(), Plan((2,)))
    assert caught.value.hint


def slowly(number):
    time.sleep(0.4)
    return number, os.getpid()


def test_a_worker_killed_in_the_middle_costs_nothing_but_time(running, client, request, tmp_path):
    """Last, as one worker less is left."""
    victim = running.workers[0]
    place = Workplace(running.address)
    request.addfinalizer(place.close)
    futures = [place.executor().submit(slowly, i) for i in range(8)]
    place_of_table = write_table(tmp_path)
    plan = Plan((2,), n_init=1, rules=Rules(tol=0.0, max_iter=15))
    blocks = open_table(Alone(), place_of_table, []).slices(100)
    outcome = {}
    fitting = threading.Thread(
        target=lambda: outcome.update(fit=study(Workers(client), blocks, plan))
    )
    fitting.start()
    time.sleep(0.7)
    victim.send_signal(signal.SIGKILL)
    answers = [future.result(timeout=60) for future in futures]
    assert [number for number, _ in answers] == list(range(8))
    fitting.join(timeout=90)
    assert not fitting.is_alive()
    assert outcome["fit"].runs.stopped is None
    assert ends(outcome["fit"]) == ends(study(Alone(), blocks, plan))
    assert victim.wait(timeout=10) == -signal.SIGKILL
    assert place.run(os.getpid) == running.workers[1].pid


def test_a_lost_scheduler_is_said_and_loses_nothing_that_was_found(tmp_path):
    (tmp_path / "table").mkdir()
    place = write_table(tmp_path / "table")
    (tmp_path / "cluster").mkdir()
    with cluster(tmp_path / "cluster") as own, crew(own.address) as workers:
        blocks = open_table(workers, place, []).slices()

        def lose(runs, done, of):
            if runs is not None and runs.passes == 2 and done == 1:
                own.processes[0].kill()

        found = study(workers, blocks, Plan((2,), n_init=1, rules=Rules(tol=0.0)), lose)
    assert isinstance(found.runs.stopped, CrewLost)
    assert "scheduler was lost" in found.runs.stopped.sentence
    assert found.runs.passes == 2
    assert len(found.runs.mixtures[0].log_likelihoods) == 2


def test_who_is_not_there_is_no_crew(monkeypatch):
    monkeypatch.setattr("gmm_dash.pipeline.parted.crew.PATIENCE", "1s")
    with pytest.raises(CrewLost, match="cannot be reached"), crew("tcp://127.0.0.1:1"):
        pass
    with crew(workers=1) as one:
        assert isinstance(one, Alone)
