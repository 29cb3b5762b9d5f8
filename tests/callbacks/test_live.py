"""What moves under the finger is the engine's answer for that value: Compare's own."""

import base64
import json

import dash_mantine_components as dmc
import numpy as np
import pytest

from benchmarks.load.bodies import UPDATE, Bodies
from gmm_dash import ids
from gmm_dash.config import Config
from gmm_dash.contract import addresses, drawing, keys, live
from gmm_dash.factory import create_app
from gmm_dash.layout import page
from gmm_dash.layout.own_data import UploadPlace
from gmm_dash.layout.views.compare import GMM_NUMBERS, KMEANS_NUMBERS
from gmm_dash.state import AppState

KINDS = {"f4": np.float32, "i4": np.int32}
NUMBERS = {"kmeans": KMEANS_NUMBERS, "gmm": GMM_NUMBERS}


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    return create_app(Config(store=str(tmp_path_factory.mktemp("store"))))


@pytest.fixture(scope="module")
def client(app):
    return app.server.test_client()


def work(scheme="light", **settings):
    flat = AppState().but(**settings).to_flat()
    return {key: flat[key] for key in keys.COMPARE_REQUEST} | {"scheme": scheme}


def ask(client, asked, points=True, view="compare"):
    return client.post(f"/{addresses.LIVE}/{view}", json={"work": asked, "points": points})


def settled(app, client, asked, view="compare"):
    """Return what the view is filled with for the same settings."""
    bodies = Bodies(app.callback_map, {view: [key for key in asked if key != "scheme"]})
    (body,) = bodies.of(view, asked, asked["scheme"])
    return client.post(UPDATE, json=body).get_json()["response"][ids.answer(view)]["data"]


def array(spec):
    return np.frombuffer(base64.b64decode(spec["bdata"]), KINDS[spec["dtype"]])


def words(component):
    """Return what a component says, in the form in which it travels."""
    if isinstance(component, str):
        return component
    if isinstance(component, list):
        return "".join(map(words, component))
    return words(component["props"]["children"])


def drawn(trace, points):
    """Return what a lean trace shows, as the figure has it: where, and how."""
    if "customdata" in trace:
        own = array(trace["customdata"])
        return np.column_stack([array(points["x"])[own], array(points["y"])[own]])
    if "ellipse" in trace:
        x, y, *axes = array(trace["ellipse"]).astype(float)
        turn = np.linspace(0, 2 * np.pi, 65)
        return [x, y] + np.column_stack([np.cos(turn), np.sin(turn)]) @ np.reshape(axes, (2, 2))
    return placed(trace)


def placed(trace):
    return np.column_stack([array(trace["x"]), array(trace["y"])])


SETTINGS = [
    {"k": 7},
    {"k": 3, "data": "blobs", "n": 300, "cov": "tied", "show": ["size", "plain"], "scheme": "dark"},
    {
        "k": 4,
        "data": "moons",
        "n": 200,
        "noise": 0.05,
    },  # a run that was slow, with a press to go on
    {"k": 5, "data": "uniform", "n": 80, "cov": "spherical", "show": ["circles", "centers"]},
    {"k": 2, "data": "iris", "cov": "diag", "span": 3.0},
    {"noise": 1.35, "n": 150},
    {"centers": 9, "n": 90},
    {"kinit": "random", "n": 60, "n_init": 2, "seed": 3, "dseed": 5},
    {"stretch": 0.5, "data": "blobs", "n": 60},
    {"hard": 0.6, "cov": "equal", "n": 60},
    {"hard": 1.0, "cov": "equal", "n": 60},
    {"k": 5, "data": "galaxies", "scale": "standard"},  # one column
    {"k": 3, "data": "galton", "weights": "children"},
    {"k": 3, "n": 150, "background": "on"},
    {"k": 2, "data": "galaxies", "show": ["size", "plain", "centers", "borders"]},
]


