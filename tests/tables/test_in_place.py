"""A large file of columns is opened where it lies: the same table as its upload, and no copy."""

import io
import os
import re
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from pyarrow import feather
from sklearn.mixture import GaussianMixture

import gmm_dash
from gmm_dash import cli
from gmm_dash.config import OWNERS, Config
from gmm_dash.errors import ImportProblem, TableGoneError
from gmm_dash.export import (
    labels_csv,
    labels_csv_in_blocks,
    labels_parquet,
    write_labels_parquet,
)
from gmm_dash.files.limits import Limits
from gmm_dash.pipeline import Pipeline
from gmm_dash.state import AppState, from_query
from gmm_dash.tables import (
    TableStore,
    given_back,
    open_if_large,
    open_in_place,
    read_and_store,
)

SMALL = replace(Limits(), max_rows=100)
MOST = 1_000_000


@pytest.fixture
def store(tmp_path):
    return TableStore(str(tmp_path / "store"), b"a secret of the tests")


def groups(n=1_500, seed=4):
    """Return rows of three groups in two columns, with words, truth values, gaps and NaN."""
    rng = np.random.default_rng(seed)
    which = rng.integers(0, 3, n)
    x = np.array([[0, 0], [6, 1], [2, 7]])[which] + rng.normal(size=(n, 2))
    odd = rng.normal(size=n)
    odd[::7] = np.nan
    return pa.table({
        "a": x[:, 0],
        "b": pa.array(x[:, 1], pa.float32()),
        "which one": np.array(["u", " v", "1.50"])[which],
        "odd": odd,
        "gap": pa.array([None if i % 5 == 0 else i % 3 for i in range(n)]),
        "true": which == 1,
    })  # fmt: skip


def written(table, path):
    if path.suffix == ".parquet":
        pq.write_table(table, path, row_group_size=400)
    else:
        feather.write_feather(table, path, compression="uncompressed", chunksize=400)
    return path


def files_of(folder):
    return [path for path in folder.rglob("*") if path.is_file()]


@pytest.mark.parametrize("suffix", [".parquet", ".feather"])
def test_it_is_the_table_of_an_upload_without_its_copy(store, tmp_path, suffix):
    path = written(groups(), tmp_path / f"big{suffix}")
    key, report = open_if_large(path, (), MOST, SMALL, store)
    assert files_of(tmp_path) == [path]
    copied, said = read_and_store(path.read_bytes(), None, None, store, name=path.name)
    here, there = store.get(key), store.get(copied)
    assert report == said == here.report
    pd.testing.assert_frame_equal(here.frame, there.frame)
    ours, theirs = given_back(here, store.origin(key)), given_back(there, store.origin(copied))
    assert ours.names == theirs.names
    assert all(map(np.array_equal, ours.texts, theirs.texts))


def test_a_file_within_the_limits_is_stored_as_an_upload_is(store, tmp_path):
    path = written(groups(50), tmp_path / "small.parquet")
    assert open_if_large(path, (), MOST, SMALL, store) is None
    text = tmp_path / "table.csv"
    text.write_text("a,b\n" * 500)
    assert open_if_large(text, (), MOST, SMALL, store) is None


@pytest.mark.parametrize("suffix", [".parquet", ".feather"])
def test_bytes_of_columns_that_are_not_asked_for_are_not_read(store, tmp_path, suffix):
    table = groups()
    path = written(table, tmp_path / f"big{suffix}")
    whole = path.read_bytes()
    if suffix == ".parquet":
        chunk = pq.ParquetFile(path).metadata.row_group(0).column(3)
        begins, spoilt = chunk.dictionary_page_offset or chunk.data_page_offset, 40
        path.write_bytes(whole[:begins] + b"\xff" * spoilt + whole[begins + spoilt :])
        with pytest.raises(ImportProblem):
            open_in_place(path, (), MOST, SMALL, store)
    key, report = open_in_place(path, ("b", "a"), MOST, SMALL, store)
    assert set(report.numeric_columns) == {"a", "b"} == set(store.get(key).frame.columns)
    assert (store.get(key).frame["a"].to_numpy() == table["a"].to_numpy()).all()


def test_the_same_file_opened_again_has_the_same_link(store, tmp_path):
    path = written(groups(), tmp_path / "big.parquet")
    again = TableStore(str(tmp_path / "store"), b"a secret of the tests")
    other = TableStore(str(tmp_path / "store"), b"another secret of tests")
    key = open_in_place(path, (), MOST, SMALL, store)[0]
    with pytest.raises(TableGoneError):
        again.get(key)
    assert open_in_place(path, (), MOST, SMALL, again)[0] == key
    assert open_in_place(path, ("a",), MOST, SMALL, again)[0] != key
    assert open_in_place(path, (), MOST, SMALL, other)[0] != key


@pytest.mark.parametrize("change", ["gone", "cut", "touched"])
def test_a_file_that_changes_is_said_with_its_name(store, tmp_path, change):
    path = written(groups(), tmp_path / "big.feather")
    key = open_in_place(path, (), MOST, SMALL, store)[0]
    store.touch(key)
    frame = store.get(key).frame
    if change == "gone":
        path.unlink()
    elif change == "cut":
        path.write_bytes(b"")
    else:
        os.utime(path, ns=(1, 1))
    with pytest.raises(TableGoneError, match=r"big\.feather has changed"):
        store.get(key)
    assert np.isfinite(frame["a"].to_numpy()).all()  # who works on it goes on


