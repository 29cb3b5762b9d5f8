"""Compare's models, carried on to all rows in pieces, are scikit-learn's of all rows."""

from dataclasses import replace

import numpy as np
import pytest
from sklearn.cluster import KMeans

from gmm_dash.config import Config
from gmm_dash.engine import CentersRun, CovarianceType, fit_from_mixture, fit_kmeans, time_limit
from gmm_dash.engine.covariances import SKLEARN_TYPES
from gmm_dash.errors import FitError, StateError
from gmm_dash.export.fitting import start_arguments
from gmm_dash.pipeline import Pipeline, carrying, compare_whole, whole
from gmm_dash.pipeline.carried import CarriedStore
from gmm_dash.pipeline.compare import shape_models
from gmm_dash.pipeline.whole import centers_of_all, start_of_all
from gmm_dash.state import from_query
from tests.claims.case import sklearn_fit, sklearn_mixture

LINK = "?view=compare&data=blobs&n=900&noise=1&centers=3&scale=standard&n_init=1&k=3&tol=1e-5"
SMALL = Config(fit_rows=200, all_rows=100_000, fit_seconds=20.0)


def asked(more=""):
    return from_query(f"{LINK}{more}")[0]


def made(store=None, **limits):
    return Pipeline(replace(SMALL, **limits), None, None, None, store)


@pytest.fixture(autouse=True)
def short_pieces(monkeypatch):
    """Fits to all rows are estimated as too long for a request; pieces are of a few passes."""
    monkeypatch.setattr(whole, "seconds_of", lambda *_: 30.0)
    monkeypatch.setattr(compare_whole, "PIECE_SECONDS", 1e-4)
    monkeypatch.setattr(compare_whole, "iterations_at_once", lambda *_: 1)
    monkeypatch.setattr(compare_whole, "_SPARE", 1e9)  # k-means is never soon done
    monkeypatch.setattr(carrying, "ROWS_AT_ONCE", 400)


def pieces(pipeline, state, reached=""):
    """Return all answers until both models have ended."""
    out = []
    while not out or out[-1].method != compare_whole.DONE:
        out.append(pipeline.compare_whole.piece(state.data, state.model, reached))
        reached = out[-1].reached
    return out


@pytest.mark.parametrize("kind", [*SKLEARN_TYPES, CovarianceType.EQUAL])
def test_both_models_are_one_call_of_scikit_learn_from_the_samples_ends(kind):
    pipeline, state = made(), asked(f"&cov={kind}")
    before = pipeline.compare.comparison(state)
    assert before.rows.why == "seconds"
    assert not pipeline.compare.carried(state)
    told = pieces(pipeline, state)
    assert {one.method for one in told} == {"kmeans", "mixture", "done"}
    assert pipeline.compare.carried(state)
    after = pipeline.compare.comparison(state)
    every, sample = pipeline.whole.points(state.data), pipeline.points(state.data)
    assert (before.points.n, after.points.n, after.rows.why) == (200, 900, "")
    start = start_of_all(sample, every, before.gmm_fit)
    rules = {"tol": 1e-5, "max_iter": state.model.max_iter}
    gmm = after.gmm_fit
    again = fit_from_mixture(every.fitted, start, covariance_type=str(kind), **rules)
    assert (gmm.n_iter, gmm.converged, gmm.reason) == (again.n_iter, again.converged, again.reason)
    assert after.rows.passes == gmm.n_iter
    for name in ("aic", "bic", "icl", "aicc", "log_likelihood", "lower_bound", "entropy"):
        assert getattr(gmm, name) == pytest.approx(getattr(again, name), rel=1e-9), name
    np.testing.assert_allclose(gmm.responsibilities, again.responsibilities, atol=1e-7)
    np.testing.assert_array_equal(gmm.labels, again.labels)
    np.testing.assert_allclose(gmm.trace.means[-1], gmm.means, atol=1e-7)
    if kind in SKLEARN_TYPES:
        oracle = sklearn_fit(
            every.fitted, n_components=3, covariance_type=str(kind), **rules,
            **start_arguments(start, str(kind)),
        )  # fmt: skip
        assert gmm.n_iter == oracle.n_iter_
        np.testing.assert_allclose(gmm.means, oracle.means_, atol=1e-8)
        np.testing.assert_allclose(gmm.weights, oracle.weights_, atol=1e-8)
        assert gmm.bic == pytest.approx(oracle.bic(every.fitted), rel=1e-9)
        np.testing.assert_array_equal(gmm.labels, oracle.predict(every.fitted))
    centers = centers_of_all(sample, every, before.kmeans_fit)
    oracle = KMeans(3, init=centers, n_init=1).fit(every.fitted)
    assert after.kmeans_fit.n_iter == oracle.n_iter_
    assert after.kmeans_fit.inertia == pytest.approx(oracle.inertia_, rel=1e-9)
    np.testing.assert_array_equal(after.kmeans_fit.labels, oracle.labels_)
    np.testing.assert_allclose(after.kmeans_fit.centers, oracle.cluster_centers_, atol=1e-9)