def test_the_law_is_tried_for_every_control_that_a_hand_moves():
    plain = AppState().to_flat()
    tried = {key for one in SETTINGS for key in one if one[key] != plain.get(key)}
    assert tried >= set(live.CONTROLS)


def test_every_slider_beside_the_picture_is_live():
    state = AppState()
    shell = page.build(state, (), UploadPlace("/tables", 1_000_000, 30))
    parts = [part for one in shell for part in (one, *one._traverse())]
    steps = {
        part.id["key"]: part.step
        for part in parts
        if isinstance(part, dmc.Slider) and isinstance(part.id, dict)
    }
    beside = {*keys.DATA_KEYS, *keys.MODEL_KEYS, "hard"}
    assert {key: step for key, step in steps.items() if key in beside} == live.STEPS


@pytest.mark.parametrize("settings", SETTINGS, ids=lambda one: "-".join(map(str, one.values())))
def test_a_live_picture_is_the_settled_one(app, client, settings):
    asked = work(**settings)
    shown, after = ask(client, asked).get_json(), settled(app, client, asked)
    check(shown, after, asked)


def check(shown, after, asked):
    """Fail unless a live answer shows and says what a settled one does."""
    assert shown["notice"] == after["notice"]
    assert shown["notes"] == [words(note) for note in after["notes"]]
    for name, terms in NUMBERS.items():
        assert shown["captions"][name] == after["captions"][name]
        assert shown["badges"][name] == after["badges"][name]
        assert shown["numbers"][name] == after["numbers"][name]
        assert set(terms) == set(after["numbers"][name])
        assert any(after["numbers"][name].values())
        picture = after["pictures"][name]
        assert picture["of"].items() >= {one: asked[one] for one in live.CONTROLS}.items()
        layout, figure = picture["figure"]["layout"], picture["figure"]["data"]
        assert shown["ranges"] == [layout["xaxis"]["range"], layout["yaxis"]["range"]]
        assert len(shown["pictures"][name]) == len(figure)
        for lean, full in zip(shown["pictures"][name], figure, strict=True):
            assert drawn(lean, shown["points"]) == pytest.approx(
                placed(full), rel=1e-5, abs=1e-5, nan_ok=True
            )
            lean.pop("ellipse", None)
            assert lean == {name: full[name] for name in lean}, "colours, sizes, labels"


@pytest.mark.parametrize(
    "changes", [{"k": 3, "outliers": 2.0}, {"k": 2, "noise": 1.0, "dplace": "over"}]
)
def test_a_live_density_is_the_settled_one(app, client, changes):
    flat = AppState().but(n=60, draw=50, **changes).to_flat()
    asked = {key: flat[key] for key in keys.DENSITY_REQUEST} | {"scheme": "dark"}
    shown = ask(client, asked, points=False, view="density").get_json()
    after = settled(app, client, asked, "density")
    assert [words(note) for note in after.pop("notes")] == shown.pop("notes")
    assert shown == after
    assert all(picture["of"]["k"] == flat["k"] for picture in after["pictures"].values())
    beside = changes.get("dplace") != "over"
    assert set(after["pictures"]) == ({"density", "draws"} if beside else {"density"})


STEPS = [
    {"k": 7, "cov": "tied"},
    {"noise": 1.35, "n": 150, "centers": 6},
    {"data": "galaxies", "k": 3, "scheme": "dark"},
    {"start": "bad", "k": 4, "n": 60},
    {"start": "random_gaussians", "seed": 3, "n": 80},
    {"init": "informed", "k": 3, "n": 80},
    {"data": "moons", "n": 200, "noise": 0.05, "k": 4},  # was slow, with a press to go on
]