def test_what_cannot_be_opened_is_said(store, tmp_path):
    path = written(groups(), tmp_path / "big.parquet")
    text = tmp_path / "table.csv"
    text.write_text("a,b\n1,2\n")
    cut = tmp_path / "cut.parquet"
    cut.write_bytes(path.read_bytes()[:-9])
    empty = written(groups(0), tmp_path / "empty.parquet")
    for file, columns, most, says in [
        (path, ("a", "nothing"), MOST, "no column nothing"),
        (path, (), 1_500 * 6 - 1, "at most 8,999 cells"),
        (text, ("a",), MOST, "Only Parquet and Arrow"),
        (cut, (), MOST, "damaged or cut short"),
        (empty, (), MOST, "no rows"),
    ]:
        with pytest.raises(ImportProblem, match=says):
            open_in_place(file, columns, most, SMALL, store)
    assert open_in_place(path, (), 1_500 * 6, SMALL, store)
    with pytest.raises(ImportProblem, match="Only Parquet and Arrow"):
        open_if_large(text, ("a",), MOST, SMALL, store)


def test_compare_ends_on_all_its_rows_with_scikit_learns_answer(store, tmp_path):
    path = written(groups(), tmp_path / "big.parquet")
    key, _ = open_if_large(path, ("a", "b"), MOST, SMALL, store)
    config = replace(
        Config(store=str(tmp_path / "store"), fit_rows=300, all_rows=300), all_rows=MOST
    )
    pipeline = Pipeline(config, store)
    state = AppState().but(data="upload", table=key, scale="standard", k=3)
    found = pipeline.labels.labelled(state).assigned
    result = pipeline.compare.comparison(state)
    theirs = GaussianMixture(3)
    mixture, x = result.gmm.components.mixture, result.points.fitted
    theirs.weights_, theirs.means_, theirs.covariances_ = (
        mixture.weights, mixture.means, mixture.covariances,
    )  # fmt: skip
    theirs.precisions_cholesky_ = np.linalg.cholesky(np.linalg.inv(mixture.covariances))
    assert len(x) == len(found.rows) == 1_500
    assert found.fitted.all()
    assert (found.component - 1 == theirs.predict(x)).all()
    assert np.isclose(result.gmm_fit.log_likelihood, theirs.score(x), rtol=0, atol=1e-9)


@pytest.mark.parametrize("size", [7, 400, 1_500])
def test_labels_written_in_blocks_are_the_same_file(store, tmp_path, size):
    table = groups().set_column(3, "odd", pa.array([*[None] * 900, *["x", "1.50"] * 300]))
    key, _ = open_in_place(written(table, tmp_path / "big.parquet"), (), MOST, SMALL, store)
    pipeline = Pipeline(Config(store=str(tmp_path / "store")), store)
    state = AppState().but(data="upload", table=key, scale="standard", cols=("a", "gap"), k=2)
    whole = pipeline.labels.labelled(state)
    sentences, blocks = pipeline.labels.in_blocks(state, size)
    blocks = list(blocks)
    assert sentences == whole.sentences
    assert len(blocks) == -(-1_500 // size)
    assert "".join(labels_csv_in_blocks(blocks)) == labels_csv(whole)
    sink = io.BytesIO()
    write_labels_parquet(blocks, sentences, sink)
    ours = pq.read_table(io.BytesIO(sink.getvalue()))
    theirs = pq.read_table(io.BytesIO(labels_parquet(whole)))
    assert ours.equals(theirs)
    assert ours.schema.metadata[b"about"] == theirs.schema.metadata[b"about"]


def test_the_command_line_opens_it_with_the_owners_settings(tmp_path, monkeypatch, capsys):
    path = written(groups(), tmp_path / "big.parquet")
    monkeypatch.setenv("GMM_DASH_STORE", str(tmp_path / "store"))
    monkeypatch.setenv("GMM_DASH_TABLE_ROWS", "100")
    monkeypatch.setenv("GMM_DASH_FIT_SECONDS", "7")
    served = {}

    def assemble(config, _store, opening, places):
        assert not places  # one file is no table in many
        served.update(config=config, opening=opening)
        return SimpleNamespace(server=None)

    def no_port(*_given, **_named):
        raise OSError(98, "in use")

    monkeypatch.setattr(cli, "assemble", assemble)
    monkeypatch.setattr(cli, "make_server", no_port)
    monkeypatch.setattr(cli, "read_and_store", None)  # nobody stores it
    assert cli.main([str(path), "--columns", "a, b"]) == 1
    state = from_query(served["opening"])[0]
    assert state.data.cols == ("a", "b")
    assert served["config"].fit_seconds == 7
    assert served["config"].all_rows == OWNERS["all_rows"]
    assert "1,500 rows x 2 columns" in capsys.readouterr().out


def test_a_notebook_opens_it(tmp_path, monkeypatch):
    path = written(groups(), tmp_path / "big.parquet")
    monkeypatch.setenv("GMM_DASH_STORE", str(tmp_path / "store"))
    opened = gmm_dash.explore(str(path), columns=("a", "b"), open_browser=False, k=3)
    try:
        assert re.match(r"http://", opened.url)
        assert {file.parent.name for file in files_of(tmp_path / "store")} <= {"secret"}
    finally:
        opened.stop()
    with pytest.raises(ImportProblem, match="Cannot read"):
        gmm_dash.explore(str(tmp_path / "none.parquet"), open_browser=False)


def test_the_owners_settings_are_larger_and_what_is_set_stays():
    raised = Config().for_owner({})
    assert {name: getattr(raised, name) for name in OWNERS} == dict(OWNERS)
    assert all(getattr(Config(), name) < value for name, value in OWNERS.items())
    small = Config(all_rows=500).for_owner({"GMM_DASH_ALL_ROWS": "500"})
    assert (small.all_rows, small.fit_seconds) == (500, OWNERS["fit_seconds"])
