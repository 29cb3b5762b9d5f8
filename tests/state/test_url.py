import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gmm_dash.datasets import DATASETS
from gmm_dash.state import AppState, from_query, short_query, to_query
from tests.strategies import states


@settings(deadline=None)
@given(states)
def test_every_state_survives_the_url(state):
    assert from_query(to_query(state)) == (state, ())


@settings(deadline=None)
@given(states)
def test_every_state_survives_its_short_link(state):
    assert from_query(short_query(state)) == (state, ())


@settings(deadline=None)
@given(st.text())
def test_any_text_is_a_valid_state(text):
    state, _ = from_query(text)
    assert from_query(to_query(state)) == (state, ())


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from(list(AppState.fields())), st.text(max_size=30))))
def test_any_values_of_known_keys_are_a_valid_state(pairs):
    state, _ = from_query("&".join(f"{key}={value}" for key, value in pairs))
    assert isinstance(state, AppState)


def test_the_defaults_are_the_contract():
    flat = AppState().to_flat()
    assert flat == {
        "data": "stretched",
        "n": 400,
        "noise": 0.6,
        "centers": 4,
        "dseed": 0,
        "orient": "swapped",
        "stretch": 0.0,
        "table": "",
        "cols": [],
        "label": "",
        "weights": "",
        "scale": "none",
        "transform": [],
        "pcs": 0.0,
        "gaps": "drop",
        "k": 4,
        "cov": "full",
        "background": "off",
        "init": "mixed",
        "n_init": 5,
        "seed": 0,
        "tol": 1e-6,
        "max_iter": 500,
        "reg": 1e-6,
        "kinit": "k-means++",
        "view": "compare",
        "x": "",
        "y": "",
        "span": 0.0,
        "hard": 0.0,
        "step": "last",
        "show": ["size", "ellipses", "circles", "centers"],
        "merge": 0,
        "names": [],
        "pin": [],
        "whose": "gmm",
        "hide": [],
        "lock": [],
        "lesson": "",
        "tab": "plots",
        "part": 0,
        "dmap": "both",
        "dscale": "linear",
        "draw": 400,
        "drawseed": 42,
        "dplace": "beside",
        "outliers": 0.0,
        "slice": 0.0,
        "pca": 99.0,
        "dk": 110,
        "digitseed": 0,
        "image": "china",
        "imagekey": "",
        "colors": 16,
        "start": "auto",
        "centres": [],
        "present": 0,
        "open": [],
        "clean": 0,
        "simple": 0,
        "kmin": 1,
        "kmax": 20,
        "types": ["full", "tied", "diag", "spherical"],
        "criterion": "bic",
        "folds": 5,
        "chart": "lines",
        "together": ["bic", "aic"],
        "ctype": "full",
        "against": "more",
        "reps": 199,
        "starts": 100,
    }


def test_an_empty_link_is_the_default():
    assert from_query("") == (AppState(), ())


@pytest.mark.parametrize(
    ("query", "flat"),
    [
        ("?data=blobs&n=400&noise=0.6&centers=4&dseed=0&k=4&cov=full", {"data": "blobs"}),
        (
            "data=moons&n=200&noise=0.05&dseed=0&k=16&show=ellipses,density",
            {"data": "moons", "n": 200, "noise": 0.05, "k": 16, "show": ["ellipses", "density"]},
        ),
        ("?data=iris&k=3&tab=groups", {"view": "compare", "tab": "groups"}),
        ("?step=12&tol=1e-3&reg=0", {"step": 12, "tol": 1e-3, "reg": 0.0}),
        (
            "?data=blobs&cov=equal&hard=1",
            {"data": "blobs", "cov": "equal", "hard": 1.0, "stretch": 0.0},
        ),
    ],
)
def test_a_link_already_handed_out_keeps_its_meaning(query, flat):
    state, problems = from_query(query)
    assert not problems
    found = state.to_flat()
    assert {key: found[key] for key in flat} == flat


@pytest.mark.parametrize(
    "query",
    [
        "?k=999",
        "?k=0",
        "?k=nan",
        "?k=4.5",
        "?k=",
        "?k=1_0",
        "?noise=nan",
        "?noise=inf",
        "?tol=-1",
        "?data=nope",
        "?k=three",
        "?cov=round",
        "?show=ellipses,everything",
        "?step=-1",
        "?n=1e99",
        "?center=3",
        "?hide=all",
    ],
)
def test_a_bad_value_falls_back_and_is_named(query):
    state, problems = from_query(query)
    assert state == AppState()
    assert len(problems) == 1
    assert problems[0].endswith((".", "?"))


def test_minus_zero_is_zero():
    state, problems = from_query("?noise=-0&tol=-0.0")
    assert (str(state.data.noise), str(state.model.tol), problems) == ("0.0", "0.0", ())


def test_keys_that_others_append_are_ignored():
    assert from_query("?utm_source=moodle&fbclid=x") == (AppState(), ())


def test_a_bad_value_does_not_cost_the_good_ones():
    state, problems = from_query("?k=999&cov=tied")
    assert state.model.covariance_type == "tied"
    assert len(problems) == 1


@pytest.mark.parametrize("name", DATASETS.names())
def test_a_data_set_named_alone_comes_with_its_own_settings(name):
    state, problems = from_query(f"?data={name}")
    assert not problems
    dataset = DATASETS[name]
    if dataset.noise is not None:
        assert state.data.noise == dataset.noise.default
    assert state.model.k == 4


def test_names_with_commas_and_percents_survive():
    state = AppState().but(cols=["a,b", "50%", "%2C", "ä ö"], label="x,y")
    assert from_query(to_query(state)) == (state, ())


def test_a_column_is_transformed_in_one_way():
    state, problems = from_query("?transform=log:a,sqrt:a,robust:b%252Cc,none:d:e")
    assert problems == ()
    assert state.data.transforms == {"a": "log", "b,c": "robust", "d:e": "none"}
    for bad in ("log", "log:", "cube:a", ":a", "log:" + "n" * 500):
        assert from_query(f"?transform={bad}")[0].data.transform == ()
        assert len(from_query(f"?transform={bad}")[1]) == 1


def test_a_link_is_short_enough_for_every_server():
    longest = AppState().but(
        data="upload",
        table="t" * 80,
        transform=[f"asinh:{i:038d}" for i in range(8)],
        cols=["c" * 40] * 1 + [f"column {i:032d}" for i in range(18)],
    )
    assert len(to_query(AppState())) < 770
    assert len(to_query(longest)) < 2048
