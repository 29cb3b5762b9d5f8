"""The server's half of the chain: any piece, in any order, as often as asked."""

import json

import pytest

from gmm_dash import ids
from gmm_dash.callbacks import pieces
from gmm_dash.config import Config
from gmm_dash.contract import addresses
from gmm_dash.factory import create_app
from gmm_dash.state import AppState
from tests.serving.page_bodies import PageBodies

WORK = {"data": "moons", "n": 60, "noise": 0.05, "kmax": 4, "n_init": 1}


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    app = create_app(Config(store=str(tmp_path_factory.mktemp("store")), cache_bytes=0))
    return app.server.test_client()


def ask(client, name, asked):
    return client.post(f"/{addresses.PIECES}/{name}", json=asked)


def answer(client, name, asked):
    response = ask(client, name, asked)
    assert response.status_code == 200, response.get_data(as_text=True)
    return response.get_json()


@pytest.mark.parametrize("name", ["select", "restarts", "digits"])
def test_equal_requests_get_equal_bytes_and_the_pieces_are_all_there(client, name):
    flat = AppState().but(**WORK, k=3, starts=20, cov="diag", pca=50).to_flat()
    first = answer(client, name, {"work": flat, "piece": 0})
    total = len(first["pieces"]["seconds"])
    rows = []
    for number in reversed(range(total)):
        asked = {"work": flat, "piece": number}
        assert ask(client, name, asked).data == ask(client, name, asked).data
        for some in answer(client, name, asked)["rows"].values():
            rows += some
    assert sum(first["pieces"]["models"]) == {"select": 16, "restarts": 40, "digits": 16}[name]
    # 16 mixtures from drawn starts, the same once more with their neighbours, and 4 of k-means
    assert len(rows) == {"select": 16 + 16 + 4, "restarts": 40, "digits": 16}[name]


def test_names_draw_what_rows_draw_and_who_lacks_rows_gets_them_once(tmp_path):
    here, there = (create_app(Config(store=str(tmp_path / place))) for place in "ab")
    flat = AppState().but(**WORK, k=3, starts=20, cov="diag").to_flat()
    bodies, client = PageBodies(here).all(), here.server.test_client()
    for name, notice in (("select", ids.SELECT_NOTICE), ("restarts", ids.RESTARTS_NOTICE)):
        body = next(body for key, body in bodies.items() if f"{notice}.children" in key)
        first = answer(client, name, {"work": flat, "piece": 0})
        numbers = range(len(first["pieces"]["models"]))
        found = [answer(client, name, {"work": flat, "piece": number}) for number in numbers]
        kinds = {kind for piece in found for kind in piece["rows"]}
        rows = {
            kind: [split_row(row) for piece in found for row in piece["rows"].get(kind, [])]
            for kind in kinds
        }
        names = [piece["name"] for piece in found]
        named = {"request": flat, "names": names, "notes": [], "finished": True, "waiting": False}
        drawn = draw(here, body, named)
        assert drawn["response"]
        lacking = draw(there, body, named)
        assert told(lacking)["gone"] == names
        assert not lacking["response"]
        given = draw(there, body, named | {"rows": rows})
        assert given["response"] == drawn["response"]
        kept = told(given)["kept"]
        assert kept["instead"] == names
        assert draw(there, body, named | {"names": [kept["name"]]}) == drawn
        assert told(draw(there, body, named | {"names": [*names, kept["name"]]}))["gone"] == names


def draw(app, body, gathered):
    """Return what the server answers to what a chain has gathered."""
    body["inputs"][0]["value"] = gathered
    for other in body["inputs"][1:]:
        other["value"] = None
    response = app.server.test_client().post("/_dash-update-component", json=body)
    assert response.status_code == 200, response.get_data(as_text=True)
    return response.get_json()


def told(answered):
    """Return what an answer says to a chain beside what it draws."""
    return {json.loads(key)["part"]: said["data"] for key, said in answered["sideUpdate"].items()}


def split_row(row):
    return {"columns": list(row), "data": [list(row.values())]}


def test_beyond_the_last_piece_there_is_nothing(client):
    flat = AppState().but(**WORK).to_flat()
    answers = [answer(client, "select", {"work": flat, "piece": i}) for i in (0, 10**6)]
    assert answers[0]["pieces"] == answers[1]["pieces"]
    assert answers[0]["rows"]
    assert answers[1]["rows"] == {}


def test_long_work_waits_until_somebody_agrees(client):
    flat = AppState().but(data="blobs", n=20_000, n_init=20, kmin=25, kmax=30).to_flat()
    waiting = answer(client, "select", {"work": flat, "piece": 0})
    assert waiting["wait"] > pieces.START_SECONDS
    assert waiting["rows"] == {}
    assert sum(waiting["pieces"]["models"]) == 24


def test_of_many_columns_a_first_answer_comes_before_anybody_agrees(client):
    flat = AppState().but(data="manydims", centers=60, n=2_000).to_flat()
    first = answer(client, "select", {"work": flat, "piece": 0})
    assert first["wait"] is None
    assert {row["covariance_type"] for row in first["rows"]["mixtures"]} == {"diag", "spherical"}
    last = answer(client, "select", {"work": flat, "piece": len(first["pieces"]["seconds"]) - 1})
    assert last["rows"] == {}
    assert last["wait"] > pieces.START_SECONDS
    assert last["wait"] < sum(last["pieces"]["seconds"])


def test_short_work_starts_by_itself(client):
    flat = AppState().but(data="moons", n=200, noise=0.05).to_flat()
    first = answer(client, "select", {"work": flat, "piece": 0})
    assert first["wait"] is None
    assert first["rows"]["mixtures"]


@pytest.mark.parametrize(
    ("work", "piece", "part"),
    [
        (WORK | {"kmin": 30, "kmax": 30, "n": 2}, 0, "more components"),
        (WORK | {"k": 99}, 0, "between"),
        (WORK | {"data": "upload"}, 0, "choose another"),
    ],
)
def test_what_cannot_be_done_is_an_answer_so_that_nobody_asks_again(client, work, piece, part):
    if "k" in work:
        work = AppState().to_flat() | work
    response = ask(client, "select", {"work": work, "piece": piece})
    assert response.status_code == 200
    assert part in response.get_data(as_text=True)


@pytest.mark.parametrize(
    "asked",
    [{}, {"work": {}}, {"piece": 0}, {"piece": -1, "work": {}}, {"piece": True, "work": {}},
     {"piece": 0, "work": None}, {"piece": 0, "work": []}, {"piece": 1.5, "work": {}}],
)  # fmt: skip
def test_any_nonsense_is_refused_in_words(client, asked):
    response = ask(client, "select", asked)
    assert response.status_code == 200
    assert "Reload the page" in response.get_json()["error"]
    assert response.cache_control.no_store, "what is refused now may be there a moment later"


def test_a_fault_of_ours_is_said_and_logged(client, monkeypatch, caplog):
    monkeypatch.setattr("gmm_dash.callbacks.pieces.read", lambda _: 1 / 0)
    response = ask(client, "select", {"work": {}, "piece": 0})
    assert "noted in the log. " in response.get_json()["error"]
    assert "ZeroDivisionError" in caplog.text


def test_views_without_long_work_have_no_pieces(client):
    assert ask(client, "compare", {"work": {}, "piece": 0}).status_code == 404
