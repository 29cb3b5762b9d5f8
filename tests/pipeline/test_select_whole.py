"""Mixtures of a sample, carried on to all rows in pieces, are scikit-learn's of all rows."""

from dataclasses import replace

import numpy as np
import pytest

from gmm_dash.config import Config
from gmm_dash.engine import CovarianceType, fit_from_mixture
from gmm_dash.engine.covariances import SKLEARN_TYPES
from gmm_dash.engine.nesting import is_smoothed
from gmm_dash.errors import FitError, WorkLimitError
from gmm_dash.export.fitting import start_arguments
from gmm_dash.pipeline import Pipeline, carrying, select_whole
from gmm_dash.pipeline.carried import CarriedStore
from gmm_dash.pipeline.whole import start_of_all
from gmm_dash.state import from_query
from tests.claims.case import sklearn_fit

LINK = "?view=select&data=blobs&n=900&noise=1&centers=3&scale=standard&n_init=1&k=3&kmax=3&tol=1e-5"
SMALL = Config(fit_rows=200, all_rows=100_000)


def asked(link=LINK):
    return from_query(link)[0]


def made(reached=None, **limits):
    return Pipeline(replace(SMALL, **limits), None, None, None, reached)


def rows_of(pipeline, state):
    """Return what a browser gathers that asks for no needless piece."""
    plan, rows, needless = pipeline.select_whole.plan(state), [], set()
    for number in range(len(plan.steps)):
        if number not in needless:
            rows += pipeline.select_whole.piece(state, number)["mixtures"]
            needless |= set(pipeline.select_whole.needless(state, number))
    return {(row["covariance_type"], row["n_components"]): row for row in rows}


@pytest.fixture
def many_blocks(monkeypatch):
    monkeypatch.setattr(carrying, "ROWS_AT_ONCE", 400)


@pytest.mark.usefixtures("many_blocks")
def test_each_is_one_call_of_scikit_learn_on_all_rows_from_the_samples_end():
    pipeline, state = made(), asked()
    rows = rows_of(pipeline, state)
    assert set(rows) == {(str(kind), k) for kind in SKLEARN_TYPES for k in range(1, 4)}
    every, sample = pipeline.whole.points(state.data), pipeline.points(state.data)
    assert (sample.n, every.n) == (200, 900)
    for (kind, k), row in rows.items():
        model = replace(state.model, k=k, covariance_type=kind)
        ended = pipeline.carrier.after(state.data, model, 200, 0).run.mixture
        init = "informed" if row["init"] == "informed" else model.init
        best = pipeline.models.gmm(state.data, replace(model, init=init))
        start = start_of_all(sample, every, best)
        oracle = sklearn_fit(
            every.fitted, n_components=k, covariance_type=kind, tol=1e-5, max_iter=200,
            **start_arguments(start, kind),
        )  # fmt: skip
        assert row["n_iter"] == oracle.n_iter_
        assert row["converged"] == oracle.converged_
        ours = (ended.weights, ended.means)
        for mine, theirs in zip(ours, (oracle.weights_, oracle.means_), strict=True):
            np.testing.assert_allclose(mine, theirs, atol=1e-8)
        assert row["log_likelihood"] == pytest.approx(oracle.score(every.fitted), abs=1e-9)
        assert row["aic"] == pytest.approx(oracle.aic(every.fitted), rel=1e-9)
        assert row["bic"] == pytest.approx(oracle.bic(every.fitted), rel=1e-9)
        shares = oracle.predict_proba(every.fitted)
        entropy = -np.sum(shares * np.log(np.where(shares > 0, shares, 1)))
        assert row["icl"] == pytest.approx(oracle.bic(every.fitted) + 2 * entropy, rel=1e-8)
    strong = is_smoothed(every.fitted, state.model.reg_covar)
    assert pipeline.select_whole.smoothed(state) == strong


