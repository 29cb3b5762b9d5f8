"""Points that are edited between two steps: both methods follow, as the runs that come end."""

import base64
import json
import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.load.bodies import UPDATE, Bodies
from gmm_dash import explain
from gmm_dash.callbacks import steps
from gmm_dash.config import Config
from gmm_dash.contract import addresses, drawing, keys, live
from gmm_dash.contract.methods import METHODS
from gmm_dash.errors import GmmDashError
from gmm_dash.factory import create_app
from gmm_dash.figures.steps import payload
from gmm_dash.pipeline import Pipeline
from gmm_dash.pipeline.drawing import unstored
from gmm_dash.results import project
from gmm_dash.state import COVARIANCE_TYPES, AppState

CUT = {"kmeans": ("labels",), "gmm": ("first", "second", "share")}  # what only the end is of
RNG = np.random.default_rng(3)
GROUPS = np.vstack(
    [RNG.normal((x, y), s, (30, 2)) for x, y, s in [(0, 0, 1), (4, 1, 2), (-3, 5, 1)]]
)
LINE = np.column_stack([np.arange(8.0), np.arange(8.0)])


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    return create_app(Config(store=str(tmp_path_factory.mktemp("store"))))


@pytest.fixture(scope="module")
def client(app):
    return app.server.test_client()


def table(points, names=("x", "y")):
    """Return points as the browser writes them."""
    doubled = [name.replace('"', '""') for name in names]
    rows = [",".join(f'"{name}"' for name in doubled)]
    return "\n".join([*rows, *(f"{x:.8e},{y:.8e}" for x, y in points)])


def work(scheme="light", **changes):
    flat = AppState().but(**({"start": "own"} | changes)).to_flat()
    return {key: flat[key] for key in keys.STEPS_REQUEST} | {"scheme": scheme}


def ask(client, asked, text):
    return client.post(
        f"/{addresses.LIVE}/{addresses.EDITED}", json={"work": asked, "edited": text}
    )


def went_on(app, client, asked, text):
    """Return what the page is filled with when these points are stored."""
    query = {addresses.OPTIONS: json.dumps(drawing.WRITTEN)}
    stored = client.post(f"/{addresses.TABLES}", query_string=query, data=text).get_json()
    then = asked | {"data": "drawn", "table": stored["key"]}
    bodies = Bodies(app.callback_map, {"steps": list(keys.STEPS_REQUEST)})
    (body,) = bodies.of("steps", then, then["scheme"])
    return client.post(UPDATE, json=body).get_json()["response"]


def beside(filled, kind):
    """Return what stands beside both plots, by method."""
    return {side: filled[f'{{"kind":"{kind}","name":"steps-{side}"}}']["children"] for side in CUT}


def last(packed, n):
    return np.frombuffer(base64.b64decode(packed["bdata"]), np.uint8)[-n:].tolist()


def check(end, trace):
    """Fail unless a live answer has all that the end of a whole run is drawn and said with."""
    n = trace["n"]
    for side, cut in CUT.items():
        own, whole = end[side], trace[side]
        for name in cut:
            assert own[name] == whole[name] or last(own[name], n) == last(whole[name], n)
            assert len(base64.b64decode(own[name]["bdata"])) == n
        assert own["said"] == whole["said"][-1:]
        kept = set(whole) - {*cut, "said", "formulas"}
        assert {name: own[name] for name in kept} == {name: whole[name] for name in kept}
    apart = {"kmeans", "gmm", "seeding_said", "note", "columns", "fitted"}
    assert {k: v for k, v in end.items() if k not in apart} == {
        k: v for k, v in trace.items() if k not in apart
    }


@pytest.mark.parametrize(
    ("points", "changes"),
    [
        *((GROUPS, {"k": 3, "cov": kind}) for kind in COVARIANCE_TYPES),
        (GROUPS, {"k": 2, "scale": "standard", "scheme": "dark", "centres": (0, 0, 4, 1)}),
        (GROUPS, {"k": 4, "centres": (0, 0, 4, 1), "tol": 1e-3}),  # two of them are drawn
        (GROUPS, {"k": 1, "max_iter": 1}),
        (LINE, {"k": 2, "centres": (0, 0, 7, 7)}),
    ],
)
def test_the_live_answer_is_where_the_stored_run_ends(app, client, points, changes):
    asked, text = work(**changes), table(points, ("length, in cm", 'the "width"'))
    end = ask(client, asked, text).get_json()
    assert "error" not in end
    filled = went_on(app, client, asked, text)
    check(end["trace"], filled["steps-trace"]["data"])
    assert end["badges"] == beside(filled, "badge")
    assert end["captions"] == beside(filled, "caption")


