"""How many?, All rows, as the page asks for it: offered, carried on, drawn; or why not."""

import pytest

from gmm_dash import ids
from gmm_dash.config import Config
from gmm_dash.contract.keys import COMPARE_REQUEST
from gmm_dash.factory import create_app
from gmm_dash.pipeline import compare_whole, whole
from gmm_dash.state import AppState
from tests.callbacks.test_pieces import answer, draw
from tests.serving.page_bodies import PageBodies

WORK = {"data": "blobs", "n": 600, "noise": 0.6, "kmin": 2, "kmax": 4, "n_init": 1, "tol": 1e-4}


def app_of(folder, **limits):
    return create_app(Config(store=str(folder), fit_rows=90, **limits))


def gathered(client, name, flat, *, finished=True):
    """Return what the page has of a chain, as it asks: no needless piece."""
    first = answer(client, name, {"work": flat, "piece": 0, "go": True})
    names, needless = [], set()
    for number in range(len(first["pieces"]["models"])):
        if number not in needless:
            piece = answer(client, name, {"work": flat, "piece": number, "go": True})
            names.append(piece["name"])
            needless |= set(piece["needless"])
    return {
        "request": flat, "names": names, "notes": [], "finished": finished, "waiting": False,
    }  # fmt: skip


def said(app, output, sent):
    body = next(body for key, body in PageBodies(app).all().items() if output in key)
    return draw(app, body, sent)["response"]


@pytest.mark.parametrize("types", [["full", "diag"]])
def test_a_samples_comparison_is_offered_carried_on_and_drawn_with_the_rows_of_its_star(
    tmp_path, types
):
    app = app_of(tmp_path, all_rows=600)
    client, flat = app.server.test_client(), AppState().but(**WORK, types=types).to_flat()
    compared = gathered(client, "select", flat)
    offer = said(app, f"{ids.WHOLE_OFFER}.data", compared)
    assert "Start carries the 6 mixtures" in offer[ids.WHOLE_SAYS]["children"]
    request = offer[ids.WHOLE_OFFER]["data"]["request"]
    whole = gathered(client, ids.WHOLE, request)
    drawn = said(app, f"{ids.WHOLE_FOUND}.children", whole)
    first, stands, winner = (
        part["props"]["children"] for part in drawn[ids.WHOLE_FOUND]["children"]
    )
    assert first.startswith("6 mixtures of all 600 rows")
    assert stands.startswith("Of all rows BIC takes")
    assert winner.startswith("BIC prefers")
    assert drawn[ids.WHOLE_OPEN]["href"].startswith("?data=blobs")
    growing = said(app, f"{ids.WHOLE_FOUND}.children", whole | {"finished": False})
    texts = [part["props"]["children"] for part in growing[ids.WHOLE_FOUND]["children"]]
    assert "So far BIC prefers" in texts[-1]
    file = said(app, f"{ids.WHOLE_DOWNLOAD}.data", whole)[ids.WHOLE_DOWNLOAD]["data"]
    assert file["filename"] == "models-all-rows.csv"
    unfinished = said(app, f"{ids.WHOLE_OFFER}.data", compared | {"finished": False})
    assert unfinished[ids.WHOLE_OFFER]["data"] is None


def test_where_nothing_can_be_carried_on_the_section_says_why_or_is_not_there(tmp_path):
    app = app_of(tmp_path / "a", all_rows=599)
    flat = AppState().but(**WORK, types=["tied"]).to_flat()
    offer = said(app, f"{ids.WHOLE_OFFER}.data", gathered(app.server.test_client(), "select", flat))
    assert offer[ids.WHOLE_OFFER]["data"] == {"kept": True}
    assert "at most 599 rows" in offer[ids.WHOLE_SAYS]["children"]
    refused = answer(app.server.test_client(), ids.WHOLE, {"work": flat, "piece": 0})
    assert "no sample" in refused["error"]
    short = AppState().but(**{**WORK, "n": 80}, types=["tied"]).to_flat()
    nothing = said(
        app, f"{ids.WHOLE_OFFER}.data", gathered(app.server.test_client(), "select", short)
    )
    assert nothing[ids.WHOLE_OFFER]["data"] is None


def test_compare_goes_on_to_all_rows_and_then_every_answer_is_of_these(tmp_path, monkeypatch):
    monkeypatch.setattr(whole, "seconds_of", lambda *_: 30.0)
    monkeypatch.setattr(compare_whole, "_SPARE", 1e9)
    monkeypatch.setattr(compare_whole, "passes_at_once", lambda *_: 1)
    app = app_of(tmp_path, all_rows=600)
    client, flat = app.server.test_client(), AppState().but(**WORK, k=3, view="compare").to_flat()
    keys = [key for key in COMPARE_REQUEST if key in flat]
    request = {key: flat[key] for key in keys} | {"scheme": "light"}
    output = f"{ids.answer('compare')}.data"
    before = said(app, output, request)[ids.answer("compare")]["data"]
    offered = before["all_rows"]
    assert not offered["elsewhere"]
    reached, pieces = "", []
    while not pieces or not pieces[-1]["finished"]:
        pieces.append(answer(client, "rows", {"work": offered["work"], "reached": reached}))
        reached = pieces[-1]["reached"]
    assert len(pieces) > 2
    assert all(0 <= one["share"] <= 1 for one in pieces)
    after = said(app, output, request)[ids.answer("compare")]["data"]  # the same question
    assert after["all_rows"] is None
    assert after["numbers"] != before["numbers"]
    assert "Both models end on all 600 rows" in str(after["notes"])
    short = {"work": {**offered["work"], "n": 80}, "reached": ""}
    assert "has all rows" in answer(client, "rows", short)["error"]
    assert "cannot be read" in answer(client, "rows", {**short, "reached": 3})["error"]
    wrong = {"work": offered["work"], "reached": "mixture-1e9"}
    assert "cannot be read" in answer(client, "rows", wrong)["error"]
    lost = {"work": offered["work"], "reached": "mixture-9999"}
    assert answer(client, "rows", lost)["finished"], "what has ended is known, whoever asks how"
