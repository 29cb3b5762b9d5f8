"""The server's half of the chain: any piece, in any order, as often as asked."""

import json

import pytest

from gmm_dash import ids
from gmm_dash.callbacks import chain
from gmm_dash.config import Config
from gmm_dash.factory import create_app
from gmm_dash.state import AppState

WORK = {"data": "moons", "n": 60, "noise": 0.05, "kmax": 4, "n_init": 1}


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    app = create_app(Config(store=str(tmp_path_factory.mktemp("store")), cache_bytes=0))
    return app.server.test_client()


def spelt(id_):
    return json.dumps(id_, sort_keys=True, separators=(",", ":"))


def ask(client, name, asked):
    output = {"id": ids.chain(name, "answer"), "property": "data"}
    body = {
        "output": f"{spelt(output['id'])}.data",
        "outputs": output,
        "inputs": [{"id": ids.chain(name, "ask"), "property": "data", "value": asked}],
        "changedPropIds": [f"{spelt(ids.chain(name, 'ask'))}.data"],
    }
    return client.post("/_dash-update-component", json=body)


def answer(client, name, asked):
    response = ask(client, name, asked)
    assert response.status_code == 200, response.get_data(as_text=True)
    return response.get_json()["response"][spelt(ids.chain(name, "answer"))]["data"]


@pytest.mark.parametrize("name", ["select", "restarts"])
def test_equal_requests_get_equal_bytes_and_the_pieces_are_all_there(client, name):
    flat = AppState().but(**WORK, k=3, starts=20).to_flat()
    first = answer(client, name, {"token": "t", "work": flat, "piece": 0})
    assert first["token"] == "t"
    total = len(first["pieces"]["seconds"])
    rows = []
    for number in reversed(range(total)):
        asked = {"token": "t", "work": flat, "piece": number}
        assert ask(client, name, asked).data == ask(client, name, asked).data
        for some in answer(client, name, asked)["rows"].values():
            rows += some
    assert sum(first["pieces"]["models"]) == (16 if name == "select" else 40)
    # 16 mixtures from drawn starts, the same once more with their neighbours, and 4 of k-means
    assert len(rows) == (16 + 16 + 4 if name == "select" else 40)


def test_beyond_the_last_piece_there_is_nothing(client):
    flat = AppState().but(**WORK).to_flat()
    answers = [
        answer(client, "select", {"token": "t", "work": flat, "piece": i}) for i in (0, 10**6)
    ]
    assert answers[0]["pieces"] == answers[1]["pieces"]
    assert answers[0]["rows"]
    assert answers[1]["rows"] == {}


def test_long_work_waits_until_somebody_agrees(client):
    flat = AppState().but(data="blobs", n=20_000, n_init=20, kmin=25, kmax=30).to_flat()
    waiting = answer(client, "select", {"token": "t", "work": flat, "piece": 0})
    assert waiting["wait"] > chain.START_SECONDS
    assert waiting["rows"] == {}
    assert sum(waiting["pieces"]["models"]) == 24


def test_short_work_starts_by_itself(client):
    flat = AppState().but(data="moons", n=200, noise=0.05).to_flat()
    first = answer(client, "select", {"token": "t", "work": flat, "piece": 0})
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
    response = ask(client, "select", {"token": "t", "work": work, "piece": piece})
    assert response.status_code == 200
    assert part in response.get_data(as_text=True)


@pytest.mark.parametrize(
    "asked",
    [None, [], "x", {}, {"token": 1, "piece": 0}, {"token": "t", "piece": -1, "work": {}},
     {"token": "t", "piece": True, "work": {}}, {"token": "t", "piece": 0, "work": None},
     {"token": "t" * 10_000, "piece": 0, "work": {}}, {"token": "t", "piece": 1.5, "work": {}}],
)  # fmt: skip
def test_any_nonsense_is_refused_in_words(client, asked):
    response = ask(client, "select", asked)
    assert response.status_code == 200
    assert "Reload the page" in response.get_data(as_text=True)
