"""The ends of a sample's starts, carried on to all rows, are scikit-learn's of all rows."""

from dataclasses import replace
from itertools import pairwise

import pytest
from sklearn.cluster import KMeans

from gmm_dash.config import Config
from gmm_dash.engine.covariances import SKLEARN_TYPES
from gmm_dash.errors import FitError
from gmm_dash.export.fitting import start_arguments
from gmm_dash.pipeline import Pipeline, carrying, compare_whole, restarts_whole
from gmm_dash.pipeline.carried import CarriedStore
from gmm_dash.pipeline.cutting import Cut
from gmm_dash.pipeline.whole import centers_of_all, start_of_all
from gmm_dash.results.restarts import restarts_of
from gmm_dash.results.restarts_whole import carried_numbers
from gmm_dash.state import from_query
from tests.claims.case import sklearn_fit
from tests.claims.starts import apart, labels_of, looked_at, rows_of

LINK = "?view=restarts&data=grid&n=900&noise=0.2&scale=standard&k=5&starts=20&tol=1e-5&max_iter=150"
SMALL = Config(fit_rows=200, all_rows=100_000)


def asked(more=""):
    return from_query(f"{LINK}{more}")[0]


def made(store=None, **limits):
    return Pipeline(replace(SMALL, **limits), None, None, None, store)


@pytest.fixture(autouse=True)
def short_pieces(monkeypatch):
    """Pieces are of a few passes."""
    monkeypatch.setattr(restarts_whole, "passes_at_once", lambda *_: 7)
    monkeypatch.setattr(restarts_whole, "iterations_at_once", lambda *_: 2)
    monkeypatch.setattr(compare_whole, "passes_at_once", lambda *_: 1)
    monkeypatch.setattr(compare_whole, "iterations_at_once", lambda *_: 1)
    monkeypatch.setattr(carrying, "ROWS_AT_ONCE", 400)


def surveyed(pipeline, state):
    rows, n = rows_of(pipeline, state), pipeline.points(state.data).n
    return {name: restarts_of(name, mine, n=n, k=state.model.k) for name, mine in rows.items()}


def starts_of(pipeline, state):
    return {name: carried_numbers(one) for name, one in surveyed(pipeline, state).items()}


def rows_of_all(workers, state, starts):
    """Return what a browser gathers that asks for no needless piece, each of another worker."""
    work = workers().restarts_whole
    plan, rows, needless = work.plan(state, starts), {"kmeans": {}, "gmm": {}}, set()
    for number in range(len(plan)):
        if number not in needless:
            work = workers().restarts_whole
            for name, some in work.piece(state, starts, number).items():
                rows[name] |= {row["number"]: row for row in some}
            needless |= set(work.needless(state, starts, number))
    return rows


@pytest.mark.parametrize("kind", SKLEARN_TYPES)
def test_each_end_is_one_call_of_scikit_learn_on_all_rows_from_the_samples(kind):
    state = asked(f"&cov={kind}")
    pipeline = made()
    starts = starts_of(pipeline, state)
    assert len(starts["kmeans"]) > 1
    rows = rows_of_all(lambda: pipeline, state, starts)
    assert {name: {*mine} for name, mine in rows.items()} == {
        name: {*numbers} for name, numbers in starts.items()
    }
    every, sample = pipeline.whole.points(state.data), pipeline.points(state.data)
    x, seen = every.fitted, looked_at(every.n)
    assert (sample.n, every.n) == (200, 900)
    for row in rows["gmm"].values():
        one = replace(state.model, init=row["kind"], n_init=1, seed=row["seed"])
        start = start_of_all(sample, every, pipeline.models.gmm(state.data, one))
        oracle = sklearn_fit(
            x, n_components=5, covariance_type=kind, tol=1e-5, max_iter=150,
            **start_arguments(start, kind),
        )  # fmt: skip
        assert (row["n_iter"], row["converged"]) == (oracle.n_iter_, oracle.converged_)
        assert row["objective"] == pytest.approx(oracle.score(x), abs=1e-9)
        assert apart(labels_of(row, 5, len(seen)), oracle.predict(x)[seen]) == 0
    for row in rows["kmeans"].values():
        one = replace(state.model, kmeans_init=row["kind"], n_init=1, seed=row["seed"])
        centers = centers_of_all(sample, every, pipeline.models.kmeans(state.data, one))
        oracle = KMeans(5, init=centers, n_init=1).fit(x)
        assert row["n_iter"] == oracle.n_iter_
        assert row["objective"] == pytest.approx(oracle.inertia_, rel=1e-9)
        assert apart(labels_of(row, 5, len(seen)), oracle.labels_[seen]) == 0


def test_the_start_is_that_of_the_survey():
    state, pipeline = asked(), made()
    both = surveyed(pipeline, state)
    for name, numbers in starts_of(pipeline, state).items():
        for number in numbers:
            step = restarts_whole.Step(name, number, Cut(0, 1, 0.0, last=True))
            one, start = restarts_whole.model_of(state, step), both[name].starts[number]
            kind = one.init if name == "gmm" else one.kmeans_init
            assert (kind, one.seed) == (start.kind, start.seed)
            fit = getattr(pipeline.models, name)(state.data, one)
            value = fit.log_likelihood if name == "gmm" else fit.inertia
            assert value == pytest.approx(start.stopped, rel=1e-6)


