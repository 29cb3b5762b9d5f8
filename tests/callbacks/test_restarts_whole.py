"""Restarts, All rows, as the page asks for it: offered, carried on, drawn; or why not."""

import io

import pandas as pd
import pytest

from gmm_dash import ids
from gmm_dash.config import Config
from gmm_dash.explain import restarts_whole as words
from gmm_dash.pipeline import Pipeline
from gmm_dash.results.restarts import KINDS
from gmm_dash.state import AppState, from_query
from tests.callbacks.test_pieces import answer
from tests.callbacks.test_whole import app_of, gathered, said
from tests.serving.page_bodies import PageBodies

WORK = {"data": "grid", "n": 600, "noise": 0.2, "k": 4, "tol": 1e-4, "cov": "diag", "starts": 20}
OFFER = f"{ids.RESTARTS_WHOLE_OFFER}.data"


def drawn(app, result, surveyed):
    """Return what the server draws of both chains."""
    output = f"{ids.RESTARTS_WHOLE_FOUND}.children"
    body = next(body for key, body in PageBodies(app).all().items() if output in key)
    of_all, of_sample = (one["id"] for one in body["inputs"])
    assert (of_all, of_sample) == (
        ids.chain(ids.RESTARTS_WHOLE, "result"), ids.chain("restarts", "final")
    )  # fmt: skip
    for one, value in zip(body["inputs"], (result, surveyed), strict=True):
        one["value"] = value
    response = app.server.test_client().post("/_dash-update-component", json=body)
    assert response.status_code in (200, 204), response.get_data(as_text=True)
    return response.get_json()["response"] if response.status_code == 200 else {}


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    return app_of(tmp_path_factory.mktemp("store"), all_rows=600)


@pytest.fixture(scope="module")
def surveyed(app):
    return gathered(app.server.test_client(), "restarts", AppState().but(**WORK).to_flat())


@pytest.fixture(scope="module")
def offered(app, surveyed):
    return said(app, OFFER, surveyed)


def test_a_samples_ends_are_offered_carried_on_and_drawn(app, surveyed, offered):
    says = offered[ids.RESTARTS_WHOLE_SAYS]["children"]
    assert says.startswith("All starts above are of a random sample of 90 of 600 rows. Start")
    request = offered[ids.RESTARTS_WHOLE_OFFER]["data"]["request"]
    assert {*request["ends"]} == {"kmeans", "gmm"}
    whole = gathered(app.server.test_client(), ids.RESTARTS_WHOLE, request)
    found = drawn(app, whole, surveyed)
    texts = [one["props"]["children"] for one in found[ids.RESTARTS_WHOLE_FOUND]["children"]]
    assert len(texts) == 2
    for text, name in zip(texts, ("k-means", "EM"), strict=True):  # as they stand above
        count = len(request["ends"][{"EM": "gmm", "k-means": "kmeans"}[name]])
        assert text.startswith(f"{count} ends of {name} carried on to all 600 rows")
    for name, numbers in request["ends"].items():
        table = found[ids.restarts_ends(name)]["data"]
        assert len(table["body"]) == len(numbers)
        assert "best" in [row[4] for row in table["body"]]
    begun = drawn(app, whole | {"names": whole["names"][:1]}, surveyed)
    body = begun[ids.restarts_ends("gmm")]["data"]["body"]
    assert [row[3] for row in body][1:] == [""] * (len(body) - 1)
    none = drawn(app, whole | {"names": []}, surveyed)
    assert none[ids.RESTARTS_WHOLE_FOUND]["children"] == []


def test_compare_shows_each_end_as_it_is_over_all_rows(app, surveyed, offered):
    """One press away is the same model: iteration for iteration, value for value."""
    request = offered[ids.RESTARTS_WHOLE_OFFER]["data"]["request"]
    whole = gathered(app.server.test_client(), ids.RESTARTS_WHOLE, request)
    found = drawn(app, whole, surveyed)
    pipeline, shown = Pipeline(Config(fit_rows=90, all_rows=600), None), 0
    for name in KINDS:
        body = found[ids.restarts_ends(name)]["data"]["body"]
        _, *ways = found[ids.restarts_ways(name)]["children"]
        links = {way["props"]["children"][-1]: way["props"]["href"] for way in ways}
        rested = [row for row in body if "limit" not in row[5] and row[3] != "collapsed"]
        assert [*links] == [row[0] for row in rested]
        for row in rested:
            state, notices = from_query(links[row[0]])
            assert (state.view.view, notices) == ("compare", ())
            result = pipeline.compare.comparison(state)
            fit = {"kmeans": result.kmeans_fit, "gmm": result.gmm_fit}[name]
            value = {"kmeans": "inertia", "gmm": "log_likelihood"}[name]
            assert result.points.n == 600
            assert words.shown(getattr(fit, value), 6) == row[3]
            assert f"{fit.n_iter}" == row[5]
            shown += 1
    assert shown > 3