@pytest.mark.usefixtures("many_blocks")
@pytest.mark.parametrize("kind", [CovarianceType.FULL, CovarianceType.SPHERICAL])
def test_pieces_cut_anyhow_come_to_the_same(kind):
    state = asked(f"{LINK}&types={kind}")
    model = replace(state.model, k=3, covariance_type=kind.value)
    pipeline = made()
    whole = pipeline.carrier.after(state.data, model, 200, 0)
    assert whole.ended == 0
    for passes in (1, 4):
        numbers = range(len(whole.run.log_likelihoods) // passes + 2)
        pieces = [pipeline.carrier.after(state.data, model, passes, i) for i in numbers]
        last = pieces[-1]
        assert last.run.log_likelihoods == whole.run.log_likelihoods
        assert last.run.scores == whole.run.scores
        np.testing.assert_array_equal(last.run.mixture.means, whole.run.mixture.means)
        assert all(one.ended == last.ended for one in pieces[last.ended :])
        assert all(one.ended is None for one in pieces[: last.ended])
        rising = [value for one in pieces for value in one.run.log_likelihoods[-1:]]
        assert np.all(np.diff(rising) > -1e-9)
    from_engine = fit_from_mixture(
        pipeline.whole.points(state.data).fitted,
        start_of_all(
            pipeline.points(state.data),
            pipeline.whole.points(state.data),
            pipeline.models.gmm(state.data, replace(model, init=_searched(whole))),
        ),
        covariance_type=kind.value,
        tol=1e-5,
        max_iter=200,
    )
    assert from_engine.n_iter == len(whole.run.log_likelihoods)
    np.testing.assert_allclose(from_engine.covariances, whole.run.mixture.covariances, atol=1e-8)


def _searched(carried):
    return "informed" if carried.init == "informed" else "mixed"


def test_another_worker_goes_on_from_what_is_kept_and_who_has_nothing_finds_the_same(
    tmp_path, monkeypatch
):
    state = asked(f"{LINK}&types=full")
    model = replace(state.model, k=3, covariance_type="full")
    begun = made(CarriedStore(str(tmp_path), b"s" * 32)).carrier.after(state.data, model, 3, 1)
    alone = made(cache_bytes=0).carrier.after(state.data, model, 3, 2)
    made_passes = []
    step = carrying.MixtureRun.step
    monkeypatch.setattr(
        carrying.MixtureRun, "step", lambda *args: (made_passes.append(1), step(*args))
    )
    other = made(CarriedStore(str(tmp_path), b"s" * 32)).carrier
    found = other.after(state.data, model, 3, 2)
    assert len(begun.run.log_likelihoods) == 6
    assert len(made_passes) == len(found.run.log_likelihoods) - 6
    assert found.run.log_likelihoods == alone.run.log_likelihoods
    np.testing.assert_array_equal(found.run.mixture.covariances, alone.run.mixture.covariances)
    # what was changed on disk is not believed, and what cannot be written is done again
    for file in (tmp_path / "reached").glob("*.reached"):
        file.write_bytes(file.read_bytes().replace(b"full", b"diag"))
    again = made(CarriedStore(str(tmp_path), b"s" * 32)).carrier.after(state.data, model, 3, 2)
    assert again.run.log_likelihoods == alone.run.log_likelihoods


def test_what_is_kept_is_all_there_is(tmp_path):
    state, reached = asked(f"{LINK}&types=tied"), CarriedStore(str(tmp_path), b"s" * 32)
    model = replace(state.model, k=2, covariance_type="tied")
    found = made(reached).carrier.after(state.data, model, 200, 0)
    reached.put("some work", found)
    kept = reached.get("some work")
    assert vars(kept) | {"run": 0} == vars(found) | {"run": 0}
    assert kept.run.scores == found.run.scores
    np.testing.assert_array_equal(kept.run.mixture.means, found.run.mixture.means)
    reached.put("none", carrying.Carried(None, "kmeans", 3, 0, "collapsed"))
    assert vars(reached.get("none")) == {
        "run": None, "init": "kmeans", "random_state": 3, "ended": 0, "reason": "collapsed",
    }  # fmt: skip
    assert reached.get("other work") is None


def test_the_sizes_nearest_to_the_best_come_first_and_the_others_are_named(monkeypatch):
    state = asked(LINK.replace("k=3&", "k=5&").replace("kmax=3", "kmax=9"))
    sample = made().points(state.data)
    whole = select_whole.plan(state, sample, [("full", 9)])
    assert list(dict.fromkeys(step.k for step in whole.steps)) == [5, 4, 6, 3, 7, 2, 8, 1, 9]
    assert whole.counts == tuple(range(1, 10))
    assert ("full", 9) not in {step.model for step in whole.steps}
    monkeypatch.setattr(select_whole, "MOST_SECONDS", sum(s.seconds for s in whole.steps) / 2)
    part = select_whole.plan(state, sample, [("full", 9)])
    assert part.steps == whole.steps[: len(part.steps)]
    assert 5 in part.counts
    assert sorted(part.counts + part.left) == list(range(1, 10))
    monkeypatch.setattr(select_whole, "PIECE_SECONDS", 1e-3)
    monkeypatch.setattr(select_whole, "MOST_SECONDS", 0.0)
    one = select_whole.plan(state, sample, [])
    assert one.counts == (5,), "one size is always carried on"
    assert {step.passes for step in one.steps} != {200}
    for kind in SKLEARN_TYPES:
        mine = [step for step in one.steps if step.covariance_type == kind]
        assert sum(step.passes for step in mine) == 200
        assert [step.last for step in mine] == [False] * (len(mine) - 1) + [True]


def test_what_has_no_mixture_is_a_row_that_says_why(monkeypatch):
    state = asked(f"{LINK}&types=full&kmin=2&kmax=2")

    def refused(problem):
        def gmm(*_, **__):
            raise problem("no")

        return gmm

    for problem, reason in ((FitError, "collapsed"), (WorkLimitError, "stopped")):
        pipeline = made()
        monkeypatch.setattr(pipeline.models, "gmm", refused(problem))
        (row,) = rows_of(pipeline, state).values()
        assert row["degenerate"]
        assert row["reason"] == reason
        assert row["bic"] is None
    pipeline = made()
    run = pipeline.carrier.after(state.data, replace(state.model, k=2), 200, 0).run
    monkeypatch.setattr(carrying, "block_statistics", refused(FitError))
    failed = carrying.carry_on(
        carrying.Carried(
            replace(run, converged=False, log_likelihoods=[], scores=None), "kmeans", 0
        ),
        pipeline.whole.points(state.data).fitted,
        carrying.rules_of(state.model),
        5,
        7,
    )
    assert failed.run.failed
    assert failed.ended == 7
    assert failed.run.scores is None


@pytest.mark.parametrize(
    ("link", "limits", "why"),
    [
        ("&n=200", {}, "short"),
        ("&pcs=2", {}, "pca"),
        ("", {"all_rows": 899}, "rows"),
        ("", {"all_rows": 900}, ""),
    ],
)
def test_there_is_nothing_to_carry_on_without_a_sample_of_the_columns(link, limits, why):
    pipeline = made(**limits)
    state = asked("?view=select&data=iris" if why == "short" else f"{LINK}{link}")
    assert pipeline.select_whole.why_not(state) == why
    if why:
        with pytest.raises(FitError, match="no sample"):
            pipeline.select_whole.plan(state)
