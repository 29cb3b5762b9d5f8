"""Rows that count by weights in How many?: files, pieces, the picture, and what others are told."""

import contextlib
import io

import numpy as np
import pytest
from sklearn.mixture import GaussianMixture

from gmm_dash.callbacks.compared import mixtures_picture, ways
from gmm_dash.callbacks.export import write
from gmm_dash.callbacks.panels import one_model
from gmm_dash.pipeline import select
from gmm_dash.results import gmm_side
from gmm_dash.results.select import selection_of
from gmm_dash.say import say
from gmm_dash.state import from_query
from gmm_dash.tables import describe_frame, read_and_store
from tests.claims.test_weights import link, table


@pytest.fixture(scope="module")
def key(pipeline):
    read = describe_frame(table())
    return pipeline.store.put(read.frame, read.report)


def asked(key, **more):
    plain = {"view": "select", "kmin": 2, "kmax": 3, "types": ["tied", "diag"], "tol": 1e-3}
    return link(key, **plain | more)


def every_row(pipeline, state):
    pieces = [
        pipeline.select.piece(state, i) for i in range(len(pipeline.select.plan(state).pieces))
    ]
    return [[row for piece in pieces for row in piece[name]] for name in ("mixtures", "kmeans")]


def test_counts_are_scikit_learns_mixtures_of_the_copies(pipeline, key):
    state = asked(key)
    frame = table()
    copies = np.repeat(frame[["a", "b"]].to_numpy(), frame["count"], axis=0)
    mixtures, kmeans = every_row(pipeline, state)
    assert len(mixtures) == 4
    for row in mixtures:
        fit = GaussianMixture(
            row["n_components"], covariance_type=row["covariance_type"], tol=1e-3, n_init=1,
            init_params=row["init"], random_state=row["random_state"], max_iter=500,
        ).fit(copies)  # fmt: skip
        assert row["bic"] == pytest.approx(fit.bic(copies), rel=1e-7)
        assert row["log_likelihood"] == pytest.approx(fit.score(copies), rel=1e-7)
    assert [row["n_clusters"] for row in kmeans] == [2, 3]


@pytest.mark.parametrize("weights", ["count", "weight"])
def test_a_model_opened_in_compare_is_the_same_one(pipeline, key, weights):
    state = asked(key, weights=weights, criterion="heldout", folds=2, init="informed")
    selection = selection_of(*every_row(pipeline, state))
    best = selection.best("heldout")
    (_, address), _ = ways(selection, state)
    opened = from_query(address)[0]
    fit = pipeline.compare.comparison(opened).gmm_fit
    assert fit.log_likelihood == best.log_likelihood
    drawn = state.but(k=best.n_components, cov=best.covariance_type, init=best.init)
    drawn = drawn.but(n_init=1, seed=best.random_state)
    small = pipeline.models.selected(drawn.data, drawn.model)
    assert small.log_likelihood == pytest.approx(best.log_likelihood, rel=1e-12)
    points = pipeline.points(state.data)
    side = gmm_side(points, small)
    picture, caption = one_model("select-winner", (points, side, None), state, "light", small)
    assert picture["figure"]["data"]
    assert caption
    assert len(side.labels) == points.n


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"weights": "weight"}, "BIC is withheld"),
        ({"weights": "weight", "chart": "criteria", "criterion": "heldout"}, "BIC and AIC are"),
        ({"weights": "weight", "criterion": "heldout", "folds": 2}, ""),
        ({"weights": "count"}, ""),
    ],
)
def test_a_plot_without_any_score_says_why_in_its_place(pipeline, key, more, said):
    state = asked(key, types=["tied"], kmax=2, n_init=1, **more)
    selection, points = selection_of(*every_row(pipeline, state)), pipeline.points(state.data)
    picture = mixtures_picture("select-mixtures", selection, state, "light", points)
    figure, drawn = picture["figure"], picture["figure"]["data"]
    assert bool(said) == (not any(trace["x"] for trace in drawn))
    if said:
        (words,) = figure["layout"]["annotations"]
        assert words["text"].replace("<br>", " ") == picture["words"]
        assert picture["words"].startswith(said)
        (same,) = [
            one for one in say(pipeline, state)["sentences"] if one["code"] == "select.no-points"
        ]
        assert same["text"] == picture["words"]