PLACES = st.floats(-9, 9).map(lambda value: round(value, 2))
POINTS = st.lists(st.tuples(PLACES, PLACES), min_size=5, max_size=40)


@settings(max_examples=20)
@given(
    points=POINTS,
    k=st.integers(1, 4),
    cov=st.sampled_from(COVARIANCE_TYPES),
    scale=st.sampled_from(["none", "standard"]),
    placed=st.lists(PLACES, max_size=8).map(lambda flat: tuple(flat[: len(flat) // 2 * 2])),
)
def test_any_points_are_answered_as_stored_ones_or_refused_in_the_same_words(
    points, k, cov, scale, placed
):
    text = table(points)
    pipeline = Pipeline(Config(scheduler=""), unstored(text))
    state = AppState().but(k=k, cov=cov, scale=scale, centres=placed, start="own")
    stored = state.but(data="drawn", table="any")
    try:
        found = steps.end(pipeline, state, "light", text)["trace"]
    except GmmDashError as refused:
        with pytest.raises(type(refused), match=re.escape(str(refused))):
            pipeline.steps.runs(stored)
        return
    runs = pipeline.steps.runs(stored)
    whole = payload(runs, project(runs.points, "", ""), "light")
    ends = {"kmeans": explain.kmeans_said(runs)[-1], "gmm": explain.mixture_said(runs)[-1]}
    for side, said in ends.items():
        words = " ".join(one.text for one in said)
        whole[side] |= {"said": [words], "title": METHODS[side]}
    check(found, whole)


def test_nothing_of_edited_points_is_kept(tmp_path):
    apart = create_app(Config(store=str(tmp_path))).server.test_client()
    response = ask(apart, work(k=2), table(GROUPS))
    assert "trace" in response.get_json()
    assert response.cache_control.no_store
    assert not [path for path in tmp_path.rglob("*") if path.suffix == ".parquet"]


def test_they_are_what_is_asked_about_whatever_data_the_page_has(client):
    asked = work(k=3, centres=(0, 0, 4, 1, -3, 5))
    others = {"data": "moons", "cols": ["a"], "label": "b", "x": "c", "y": "d", "start": "bad",
              "transform": ["log:z"], "pcs": "2"}  # fmt: skip
    found = ask(client, asked | others, table(GROUPS)).get_json()
    assert found == ask(client, asked, table(GROUPS)).get_json()


MANY = np.column_stack([np.linspace(0, 1, live.MOST_EDITED + 1), np.linspace(0, 1, 501) ** 2])


def test_as_many_points_as_may_follow_do(client):
    found = ask(client, work(k=1), table(MANY[:-1])).get_json()
    assert found["trace"]["n"] == live.MOST_EDITED


@pytest.mark.parametrize(
    ("text", "changes", "part"),
    [
        (table(MANY), {}, "Press Go on with these points"),
        ('"x","y"\n' + "1" * live.MOST_LETTERS, {}, "Press Go on with these points"),
        (table(LINE), {"k": 9}, "9"),
        (table(LINE), {"k": 99}, "between"),
        *(
            (text, {}, "Reload the page")
            for text in (
                None, [], {}, 7, "", "x,y", "x\n1\n2", "x,y\n1,2,3", "x,y\n1", "x,y\n1,a",
                "x,y\n1,nan", "x,y\n1,inf", "x,y\n1,-Infinity", "x,y\n1,", "x,y\n\n1,2",
                'x,y\n"1', "x,y\n1,2\r\r3,4", "\x00,\x00\n1,2,\x00", "," * 30_000,
            )
        ),
    ],
)  # fmt: skip
def test_points_that_cannot_follow_are_refused_in_words(client, text, changes, part):
    response = ask(client, work() | changes, text)
    assert response.status_code == 200
    assert list(response.get_json()) == ["error"]
    assert part in response.get_json()["error"]


def test_runs_that_a_hand_would_wait_for_follow_when_one_goes_on(client, monkeypatch):
    monkeypatch.setattr(live, "MOST_SECONDS", 1e-3)
    found = ask(client, work(k=3), table(GROUPS)).get_json()
    assert "too long" in found["error"]
    assert "when you go on" in found["error"]


@pytest.mark.parametrize("body", [{}, {"edited": table(LINE)}, {"edited": table(LINE), "work": []}])
def test_a_request_without_settings_is_refused_in_words(client, body):
    response = client.post(f"/{addresses.LIVE}/{addresses.EDITED}", json=body)
    assert "Reload the page" in response.get_json()["error"]
