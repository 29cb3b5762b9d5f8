"""Both models over all rows of a table at an address: scikit-learn's answer, in any pieces."""

import zlib
from io import BytesIO

import fsspec
import numpy as np
import pandas as pd
import pytest
from sklearn.cluster import KMeans
from sklearn.mixture import GaussianMixture

from gmm_dash.config import Config
from gmm_dash.errors import GmmDashError, ImportProblem, LinkGoneError, StateError
from gmm_dash.factory import open_names, open_reached, open_store
from gmm_dash.pipeline import Pipeline, elsewhere
from gmm_dash.pipeline.parted.crew import Alone, CrewLost
from gmm_dash.pipeline.parted.passes import Pass
from gmm_dash.pipeline.parted.reached import Reached, ReachedStore, Written, packed, unpacked
from gmm_dash.state import AppState

RNG = np.random.default_rng(11)
CENTERS = np.array([[0, 0], [7, 4], [14, -3]])
X = RNG.permutation(np.concatenate([RNG.normal(size=(700, 2)) * [1, 2] + at for at in CENTERS]))
PLACE = "memory://rows-of/table"


@pytest.fixture(autouse=True)
def places(monkeypatch):
    monkeypatch.setattr(elsewhere, "_ROWS", (100, 100))
    fs = fsspec.filesystem("memory")
    for i, part in enumerate(np.array_split(X, 3)):
        _put(i, part, gap=i == 1)
    yield fs
    fs.rm("/rows-of", recursive=True)


def _put(i, part, *, gap=False):
    frame = pd.DataFrame(part, columns=["x", " y "])
    if gap:
        frame.loc[[3, 5, 9], " y "] = np.nan
    sink = BytesIO()
    frame.to_parquet(sink, index=False, row_group_size=100)
    fsspec.filesystem("memory").pipe(f"/rows-of/table/{i}.parquet", sink.getvalue())


def opened(folder, **settings):
    config = Config(
        store=str(folder), **({"sources": "memory://rows-of", "fit_rows": 300} | settings)
    )
    store = open_store(config)
    pipeline = Pipeline(config, store, None, open_names(config), None, open_reached(config))
    key, _ = pipeline.sources.open(PLACE)
    state = AppState().but(data="upload", table=key, scale="standard", k=3, n_init=2)
    return pipeline, state


def to_the_end(pipeline, state, seconds=0.0, key=""):
    for _ in range(5_000):
        key, at, _ = pipeline.all_rows.piece(state, key, seconds)
        if at.finished:
            return key
    raise AssertionError("no end")


def whole_rows():
    rows = X.copy()
    first = len(np.array_split(X, 3)[0])
    return np.delete(rows, [first + i for i in (3, 5, 9)], axis=0)


@pytest.mark.parametrize("kind", ["full", "tied", "diag", "spherical"])
def test_it_is_scikit_learns_answer_of_all_rows(tmp_path, kind):
    pipeline, state = opened(tmp_path)
    state = state.but(cov=kind, tol=1e-9)
    both = pipeline.all_rows.both(state, to_the_end(pipeline, state, seconds=60))
    rows, points = whole_rows(), pipeline.points(state.data)
    assert (both.sample.n, both.every.n, both.left_out) == (points.n, 2097, 3)
    assert 297 <= points.n <= 300
    z = (rows - points.shift) / points.scale
    fit = pipeline.compare.comparison(state).gmm.mixture
    oracle = GaussianMixture(
        3, covariance_type=kind, tol=1e-9, max_iter=2_000, means_init=fit.means
    ).fit(z)
    assert both.converged == (True, True)
    assert both.every.log_likelihood == pytest.approx(oracle.score(z), abs=1e-6)
    assert both.every.criteria["aic"] == pytest.approx(oracle.aic(z), abs=0.02)
    assert both.every.criteria["bic"] == pytest.approx(oracle.bic(z), abs=0.02)
    share = oracle.predict_proba(z)
    entropy = -np.sum(share * np.log(np.maximum(share, 1e-300)))
    assert both.every.criteria["icl"] == pytest.approx(oracle.bic(z) + 2 * entropy, abs=0.5)
    np.testing.assert_allclose(
        both.every.mixture.means, oracle.means_ * points.scale + points.shift, atol=1e-3
    )
    np.testing.assert_allclose(both.every.mixture.weights, oracle.weights_, atol=1e-4)
    start = pipeline.compare.comparison(state).kmeans.mixture.means
    lloyd = KMeans(3, init=start, n_init=1, tol=0).fit(z)
    assert both.every.inertia == pytest.approx(lloyd.inertia_, rel=1e-4)
    np.testing.assert_allclose(
        both.every.centers, lloyd.cluster_centers_ * points.scale + points.shift, atol=0.02
    )
    np.testing.assert_allclose(both.every.shares.sum(), 1)