@pytest.mark.parametrize("cut", [1, 2, 300])
def test_k_means_cut_anyhow_is_the_same_also_where_a_cluster_runs_empty(cut):
    rng = np.random.default_rng(1)
    x = np.concatenate([rng.normal(size=(60, 2)), rng.normal(size=(60, 2)) + 5])
    start = np.array(
        [[0.0, 0.0], [5.0, 5.0], [90.0, 90.0], [2.0, 2.0]]
    )  # nothing is near the third
    run = CentersRun.at(x, start)
    while run.moves():
        run = run.moved(x, cut)
    fit, at_once = run.fit(x, start), fit_kmeans(x, 4, init=start)
    assert run.reseeded == (2,)
    for name in ("centers", "labels", "distances", "radii"):
        np.testing.assert_array_equal(getattr(fit, name), getattr(at_once, name))
    for name in ("inertia", "n_iter", "converged", "health", "tol", "max_iter", "init"):
        assert getattr(fit, name) == getattr(at_once, name)
    np.testing.assert_allclose(fit.trace.centers[-1], at_once.trace.centers[-1], atol=0)
    assert run.moved(x, 5) is run, "one that has ended stays"


def test_another_worker_goes_on_and_finds_what_has_ended(tmp_path):
    state = asked("&cov=full")

    def worker(**limits):
        return made(CarriedStore(str(tmp_path), b"s" * 32), **limits)

    alone = pieces(made(), state)
    told, reached = [], ""
    while not told or told[-1].method != compare_whole.DONE:
        told.append(worker().compare_whole.piece(state.data, state.model, reached))
        reached = told[-1].reached
    assert told == alone
    rising = [one.iterations for one in told if one.method == "mixture"]
    assert rising == sorted(rising)
    shares = [one.share for one in told if one.method == "mixture"]
    assert shares == sorted(shares), "nearer and nearer to the tolerance"
    found = worker(cache_bytes=0).compare.comparison(state)
    assert found.points.n == 900
    np.testing.assert_array_equal(
        found.gmm_fit.means, worker().compare.comparison(state).gmm_fit.means
    )
    for name in (tmp_path / "carried").glob("*.carried"):
        name.unlink()
    gone = worker()
    assert gone.compare.comparison(state).points.n == 200, "the sample's, as before"
    assert pieces(gone, state)[-1] == alone[-1]


def test_what_how_many_has_carried_on_is_found_at_once(monkeypatch):
    """As its links open it: the start is that of neighbours, or the same drawn one."""
    monkeypatch.setattr(compare_whole, "_SPARE", 1.0)
    for init in ("mixed", "kmeans"):
        pipeline, state = made(), asked(f"&init={init}&n_init=3")
        ended = pipeline.carrier.after(state.data, state.model, 200, 0)
        link = state.but(init="informed") if ended.init == "informed" else state
        found = pipeline.compare.comparison(link)
        assert found.points.n == 900
        np.testing.assert_array_equal(
            found.gmm_fit.means[found.gmm.order], ended.run.mixture.means[found.gmm.order]
        )
        oracle = KMeans(3, init=found.kmeans_fit.start, n_init=1).fit(found.points.fitted)
        assert found.kmeans_fit.inertia == pytest.approx(oracle.inertia_)
        (only,) = pieces(pipeline, link)[-1:]
        assert only.method == "done"


def test_an_answer_that_somebody_may_go_on_from_is_not_kept():
    pipeline, state = made(), asked()
    with time_limit(60) as limit:
        pipeline.compare.comparison(state)
    assert not limit.lasting
    pieces(pipeline, state)
    with time_limit(60) as limit:
        pipeline.compare_whole.piece(state.data, state.model, "done")
    assert not limit.lasting, "it could be kept for longer than the ends are"
    for other in (state, asked("&data=iris"), asked("&show=bootstrap")):
        with time_limit(60) as limit:
            pipeline.compare.comparison(other)
        assert limit.lasting