def test_another_worker_goes_on_and_nothing_is_done_twice_also_with_more_starts(
    tmp_path, monkeypatch
):
    state = asked()
    pipeline = made()
    starts = starts_of(pipeline, state)
    alone = rows_of_all(lambda: pipeline, state, starts)
    steps = []
    step = carrying.MixtureRun.step
    monkeypatch.setattr(carrying.MixtureRun, "step", lambda *args: (steps.append(1), step(*args)))

    def worker():
        return made(CarriedStore(str(tmp_path), b"s" * 32))

    assert rows_of_all(worker, state, starts) == alone
    assert len(steps) == sum(row["n_iter"] for row in alone["gmm"].values())
    assert rows_of_all(worker, state, starts) == alone
    assert len(steps) == sum(row["n_iter"] for row in alone["gmm"].values())
    steps.clear()
    more = asked("&starts=40")
    then = starts_of(pipeline, more)
    assert set(then["gmm"]) & set(starts["gmm"])
    assert set(then["gmm"]) - set(starts["gmm"])
    rows = rows_of_all(worker, more, then)["gmm"]
    assert len(steps) == sum(rows[i]["n_iter"] for i in rows if i not in starts["gmm"])


def test_who_keeps_nothing_finds_the_same():
    state = asked("&cov=diag")
    pipeline, forgetful = made(), made(cache_bytes=0)
    starts = {name: numbers[:2] for name, numbers in starts_of(pipeline, state).items()}
    kept = rows_of_all(lambda: pipeline, state, starts)
    assert rows_of_all(lambda: forgetful, state, starts) == kept


def in_compare(pipeline, state, model):
    """Return which models Compare iterates, until both have ended."""
    methods, reached = set(), ""
    while reached != "done":
        piece = pipeline.compare_whole.piece(state.data, model, reached)
        methods |= {piece.method} if piece.iterations else set()
        reached = piece.reached
    return methods


def test_what_compare_has_carried_on_is_found_and_the_other_way_round():
    state = asked("&cov=tied")
    starts = starts_of(made(), state)
    starts = {name: numbers[:1] for name, numbers in starts.items()}
    for name in starts:
        compared, pipeline = made(), made()
        plan = pipeline.restarts_whole.plan(state, starts)
        number, step = next((i, one) for i, one in enumerate(plan) if one.algorithm == name)
        link = restarts_whole.model_of(state, step)
        assert in_compare(compared, state, link) == {"kmeans", "mixture"}
        (row,) = compared.restarts_whole.piece(state, starts, number)[name]
        later = [i for i, one in enumerate(plan) if i > number and one.run == step.run]
        assert compared.restarts_whole.needless(state, starts, number) == later
        rows = rows_of_all(lambda pipeline=pipeline: pipeline, state, starts)
        assert rows[name] == {step.start: row}
        again = in_compare(pipeline, state, link)
        assert again == {"gmm": {"kmeans"}, "kmeans": {"mixture"}}[name]


def test_two_at_a_time_are_of_different_runs_and_the_best_come_first(monkeypatch):
    state, starts = asked(), {"kmeans": (3,), "gmm": (2, 5, 1)}
    sample = made().points(state.data)
    plan = restarts_whole.plan(state, sample, starts)
    assert list(dict.fromkeys(step.run for step in plan)) == [
        ("gmm", 2), ("kmeans", 3), ("gmm", 5), ("gmm", 1),
    ]  # fmt: skip
    for run in {step.run for step in plan}:
        pieces = [step.piece for step in plan if step.run == run]
        assert [one.number for one in pieces] == list(range(len(pieces)))
        assert [one.last for one in pieces] == [False] * (len(pieces) - 1) + [True]
        assert sum(one.passes for one in pieces) == (150 if run[0] == "gmm" else 300)
    both = [step.run for step in plan if step.run in (("gmm", 5), ("gmm", 1))]
    assert all(one != other for one, other in pairwise(both))
    monkeypatch.setattr(restarts_whole, "MOST_SECONDS", 0.0)
    short = restarts_whole.plan(state, sample, starts)
    assert {step.run for step in short} == {("gmm", 2), ("kmeans", 3)}


def test_an_end_that_breaks_down_on_all_rows_is_a_row_without_a_value(monkeypatch):
    pipeline, state = made(), asked()
    starts = {"kmeans": (), "gmm": starts_of(pipeline, state)["gmm"][:1]}

    def broken(*_, **__):
        raise FitError("A component has collapsed.")

    monkeypatch.setattr(carrying, "block_statistics", broken)
    (row,) = rows_of_all(lambda: pipeline, state, starts)["gmm"].values()
    assert (row["objective"], row["degenerate"], row["labels"]) == (None, True, None)
    other = made()
    monkeypatch.setattr(other.models, "gmm", broken)
    (row,) = rows_of_all(lambda: other, state, starts)["gmm"].values()
    assert (row["objective"], row["degenerate"], row["n_iter"]) == (None, True, 0)


@pytest.mark.parametrize(
    ("link", "limits", "why"),
    [("?view=restarts&data=iris", {}, ""), (LINK, {"all_rows": 899}, "rows")],
)
def test_without_a_sample_there_is_nothing_to_carry_on(link, limits, why):
    pipeline = made(**limits) if why else made(fit_rows=1_000)
    state = from_query(link)[0]
    assert pipeline.restarts_whole.why_not(state) == (why or "short")
    with pytest.raises(FitError, match="no sample"):
        pipeline.restarts_whole.plan(state, {"kmeans": (0,), "gmm": (0,)})