def test_the_samples_numbers_are_those_of_the_page(tmp_path):
    pipeline, state = opened(tmp_path)
    both = pipeline.all_rows.both(state, to_the_end(pipeline, state, seconds=60))
    result = pipeline.compare.comparison(state)
    assert both.sample.log_likelihood == result.gmm_fit.log_likelihood
    assert both.sample.criteria["bic"] == result.gmm_fit.bic
    assert both.sample.inertia == result.kmeans_fit.inertia
    raw = result.points.raw[result.gmm.labels == 1].mean(axis=0)
    np.testing.assert_allclose(both.sample.mixture.means[1], raw, atol=0.3)


def test_pieces_of_any_length_and_any_worker_end_alike(tmp_path, monkeypatch):
    pipeline, state = opened(tmp_path)
    key = ""
    for turn in range(5_000):
        other, _ = opened(tmp_path) if turn % 7 == 0 else (pipeline, None)  # one that was killed
        key = key if turn % 5 else ""  # as a page that was loaded anew
        key, at, blocks = other.all_rows.piece(state, key, 0.0)
        assert at.blocks < blocks == 21
        if at.finished:
            break
    with monkeypatch.context() as forgetful:
        forgetful.setattr(ReachedStore, "noted", lambda *_: None)  # as if nobody had asked before
        at_once = to_the_end(pipeline, state, seconds=60)
    assert key == at_once, "equal states have equal keys, so all digits are the same"
    again, _, _ = pipeline.all_rows.piece(state, key, 0.0)
    assert again == key, "what is finished stays as it is"
    assert turn > 40, "it has gone through many pieces"


def test_a_state_survives_as_bytes(tmp_path):
    pipeline, state = opened(tmp_path)
    key, at, _ = pipeline.all_rows.piece(state, "", 0.0)
    assert isinstance(at.sums, Pass)
    assert packed(unpacked(packed(at), Reached)) == packed(at)
    with pytest.raises(LinkGoneError):
        pipeline.all_rows.piece(state, key[:-1] + "x", 0.0)
    for bad in (b"", b"x", packed(at)[:40], zlib.compress(b"[]"), zlib.compress(b'{"is": "os"}')):
        with pytest.raises((ValueError, KeyError, TypeError, zlib.error)):
            unpacked(bad, Reached)
    with pytest.raises(TypeError):
        unpacked(packed(at), Written)


def test_what_goes_wrong_costs_nothing_that_was_reached(tmp_path, monkeypatch, places):
    pipeline, state = opened(tmp_path)
    key, before, _ = pipeline.all_rows.piece(state, "", 0.0)

    def lost(self, function, items, tell=None):
        raise CrewLost("The scheduler was lost.", hint="Start again when it is back.")

    real = Alone.total
    monkeypatch.setattr(Alone, "total", lost)
    with pytest.raises(CrewLost):
        pipeline.all_rows.piece(state, key, 0.0)
    monkeypatch.setattr(Alone, "total", real)
    places.mv("/rows-of/table/0.parquet", "/rows-of/elsewhere")
    with pytest.raises(ImportProblem, match=r"The file 0.parquet is not there"):
        pipeline.all_rows.piece(state, key, 0.0)
    with pytest.raises(ImportProblem, match=r"has changed: it had 2,100 rows, and has 1,400"):
        pipeline.all_rows.piece(state, key, 0.0)
    places.mv("/rows-of/elsewhere", "/rows-of/table/0.parquet")
    _, after, _ = pipeline.all_rows.piece(state, key, 0.0)
    assert after.blocks == before.blocks + 1