@pytest.mark.parametrize(
    "more",
    ["&data=iris", "&pcs=1", "&cov=equal&hard=0.5", "&show=size,bootstrap", "&background=on"],
)
def test_what_stays_with_the_sample_for_another_reason_is_not_offered(more, monkeypatch):
    assert made().compare.beyond(asked(more)) is None
    assert made(all_rows=899).compare.beyond(asked()) is None
    assert made(fit_seconds=31.0).compare.beyond(asked()) is None
    assert made().compare.beyond(asked()).n_total == 900
    monkeypatch.setattr(whole, "seconds_to_show", lambda *_: 15.1)  # of 20, and all else
    assert made().compare.beyond(asked()) is None


def test_groups_labels_and_lists_of_rows_are_those_of_all_rows(pipeline):
    small, state = Pipeline(SMALL, pipeline.store), asked()
    few, desk = small.compare.profiles(state), small.labels.desk(state)
    pieces(small, state)
    many = small.compare.profiles(state)
    assert few.gmm.counts.sum() == few.kmeans.counts.sum() == 200
    assert many.gmm.counts.sum() == many.kmeans.counts.sum() == 900
    assert desk.points.n == 200
    assert small.labels.desk(state).points.n == 900
    fit = small.compare.comparison(state)
    assigned = small.labels.labelled(state).assigned
    assert assigned.fitted.all()
    np.testing.assert_array_equal(assigned.component, fit.gmm.labels + 1)
    np.testing.assert_array_equal(assigned.cluster, fit.kmeans.labels + 1)


def test_a_mixture_that_breaks_down_on_all_rows_says_so_and_the_sample_stays(monkeypatch):
    pipeline, state = made(), asked()

    def broken(*_, **__):
        raise FitError("A component has collapsed.")

    monkeypatch.setattr(carrying, "block_statistics", broken)
    with pytest.raises(FitError, match="broke down on all rows: A component has collapsed"):
        pieces(pipeline, state)
    with pytest.raises(FitError, match="broke down"):
        pieces(pipeline, state)
    assert pipeline.compare.comparison(state).points.n == 200


@pytest.mark.parametrize("reached", ["mixture", "mixture-x", "other-1", "kmeans-99999", "<b>"])
def test_the_browser_is_not_believed(reached):
    with pytest.raises(StateError, match="cannot be read"):
        made().compare_whole.piece(asked().data, asked().model, reached)


def test_what_nobody_has_kept_is_begun_anew_and_the_settings_say_when_it_ends():
    pipeline, state = made(), asked("&cov=tied&max_iter=3")
    for method in ("kmeans", "mixture"):
        lost = pipeline.compare_whole.piece(state.data, state.model, f"{method}-9999")
        assert lost.reached in (f"{method}-1", "mixture-0")
        assert lost.iterations <= 1
    pieces(pipeline, state)
    fit = pipeline.compare.comparison(state).gmm_fit
    assert (fit.n_iter, fit.converged, fit.max_iter) == (3, False, 3)
    assert "not-converged" in [one.code for one in fit.health]


def test_an_end_that_the_settings_do_not_allow_yet_is_not_compares(monkeypatch):
    monkeypatch.setattr(carrying, "MOST_PASSES", 2)
    pipeline, state = made(), asked("&init=kmeans&tol=1e-9")
    short = pipeline.carrier.after(state.data, state.model, 200, 0)
    assert (short.ended, len(short.run.log_likelihoods)) == (0, 2)
    assert not pipeline.compare.carried(state)
    pieces(pipeline, state)
    assert pipeline.compare.comparison(state).gmm_fit.n_iter > 2


def four_pieces(pipeline, state, reached=""):
    """Return all answers until the mixtures of all four covariance types have ended."""
    out, models = [], shape_models(state.model)
    while not out or out[-1].method != compare_whole.DONE:
        out.append(pipeline.compare_whole.mixtures_piece(state.data, models, reached))
        reached = out[-1].reached
    return out