def test_the_view_no_longer_says_that_it_takes_rows_once(pipeline, key):
    state = asked(key, kmax=2, n_init=1)
    codes = {one["code"] for one in say(pipeline, state)["sentences"]}
    assert "weights.elsewhere" not in codes
    assert {"select.weights", "select.kmeans-weights"} <= codes
    (note,) = [n for n in pipeline.points(state.data).notes if "each row once" in n]
    assert "Compare and How many? take them" in note
    once = every_row(pipeline, asked(key, weights="nowhere", kmax=2, n_init=1))
    assert once[0][0]["bic"] != every_row(pipeline, state)[0][0]["bic"]


@pytest.mark.parametrize("weights", ["count", "weight"])
def test_a_costly_model_is_fitted_restart_by_restart_to_the_same(
    pipeline, key, monkeypatch, weights
):
    state = asked(key, types=["diag"], kmin=3, folds=2, criterion="heldout", weights=weights)
    found = []
    for most in (1e9, 0.0):
        monkeypatch.setattr(select, "PART_SECONDS", most)
        found.append(every_row(pipeline, state)[0])
    whole, parts = found
    assert (len(whole), len(parts)) == (1, 6)
    (one,), (other,) = (selection_of(rows, []).mixtures for rows in found)
    for name, value in one.as_dict().items():  # sums of weights differ in their last bits
        expected = getattr(other, name)
        close = isinstance(expected, float)
        assert value == (pytest.approx(expected, rel=1e-12) if close else expected), name


@pytest.mark.parametrize(
    ("named", "more"),
    [
        ("a.csv", {"criterion": "heldout", "folds": 3}),
        ("a.csv", {"weights": "weight", "criterion": "heldout", "folds": 3, "scale": "standard"}),
        ("a.csv", {"weights": "weight", "types": ["equal", "full"], "criterion": "bic"}),
        ("", {"types": ["full"], "init": "whitened"}),
    ],
)
def test_the_script_makes_the_page_again(pipeline, tmp_path, monkeypatch, named, more):
    text = table().to_csv(index=False)
    key, _ = read_and_store(text.encode(), None, None, pipeline.store, name=named)
    state = asked(key, **more)
    _, code = write("script", state, pipeline)
    assert "import WeightedMixture as GaussianMixture" in code
    (tmp_path / "a.csv").write_text(text)
    (tmp_path / "data.csv").write_text(write("data", state, pipeline)[1])
    monkeypatch.chdir(tmp_path)
    made = {"__name__": "script"}
    with contextlib.redirect_stdout(io.StringIO()):
        exec(compile(code, "script", "exec"), made)
    mixtures, kmeans = every_row(pipeline, state)
    rows = {(row["covariance_type"], row["n_components"]): row for row in mixtures}
    assert len(rows) == len(made["rows"]) == 2 * len(state.select.shapes)
    for mine in made["rows"]:
        page = rows[mine["covariance_type"], mine["n_components"]]
        for name in ("log_likelihood", "bic", "aic", "aicc", "icl"):
            expected = np.nan if page[name] is None else page[name]
            np.testing.assert_allclose(mine[name], expected, rtol=1e-9)
        if state.select.heldout:
            np.testing.assert_allclose(mine["heldout"], page["heldout_log_likelihood"], rtol=1e-9)
        assert mine["collapsed"] == page["degenerate"]
    best = selection_of(mixtures, kmeans).best(state.select.criterion)
    assert (made["best"] is None) == (best is None)
    for mine, page in zip(made["kmeans_rows"], kmeans, strict=True):
        for name in ("inertia", "silhouette", "calinski_harabasz"):
            np.testing.assert_allclose(mine[name], page[name], rtol=1e-6)