def test_nobody_is_told_where_the_scheduler_is(tmp_path):
    config = Config(store=str(tmp_path), scheduler="tcp://10.0.0.7:8786")
    found = Pipeline(config, open_store(config), None, None, None, open_reached(config)).sources
    with pytest.raises(CrewLost) as caught, found.plainly(PLACE):
        raise CrewLost("The scheduler at tcp://10.0.0.7:8786 cannot be reached.", hint="Check it.")
    assert "10.0.0.7" not in caught.value.sentence
    assert "go on when it is back" in caught.value.sentence
    with pytest.raises(CrewLost, match="Worker after worker"), found.plainly(PLACE):
        raise CrewLost("Worker after worker was lost.")


def test_only_where_it_may_be_read_and_can_be_fitted(tmp_path):
    pipeline, state = opened(tmp_path)
    assert pipeline.all_rows.offer(state).why == ""
    assert pipeline.all_rows.offer(AppState()) is None
    for other in (
        {"transform": "sqrt:x"},
        {"pcs": 1},
        {"gaps": "use"},
        {"background": "on"},
        {"hard": 0.5, "cov": "equal"},
    ):
        refused = state.but(**other)
        assert pipeline.all_rows.offer(refused).why.startswith("They are not fitted with")
        with pytest.raises(StateError):
            pipeline.all_rows.piece(refused, "")
    key, _, _ = pipeline.all_rows.piece(state, "", 0.0)
    with pytest.raises(StateError, match="not finished"):
        pipeline.all_rows.both(state, key)
    shut = Config(store=str(tmp_path), sources="memory://other", fit_rows=300)
    closed = Pipeline(shut, open_store(shut), None, None, None, open_reached(shut))
    assert "gmm-dash fit" in closed.all_rows.offer(state).why
    for reached in ("", key):
        with pytest.raises(GmmDashError):
            closed.all_rows.piece(state, reached)
    given = Pipeline(shut, open_store(shut), None, None, None, open_reached(shut), (PLACE,))
    assert given.all_rows.offer(state).why == ""
    assert given.all_rows.piece(state, key, 0.0)[1].blocks == 2


def test_columns_are_those_that_are_chosen(tmp_path):
    pipeline, state = opened(tmp_path)
    state = state.but(cols=("x",), k=2)
    both = pipeline.all_rows.both(state, to_the_end(pipeline, state, seconds=60))
    assert (both.columns, both.every.n, both.left_out) == (("x",), 2100, 0)


def test_the_page_has_all_rows_of_a_short_table(tmp_path):
    pipeline, state = opened(tmp_path, fit_rows=5_000)
    assert pipeline.all_rows.offer(state) is None


WRITE = {"sources_write": "memory://rows-of-labels", "sources": "memory://rows-of"}
LABELS = "memory://rows-of-labels/here"


@pytest.fixture
def shelf(places):
    places.makedirs("/rows-of-labels", exist_ok=True)
    yield places
    places.rm("/rows-of-labels", recursive=True)


def _written(pipeline, key, place=LABELS):
    name, done = pipeline.all_rows.write(key, place, "", 0.0)
    while done.files < done.of:
        name, done = pipeline.all_rows.write(key, place, name, 0.0)
    return name, done