@pytest.mark.parametrize("changes", STEPS, ids=lambda one: "-".join(map(str, one.values())))
def test_live_runs_are_the_settled_ones(app, client, changes):
    scheme = changes.get("scheme", "light")
    flat = AppState().but(**{k: v for k, v in changes.items() if k != "scheme"}).to_flat()
    asked = {key: flat[key] for key in keys.STEPS_REQUEST} | {"scheme": scheme}
    shown = ask(client, asked, points=False, view="steps").get_json()
    bodies = Bodies(app.callback_map, {"steps": list(keys.STEPS_REQUEST)})
    (body,) = bodies.of("steps", asked, scheme)
    after = client.post(UPDATE, json=body).get_json()["response"]
    assert shown["trace"] == after["steps-trace"]["data"]
    assert shown["notes"] == words(after["steps-notes"]["children"])
    for kind, told in (("badge", shown["badges"]), ("caption", shown["captions"])):
        for side in ("kmeans", "gmm"):
            own = after[f'{{"kind":"{kind}","name":"steps-{side}"}}']["children"]
            assert told[side] == own


def test_runs_of_many_points_follow_when_the_hand_lets_go(client):
    flat = AppState().but(n=2_400).to_flat()
    asked = {key: flat[key] for key in keys.STEPS_REQUEST} | {"scheme": "light"}
    assert "let go" in ask(client, asked, points=False, view="steps").get_json()["error"]


def test_points_are_told_when_they_are_asked_for(client):
    first, next_one = (ask(client, work(k=k), k == 2).get_json() for k in (2, 3))
    assert "points" in first
    assert "points" not in next_one
    numbers = [array(t["customdata"]) for t in next_one["pictures"]["gmm"] if "customdata" in t]
    assert sorted(np.concatenate(numbers)) == list(range(400))


def test_of_many_points_fewer_are_drawn_meanwhile_and_it_is_said(app, client):
    asked = work(n=2_600, data="blobs", k=3)
    shown, after = ask(client, asked).get_json(), settled(app, client, asked)
    assert shown["numbers"] == after["numbers"]
    assert any("2,000 of the 2,600 points are drawn" in note for note in shown["notes"])
    for name, lean in shown["pictures"].items():
        groups = [t for t in lean if "customdata" in t]
        all_groups = [t for t in after["pictures"][name]["figure"]["data"] if "customdata" in t]
        assert sum(len(array(t["customdata"])) for t in groups) == live.MOST_POINTS
        for few, every in zip(groups, all_groups, strict=True):
            assert set(array(few["customdata"])) < set(array(every["customdata"]))
            assert few["marker"]["color"] == every["marker"]["color"]


@pytest.mark.parametrize(
    ("changed", "part"),
    [
        ({"k": 99}, "between"),
        ({"k": "many"}, "K"),
        ({"data": "upload"}, "choose another"),
        ({"show": ["regions"]}, "let go"),
        ({"data": "gaps", "gaps": "use"}, "let go"),
        ({"n": 2_000, "data": "blobs", "k": 30, "background": "on"}, "the limit is 0.7 s"),
        ({"n": 2_000, "data": "blobs", "k": 30, "n_init": 100}, "the limit is 0.7 s"),
    ],
)
def test_what_cannot_follow_a_hand_is_said_and_not_remembered(client, changed, part):
    response = ask(client, work() | changed)
    assert response.status_code == 200
    assert list(response.get_json()) == ["error"]
    assert part in response.get_json()["error"]
    assert response.cache_control.no_store


@pytest.mark.parametrize(
    "asked",
    [{}, {"work": {}}, {"work": {}, "points": True}, {"work": {"k": 3}}, {"work": None},
     {"work": {"k": 3}, "points": 1}, {"work": [], "points": False}],
)  # fmt: skip
def test_any_nonsense_is_refused_in_words(client, asked):
    response = client.post(f"/{addresses.LIVE}/compare", json=asked)
    assert response.status_code == 200
    assert "Reload the page" in response.get_json()["error"]


def test_no_object_at_all_and_other_views_are_refused(client):
    assert client.post(f"/{addresses.LIVE}/compare", json=[]).status_code == 400
    assert client.get(f"/{addresses.LIVE}/compare").status_code in {404, 405}
    assert ask(client, work(), view="colors").status_code == 404


