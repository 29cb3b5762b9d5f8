"""A table at a typed address: its sample, or one sentence, whatever the place does."""

import threading
from contextlib import contextmanager
from io import BytesIO

import fsspec
import numpy as np
import pandas as pd
import pytest

from gmm_dash import ids
from gmm_dash.config import Config
from gmm_dash.factory import create_app
from gmm_dash.files.tree import Tree
from gmm_dash.pipeline import elsewhere
from gmm_dash.pipeline.parted.crew import CrewLost
from gmm_dash.state import AppState
from tests.callbacks.test_whole import gathered, said

RNG = np.random.default_rng(5)
X = RNG.normal(size=(900, 3))


@pytest.fixture(scope="module", autouse=True)
def places():
    fs = fsspec.filesystem("memory")
    for i, part in enumerate(np.array_split(X, 3)):
        frame = pd.DataFrame(part, columns=["x", "y", "z"]).assign(word="a")
        _put(fs, f"/open/table/day={i}/part.parquet", frame)
        _put(fs, f"/private/{i}.parquet", frame)
    for i, name in enumerate(("b", "c")):
        _put(fs, f"/open/mixed/{i}.parquet", pd.DataFrame({"a": [1.0, 2.0], name: [3.0, 4.0]}))
    fs.pipe("/open/words/notes.txt", b"nothing")
    fs.pipe("/open/torn/0.parquet", b"PAR1 and no more")
    yield fs
    fs.rm("/open", recursive=True)
    fs.rm("/private", recursive=True)


def _put(fs, path, frame):
    sink = BytesIO()
    frame.to_parquet(sink, index=False)
    fs.pipe(path, sink.getvalue())


def app_of(folder, **settings):
    chosen = {"sources": "memory://open", "fit_rows": 500, "source_seconds": 20} | settings
    return create_app(Config(store=str(folder), **({"base_path": "/gmm/"} | chosen)))


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    return app_of(tmp_path_factory.mktemp("store")).server.test_client()


def ask(client, address):
    answer = client.post("/gmm/place", json={"address": address})
    assert answer.status_code == 200
    return answer.json


def test_an_address_opens_a_random_sample(client):
    found = ask(client, " memory://open/table/ ")
    assert (found["columns"], found["d"]) == (["x", "y", "z"], 3)
    assert (
        "These are a random sample of 900 complete rows in 3 files at memory://open/table; every "
        "result here is of the sample, where it does not say all rows." in found["sentence"]
    )
    assert found["sentence"].startswith("Read 500 rows x 3 columns")
    assert ask(client, "memory://open/table")["key"] == found["key"], "equal place, equal sample"
    one = ask(client, "memory://open/table/day=1/part.parquet")
    assert (
        "These are all 300 complete rows in 1 file at memory://open/table/day=1/part"
        in (one["sentence"])
    )


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("memory://private", "Tables at this address are not opened here. Type one that begins"),
        ("memory://openly/table", "not opened here"),
        ("memory://open/../private", "cannot be used"),
        ("/open/table", "no address"),
        ("memory://open/nothing", "There is nothing at memory://open/nothing."),
        ("memory://open/words", "There are no Parquet files at memory://open/words."),
        ("memory://open/mixed", "The file 1.parquet has no b."),
        ("memory://open/torn", "The file 0.parquet cannot be read. Check that it is"),
        (7, "The page sent no address."),
        (None, "The page sent no address."),
    ],
)
def test_what_cannot_be_opened_is_one_sentence(client, address, said):
    found = ask(client, address)
    assert found.keys() == {"message"}
    assert said in found["message"]


@pytest.mark.parametrize(
    ("problem", "said"),
    [
        (PermissionError("AKIA1234"), "may not be read: access was refused."),
        (OSError("no route to 10.0.0.7 as AKIA1234"), "memory://open/table cannot be reached."),
        (RuntimeError("token AKIA1234"), "memory://open/table cannot be opened."),
    ],
)
def test_what_a_place_says_of_accounts_is_not_passed_on(client, monkeypatch, problem, said):
    def names(_self):
        raise problem

    monkeypatch.setattr(Tree, "names", names)
    found = ask(client, "memory://open/table")
    assert said in found["message"]
    assert "AKIA1234" not in found["message"]
    assert "10.0.0.7" not in found["message"]


def test_a_place_that_does_not_answer_is_given_up(tmp_path, monkeypatch):
    client, held = app_of(tmp_path, source_seconds=1).server.test_client(), threading.Event()

    def names(_self):
        held.wait(30)
        return []

    monkeypatch.setattr(Tree, "names", names)
    found = ask(client, "memory://open/table")
    held.set()
    assert found["message"].startswith("memory://open/table took longer than 1 seconds.")
    assert "GMM_DASH_SOURCE_SECONDS" in found["message"]


def test_a_sample_stays_within_the_limits_of_every_table(tmp_path):
    client = app_of(tmp_path / "a", table_cells=300).server.test_client()
    assert ask(client, "memory://open/table")["sentence"].startswith("Read 100 rows x 3")
    client = app_of(tmp_path / "b", table_columns=2).server.test_client()
    assert "3 columns of numbers; at most 2" in ask(client, "memory://open/table")["message"]