def test_labels_of_all_rows_are_written_beside_each_file(tmp_path, shelf):
    pipeline, state = opened(tmp_path, **WRITE)
    key = to_the_end(pipeline, state, seconds=60)
    name, done = pipeline.all_rows.write(key, LABELS, "", 0.0)
    assert (done.files, done.of, shelf.find("/rows-of-labels")) == (0, 3, [])
    name, done = pipeline.all_rows.write(key, f" {LABELS}/ ", name, 0.0)
    assert done.files == 1
    again = pipeline.all_rows.write(key, LABELS, name, 0.0)  # as a browser asks that lost an answer
    assert again == pipeline.all_rows.write(key, LABELS, name, 0.0)
    other, _ = opened(tmp_path, **WRITE)  # the first was killed
    _, done = other.all_rows.write(key, LABELS, again[0], 60.0)
    assert (done.files, done.of) == (3, 3)
    frames = [
        pd.read_parquet(BytesIO(shelf.cat(f"/rows-of-labels/here/{i}.parquet"))) for i in range(3)
    ]
    labels = pd.concat(frames, ignore_index=True)
    assert (len(labels), labels["component"].isna().sum()) == (2100, 3)
    both = pipeline.all_rows.both(state, key)
    mixture = both.every.mixture
    rows, whole = whole_rows(), labels.dropna()
    near = np.square(rows[:, None] - mixture.means).sum(axis=2).argmin(axis=1) + 1
    assert np.mean(near == whole["component"].to_numpy(int)) > 0.97
    oracle = GaussianMixture(3, weights_init=mixture.weights, means_init=mixture.means, tol=1e-9)
    share = oracle.fit(rows).predict_proba(rows)
    assert np.mean(share.argmax(axis=1) + 1 == whole["component"].to_numpy(int)) > 0.998
    np.testing.assert_allclose(share.max(axis=1), whole["certainty"].to_numpy(float), atol=0.01)


def test_nothing_is_overwritten_and_nothing_written_elsewhere(tmp_path, shelf):
    pipeline, state = opened(tmp_path, **WRITE)
    key = to_the_end(pipeline, state, seconds=60)
    first, _ = pipeline.all_rows.write(key, LABELS, "", 0.0)
    _written(pipeline, key)
    before = {path: shelf.cat(path) for path in shelf.find("/rows-of-labels")}
    for written in ("", first):  # also with what was allowed while nothing was there
        with pytest.raises(ImportProblem, match="There is something at"):
            pipeline.all_rows.write(key, LABELS, written, 0.0)
    shelf.pipe("/rows-of-labels/notes/mine.txt", b"mine")
    for place, said in (
        ("memory://rows-of-labels/notes", "There is something at"),
        ("memory://rows-of/table/labels", "Nothing is written to this address"),
        ("memory://rows-of-labels/../rows-of", "cannot be used"),
        ("/rows-of-labels/other", "no address"),
    ):
        with pytest.raises(ImportProblem, match=said):
            pipeline.all_rows.write(key, place, "", 0.0)
    with pytest.raises(StateError, match="These labels are others"):
        pipeline.all_rows.write(key, "memory://rows-of-labels/else", first, 0.0)
    for wrong in (key, "x" * 43):
        with pytest.raises(LinkGoneError):
            pipeline.all_rows.write(key, LABELS, wrong, 0.0)
    begun, _, _ = pipeline.all_rows.piece(state.but(k=2), "", 0.0)
    with pytest.raises(StateError, match="no finished mixture"):
        pipeline.all_rows.write(begun, "memory://rows-of-labels/new", "", 0.0)
    assert {path: shelf.cat(path) for path in before} == before
    assert len(shelf.find("/rows-of-labels")) == len(before) + 1
    shut, _ = opened(tmp_path)
    with pytest.raises(StateError, match="Nothing is written from this page"):
        shut.all_rows.write(key, LABELS, "", 0.0)
    inside, _ = opened(tmp_path, sources_write="memory://rows-of")
    with pytest.raises(StateError, match="would be part of it"):
        inside.all_rows.write(key, "memory://rows-of/table/labels", "", 0.0)