GROUPED = [(1.0, 2.0, "A"), (1.5, 2.25, "A"), (2.125, 1.0, ""), (8.0, 8.0, "B"), (7.3, 8.8, "B")]
PLAIN = [(x, y, "") for x in (0.0, 1.001, 2.5, 7.0, 8.125, 10.0) for y in (0.5, 9.333)]


def stored(client, points):
    """Return the key of a drawing as the browser sends it, and what it is opened with."""
    grouped = any(group for _, _, group in points)
    rows = [["x", "y", *(["group"] if grouped else [])]]
    rows += [[f"{x:.3f}", f"{y:.3f}", *([g or "none"] if grouped else [])] for x, y, g in points]
    text = "\n".join(map(",".join, rows)) + "\n"
    query = {addresses.OPTIONS: json.dumps(drawing.WRITTEN), addresses.KIND: "drawn"}
    said = client.post(f"/{addresses.TABLES}", query_string=query, data=text).get_json()
    label = "group" if grouped else ""
    return {"data": "drawn", "table": said["key"], "cols": ["x", "y"], "label": label}


def ask_drawn(client, asked, points):
    body = {"work": asked, "drawn": points}
    return client.post(f"/{addresses.LIVE}/{addresses.DRAWN}", json=body)


@pytest.mark.parametrize(
    ("points", "changes"),
    [
        (GROUPED, {"k": 2}),
        (GROUPED, {"k": 3, "cov": "spherical", "scheme": "dark", "show": ["size", "ellipses"]}),
        (PLAIN, {"k": 4, "scale": "standard"}),
        (PLAIN, {"k": 2, "cov": "tied", "n_init": 3, "merge": 1}),
    ],
)
def test_of_points_under_a_hand_both_methods_say_what_they_will(app, client, points, changes):
    asked = work(**changes) | stored(client, points)
    unstored = asked | {"table": ""}
    check(ask_drawn(client, unstored, points).get_json(), settled(app, client, asked), asked)


def test_nothing_of_points_under_a_hand_is_kept(app, client, tmp_path):
    apart = create_app(Config(store=str(tmp_path))).server.test_client()
    response = ask_drawn(apart, work(k=2) | {"data": "drawn"}, GROUPED)
    assert "pictures" in response.get_json()
    assert response.cache_control.no_store
    assert not [path for path in tmp_path.rglob("*") if path.suffix == ".parquet"]
    # What is shown of them is of them alone, whatever data the page has.
    other = ask_drawn(apart, work(k=2, data="moons") | {"cols": ["x", "y"]}, GROUPED).get_json()
    assert other["numbers"] == response.get_json()["numbers"]


def test_what_a_canvas_cannot_draw_of_them_is_left_out(client):
    asked = work(k=2) | {"show": ["regions", "size"]}
    plain = ask_drawn(client, asked | {"show": ["size"]}, GROUPED).get_json()
    assert ask_drawn(client, asked, GROUPED).get_json() == plain


@pytest.mark.parametrize(
    ("points", "changes", "part"),
    [
        ([[0.5, i / 60, ""] for i in range(501)], {}, "Press Use these points"),
        (GROUPED, {"k": 6}, "6"),
        (GROUPED, {"background": "on"}, "Use these points"),
        (GROUPED, {"k": 99}, "between"),
        *(
            (points, {}, "Reload the page")
            for points in (
                None, [], {}, [[1, 2]], [[1, 2, "A", 3]], [[1, 2, "G"]], [[1, 2, None]],
                [[-0.1, 2, ""]], [[1, 10.5, ""]], [["1", 2, ""]], [[True, 2, ""]],
                [[1, 2, ""], "x"],
            )
        ),
    ],
)  # fmt: skip
def test_points_that_cannot_follow_a_hand_are_refused_in_words(client, points, changes, part):
    response = ask_drawn(client, work() | changes, points)
    assert response.status_code == 200
    assert list(response.get_json()) == ["error"]
    assert part in response.get_json()["error"]