def test_without_the_setting_there_is_no_such_address(tmp_path):
    client = app_of(tmp_path, sources="").server.test_client()
    assert client.post("/gmm/place", json={"address": "memory://open/table"}).status_code in (
        404,
        405,
    )


def test_other_sites_cannot_ask(client):
    answer = client.post(
        "/gmm/place",
        json={"address": "memory://open/table"},
        headers={"Sec-Fetch-Site": "cross-site"},
    )
    assert answer.status_code == 403
    assert client.post("/gmm/place", data="[]", content_type="application/json").status_code == 400


def _work(client):
    key = ask(client, "memory://open/table")["key"]
    return AppState().but(data="upload", table=key, scale="standard", k=2).to_flat()


def _piece(client, asked):
    answer = client.post("/gmm/pieces/rows", json=asked)
    assert answer.status_code == 200
    return answer.json


def test_all_its_rows_are_fitted_piece_by_piece(client):
    work, reached = _work(client), ""
    for _ in range(50):
        found = _piece(client, {"work": work, "reached": reached})
        reached = found["reached"]
        if found["finished"]:
            break
        assert 0 <= found["share"] < 1
        assert found["said"].endswith("of all rows.")
    assert (found["share"], found["said"]) == (1, "")
    assert _piece(client, {"work": work, "reached": ""})["reached"]


def test_how_many_goes_on_to_all_its_rows_and_draws_what_is_reached(tmp_path):
    app = app_of(tmp_path, base_path="/")
    client = app.server.test_client()
    key = client.post("/place", json={"address": "memory://open/table"}).json["key"]
    asked = {"view": "select", "kmin": 1, "kmax": 2, "types": ["diag"], "n_init": 1, "tol": 1e-3}
    flat = AppState().but(data="upload", table=key, scale="standard", **asked).to_flat()
    compared = gathered(client, "select", flat)
    offer = said(app, f"{ids.WHOLE_OFFER}.data", compared)
    assert "of 900 complete rows at memory://open/table" in offer[ids.WHOLE_SAYS]["children"]
    found = offer[ids.WHOLE_OFFER]["data"]
    work, reached, pieces = found["elsewhere"]["work"], "", []
    while not pieces or not pieces[-1]["finished"]:
        answer = client.post("/pieces/models", json={"work": work, "reached": reached})
        pieces.append(answer.json)
        reached = pieces[-1]["reached"]
    assert pieces[-1]["said"].startswith("2 mixtures and 2 runs of k-means in ")
    whole = {"request": found["request"], "reached": reached, "names": [], "notes": []}
    whole |= {"finished": True, "waiting": False}
    drawn = said(app, f"{ids.WHOLE_FOUND}.children", whole)
    texts = [str(part["props"]["children"]) for part in drawn[ids.WHOLE_FOUND]["children"]]
    assert texts[0] == "2 mixtures of all 900 rows."
    assert "Inertia of k-means, all rows" in texts[-1]
    assert "view=compare" in drawn[ids.WHOLE_OPEN]["href"]
    file = said(app, f"{ids.WHOLE_DOWNLOAD}.data", whole)[ids.WHOLE_DOWNLOAD]["data"]
    assert file["filename"] == "models-all-rows.csv"
    refused = client.post("/pieces/models", json={"work": work | {"kmax": 3}, "reached": reached})
    assert "other settings" in refused.json["error"]
    for bad in ({}, {"work": work}, {"work": work, "reached": 7}):
        assert "cannot be read" in client.post("/pieces/models", json=bad).json["error"]
    built_in = {"work": AppState().to_flat(), "reached": ""}
    assert "has all rows" in client.post("/pieces/models", json=built_in).json["error"]
    shut = app_of(tmp_path, base_path="/", sources="memory://other")
    again = gathered(shut.server.test_client(), "select", flat)
    offer = said(shut, f"{ids.WHOLE_OFFER}.data", again)
    assert offer[ids.WHOLE_OFFER]["data"] == {"kept": True}
    assert "gmm-dash fit" in offer[ids.WHOLE_SAYS]["children"]


def test_pieces_that_cannot_be_had_are_refused_in_words(client, monkeypatch):
    work = _work(client)
    for asked in ({}, {"work": work}, {"work": work, "reached": 7}, {"reached": ""}):
        assert "cannot be read" in _piece(client, asked)["error"]
    assert "no longer stored" in _piece(client, {"work": work, "reached": "x" * 43})["error"]
    assert "no longer stored" in _piece(client, {"work": work, "reached": "../secret"})["error"]
    built_in = AppState().to_flat()
    assert "has all rows" in _piece(client, {"work": built_in, "reached": ""})["error"]

    @contextmanager
    def gone(_scheduler, _workers):
        raise CrewLost("The scheduler was lost.", hint="Start again when it is back.")
        yield

    monkeypatch.setattr(elsewhere, "crew", gone)
    asked = {"work": work | {"seed": 3}, "reached": ""}
    assert _piece(client, asked)["error"].startswith("The scheduler was lost.")
    monkeypatch.undo()
    assert "error" not in _piece(client, asked), "a refusal is not remembered"
