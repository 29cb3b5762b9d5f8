"""All models of How many? over all rows of a table in many files, in any pieces."""

from dataclasses import replace

import fsspec
import numpy as np
import pytest
from sklearn.mixture import GaussianMixture

from gmm_dash.callbacks import compared as compared_views
from gmm_dash.engine import SelectionRow
from gmm_dash.errors import GmmDashError, StateError
from gmm_dash.fit_all import fit_all
from gmm_dash.pipeline import elsewhere, select_elsewhere
from gmm_dash.pipeline.parted.crew import Alone, CrewLost
from gmm_dash.pipeline.parted.passes import KMeansRun, MixtureRun, Runs, run_all
from gmm_dash.pipeline.parted.reached import ReachedStore
from gmm_dash.pipeline.parted.study import open_table
from gmm_dash.results.select import selection_of
from gmm_dash.state import from_query
from gmm_dash.tables.parts.slice import complete
from gmm_dash.tables.parts.table import PartedTable
from tests.pipeline.test_all_rows import PLACE, opened, places, to_the_end, whole_rows

__all__ = ["places"]  # every test here is of that table

ASKED = {
    "view": "select", "scale": "none", "kmin": 2, "kmax": 4, "types": ["full", "spherical"],
    "n_init": 2, "tol": 1e-9,
}  # fmt: skip


def asked(folder, **settings):
    pipeline, state = opened(folder)
    return pipeline, state.but(**ASKED | settings)


def ended(pipeline, state, seconds=60.0, key="", most=5_000):
    for _ in range(most):
        key, at, _ = pipeline.select_elsewhere.piece(state, key, seconds)
        if at.finished:
            return key, at
    raise AssertionError("no end")


def by_model(rows):
    return {(row["covariance_type"], row["n_components"]): row for row in rows}


def test_it_is_what_gmm_dash_fit_and_scikit_learn_say_of_all_rows(tmp_path):
    pipeline, state = asked(tmp_path, tol=1e-12, kmin=3, kmax=3, max_iter=2_000)
    every = pipeline.select_elsewhere.every(state, ended(pipeline, state)[0])
    found, rows = fit_all(Alone(), PLACE, state), whole_rows()
    theirs, ours = by_model(found["models"]), by_model(every.rows)
    assert (set(ours), found["n"]) == (set(theirs), len(rows))
    for model, row in ours.items():
        for name in ("log_likelihood", "aic", "aicc", "bic", "icl"):
            assert row[name] == pytest.approx(theirs[model][name], rel=1e-8), (model, name)
    kmeans = GaussianMixture(3, tol=1e-9, max_iter=2_000).fit(rows)
    assert ours["full", 3]["bic"] == pytest.approx(kmeans.bic(rows), abs=1e-3)
    [(k, inertia, _, converged)] = every.inertias
    assert (k, converged) == (3, True)
    assert inertia == pytest.approx(found["kmeans"][0]["inertia"], rel=1e-4)


def test_all_go_on_from_the_samples_ends_in_the_same_passes_with_n_of_all_rows(tmp_path):
    pipeline, state = asked(tmp_path, tol=1e-5, kmax=3)
    key, at = ended(pipeline, state)
    begun = pipeline.select_elsewhere._begun(state)
    while begun.todo:
        pipeline.select_elsewhere._begin(state, begun)
    fresh = [pipeline.select_elsewhere._start(state, _model(state, run)) for run in at.mixtures]
    runs = Runs(
        [
            MixtureRun(run.covariance_type, fit.mixture)
            for run, (_, fit) in zip(at.mixtures, fresh, strict=True)
        ],
        [
            KMeansRun(pipeline.models.kmeans(state.data, replace(state.model, k=k)).centers)
            for k in (2, 3)
        ],
    )
    blocks = open_table(Alone(), PLACE, ["x", " y "]).slices(700)
    run_all(Alone(), blocks, at.scale, runs, at.rules, at.variance)
    assert runs.passes == at.passes
    for mine, other in zip(at.mixtures, runs.mixtures, strict=True):
        assert len(mine.log_likelihoods) == len(other.log_likelihoods)
        assert mine.scores.log_likelihood == pytest.approx(other.scores.log_likelihood, rel=1e-10)
        assert mine.scores.n == len(whole_rows())
    every = pipeline.select_elsewhere.every(state, key)
    assert (every.points.n, every.left_out) == (2097, 3)
    for row in every.rows:
        assert row["bic"] == pytest.approx(
            row["n_parameters"] * np.log(2097) - 2 * 2097 * row["log_likelihood"]
        )
    inertias = [inertia for _, inertia, _, _ in every.inertias]
    assert inertias == pytest.approx([one.last.inertia for one in runs.kmeans], rel=1e-9)
    assert selection_of(every.rows, []).best("bic").n_components == 3


def _model(state, run):
    kind, k = run.covariance_type, run.mixture.n_components
    return replace(state.model, covariance_type=kind, k=k)


def test_pieces_cut_anyhow_stopped_and_continued_by_anybody_end_with_the_same_digits(
    tmp_path, monkeypatch
):
    pipeline, state = asked(tmp_path, tol=1e-3, kmax=3)
    key, seen = "", set()
    for turn in range(5_000):
        other = asked(tmp_path)[0] if turn % 9 == 0 else pipeline  # one that was killed
        key, at, blocks = other.select_elsewhere.piece(state, key if turn % 5 else "", 0.0)
        seen.add((bool(at.todo), blocks))
        if at.finished:
            break
    assert seen == {(True, 0), (False, 21)}
    monkeypatch.setattr(ReachedStore, "noted", lambda *_: None)  # as if nobody had asked before
    assert ended(pipeline, state)[0] == key