def test_the_four_types_are_scikit_learns_of_all_rows_from_the_samples_ends():
    pipeline, state = made(), asked("&show=shapes")
    before = pipeline.compare.shapes(state)
    assert (before.points.n, before.rows.why, before.rows.pieces) == (200, "seconds", True)
    told = four_pieces(pipeline, state)
    kinds = [one.kind for one in told[:-1]]
    assert list(dict.fromkeys(kinds)) == list(SKLEARN_TYPES), "one type after the other"
    assert [one.share for one in told] == sorted(one.share for one in told)
    after, sample = pipeline.compare.shapes(state), pipeline.points(state.data)
    x = after.points.fitted
    assert (len(x), after.rows.why) == (900, "")
    assert pipeline.compare.shapes_carried(state)
    for kind, begun, fit in zip(SKLEARN_TYPES, before.fits, after.fits, strict=True):
        start = start_of_all(sample, after.points, begun)
        oracle = sklearn_fit(
            x, n_components=3, covariance_type=str(kind), tol=1e-5, max_iter=500,
            **start_arguments(start, str(kind)),
        )  # fmt: skip
        assert (str(fit.covariance_type), fit.n_iter) == (str(kind), oracle.n_iter_)
        np.testing.assert_allclose(fit.means, oracle.means_, atol=1e-8)
        assert fit.bic == pytest.approx(oracle.bic(x), rel=1e-9)
    alone = [state.but(cov=str(kind), show=[]) for kind in SKLEARN_TYPES]
    pieces(pipeline, alone[0])
    pair = pipeline.compare.comparison(alone[0]).gmm_fit
    np.testing.assert_array_equal(pair.means, after.fits[0].means)


def test_no_type_of_other_rows_stands_beside_the_others():
    """All four are of the sample until all have ended; what has ended is not done again."""
    pipeline, state = made(), asked("&show=shapes")
    pieces(pipeline, state)
    assert pipeline.compare.shapes(state).points.n == 200
    models, reached, seen = shape_models(state.model), "", set()
    while reached != "done":
        assert not pipeline.compare.shapes_carried(state)
        assert {len(fit.responsibilities) for fit in pipeline.compare.shapes(state).fits} == {200}
        with time_limit(60) as limit:
            now = pipeline.compare_whole.mixtures_piece(state.data, models, reached)
        assert not limit.lasting
        reached = now.reached
        seen.add(now.kind)
    assert "full" not in seen, "the pair has gone on with it before"
    assert {len(fit.responsibilities) for fit in pipeline.compare.shapes(state).fits} == {900}


@pytest.mark.parametrize("more", ["&data=iris", "&pcs=1"])
def test_four_types_that_stay_with_the_sample_for_another_reason_are_not_offered(more, monkeypatch):
    assert made().compare.shapes_beyond(asked(more)) is None
    assert made().compare.shapes_beyond(asked()).n_total == 900
    monkeypatch.setattr(whole, "seconds_to_show", lambda *on: 4.0 * on[3])
    assert made().compare.shapes_beyond(asked()) is None
    assert made().compare.beyond(asked()) is not None


@pytest.mark.parametrize("reached", ["kmeans-1", "full", "equal-1", "full-99999", "<b>-1"])
def test_the_browser_is_not_believed_of_four_types_either(reached):
    with pytest.raises(StateError, match="cannot be read"):
        made().compare_whole.mixtures_piece(asked().data, shape_models(asked().model), reached)


@pytest.mark.parametrize("kind", ["full", "diag"])
def test_density_is_of_the_mixture_that_compare_was_carried_on_to(kind):
    pipeline, state = made(), asked(f"&cov={kind}&outliers=3")
    with time_limit(60) as limit:
        before = pipeline.density.study(state)
    assert not limit.lasting, "somebody may go on: this answer is of now"
    assert (before.points.n, before.rows.why, before.rows.pieces) == (200, "seconds", True)
    pieces(pipeline, state)
    study, pair = pipeline.density.study(state), pipeline.compare.comparison(state)
    assert study.fit is pair.gmm_fit
    assert (study.points.n, len(study.log_density), study.rows) == (900, 900, pair.rows)
    model = sklearn_mixture(pair.gmm_fit)
    np.testing.assert_allclose(
        study.log_density, model.score_samples(pair.points.fitted), atol=1e-8
    )
    assert pipeline.density.study(state.but(background="on")).points.n == 900
    assert pipeline.density.study(state.but(k=4)).points.n == 200