def test_the_file_has_what_the_table_has(app, surveyed, offered):
    request = offered[ids.RESTARTS_WHOLE_OFFER]["data"]["request"]
    whole = gathered(app.server.test_client(), ids.RESTARTS_WHOLE, request)
    found = drawn(app, whole, surveyed)
    file = said(app, f"{ids.RESTARTS_WHOLE_DOWNLOAD}.data", [whole, surveyed])
    saved = pd.read_csv(io.StringIO(file[ids.RESTARTS_WHOLE_DOWNLOAD]["data"]["content"]))
    assert set(saved["rows"]) == {600}
    for name, method in (("kmeans", "k-means"), ("gmm", "mixture")):
        body = found[ids.restarts_ends(name)]["data"]["body"]
        rows = saved[saved["method"] == method].to_dict("records")
        assert len(body) == len(rows)
        for row, one in zip(body, rows, strict=True):
            assert row[:2] == [one["end"], f"{one['starts']}"]
            assert row[2] == words.shown(one["sample_value"], 6)
            assert row[3] == words.shown(one["value"], 6)
            assert row[5] == f"{one['n_iter']}{'' if one['converged'] else ', limit'}"
            kinds = KINDS[name]
            number = one["random_state"] - AppState().model.seed
            assert one["init"] == kinds[number % len(kinds)]
    begun = said(app, f"{ids.RESTARTS_WHOLE_DOWNLOAD}.data", [whole | {"names": []}, surveyed])
    empty = pd.read_csv(io.StringIO(begun[ids.RESTARTS_WHOLE_DOWNLOAD]["data"]["content"]))
    assert empty["value"].isna().all()
    assert empty["sample_value"].tolist() == saved["sample_value"].tolist()


def test_ends_of_other_starts_are_not_drawn(app, surveyed, offered):
    request = offered[ids.RESTARTS_WHOLE_OFFER]["data"]["request"]
    whole = {"request": request, "names": [], "notes": [], "finished": False, "waiting": True}
    for other in (
        request | {"k": 3},
        request | {"dseed": 7},
        request | {"ends": {name: [19, *numbers[1:]] for name, numbers in request["ends"].items()}},
    ):
        assert drawn(app, whole | {"request": other}, surveyed) == {}
    assert drawn(app, whole | {"request": request | {"x": "b"}}, surveyed)
    assert drawn(app, None, surveyed) == {}
    assert drawn(app, whole, None) == {}


def test_pieces_of_ends_that_cannot_be_are_refused_in_words(app, offered):
    client, request = app.server.test_client(), offered[ids.RESTARTS_WHOLE_OFFER]["data"]["request"]
    for wrong in (None, {"gmm": [0]}, {"gmm": [-1], "kmeans": []}):
        asked = {"work": request | {"ends": wrong}, "piece": 0}
        assert "cannot be read" in answer(client, ids.RESTARTS_WHOLE, asked)["error"]
    assert "cannot be read" in answer(client, ids.RESTARTS_WHOLE, {"work": 3, "piece": 0})["error"]
    beyond = {"work": request, "piece": 10**6, "go": True}
    assert answer(client, ids.RESTARTS_WHOLE, beyond)["rows"] == {}


def test_where_nothing_can_be_carried_on_the_section_says_why_or_is_not_there(tmp_path, app):
    small = app_of(tmp_path, all_rows=599)
    flat = AppState().but(**WORK).to_flat()
    kept = said(small, OFFER, gathered(small.server.test_client(), "restarts", flat))
    assert kept[ids.RESTARTS_WHOLE_OFFER]["data"] == {"kept": True}
    assert "at most 599 rows" in kept[ids.RESTARTS_WHOLE_SAYS]["children"]
    client = app.server.test_client()
    short = gathered(client, "restarts", AppState().but(**{**WORK, "n": 80}).to_flat())
    assert said(app, OFFER, short)[ids.RESTARTS_WHOLE_OFFER]["data"] is None
    growing = gathered(client, "restarts", flat, finished=False)
    assert said(app, OFFER, growing)[ids.RESTARTS_WHOLE_OFFER]["data"] is None