def test_a_lost_scheduler_loses_nothing_and_a_key_is_of_its_settings(tmp_path, monkeypatch):
    pipeline, state = asked(tmp_path, tol=1e-3, kmax=2)
    key = ""
    while True:
        key, at, _ = pipeline.select_elsewhere.piece(state, key, 0.0)
        if at.blocks > 3:
            break

    def lost(self, function, items, tell=None):
        raise CrewLost("The scheduler was lost.", hint="Start again when it is back.")

    with monkeypatch.context() as broken:
        broken.setattr(Alone, "total", lost)
        with pytest.raises(CrewLost):
            pipeline.select_elsewhere.piece(state, key, 0.0)
    _, after, _ = pipeline.select_elsewhere.piece(state, key, 0.0)
    assert after.blocks == at.blocks + 1
    with pytest.raises(StateError, match="other settings"):
        pipeline.select_elsewhere.piece(state.but(kmax=3), key, 0.0)
    with pytest.raises(StateError, match="other settings"):
        pipeline.all_rows.piece(state, key, 0.0)
    with pytest.raises(StateError, match="not finished"):
        pipeline.select_elsewhere.every(state, key)


@pytest.mark.parametrize("init", ["informed", "kmeans"])
def test_what_one_view_has_fitted_the_other_finds(tmp_path, init):
    pipeline, state = asked(tmp_path, tol=1e-3, kmax=3, types=["full"], init=init, scale="standard")
    every = pipeline.select_elsewhere.every(state, ended(pipeline, state)[0])
    row = by_model(every.rows)
    link = compared_views.link_to(state, SelectionRow(**row["full", 3]))  # of a click on its point
    compared = from_query(link)[0]
    assert (compared.view.view, compared.model.k) == ("compare", 3)
    key, found, _ = pipeline.all_rows.piece(compared, "", 0.0)
    assert found.finished, "it is at its end at once"
    both = pipeline.all_rows.both(compared, key)
    assert both.every.log_likelihood == row["full", 3]["log_likelihood"]
    near = np.square(both.sample.mixture.means - both.every.mixture.means).sum(axis=1)
    assert near.max() < 1, "components have the numbers of the plots"
    other = compared.but(k=2)
    to_the_end(pipeline, other, seconds=60)
    alone = state.but(kmin=2, kmax=2, types=["full"])
    _, found, _ = pipeline.select_elsewhere.piece(alone, "", 60.0)
    assert (found.finished, found.passes) == (True, 0)


def test_where_they_are_too_many_those_nearest_to_the_best_go_on(tmp_path, monkeypatch):
    pipeline, state = asked(tmp_path, k=3, kmin=1, kmax=6)
    offer = pipeline.select_elsewhere.offer(state)
    every = pipeline.select_elsewhere.together(state, offer)
    assert (every.counts, every.left, len(every.cells)) == ((1, 2, 3, 4, 5, 6), (), 12)
    monkeypatch.setattr(select_elsewhere, "MOST_MODELS", 7)
    some = pipeline.select_elsewhere.together(state, offer)
    assert (some.counts, some.left) == ((2, 3, 4), (1, 5, 6)) or len(some.cells) == 6
    assert 0 < some.seconds < every.seconds
    monkeypatch.setattr(select_elsewhere, "MOST_NUMBERS", 2 * 3 * 7)
    assert pipeline.select_elsewhere.together(state, offer).counts == (3,)
    monkeypatch.setattr(select_elsewhere, "MOST_NUMBERS", 6)
    assert "gmm-dash fit" in pipeline.select_elsewhere.offer(state).why
    with pytest.raises(StateError, match="too large"):
        pipeline.select_elsewhere.piece(state, "")
    for other in ({"transform": "sqrt:x"}, {"gaps": "use"}, {"weights": "x"}):
        assert pipeline.select_elsewhere.offer(state.but(**other)).why.startswith("They are not")
        with pytest.raises(GmmDashError):
            pipeline.select_elsewhere.piece(state.but(**other), "")


def test_row_groups_that_would_take_too_long_are_read_in_parts(places):
    table = open_table(Alone(), PLACE, ["x", " y "])
    whole, parts = table.slices(), table.slices(100, 33)
    assert isinstance(table, PartedTable)
    assert (len(whole), len(parts)) == (3, 84)
    assert max(one.n_rows for one in parts) <= 33
    assert [one.first for one in parts] == list(np.cumsum([0] + [p.n_rows for p in parts[:-1]]))

    def read(some):
        return np.concatenate([rows for one in some for rows in one.batches()])

    np.testing.assert_array_equal(read(parts), read(whole))
    assert complete(read(parts)).sum() == 2097
    places.rm("/rows-of/table/1.parquet")
    with pytest.raises(GmmDashError, match="is not there"):
        read(parts)
    assert fsspec.filesystem("memory").exists("/rows-of/table/0.parquet")


def test_a_block_takes_about_a_piece_whatever_goes_on(tmp_path, monkeypatch):
    pipeline, state = asked(tmp_path, tol=1e-3)
    _, at = ended(pipeline, state)
    table = open_table(Alone(), PLACE, at.columns)
    monkeypatch.setattr(elsewhere, "_LEAST", 20)
    cheap = elsewhere.blocks_of(at, table)
    monkeypatch.setattr(
        elsewhere, "PIECE_SECONDS", 50 * elsewhere.row_seconds(2, [("full", 3)], [])
    )
    dear = elsewhere.blocks_of(at, table)
    assert (len(cheap), max(one.n_rows for one in cheap)) == (21, 100)
    assert max(one.n_rows for one in dear) <= 50
    assert sum(one.n_rows for one in dear) == 2_100
